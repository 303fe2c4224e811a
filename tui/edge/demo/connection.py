"""A client's connection that knows the moment the client leaves."""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from typing import TypeAlias

from tui.edge.demo.wire import HEAD_LIMIT

_SEND_BUFFER = 128 * 1024


class Connection(asyncio.StreamReaderProtocol):
    """One client's connection and the task that serves it.

    Nothing is buffered beyond the socket's own send buffer, which is small, so that a slow client
    is noticed and waited for.
    """

    def __init__(self, connections: set["Connection"], serve: "Serve") -> None:
        loop = asyncio.get_running_loop()
        super().__init__(asyncio.StreamReader(HEAD_LIMIT, loop), self._begin, loop)
        self.left: asyncio.Future[None] = loop.create_future()
        self._connections = connections
        self._serve = serve
        self._serving: asyncio.Task[None] | None = None

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        writer.transport.set_write_buffer_limits(0)
        link = writer.get_extra_info("socket")
        link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        self._connections.add(self)
        self._serving = asyncio.get_running_loop().create_task(self._serve(self))

    def eof_received(self) -> bool | None:
        """Take the end of what the client sends for the client's leaving."""
        self._leave()
        return super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the connection is closed, by whichever side."""
        self._leave()
        self._connections.discard(self)
        super().connection_lost(exc)

    def _leave(self) -> None:
        if not self.left.done():
            self.left.set_result(None)

    async def abort(self) -> None:
        """Break off the answer and close the connection at once."""
        self.writer.transport.abort()
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.wait((self._serving,))


Serve: TypeAlias = Callable[[Connection], Coroutine[None, None, None]]
