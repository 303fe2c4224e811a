"""Which proxy the environment puts between here and a URL, for sentences about it.

The transport decides for itself (`HTTPS_PROXY`, `NO_PROXY`); this names what it used.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from tui.core.hosts import is_loopback


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy on the way."""

    variable: str
    """The environment variable that names it."""

    name: str
    """Its host and port, without a login."""


def proxy_for(url: str) -> Proxy | None:
    """The proxy that requests to this URL go through, if they do."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    found = getproxies()
    if is_loopback(url) or proxy_bypass(host):
        return None
    for scheme in (parts.scheme, "all"):
        if given := found.get(scheme):
            return Proxy(f"{scheme.upper()}_PROXY", _name(given))
    return None


def _name(given: str) -> str:
    try:
        return urlsplit(given if "://" in given else f"//{given}").netloc.rpartition("@")[2]
    except ValueError:
        return ""
