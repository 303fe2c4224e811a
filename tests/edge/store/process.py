"""Another process with the same store: `python -m tests.edge.store.process WHAT PATH ...`."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.edge.store.said import NOTHING, answer, question
from tui.edge.store import Store

EVERY = 0.01
"""Seconds between two pieces of a stream."""


async def stream(path: Path, chat: str) -> None:
    """Say how far an answer has come, and go on until killed."""
    store = Store(path)
    await store.open()
    await store.save(chat, question("Count for ever"), NOTHING)
    store.stream(chat, answer(""), NOTHING)
    for number in range(1_000_000):
        store.hear(chat, 2, f"{number} ")
        print(number, time.time(), flush=True)
        await asyncio.sleep(EVERY)


async def write(path: Path, chat: str, seconds: str, mark: str) -> None:
    """Ask and be answered in a conversation that another process has open too."""
    store = Store(path)
    await store.open()
    end = time.monotonic() + float(seconds)
    said = 0
    while time.monotonic() < end:
        begun = answer("", 2 * said + 2, at=time.time())
        asked = question(f"{mark} asks {said}", 2 * said + 1, at=time.time())
        await store.save(chat, asked, NOTHING)
        store.stream(chat, begun, NOTHING)
        store.hear(chat, begun.id, f"{mark} says ")
        text = f"{mark} says {said}"
        whole = answer(text, begun.id, begun.at)
        await store.save(chat, whole, NOTHING)
        said += 1
    await store.aclose()
    print(said, store.trouble, flush=True)


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """The other process, killed at the end if it still runs."""
    command = [sys.executable, "-m", "tests.edge.store.process", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


if __name__ == "__main__":
    os.umask(0o022)
    if sys.argv[1] == "stream":
        asyncio.run(stream(Path(sys.argv[2]), sys.argv[3]))
    else:
        asyncio.run(write(Path(sys.argv[2]), *sys.argv[3:6]))
