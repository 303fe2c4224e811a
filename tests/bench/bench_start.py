"""From exec to the first paint: time and CPU, beside the smallest Textual app, in turns."""

from __future__ import annotations

import asyncio
import statistics
import sys

from tests.bench.program import Program

ROUNDS = 5

PROGRAMS = {
    "bare Textual": ((sys.executable, "-m", "tests.bench.hello"), b"first paint"),
    "Rillet": ((sys.executable, "-m", "tui", "--demo"), b"a chat that streams"),
}


async def measure() -> dict[str, tuple[float, float]]:
    """Median seconds and CPU seconds by program."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in PROGRAMS}
    for _ in range(ROUNDS):
        for name, (command, words) in PROGRAMS.items():
            async with Program(*command) as program:
                painted = await program.shows(words, patience=60)
                seen[name].append((painted - program.began, program.cpu))
    return {
        name: (statistics.median(t for t, _ in runs), statistics.median(c for _, c in runs))
        for name, runs in seen.items()
    }


def main() -> None:
    """Print the table."""
    figures = asyncio.run(measure())
    bare = figures["bare Textual"]
    print("exec to first paint          time      CPU    ratio (time, CPU)")
    for name, (seconds, cpu) in figures.items():
        ratios = f"{seconds / bare[0]:.2f}  {cpu / bare[1]:.2f}"
        print(f"  {name:<24} {seconds:6.2f} s {cpu:6.2f} s   {ratios}")


if __name__ == "__main__":
    main()
