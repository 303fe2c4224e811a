"""OpenAI's API over whoever answers: `/v1/chat/completions` and `/v1/models`.

The endpoint's own refusals go through with their status; a refused request is not sent again
here, since the client's SDK does that by its own rules.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace

from fastapi import Request, Response
from starlette.types import Send

from tui.core.deltas import Finished, Outcome
from tui.core.errors import RequestFailed
from tui.core.reply import Reply
from tui.core.settings import Patience
from tui.stop import Stop
from tui.turn import turn
from tui.web.answers import Attended, send_json, send_tape
from tui.web.asked import Asked, asked_in, read_object
from tui.web.bodies import read_body
from tui.web.completions import Chunks, whole
from tui.web.desk import Desk
from tui.web.errors import Answer, Unacceptable, error, failed
from tui.web.exchange import Exchange, Watched
from tui.web.tape import Tape

WHOLE = 600.0
"""Seconds for an answer that comes in one: as long as OpenAI's SDKs wait."""

SOON = 1.0
"""Seconds in which an endpoint that took a request may still turn out to have refused it."""


async def complete(request: Request, desk: Desk) -> Response:
    """Answer one request for a completion."""
    body = read_object(await read_body(request))
    asked = asked_in(body, desk.settings.model)
    patience = replace(desk.settings.patience, retries=0)

    async def work(send: Send) -> None:
        try:
            stop = Stop()
            with desk.place(stop):
                if asked.request.is_stream:
                    await _stream(send, asked, desk, patience, stop)
                else:
                    await send_json(send, await _whole(asked, desk, patience, stop))
        except Unacceptable as refused:
            await send_json(send, refused.answer)

    return Attended(work)


async def _stream(send: Send, asked: Asked, desk: Desk, patience: Patience, stop: Stop) -> None:
    tape, server = Tape(), Watched(desk.server, desk.key)
    exchange = Exchange(server, stop, tape)
    chunks = Chunks(asked.request.model, with_usage=asked.with_usage)
    running = asyncio.create_task(exchange.run(asked.request, patience, chunks.take))
    try:
        await _begun(server, tape)
        if exchange.failed is not None:
            await send_json(send, failed(exchange.failed, server.refused))
            return
        named = {"x-request-id": server.request_id} if server.request_id else {}
        await send_tape(send, tape, desk.beat, named)
    finally:
        running.cancel()
        await asyncio.wait({running})


async def _begun(server: Watched, tape: Tape) -> None:
    """Wait until it is clear what the status is: words are there, or the request was taken."""
    wording = asyncio.create_task(tape.wait())
    taking = asyncio.create_task(server.taken.wait())
    try:
        await asyncio.wait({wording, taking}, return_when=asyncio.FIRST_COMPLETED)
        if not wording.done():
            await asyncio.wait({wording}, timeout=SOON)
    finally:
        wording.cancel()
        taking.cancel()
        await asyncio.wait({wording, taking})


async def _whole(asked: Asked, desk: Desk, patience: Patience, stop: Stop) -> Answer:
    server, now = Watched(desk.server, desk.key), asyncio.get_running_loop().time
    reply = Reply(asked.request.model, now())
    patience = replace(patience, first=max(patience.first, WHOLE))
    async with aclosing(turn(server, asked.request, patience, stop)) as deltas:
        async for delta in deltas:
            reply.take(delta, now())
    assert isinstance(reply.finished, Finished)
    if reply.finished.outcome is not Outcome.FINISHED:
        return failed(reply.finished, server.refused)
    named = {"x-request-id": server.request_id} if server.request_id else {}
    return Answer(200, whole(reply), named)


async def models(desk: Desk) -> Answer:
    """What the endpoint lists, in OpenAI's form.

    Raises:
        Unacceptable: If it lists none.
    """
    server = Watched(desk.server, desk.key)
    try:
        await server.ready()
        names = await server.models()
    except RequestFailed as refused:
        ended = Finished(Outcome.FAILED, failure=refused.failure)
        raise Unacceptable(failed(ended, server.refused)) from refused
    owner = desk.settings.source.name
    data = [{"id": name, "object": "model", "created": 0, "owned_by": owner} for name in names]
    return Answer(200, {"object": "list", "data": data, "default": desk.settings.model or None})


async def model(name: str, desk: Desk) -> Answer:
    """One of them.

    Raises:
        Unacceptable: If the endpoint lists none of this name.
    """
    data = (await models(desk)).body["data"]
    assert isinstance(data, list)
    for each in data:
        if each["id"] == name:
            return Answer(200, each)
    raise Unacceptable(
        error(404, "The endpoint lists no model of this name.", code="model_not_found")
    )
