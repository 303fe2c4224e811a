"""`rillet serve` beside the endpoint itself: the first token, CPU per token, 50 clients at once.

The endpoint is the demo server; each of the three is a process of its own. The same client reads
both, raw, so that what it costs is in both figures.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from pathlib import Path

import httpx2

from tests.bench.program import TICKS
from tests.web.programs import Program, running

TRIES = 100

FLOOD = 20_000
"""Tokens of an answer at full speed."""

CLIENTS = 50

PACE = "demo-250t-50ps"
"""What each of many clients asks: 250 tokens, 50 a second."""

Row = tuple[float, float, int]
"""Seconds to the first word and to the end, and how many events came."""


def cpu(program: Program) -> float:
    """Seconds of CPU so far, user and system."""
    fields = Path(f"/proc/{program.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(program: Program) -> float:
    """Megabytes that it has taken at most."""
    status = Path(f"/proc/{program.process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


async def ask(http: httpx2.AsyncClient, url: str, model: str) -> Row:
    """Ask once and read to the end."""
    asked = {"model": model, "stream": True, "messages": [{"role": "user", "content": "Hi"}]}
    first, events, began = 0.0, 0, time.perf_counter()
    async with http.stream("POST", f"{url}/chat/completions", content=json.dumps(asked)) as answer:
        assert answer.status_code == 200, await answer.aread()
        async for piece in answer.aiter_raw():
            events += piece.count(b"data: ")
            if not first and b'"content"' in piece:
                first = time.perf_counter() - began
    return first, time.perf_counter() - began, events


async def first_token(http: httpx2.AsyncClient, urls: dict[str, str]) -> None:
    """The time to the first word, asked in turn, so that neighbours trouble both."""
    found: dict[str, list[float]] = {name: [] for name in urls}
    for _ in range(TRIES):
        for name, url in urls.items():
            found[name].append((await ask(http, url, "demo-5t"))[0] * 1e3)
    print(f"milliseconds to the first token: {TRIES} tries{'':12}p50     p95")
    for name, times in found.items():
        times.sort()
        print(f"  {name:<38}{statistics.median(times):8.1f}{times[int(TRIES * 0.95)]:8.1f}")


async def flooded(http: httpx2.AsyncClient, urls: dict[str, str], both: list[Program]) -> None:
    """CPU of one long answer."""
    print(f"CPU milliseconds per 1,000 tokens, an answer of {FLOOD:,} at full speed")
    for name, url in urls.items():
        before = [cpu(each) for each in both]
        _, total, _ = await ask(http, url, f"demo-{FLOOD}t")
        used = [(cpu(each) - was) / FLOOD * 1e6 for each, was in zip(both, before, strict=True)]
        print(f"  {name:<38}endpoint {used[0]:6.1f}   serve {used[1]:6.1f}   {total:5.2f} s in all")


async def crowded(http: httpx2.AsyncClient, urls: dict[str, str], serve: Program) -> None:
    """Many at once."""
    print(f"{CLIENTS} clients at once, each 250 tokens at 50 a second")
    for name, url in urls.items():
        before, began = cpu(serve), time.perf_counter()
        rows = await asyncio.gather(*(ask(http, url, PACE) for _ in range(CLIENTS)))
        took, firsts = time.perf_counter() - began, sorted(row[0] for row in rows)
        share = (cpu(serve) - before) / took * 100
        print(
            f"  {name:<38}first token p50 {statistics.median(firsts) * 1e3:6.0f} ms, worst "
            f"{firsts[-1] * 1e3:6.0f} ms; all done after {took:5.2f} s; serve {share:3.0f} % CPU, "
            f"{memory(serve):.0f} MB"
        )


async def measure() -> None:
    """Print the figures."""
    async with running("-m", "tui", "demo", "--port", "0", says=r"(http\S+)") as demo:
        flags = ("--port", "0", "--base-url", demo.url, "--max-streams", "64", "--no-log")
        says = r"OpenAI's API +(http\S+)"
        async with running("-m", "tui", "serve", *flags, says=says) as serve:
            urls = {"the endpoint itself": demo.url, "through rillet serve": serve.url}
            limits = httpx2.Limits(max_connections=CLIENTS)
            kind = {"content-type": "application/json"}
            async with httpx2.AsyncClient(
                trust_env=False, timeout=60, limits=limits, headers=kind
            ) as http:
                for url in urls.values():
                    await ask(http, url, "demo-5t")
                await first_token(http, urls)
                await flooded(http, urls, [demo, serve])
                await crowded(http, urls, serve)


def main() -> None:
    """Print the figures."""
    asyncio.run(measure())


if __name__ == "__main__":
    main()
