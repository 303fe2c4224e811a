"""Who may ask what. Each rule is here for an attack, which `tests/web/test_attacks.py` tries.

- The `Host` has to be one of ours: a page whose name was rebound to this machine has another.
- A foreign `Origin`, and what a browser marks as coming from another site, is refused; no header
  ever allows one (there is no CORS), so a page elsewhere can neither ask nor read.
- The run's token is needed by every browser, and by everyone where others than this machine can
  reach the server: by its address, or through a proxy that asks for it under another name. On this
  machine a program needs none: it could read the terminal as well.
- What is free of it holds no secret: the page's own file, and a reply by the id that was given
  for it, since `EventSource` can send no header.

The access log has method, path, status and time: no words, no ids, no keys.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tui.web.answers import send_json
from tui.web.errors import Answer, error

HERE = ("localhost", "127.0.0.1", "::1")
"""This machine's own names; under another a proxy may stand before the server."""

PATHS = ("/", "/stream", "/v1/chat/completions", "/v1/models", "/favicon.ico")
"""Paths that the access log names."""

ALWAYS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
"""Headers of every answer."""

CLOSED = "default-src 'none'; frame-ancestors 'none'"
"""The policy of what is no page."""

FOREIGN_HOST = error(421, "This server is not asked by that name.", code="foreign_host")
FOREIGN_PAGE = error(403, "Another site may not ask this server.", code="foreign_origin")
NO_TOKEN = error(
    401,
    "This needs the token that rillet serve printed: Authorization: Bearer TOKEN.",
    kind="authentication_error",
    code="invalid_api_key",
    headers={"www-authenticate": "Bearer"},
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What this run allows."""

    token: str = field(repr=False)
    """The run's token."""

    is_local: bool = True
    """Whether only this machine can reach the server."""

    hosts: frozenset[str] = frozenset()
    """More names by which it may be asked, without a port."""

    def refusal(self, asked: Asked) -> Answer | None:
        """Why this is not answered; None where it is."""
        name = _name(asked.host)
        if not self._knows(name):
            return FOREIGN_HOST
        if asked.origin is not None and _authority(asked.origin) != asked.host:
            return FOREIGN_PAGE
        if asked.site in ("cross-site", "same-site"):  # another port of this machine is same-site
            return FOREIGN_PAGE
        is_program = self.is_local and name in HERE and not asked.is_browser
        needs_token = not (asked.is_free or is_program) or asked.is_question
        return NO_TOKEN if needs_token and not self._has_token(asked) else None

    def _knows(self, name: str) -> bool:
        is_ours = name in HERE or name in self.hosts
        return is_ours or (not self.is_local and _is_address(name))  # which cannot be rebound

    def _has_token(self, asked: Asked) -> bool:
        scheme, _, given = asked.authorization.partition(" ")
        is_right = secrets.compare_digest(given.strip().encode(), self.token.encode())
        return scheme.lower() == "bearer" and is_right


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a request decides."""

    method: str
    """The method."""

    path: str
    """The path."""

    host: str
    """The one `Host`, in small letters; empty where there is none, or more than one."""

    origin: str | None
    """The `Origin`, where a browser sends one."""

    site: str
    """`Sec-Fetch-Site`."""

    authorization: str
    """The `Authorization`."""

    is_browser: bool
    """Whether a browser sends it, by its own word."""

    @property
    def is_question(self) -> bool:
        """Whether it asks for a reply of the page's kind."""
        return self.method == "POST" and self.path == "/stream"

    @property
    def is_free(self) -> bool:
        """Whether it is the page's file, or a reply by its id."""
        return self.method in ("GET", "HEAD") and self.path in ("/", "/stream", "/favicon.ico")


def asked_of(scope: Scope) -> Asked:
    """What of a request decides."""
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    hosts = headers.get("host", [])
    origins = headers.get("origin")
    return Asked(
        method=scope["method"],
        path=scope["path"],
        host=hosts[0].strip().lower() if len(hosts) == 1 else "",
        origin=None if origins is None else origins[0] if len(origins) == 1 else "null",
        site=headers.get("sec-fetch-site", [""])[0].lower(),
        authorization=headers.get("authorization", [""])[0],
        # Not by Sec-Fetch-Mode: node's fetch sends that too.
        is_browser=bool(origins) or "sec-fetch-site" in headers,
    )


class Guard:
    """An ASGI application before the application."""

    def __init__(self, app: ASGIApp, rules: Rules, log: Callable[[str], None]) -> None:
        self._app, self._rules, self._log = app, rules, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, asked, status = time.monotonic(), asked_of(scope), 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": _with_always(message.get("headers", []))}
            await send(message)

        try:
            if (refusal := self._rules.refusal(asked)) is not None:
                await send_json(watched, refusal)
            else:
                await self._app(scope, receive, watched)
        finally:
            took = time.monotonic() - began
            self._log(f"{_method(asked)} {_path(asked)} {status or 'left'} {took * 1e3:.0f} ms")


def _with_always(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    there = {name.lower() for name, _ in headers}
    always = {**ALWAYS, "content-security-policy": CLOSED}
    more = [(name.encode(), value.encode()) for name, value in always.items()]
    return [*headers, *((name, value) for name, value in more if name not in there)]


def _method(asked: Asked) -> str:
    return asked.method if asked.method in ("GET", "HEAD", "POST", "DELETE") else "OTHER"


def _path(asked: Asked) -> str:
    if asked.path in PATHS:
        return asked.path
    return "/v1/models/…" if asked.path.startswith("/v1/models/") else "(another path)"


def _name(host: str) -> str:
    """A `Host` without its port; empty where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _authority(origin: str) -> str:
    """The host and port of an `Origin`; empty where it is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
