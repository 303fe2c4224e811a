"""`/stream`: a reply is asked for by POST, and fetched once by GET, as server-sent events.

    POST /stream {"prompt": ...}  ->  201 {"id": ...}        nothing is asked of the endpoint yet
    GET /stream?id=...            ->  the events             that asks, once
    GET /stream?id=... again      ->  204                    `EventSource` stops at that
    ... with Last-Event-ID        ->  the events after it    while the reply lives
    DELETE /stream?id=...         ->  204                    stops it; its words so far were sent

`EventSource` asks again after every end of a connection, so an id that asked twice would pay twice.
Who has an id was given it, so it is all that GET and DELETE need: `EventSource` can send no header.

A reader who leaves cancels the request at the endpoint. One who may come back says so beforehand,
by `resume`: for so many seconds the reply is kept going, as far as the tape has room.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from secrets import token_urlsafe

from starlette.types import Send

from tui.core.deltas import Delta, Finished
from tui.core.frames import JSON, Framer, event
from tui.core.request import Request
from tui.stop import Stop
from tui.web.answers import send_nothing, send_tape
from tui.web.desk import Desk
from tui.web.errors import LEAVING, Unacceptable, error
from tui.web.exchange import Exchange, Watched
from tui.web.tape import Tape
from tui.web.wishes import request_in, resume_in

WAITS = 60.0
"""Seconds that an id waits to be fetched, and that an ended reply can be taken up again."""

MOST = 256
"""Ids at the most."""

HELD = 64 * 1024 * 1024
"""Bytes of what is asked by all of them together."""

KEEPS = 1024 * 1024
"""Bytes of events that are kept for a reader who comes again."""

RETRY = "retry: 500\n"
"""Milliseconds after which `EventSource` comes again."""

FULL = error(
    429,
    "Too many replies wait to be fetched. Ask again in a moment.",
    kind="rate_limit_error",
    code="too_many_replies",
    headers={"retry-after": "1"},
)

NO_REPLY = error(404, "There is no such reply, or no more.", code="no_reply")


@dataclass(slots=True, eq=False)
class Run:
    """A reply, from the id that was given for it to the end of its memory."""

    request: Request
    """What is asked."""

    size: int
    """Bytes of what is asked."""

    resume: float
    """Seconds that it goes on without a reader."""

    tape: Tape = field(default_factory=lambda: Tape(keeps=KEEPS))
    """Its events."""

    stop: Stop = field(default_factory=Stop)
    """What stops it."""

    writing: asyncio.Task[None] | None = None
    """What writes it; None before it was fetched."""

    reader: asyncio.Task[object] | None = None
    """Who reads; whoever comes later takes over."""

    leaving: asyncio.TimerHandle | None = None
    """Stops it, where its reader does not come back."""

    def end(self) -> None:
        """Stop it, and let it wait for no reader."""
        self.tape.release()
        self.stop()

    def can_go_on(self, after: int | None) -> bool:
        """Whether there is more for who has read so far; the tape is wound to there."""
        if self.writing is None:
            return True
        if after is None or (self.tape.is_ended and after >= self.tape.last):
            return False
        return self.tape.rewind(after)


class Runs:
    """All replies that were asked for and are not forgotten yet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._runs: dict[str, Run] = {}

    def add(self, body: JSON, size: int) -> str:
        """Keep what is asked, which came in so many bytes; gives the id.

        Raises:
            Unacceptable: If it cannot be asked, or too many wait or run.
        """
        run = Run(request_in(body, self._desk.settings), size, resume_in(body))
        self._desk.check()
        held = sum(each.size for each in self._runs.values()) + size
        if len(self._runs) >= MOST or (self._runs and held > HELD):
            raise Unacceptable(FULL)
        named = token_urlsafe(24)
        self._runs[named] = run
        asyncio.get_running_loop().call_later(WAITS, self._forget_unfetched, named, run)
        return named

    def stop(self, id: str) -> None:
        """Stop a reply; one that was not fetched is forgotten.

        Raises:
            Unacceptable: If there is none.
        """
        run = self._find(id)
        if run.writing is None:
            self._forget(id)
        run.end()

    async def read(self, send: Send, id: str, after: int | None) -> None:
        """Send a reply's events: all, or those after one that was read before.

        Raises:
            Unacceptable: If there is no such reply, or no room for it.
        """
        run = self._find(id)
        if not run.can_go_on(after):
            await send_nothing(send)
            return
        if run.writing is None:
            self._desk.check()
            run.writing = asyncio.create_task(self._write(id, run))
        self._take_over(run)
        try:
            await send_tape(send, run.tape, self._desk.beat, {})
        finally:
            if run.reader is asyncio.current_task() and not run.tape.is_ended:
                self._wait_for_another(run)

    def _find(self, id: str) -> Run:
        run = self._runs.get(id)
        if run is None:
            raise Unacceptable(NO_REPLY)
        return run

    def _take_over(self, run: Run) -> None:
        before, run.reader = run.reader, asyncio.current_task()
        if before is not None:
            before.cancel()
        if run.leaving is not None:
            run.leaving.cancel()
            run.leaving = None

    def _wait_for_another(self, run: Run) -> None:
        """The reader has left: it may come back, or else the reply is stopped."""
        if run.resume:
            run.leaving = asyncio.get_running_loop().call_later(run.resume, run.end)
        else:
            run.end()

    async def _write(self, id: str, run: Run) -> None:
        framer, server = Framer(), Watched(self._desk.server, self._desk.key)

        def take(delta: Delta) -> bytes:
            frame = framer.frame(delta)
            return b"" if frame is None else self._event(run, delta, frame)

        try:
            with self._desk.place(run.stop, run.end):
                exchange = Exchange(server, run.stop, run.tape)
                await exchange.run(run.request, self._desk.settings.patience, take)
        finally:
            run.tape.end()
            asyncio.get_running_loop().call_later(WAITS, self._forget, id)

    def _event(self, run: Run, delta: Delta, frame: JSON) -> bytes:
        if isinstance(delta, Finished) and self._desk.is_leaving and frame["error"] is None:
            frame["error"] = LEAVING.body["error"] if run.stop.is_asked else None
        number = run.tape.last + 1
        head = RETRY if number == 1 and run.resume else ""
        return (head + event(frame, number)).encode()

    def _forget_unfetched(self, id: str, run: Run) -> None:
        if run.writing is None:
            self._forget(id)

    def _forget(self, id: str) -> None:
        self._runs.pop(id, None)
