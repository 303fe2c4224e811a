"""Responses that end when their reader leaves, be it before the first word or in a silence.

Starlette leaves a plain handler running when the client has gone, and closes a streaming one's
generator whenever that is collected. Here the reader's leaving is awaited beside the work, which
is cancelled on the spot and awaited to its end, so that the endpoint sees it at once.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from fastapi import Response
from starlette.types import Receive, Scope, Send

from tui.web.errors import Answer
from tui.web.tape import Tape

BEAT = b": \n\n"
"""A comment, which readers pass over."""

SLOWEST = 120.0
"""Seconds in which a reader has to take something; whoever takes nothing is let go."""

STREAM_HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8")]

Work = Callable[[Send], Coroutine[Any, Any, None]]
"""Writes a response."""


class Attended(Response):
    """A response that is written as long as somebody is there to read it."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write it."""
        writing = asyncio.create_task(self._work(send))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({writing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            writing.cancel()
            await asyncio.wait({writing, leaving})
        if writing.cancelled() or isinstance(error := writing.exception(), TimeoutError):
            return  # nobody reads: the connection is closed before the response is whole
        if error is not None:
            raise error


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def send_json(send: Send, answer: Answer) -> None:
    """A whole answer of JSON."""
    body = json.dumps(answer.body).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    more = [(name.encode(), value.encode("latin-1")) for name, value in answer.headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers + more})
    await send({"type": "http.response.body", "body": body})


async def send_nothing(send: Send) -> None:
    """204: there is nothing, and asking again is of no use."""
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def send_tape(send: Send, tape: Tape, beat: float, headers: dict[str, str]) -> None:
    """What is on the tape and what comes, with a comment in every long silence."""
    more = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    start = {"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS + more}
    await send(start)
    while not (tape.is_ended and not tape.unread):
        piece = await tape.more(beat)
        if piece or not tape.is_ended:
            await _taken(
                send({"type": "http.response.body", "body": piece or BEAT, "more_body": True})
            )
    await send({"type": "http.response.body", "body": b""})


async def _taken(sending: Awaitable[None]) -> None:
    async with asyncio.timeout(SLOWEST):
        await sending
