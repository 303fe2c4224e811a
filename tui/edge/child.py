"""A server in a child process: both ends of the line between it and Rillet.

    parent                                     child (`python -m module`)
    ChildServer.start  -- stdin: the key -->   Parent()  (tui.edge.parent)
                       <-- stdout: JSON  --    progress, progress, ready | failed
    ChildServer.stop   -- end of stdin,  -->   ends
                          SIGTERM, SIGKILL

The child's stdin stays open as long as the parent lives. The system closes it when the parent is
gone, however that went, so its end is the child's sign to leave; code that holds the interpreter
lock (a model that loads) delays that until it lets go. The key travels by stdin because other
users of the machine can read arguments. The child is a session of its own: no signal of the
terminal reaches it. What it prints, on stdout too, goes down its stderr, of which the parent keeps
the end, for a report when it dies.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from tui.core.errors import RilletError
from tui.edge.environment import without_secrets

TAIL = 4096
"""How many bytes of the child's stderr are kept."""

WORDS = 300
"""How many characters of them a report quotes."""

GRACE = 2.0
"""Seconds that a child has to end by itself before it is killed."""

MEANINGS = {
    signal.SIGKILL: "The system ended it, most often because memory ran out.",
    signal.SIGILL: "This processor lacks an instruction that it was built for.",
}
"""What a deadly signal usually says of the machine."""


AGAIN = " Asking again starts it anew."


class ChildFailed(RilletError):
    """A child could not be started, said in words that a person can act on."""

    def __init__(self, title: str, detail: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title = title
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Ready:
    """A child that answers."""

    base_url: str
    """The URL under which `/chat/completions` and `/models` are, without a trailing slash."""

    key: str
    """The API key of this run; nobody else on the machine knows it."""

    models: tuple[str, ...]
    """The names that it answers to, the default first."""


def last_line(said: str) -> str:
    """Return the last line that says anything, empty where none does."""
    return next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")


class ChildServer:
    """One server in a child process, from its start to its end; it can be started again."""

    def __init__(
        self,
        module: str,
        args: Iterable[str] = (),
        *,
        name: str = "the server on this machine",
        quote: Callable[[str], str] = last_line,
        grace: float = GRACE,
    ) -> None:
        """Say what is to run; nothing runs yet.

        Args:
            module: What `python -m` runs; it makes a `Parent` first.
            args: Its arguments. They are no place for secrets.
            name: What reports call it.
            quote: Picks from the end of its stderr what a report quotes.
            grace: Seconds that it has to end by itself before it is killed.
        """
        self._command = [sys.executable, "-P", "-m", module, *args]
        self._name = name
        self._quote = quote
        self._grace = grace
        self._process: Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._tail = b""

    @property
    def running(self) -> bool:
        """Whether the child is alive."""
        return self._process is not None and self._process.returncode is None

    async def start(self, on_progress: Callable[[str], None]) -> Ready:
        """Start the child and wait until it answers, however long a big model takes.

        A child of an earlier start is ended first.

        Args:
            on_progress: Is told what the child is doing, in words.

        Raises:
            ChildFailed: It ended, or said why it cannot serve; nothing is left of it.
        """
        await self.stop()
        key = secrets.token_urlsafe(32)
        try:
            process = await self._spawn(key)
            return await self._hear(process, key, on_progress)
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End the child and wait until it is gone; harmless when there is none."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        await _end(process, self._grace)
        await process.stdout.read()
        if self._listening is not None:
            await self._listening

    async def _spawn(self, key: str) -> Process:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                env=_same_packages(),
                start_new_session=True,
            )
        except OSError as error:
            raise ChildFailed(self._title, f"The system said: {error.strerror}.") from error
        assert process.stdin is not None
        assert process.stderr is not None
        self._process, self._tail = process, b""
        self._listening = asyncio.create_task(self._listen(process.stderr))
        process.stdin.write(f"{key}\n".encode())
        return process

    async def _listen(self, stderr: asyncio.StreamReader) -> None:
        while said := await stderr.read(TAIL):
            self._tail = (self._tail + said)[-TAIL:]

    async def _hear(self, process: Process, key: str, on_progress: Callable[[str], None]) -> Ready:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            match _message(line):
                case {"progress": str(words)}:
                    on_progress(words)
                case {"ready": {"base_url": str(base_url), "models": [*models]}}:
                    return Ready(base_url, key, tuple(map(str, models)))
                case {"failed": {"title": str(title), "detail": str(detail)}}:
                    await self._inquest(process)
                    raise ChildFailed(title, detail + self._last_words)
        raise ChildFailed(self._title, await self._inquest(process) + self._last_words + AGAIN)

    async def _inquest(self, process: Process) -> str:
        """Wait for the end of a child that is about to end, and say how it came."""
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), self._grace)
        how = _how_it_ended(process.returncode)
        await self.stop()
        return how

    @property
    def _title(self) -> str:
        return f"{self._name[:1].upper()}{self._name[1:]} did not start"

    @property
    def _last_words(self) -> str:
        words = self._quote(self._tail.decode(errors="replace"))[:WORDS]
        return f' It said: "{words}".' if words else ""


async def _end(process: Process, grace: float) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), grace)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _same_packages() -> dict[str, str]:
    """An environment in which the child finds what this process finds, in the same order."""
    return {**without_secrets(os.environ), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _message(line: bytes) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _how_it_ended(code: int | None) -> str:
    if code is None:
        return "It fell silent before it was ready."
    if code >= 0:
        return f"It ended with code {code}."
    name = signal.Signals(-code)
    return " ".join(filter(None, [f"It was ended by {name.name}.", MEANINGS.get(name)]))
