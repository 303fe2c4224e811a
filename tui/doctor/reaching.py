"""The endpoint, asked for what it lists: the cheapest question there is, and it costs nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from tui.core.errors import Failure, RequestFailed
from tui.core.findings import Finding, State
from tui.core.models import nearest
from tui.core.sanitize import one_line
from tui.core.server import Server
from tui.core.settings import Endpoint, Settings
from tui.edge.proxies import proxy_for

SECTION = "endpoint"

SHOWN = 3
"""Names that are told."""


async def reached(server: Server, settings: Settings) -> list[Finding]:
    """Whether it answers, and what it lists."""
    began = time.perf_counter()
    try:
        await server.ready()
        listed = await server.models()
    except RequestFailed as error:
        found = list(_failed(error.failure))
    else:
        took = time.perf_counter() - began
        found = list(_listed(listed, settings.model, took))
    return [*_proxy(settings), *found]


def _proxy(settings: Settings) -> Iterator[Finding]:
    if not isinstance(settings.source, Endpoint):
        return
    proxy = proxy_for(settings.source.base_url)
    if proxy is not None:
        yield Finding(SECTION, "proxy", one_line(proxy.name), proxy.variable, State.NOTE)


def _failed(failure: Failure) -> Iterator[Finding]:
    told = " ".join(filter(None, (failure.detail, failure.said, failure.cause)))
    status = f" ({failure.status})" if failure.status else ""
    value = f"{failure.title}{status}"
    yield Finding(SECTION, "answers", value, failure.url, State.BAD, one_line(told, 600))


def _listed(listed: Sequence[str], model: str, took: float) -> Iterator[Finding]:
    names = ", ".join(one_line(name, 60) for name in listed[:SHOWN])
    more = ", …" if len(listed) > SHOWN else ""
    told = f"in {took:.2f} s, {len(listed):,} model{'s' * (len(listed) != 1)}: {names}{more}"
    yield Finding(SECTION, "answers", told)
    if model and model not in listed:
        near = ", ".join(one_line(name, 60) for name in nearest(listed, model))
        advice = f"Like it: {near}." if near else "`rillet models` lists those that there are."
        yield Finding(SECTION, "model", f"{model} is not listed", "", State.NOTE, advice)
