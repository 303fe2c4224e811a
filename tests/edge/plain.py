"""A server of exact bytes, for what the demo server is too well-behaved for: TLS, paths, noise."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

DONE = b'data: {"choices":[{"delta":{"content":"There."}}]}\n\ndata: [DONE]\n\n'


@dataclass(frozen=True)
class Heard:
    """One request that arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Says = Callable[[Heard], bytes | None]
"""Gives the bytes of an answer; None is silence without an end."""


def http(status: int = 200, body: bytes = DONE, **headers: str) -> bytes:
    """A whole answer; header fields are named with underscores."""
    fields = {"content-type": "text/event-stream", "connection": "close", **headers}
    fields = {**fields, "content-length": str(len(body))}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + body


class Plain:
    """Answers every connection with bytes, and closes it; `async with` opens and closes it.

    Attributes:
        heard: Every request, in order.
        port: Where it listens.
    """

    def __init__(
        self, says: bytes | Says, tls: ssl.SSLContext | None = None, *, is_hasty: bool = False
    ) -> None:
        self._says: Says = says if callable(says) else lambda _: says
        self._tls = tls
        self._is_hasty = is_hasty
        self._serving: set[asyncio.Task[None]] = set()
        self.heard: list[Heard] = []
        self.port = 0

    @property
    def url(self) -> str:
        """A base URL."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/v1"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.close()
        await self._server.wait_closed()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        for _ in range(20):  # the loop closes a socket some turns after its connection is lost
            await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            heard = Heard("", "", {}, b"") if self._is_hasty else await self._read(reader)
            said = self._says(heard)
            if said is None:
                await asyncio.get_running_loop().create_future()
            writer.write(said or b"")
            await writer.drain()
            writer.close()
            await writer.wait_closed()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.transport.abort()
            self._serving.discard(task)

    async def _read(self, reader: asyncio.StreamReader) -> Heard:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").splitlines()
        method, path, _ = head[0].split(" ")
        fields = (line.partition(": ") for line in head[1:] if line)
        headers = {name.lower(): value for name, _, value in fields}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.heard.append(Heard(method, path, headers, body))
        return self.heard[-1]
