"""A picture from the web, for a preview that the user asked for.

A URL may come from anywhere, so it must not make Rillet knock where its writer cannot: on this
machine, on the network around it, at a cloud's inner services. The host's name is looked up here,
once; every address that it has must be a public one; and the connection goes to exactly the address
that was looked at, with the name only in the request and for the certificate. A name service that
gives another answer a moment later (rebinding) is not asked again. Each redirect is a new URL, with
all of that anew. Nothing that tells of the user goes along: no cookies, no keys, no login of the
URL's, no referrer; and no proxy is asked, since it would look the name up by itself.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2

from tui import __version__
from tui.core.addresses import Address, address_in, is_public
from tui.core.image_kinds import kind_of, why_not
from tui.core.images import BadImage
from tui.core.pictures import in_bytes
from tui.edge.target import Target, joined, target_of

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives the addresses of a host, as text; raises OSError where there is none."""

MOST = 10_000_000
"""Bytes of a picture."""

PATIENCE = 5.0
"""Seconds for all of it, redirects included."""

HOPS = 3
"""The most redirects that are followed."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})

HEADERS = {
    "User-Agent": f"Rillet/{__version__}",
    "Accept": "image/png, image/jpeg, image/gif, image/webp",
    "Accept-Encoding": "identity",
}


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, by the system."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches pictures; whom it trusts can be given, so that a test can have its own server."""

    resolve: Resolver = resolve
    """Looks names up."""

    allows: Callable[[Address], bool] = is_public
    """Whether an address may be connected to."""

    trust: Callable[[], ssl.SSLContext] = httpx2.create_ssl_context
    """Gives the certificates that are trusted; reads a hundred of them, so it runs in a thread."""

    most: int = MOST
    """Bytes of a picture."""

    patience: float = PATIENCE
    """Seconds for all of it."""

    async def fetch(self, url: str) -> bytes:
        """The picture at a URL.

        Raises:
            BadImage: If it cannot be had, or must not be asked for; the text says why.
        """
        try:
            async with asyncio.timeout(self.patience):
                return await self._follow(url)
        except TimeoutError:
            raise BadImage(f"The picture did not come within {self.patience:g} seconds.") from None
        except httpx2.HTTPError as error:
            raise BadImage(f"The picture cannot be had: {_said(error)}.") from None

    async def _follow(self, url: str) -> bytes:
        for _ in range(HOPS + 1):
            async with self._asked(url) as response:
                if response.status_code not in REDIRECTS:
                    return await self._content(response)
                url = joined(url, response.headers.get("location", ""))
        raise BadImage(f"The URL redirects more than {HOPS} times.")

    @asynccontextmanager
    async def _asked(self, url: str) -> AsyncIterator[httpx2.Response]:
        target = target_of(url)
        address = await self._address(target)
        pinned = target.url.copy_with(host=str(address), userinfo=b"", fragment=None)
        async with (
            httpx2.AsyncClient(
                verify=await self._trusted(target), timeout=None, trust_env=False
            ) as client,
            client.stream(
                "GET",
                pinned,
                headers={"Host": target.authority, **HEADERS},
                extensions={"sni_hostname": target.host},
                follow_redirects=False,
            ) as response,
        ):
            yield response

    async def _address(self, target: Target) -> Address:
        """The one address that is connected to; all that the name has must be fit for it."""
        try:
            found = [address_in(each) for each in await self.resolve(target.host, target.port)]
        except (OSError, ValueError):  # ValueError: a name that is none, or an answer
            found = []
        if not found:
            raise BadImage(f"The host {target.host} is not known.")
        if not all(map(self.allows, found)):
            raise BadImage(
                f"{target.host} is not on the public internet, so nothing is fetched from it."
            )
        return found[0]

    async def _trusted(self, target: Target) -> ssl.SSLContext:
        """Whom to trust; without TLS nobody."""
        if target.url.scheme == "http":
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            return await asyncio.to_thread(self.trust)
        except OSError:
            raise BadImage("The certificates to trust cannot be read.") from None

    async def _content(self, response: httpx2.Response) -> bytes:
        if response.status_code != 200:
            raise BadImage(f"The server of the picture says no ({response.status_code}).")
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise BadImage("The server sends the picture packed, although it was asked not to.")
        announced = response.headers.get("content-length", "0")
        if announced.isdecimal():
            self._check(int(announced))
        received = bytearray()
        async for some in response.aiter_raw():
            received += some
            self._check(len(received))
        content = bytes(received)
        if kind_of(content) is None:
            raise BadImage(why_not(content))
        return content

    def _check(self, size: int) -> None:
        if size > self.most:
            raise BadImage(f"The picture has more than {in_bytes(self.most)}.")


def _said(error: httpx2.HTTPError) -> str:
    return str(error).rstrip(".") or "the connection broke"
