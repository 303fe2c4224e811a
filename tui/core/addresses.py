"""Which addresses are out there on the public internet, and not here, nearby or nowhere.

The registries of special addresses are IANA's (RFC 6890 and its updates). Python knows most of
them; the rest, and addresses that carry another one inside, are looked at here. An IPv6 address
has to be a global unicast one (RFC 4291, 2.4): the registries then only have to name exceptions.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

GLOBAL = IPv6Network("2000::/3")
"""Where IPv6 addresses are given out."""

TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): IPv4 for networks that have only IPv6; the last 32 bits are the address."""

NOT_PUBLIC = tuple(
    ip_network(each)
    for each in (
        *("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"),
        *("2001::/23", "2001:db8::/32", "3fff::/20"),
    )
)
"""What Python calls global and is none: protocol assignments, relays, Azure's host (which answers
to every machine there and hands out secrets), Teredo, documentation."""


def is_public(address: Address) -> bool:
    """Whether an address is somebody else's machine on the internet."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return False  # no name service gives these (RFC 4291, 2.5.5.2); they are a disguise
        inner = address.sixtofour or _translated(address)
        if inner is not None:
            return is_public(inner)
        if address not in GLOBAL:
            return False
    is_special = any(address in network for network in NOT_PUBLIC)
    return address.is_global and not address.is_multicast and not is_special


def address_in(text: str) -> Address:
    """The address that a resolver gave, without the zone that may stand behind it.

    Raises:
        ValueError: If it is none.
    """
    return ip_address(text.partition("%")[0])


def _translated(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in TRANSLATED else None
