"""The routes."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Send

from tui.core.crash import report
from tui.web import chat
from tui.web.answers import Attended, send_json
from tui.web.asked import read_object
from tui.web.bodies import read_body
from tui.web.desk import Desk
from tui.web.errors import Answer, Unacceptable, error
from tui.web.guard import Guard, Rules
from tui.web.runs import Runs

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""What the page may load and do: nothing of anybody else's."""


def bridge(
    desk: Desk, rules: Rules, log: Callable[[str], None], tell: Callable[[str], None]
) -> ASGIApp:
    """The application, behind its guard; `log` gets a line for each request, `tell` faults."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(Unacceptable, _unacceptable)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_exception_handler(Exception, _faulty(desk.key, tell))
    _add_page(app)
    _add_chat(app, desk)
    _add_stream(app, Runs(desk))
    return Guard(app, rules, log)


def _add_page(app: FastAPI) -> None:
    page = files("tui.web").joinpath("page.html").read_text("utf-8")

    @app.get("/")
    async def show_page() -> Response:
        nonce = secrets.token_urlsafe(16)
        policy = {"content-security-policy": POLICY.format(nonce=nonce)}
        return HTMLResponse(page.replace("{{nonce}}", nonce), headers=policy)

    @app.get("/favicon.ico")
    async def no_icon() -> Response:
        return Response(status_code=204)


def _add_chat(app: FastAPI, desk: Desk) -> None:
    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        _check_kind(request)
        return await chat.complete(request, desk)

    @app.get("/v1/models")
    async def list_models() -> Response:
        return _json(await chat.models(desk))

    @app.get("/v1/models/{name:path}")
    async def show_model(name: str) -> Response:
        return _json(await chat.model(name, desk))


def _add_stream(app: FastAPI, runs: Runs) -> None:
    @app.post("/stream")
    async def ask(request: Request) -> Response:
        _check_kind(request)
        body = await read_body(request)
        named = runs.add(read_object(body), len(body))
        return _json(Answer(201, {"id": named}))

    @app.get("/stream")
    async def read(request: Request) -> Response:
        named, after = request.query_params.get("id", ""), _number(request)

        async def work(send: Send) -> None:
            try:
                await runs.read(send, named, after)
            except Unacceptable as refused:
                await send_json(send, refused.answer)

        return Attended(work)

    @app.delete("/stream")
    async def stop(request: Request) -> Response:
        runs.stop(request.query_params.get("id", ""))
        return Response(status_code=204)


def _number(request: Request) -> int | None:
    """The `Last-Event-ID`, where it is one of ours."""
    given = request.headers.get("last-event-id", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else None


def _check_kind(request: Request) -> None:
    """A form of a foreign page cannot say that it is JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Unacceptable(error(415, "The body has to be JSON: Content-Type: application/json."))


def _json(answer: Answer) -> Response:
    return JSONResponse(answer.body, answer.status, answer.headers)


async def _unacceptable(_: Request, refused: Exception) -> Response:
    assert isinstance(refused, Unacceptable)
    return _json(refused.answer)


async def _unknown(_: Request, missed: Exception) -> Response:
    assert isinstance(missed, HTTPException)
    sentence = "Unknown request URL." if missed.status_code == 404 else str(missed.detail)
    headers = dict(missed.headers or {})
    return _json(error(missed.status_code, sentence, code="unknown_url", headers=headers))


def _faulty(
    key: str, tell: Callable[[str], None]
) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What answers where something of ours went wrong, and tells of it."""

    async def answer(_: Request, fault: Exception) -> Response:
        tell("A request could not be answered:\n" + report(fault, key).partition("\n")[2].rstrip())
        sentence = "Something in Rillet went wrong; rillet serve wrote what to its stderr."
        return _json(error(500, sentence, kind="server_error", code="fault"))

    return answer
