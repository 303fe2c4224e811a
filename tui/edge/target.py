"""Where a URL of the web leads: the host to look up, and what to call it in a request."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

import httpx2

from tui.core.hosts import PORTS
from tui.core.images import WEB_SCHEMES, BadImage


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL leads."""

    url: httpx2.URL
    """The whole of it."""

    host: str
    """The host's name as name services know it, or its address."""

    port: int
    """The port, that of the scheme where none is named."""

    authority: str
    """Host and port as the request names them, without a login."""


def target_of(url: str) -> Target:
    """Where a URL leads.

    Raises:
        BadImage: If it is none of the web.
    """
    try:
        parsed = httpx2.URL(url)
        is_web = parsed.scheme in WEB_SCHEMES and bool(parsed.host)
        is_web = is_web and (parsed.port or 0) < 65_536
    except (httpx2.InvalidURL, ValueError):
        is_web = False
    if not is_web:
        raise BadImage("Only http and https URLs can be fetched.")
    host = parsed.raw_host.decode("ascii")
    authority = parsed.netloc.decode("ascii")
    return Target(parsed, host, parsed.port or PORTS[parsed.scheme], authority)


def joined(url: str, location: str) -> str:
    """Where a redirect leads; a whole URL, or one beside the first."""
    try:
        return urljoin(url, location) if location else ""
    except ValueError:
        return ""
