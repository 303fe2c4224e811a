"""Programs that serve, as processes: what they print, and where they listen."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]

PATIENCE = 60.0
"""Seconds in which a program has to say where it listens."""


class Program:
    """A running program and all that it has written."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.written = ""
        self.url = ""
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            self.written += line.decode()

    async def says(self, pattern: str) -> str:
        """Wait for what it writes; gives the pattern's first group."""
        async with asyncio.timeout(PATIENCE):
            while not (found := re.search(pattern, self.written)):
                assert not self._reading.done(), f"it ended: {self.written}"
                await asyncio.sleep(0.01)
        return found[1]

    async def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end; gives its exit code."""
        with suppress(ProcessLookupError):
            self.process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            await self._reading
            return await self.process.wait()


@asynccontextmanager
async def running(
    *command: str, says: str, environ: Mapping[str, str] | None = None, folder: Path = ROOT
) -> AsyncIterator[Program]:
    """Run `python` with these arguments until the end of the block."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **(environ or {})}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=PIPE, stderr=STDOUT, env=env, cwd=folder
    )
    program = Program(process)
    try:
        program.url = await program.says(says)
        yield program
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await program.stop()
