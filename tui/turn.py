"""The spine: a server and a request in, deltas out, the last one always `Finished`.

The app, `ask` and everything else that wants a reply iterate this one generator:

    async with aclosing(turn(server, request, patience, stop)) as deltas:
        async for delta in deltas:
            ...

Every wait of this generator stands in `stop.until(deadline)`, which silence and Esc end alike;
none reaches across a `yield`. The connection is closed before `Finished` is handed out, so an
ended turn holds nothing.

Words that came are handed out before any ending. A burst, in which nothing has to be waited for,
gives the event loop a turn every few milliseconds, so that it holds up neither keys nor drawing.
A request is sent again by itself only while not one byte of a body has come, so nobody pays
twice in silence.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace
from itertools import count

from tui.core.advice import blamed
from tui.core.altered import alterations
from tui.core.body import BodyReader
from tui.core.deltas import CONTENT, Accepted, Continued, Delta, Finished, Outcome, Retrying
from tui.core.errors import Failure, RequestFailed
from tui.core.models import first_choice
from tui.core.references import lost
from tui.core.request import Request, body
from tui.core.seam import Joiner
from tui.core.server import Server
from tui.core.settings import Patience
from tui.stop import Silence, Stop, Stopped

__all__ = ["Stop", "turn"]

BURST = 0.005
"""Seconds of work after which the event loop gets a turn."""


async def turn(
    server: Server, request: Request, patience: Patience | None = None, stop: Stop | None = None
) -> AsyncGenerator[Delta]:
    """Ask and hand out what comes; the last delta is `Finished`, however the turn ends."""
    if failure := lost(request.messages):
        yield Finished(Outcome.FAILED, failure=failure)
        return
    patience, stop = patience or Patience(), stop or Stop()
    joiner = Joiner(request.messages[-1].text) if request.continues else None
    for attempt in count(1):
        retrying: Retrying | None = None
        async with aclosing(_ask_once(server, request, patience, stop)) as deltas:
            async for delta in deltas:
                if isinstance(delta, Finished):
                    retrying = _retry(delta, attempt, patience)
                for part in joiner.take(retrying or delta) if joiner else (retrying or delta,):
                    yield part
        if retrying is None:
            return
        try:
            async with stop.until(None):
                await asyncio.sleep(retrying.wait)
        except Stopped:
            yield Finished(Outcome.CANCELLED)
            return


async def _ask_once(
    server: Server, request: Request, patience: Patience, stop: Stop
) -> AsyncGenerator[Delta]:
    now = asyncio.get_running_loop().time
    rested = now()
    reader: BodyReader | None = None
    why: Exception | None = None
    named = request
    async with AsyncExitStack() as stack:
        try:
            async with stop.until(None):
                await server.ready()
            deadline = now() + patience.first
            async with stop.until(deadline):
                named = await _with_model(server, request)
                answer = await stack.enter_async_context(server.answer(named))
            reader = BodyReader(answer.content_type)
            other = alterations(body(request, answer.way), dict(answer.sent))
            if answer.request_id or other:
                yield Accepted(answer.request_id, other)
            if request.continues:
                yield Continued(answer.way)
            pieces = await stack.enter_async_context(aclosing(answer.pieces()))
            while not reader.is_done:
                async with stop.until(deadline):
                    if now() - rested > BURST:
                        await asyncio.sleep(0)
                        rested = now()
                    piece = await anext(pieces, b"")
                if not piece:
                    break
                for delta in reader.feed(piece):
                    yield delta
                    if isinstance(delta, CONTENT):
                        deadline = now() + patience.idle
                if reader.has_reason:
                    deadline = min(deadline, now() + patience.usage)
        except RequestFailed as error:
            why = RequestFailed(blamed(error.failure, named))
        except (Stopped, Silence) as error:
            why = error
        except Exception as error:  # a fault of our own ends this turn, never the app
            reader, why = None, RequestFailed(_fault(error))
    if reader is not None:
        for delta in reader.flush():
            yield delta
    yield _finished(reader, why, patience)


async def _with_model(server: Server, request: Request) -> Request:
    """The request with a model: where the user named none, the first that the server lists."""
    if request.model:
        return request
    listed = await server.models()
    if not listed:
        raise RequestFailed(_NO_MODEL)
    model = first_choice(listed)
    options = request.wanted.options_for(model) if request.wanted else request.options
    return replace(request, model=model, options=options)


_NO_MODEL = Failure("The server lists no model", "Name one: --model NAME, or F2 in the app.")


def _finished(reader: BodyReader | None, why: Exception | None, patience: Patience) -> Finished:
    """The truth about the end, from what the body said and why we stopped reading."""
    ended = reader.ending() if reader else None
    match why:
        case Stopped():
            return Finished(Outcome.CANCELLED)
        case Silence() | RequestFailed() if reader and ended and reader.knows_the_end:
            return ended
        case Silence():
            return Finished(Outcome.STALLED, failure=_silence(reader, patience))
        case RequestFailed(failure=failure):
            return Finished(Outcome.INTERRUPTED if reader else Outcome.FAILED, failure=failure)
    return ended or Finished(Outcome.FAILED)


def _fault(error: Exception) -> Failure:
    return Failure(
        title="Something in Rillet went wrong",
        detail="The words that arrived are kept. Please report what you asked for, and of whom.",
        cause=type(error).__name__,
    )


def _silence(reader: BodyReader | None, patience: Patience) -> Failure:
    if reader and reader.has_words:
        return Failure(
            title="The server fell silent",
            detail=f"Nothing came for {patience.idle:g} seconds, so the connection was closed. "
            "The words that arrived are kept.",
        )
    return Failure(
        title="No answer came",
        detail=f"The server sent no word within {patience.first:g} seconds. It may be loading "
        "the model or be overloaded.",
    )


def _retry(refused: Finished, attempt: int, patience: Patience) -> Retrying | None:
    """The retry that Rillet may make by itself, if it may."""
    failure = refused.failure
    if failure is None or not failure.may_retry or attempt > patience.retries:
        return None
    wait = float(attempt) if failure.retry_after is None else failure.retry_after
    if refused.outcome is not Outcome.FAILED or wait > patience.longest_retry_after:
        return None
    return Retrying(attempt, patience.retries, wait, failure)
