"""All the figures, one after the other; or those that are named: `log`, or `log c d`."""

import asyncio
import sys
from collections.abc import Callable, Sequence

from tests.bench import bench_log, bench_markdown, bench_start, bench_stream, bench_tokens

BENCHES: dict[str, Callable[[Sequence[str]], None]] = {
    "start": lambda _: bench_start.main(),
    "stream": lambda _: asyncio.run(bench_stream.measure()),
    "tokens": lambda _: bench_tokens.main(),
    "markdown": lambda _: bench_markdown.main(),
    "log": bench_log.main,
}

if __name__ == "__main__":
    name, *parts = sys.argv[1:] or [""]
    for bench, run in BENCHES.items():
        if name in ("", bench):
            run(parts)
