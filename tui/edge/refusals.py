"""Foreign exceptions -> failures in sentences; the one place where they are translated.

The openai package wraps what went wrong: the reason is in `__cause__` and in `body`, not in the
exception's text. Nothing here repeats a key or a header.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2
from openai import APIStatusError

from tui.core.body import page_words
from tui.core.chunks import words_of
from tui.core.errors import Failure, RequestFailed
from tui.core.sanitize import one_line, redact
from tui.core.settings import Endpoint

RETRIED = frozenset({408, 409, 429, 500, 502, 503, 529})
"""Statuses that a server gives for a passing trouble, before any word."""

TITLES = {
    400: "The server refused the request",
    401: "The key was refused",
    402: "The account has no credit left",
    403: "The key may not do this",
    404: "The server does not know this model or path",
    408: "The server gave up waiting",
    409: "The server is busy with a conflicting request",
    413: "The request is too large",
    422: "The server refused the request",
    429: "Too many requests",
}

ADVICE = {
    400: "Read the server's words below; often the conversation is too long for the model.",
    401: "Check OPENAI_API_KEY, and that it belongs to this endpoint.",
    402: "Add credit to the account, or use another endpoint.",
    403: "Use a key with access to this model, or choose another model (F2).",
    404: "Choose another model (F2), and check that the base URL ends as the server expects "
    "(usually /v1).",
    408: "Ask again.",
    409: "Wait a moment and ask again.",
    413: "Remove an image or start a new conversation (Ctrl+N).",
    422: "Read the server's words below.",
    429: "Wait a moment and ask again.",
}


def failure_of(error: Exception, endpoint: Endpoint) -> Failure:
    """What the exception means to a person."""
    if isinstance(error, RequestFailed):
        return error.failure
    if isinstance(error, APIStatusError):
        return _status(error, endpoint)
    return _transport(error, endpoint)


def _status(error: APIStatusError, endpoint: Endpoint) -> Failure:
    status = error.status_code
    said = _said(error)
    is_quota = status == 429 and "insufficient_quota" in str(error.body)
    title, detail = TITLES.get(status), ADVICE.get(status)
    if is_quota:
        title, detail = "The account's quota is used up", "Asking again will not help: see the "
        detail += "provider's billing page, or use another endpoint."
    if 300 <= status < 400:
        title, detail = "The server points elsewhere", _redirect_advice(error.response)
    wait = retry_after(error.response.headers, datetime.now(UTC))
    return Failure(
        title=title or ("The server is in trouble" if status >= 500 else "The server said no"),
        detail=detail or "Ask again in a moment; nothing of the conversation is lost.",
        status=status,
        url=str(error.request.url),
        said=one_line(redact(said, endpoint.key), 300),
        request_id=one_line(error.request_id or "", 80),
        can_help_again=not is_quota,
        may_retry=status in RETRIED and not is_quota and (status != 429 or wait is not None),
        retry_after=wait,
    )


def _said(error: APIStatusError) -> str:
    """The provider's words: from its JSON, or what its page says."""
    words = words_of(error.body) or _text(error.response)
    return page_words(words) if words.lstrip().startswith("<") else words


def _redirect_advice(response: httpx2.Response) -> str:
    target = one_line(response.headers.get("location", ""), 120) or "another address"
    return f"It redirects to {target}; set the base URL to where the API is."


def retry_after(headers: httpx2.Headers, now: datetime) -> float | None:
    """Seconds to wait by the Retry-After header: a number or a date (RFC 9110, 10.2.3)."""
    said = headers.get("retry-after", "").strip()
    if said.replace(".", "", 1).isdecimal() and len(said) < 16:
        return float(said)
    try:
        then = parsedate_to_datetime(said)
    except (ValueError, OverflowError, TypeError):
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds())


def _transport(error: Exception, endpoint: Endpoint) -> Failure:
    causes = list(_causes(error))
    title, detail = _told(causes, endpoint)
    return Failure(
        title=title,
        detail=detail,
        url=endpoint.base_url,
        cause=one_line(redact(str(causes[-1]), endpoint.key), 200),
    )


def _told(causes: list[BaseException], endpoint: Endpoint) -> tuple[str, str]:
    """Title and sentence for the deepest cause that says something."""
    if _any(causes, httpx2.ConnectTimeout):
        return "The server cannot be reached", (
            f"{endpoint.name} did not answer the connection. Check the network and the base URL."
        )
    if _any(causes, socket.gaierror):
        return "The server's name is not known", (
            f"No address was found for {endpoint.name}. Check the base URL and the network."
        )
    if _any(causes, ssl.SSLError):
        return "The server's certificate is not trusted", (
            f"The TLS connection to {endpoint.name} failed. Check the clock, the base URL and "
            "SSL_CERT_FILE."
        )
    if _any(causes, httpx2.ProxyError):
        return "The proxy refused the connection", "Check HTTPS_PROXY and NO_PROXY."
    if _any(causes, ConnectionRefusedError, httpx2.ConnectError):
        return "Nothing answers at the server's address", (
            f"{endpoint.name} refused the connection. Is the server running, and is the port right?"
        )
    if _any(causes, httpx2.NetworkError, httpx2.RemoteProtocolError, httpx2.DecodingError):
        return (
            "The connection broke",
            "The server or the network closed it. Words that arrived are kept.",
        )
    if _any(causes, ImportError):
        return "A proxy of this kind is not supported", (
            "A SOCKS proxy is set in the environment; unset ALL_PROXY or use an HTTP proxy."
        )
    if _any(causes, httpx2.InvalidURL, httpx2.UnsupportedProtocol):
        return "The base URL cannot be used", "It should look like https://HOST/v1."
    return "The request could not be sent", "Something unexpected happened on the way."


def _any(causes: list[BaseException], *kinds: type[BaseException]) -> bool:
    return any(isinstance(cause, kinds) for cause in causes)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and what lies behind it, outermost first."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _text(response: httpx2.Response) -> str:
    try:
        return response.text
    except httpx2.ResponseNotRead:
        return ""
