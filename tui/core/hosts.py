"""What a URL says about where it leads; nothing is looked up."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}


def is_loopback(url: str) -> bool:
    """Whether the URL's host is this machine; such URLs must not go through a proxy."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return _is_here(address)


def _is_here(address: IPv4Address | IPv6Address) -> bool:
    """Loopback, or 'any address of this machine', which servers print and people copy."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback or address.is_unspecified


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port (RFC 6454): what has to be the same for a key to be sent along.

    Raises:
        ValueError: If the URL has no readable host or port.
    """
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError("a URL without a host has no origin")
    port = parts.port if parts.port is not None else PORTS.get(parts.scheme, 0)
    return parts.scheme, parts.hostname.rstrip("."), port
