"""Heads of requests, bounded in bytes and in time: uvicorn waits for their end without one.

Whoever sends a byte now and then, or nothing, would keep a file of this process for each of its
connections, and needs no token for that. So every so often it is looked whether anything was asked
or answered since, and a connection that brought nothing is closed; so is one whose head would fill
the memory. A body is bounded where it is read, an answer where it is written.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.auto import AutoHTTPProtocol

WITHIN = 15.0
"""Seconds between two looks: the head of a request has to come within two of them."""


MOST = 64 * 1024
"""Bytes of a head, about; cookies of all that runs on this machine may be in it."""


class Hurried(asyncio.Protocol):
    """Hands everything on to a protocol of uvicorn's."""

    def __init__(self, **named: object) -> None:
        """Not connected yet; the arguments are those of uvicorn's."""
        self._inner = AutoHTTPProtocol(**named)
        self._seen: object = None  # the request that was answered at the last look
        self._look: asyncio.TimerHandle | None = None
        self._transport: asyncio.BaseTransport | None = None
        self._head = 0  # bytes of a head that is not whole yet

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to look."""
        self._inner.connection_made(transport)
        self._transport = transport
        self._look_later(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._look is not None:
            self._look.cancel()
        self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Hand it on."""
        self._inner.data_received(data)
        self._head = self._head + len(data) if self._waits_for_head else 0
        if self._head > MOST and self._transport is not None:
            self._transport.close()

    @property
    def _waits_for_head(self) -> bool:
        request = getattr(self._inner, "cycle", None)
        return request is None or (request.response_complete and not request.more_body)

    def eof_received(self) -> bool | None:
        """Hand it on."""
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        """Hand it on."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Hand it on."""
        self._inner.resume_writing()

    def _look_later(self, transport: asyncio.BaseTransport) -> None:
        loop = asyncio.get_running_loop()
        self._look = loop.call_later(WITHIN, self._look_now, transport)

    def _look_now(self, transport: asyncio.BaseTransport) -> None:
        request = getattr(self._inner, "cycle", None)
        is_over = request is None or request.response_complete
        if is_over and request is self._seen:
            transport.close()
            return
        self._seen = request
        self._look_later(transport)
