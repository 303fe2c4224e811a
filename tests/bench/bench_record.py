"""What recording costs: CPU time per piece of a stream, in microseconds.

Run by `python -m tests.bench.bench_record`. A piece is one event with one token. Beside it stands
what reading the same piece costs, which is done in any case.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tui.core.body import BodyReader
from tui.core.record import Ending, read
from tui.edge.recorder import recorder_to

PIECES = 20_000

KEYS = {"no key": "", "a key of OpenAI's length": "sk-proj-" + "aB3_" * 39}


def piece(number: int) -> bytes:
    """One event as OpenAI sends it."""
    choice = {"index": 0, "delta": {"content": f" word{number}"}, "finish_reason": None}
    head = {"id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT", "object": "chat.completion.chunk"}
    chunk = {**head, "created": 1_741_569_952, "model": "gpt-4.1", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n".encode()


def cost(work: Callable[[bytes], object], pieces: Iterable[bytes]) -> float:
    """Microseconds of CPU time per piece, the system's included."""
    began = time.process_time()
    for one in pieces:
        work(one)
    return (time.process_time() - began) / PIECES * 1e6


def recorded(pieces: list[bytes], key: str) -> float:
    """The cost of writing them to a file on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.jsonl"
        recorder = recorder_to(path)
        take = recorder.begin(key)
        take.asked("POST", "http://x.example/v1/chat/completions", [], b"{}")
        take.answered(200, [])
        found = cost(take.piece, pieces)
        take.ended(Ending.COMPLETE)
        recorder.close()
        assert read(path.read_bytes()).streams[0].body == b"".join(pieces)
    return found


def main() -> None:
    """Print the table."""
    pieces = [piece(number) for number in range(PIECES)]
    reader = BodyReader()
    print(f"a stream of {PIECES:,} pieces, microseconds of CPU for each")
    print(f"  read         {cost(lambda one: list(reader.feed(one)), pieces):6.1f}")
    for name, key in KEYS.items():
        print(f"  recorded     {recorded(pieces, key):6.1f}   {name}")


if __name__ == "__main__":
    main()
