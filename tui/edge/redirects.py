"""Redirects: followed to the same origin only, with the question as it was.

A key goes to its endpoint and nowhere else, so a redirect to another scheme, host or port is a
refusal that names the target. 307 and 308 keep the method and the body (RFC 9110, 15.4); 301, 302
and 303 turn a POST into a GET, which would ask nothing, so they are followed only where the target
differs by slashes alone: that is a server tidying a path, and 308 is what it means.
"""

from __future__ import annotations

import re

import httpx2

from tui.core.errors import Failure, RequestFailed
from tui.core.hosts import origin
from tui.core.sanitize import one_line

MOST = 5
"""The most redirects that one request follows."""

KEEPS_METHOD = frozenset({307, 308})


async def check(response: httpx2.Response) -> None:
    """A hook on every response: lets a redirect pass that is safe to follow.

    Raises:
        RequestFailed: If it is one that must not be followed.
    """
    if not response.has_redirect_location:
        return
    asked = str(response.request.url)
    target = str(response.request.url.join(_location(response)))
    if not _is_same_origin(asked, target):
        raise RequestFailed(_elsewhere(response, target))
    if response.request.method == "GET" or response.status_code in KEEPS_METHOD:
        return
    if response.status_code == 303 or _tidied(asked) != _tidied(target):
        raise RequestFailed(_loses_the_question(response, target))
    response.status_code = 308


def _location(response: httpx2.Response) -> httpx2.URL:
    try:
        return httpx2.URL(response.headers["location"])
    except httpx2.InvalidURL:
        raise RequestFailed(_failure(response, NOWHERE)) from None


def _is_same_origin(asked: str, target: str) -> bool:
    try:
        return origin(asked) == origin(target)
    except ValueError:
        return False


def _tidied(url: str) -> str:
    return re.sub("(?<!:)/+", "/", url).rstrip("/")


NOWHERE = "It redirects to something that is no address. Check the base URL."


def _elsewhere(response: httpx2.Response, target: str) -> Failure:
    return _failure(
        response,
        f"It redirects to {_shown(target)}. The key and the question go nowhere else by "
        f"themselves: if that is right, set the base URL to {_shown(_base(target))}.",
    )


def _loses_the_question(response: httpx2.Response, target: str) -> Failure:
    return _failure(
        response,
        f"It redirects to {_shown(target)} in a way that would lose the question. It may want a "
        "login in a browser, or the base URL is not quite right.",
    )


def _failure(response: httpx2.Response, detail: str) -> Failure:
    return Failure(
        title="The server points elsewhere",
        detail=detail,
        status=response.status_code,
        url=str(response.request.url),
    )


def _base(target: str) -> str:
    """The base URL that a target belongs to."""
    path = target.partition("?")[0].rstrip("/")
    return path.removesuffix("/chat/completions").removesuffix("/models")


def _shown(url: str) -> str:
    return one_line(url, 120)
