"""Exceptions on the way to a server -> failures, by the table of `tui.edge.troubles`."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx2

from tui.core.errors import Failure
from tui.core.hosts import is_loopback
from tui.core.sanitize import one_line, redact
from tui.core.settings import Endpoint
from tui.edge.proxies import Proxy, proxy_for
from tui.edge.troubles import TROUBLES, UNEXPECTED, Trouble


def trouble_of(error: BaseException, endpoint: Endpoint, *, has_begun: bool = False) -> Failure:
    """What the exception means to a person."""
    causes = _telling(list(causes_of(error)))
    found = next((row for row in TROUBLES if _fits(row, causes, has_begun)), UNEXPECTED)
    proxy = proxy_for(endpoint.base_url)
    detail = found.detail.format(
        name=_who(causes, endpoint, proxy),
        host=endpoint.name,
        proxy=proxy.variable if proxy else "HTTPS_PROXY",
        check=_check(endpoint.base_url),
    )
    return Failure(
        title=_titled(found.title, causes, proxy),
        detail=detail + _through(proxy, detail),
        url=endpoint.base_url,
        cause=one_line(redact(_words(causes), endpoint.key), 200),
    )


def _telling(causes: list[BaseException]) -> list[BaseException]:
    """Without what is there at every wait on a TLS connection, but while connecting."""
    if any(isinstance(cause, httpx2.ConnectTimeout) for cause in causes):
        return causes
    return [cause for cause in causes if not isinstance(cause, ssl.SSLWantReadError)]


def _fits(row: Trouble, causes: list[BaseException], has_begun: bool) -> bool:
    if row.if_begun not in (None, has_begun):
        return False
    return any(row.is_case(cause) for cause in causes)


def _reaches_proxy(causes: list[BaseException], proxy: Proxy | None) -> bool:
    """Whether it was the connection to the proxy that failed, and not the one behind it."""
    never_connected = (httpx2.ConnectTimeout, httpx2.ConnectError)
    is_tls = any(isinstance(cause, ssl.SSLError) for cause in causes)
    return proxy is not None and not is_tls and any(isinstance(c, never_connected) for c in causes)


def _titled(title: str, causes: list[BaseException], proxy: Proxy | None) -> str:
    return title.replace("server", "proxy") if _reaches_proxy(causes, proxy) else title


def _who(causes: list[BaseException], endpoint: Endpoint, proxy: Proxy | None) -> str:
    """Who did not answer, for people: the server, or the proxy before it."""
    if proxy is None or not _reaches_proxy(causes, proxy):
        return endpoint.name
    return f"{proxy.name} (the proxy of {proxy.variable})"


def _through(proxy: Proxy | None, detail: str) -> str:
    """That a proxy was in between, where that is not said yet."""
    if proxy is None or proxy.variable in detail:
        return ""
    return f" It was asked through the proxy {proxy.name} ({proxy.variable})."


def _check(base_url: str) -> str:
    """What to look at where the protocol is not understood.

    To leave TLS away is only ever advised for this machine: elsewhere, someone on the way may be
    who does not answer in it.
    """
    parts = urlsplit(base_url)
    if parts.scheme == "http":
        return f"Check the port, or try {parts._replace(scheme='https').geturl()}."
    if is_loopback(base_url):
        return f"Check the port, or try {parts._replace(scheme='http').geturl()}."
    return "Check the base URL and its port."


def _words(causes: list[BaseException]) -> str:
    """What the deepest cause says that says anything; a time-out says nothing more."""
    if any(isinstance(cause, httpx2.TimeoutException) for cause in causes):
        return ""
    said = next((str(cause) for cause in reversed(causes) if str(cause).strip()), "")
    return said or type(causes[-1]).__name__


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """The exception and what lies behind it, outermost first; of several, each."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        if isinstance(seen, BaseExceptionGroup):
            for each in seen.exceptions:
                yield from causes_of(each)
            return
        seen = seen.__cause__ or seen.__context__
