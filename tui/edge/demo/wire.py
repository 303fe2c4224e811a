"""Reads requests and writes answers, in as much of HTTP/1.1 (RFC 9112) as that takes.

Reading is strict and small: a request line, header fields, and a body whose length is announced.
Writing carries out a script's acts. Each act waits until the socket has taken what was written
before it and lets the event loop turn once, so a burst starves nobody, memory stays bounded, and
a client that leaves is noticed. The wait comes before a write and never after it: when the last
piece has been written the answer has ended, whatever the client does next.
"""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from uuid import uuid4

from tui.edge.demo.script import Act, Asked, Bytes, Drop, Hang, Pause, Reset, Status

HEAD_LIMIT = 64 * 1024
BODY_LIMIT = 32 * 1024 * 1024
_ANNOUNCES_MORE = b"1000\r\n"
_NO_LINGER = struct.pack("ii", 1, 0)


class UnreadableError(Exception):
    """A request that cannot be read; after the answer the connection has to close."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it was read."""

    asked: Asked
    """What a script gets to see."""
    is_object: bool
    """Whether the body was a JSON object."""
    is_last: bool
    """Whether the client wants the connection closed after the answer."""
    knows_chunks: bool
    """Whether the client's version of HTTP has chunked bodies."""


async def read_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Request:
    """Read the next request of a connection.

    Raises:
        EOFError: The client closed the connection before a whole request.
        UnreadableError: It is no request, or too big, or its body's length is not announced.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError as err:
        raise UnreadableError(431, f"The header is longer than {HEAD_LIMIT} bytes.") from err
    method, path, version, headers = _parsed(head)
    length = _length(headers)
    if length and headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    body = _object(await reader.readexactly(length))
    current = version != "HTTP/1.0"
    closing = headers.get("connection", "" if current else "close").lower() == "close"
    return Request(Asked(method, path, headers, body or {}), body is not None, closing, current)


def _parsed(head: bytes) -> tuple[str, str, str, dict[str, str]]:
    first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise UnreadableError(400, "The first line is not a request line of HTTP/1.1.")
    fields = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in fields}
    return words[0], words[1], words[2], headers


def _length(headers: Mapping[str, str]) -> int:
    if "transfer-encoding" in headers:
        raise UnreadableError(411, "Send the body with a Content-Length, not chunked.")
    announced = headers.get("content-length", "0")
    if not (announced.isascii() and announced.isdigit()):
        raise UnreadableError(400, "The Content-Length is not a number.")
    if len(announced) > 12 or int(announced) > BODY_LIMIT:
        raise UnreadableError(413, f"The body is longer than {BODY_LIMIT} bytes.")
    return int(announced)


def _object(body: bytes) -> dict[str, object] | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


class Answer:
    """One answer on its way out."""

    def __init__(self, writer: asyncio.StreamWriter, *, reusable: bool, chunking: bool) -> None:
        self._writer = writer
        self._reusable = reusable
        self._chunking = chunking
        self._owed: int | None = None
        self._has_head = False

    async def play(self, acts: AsyncIterator[Act]) -> bool:
        """Carry out a script's acts.

        Returns:
            Whether the connection can carry another answer.

        Raises:
            ConnectionError: The client has gone.
        """
        try:
            async for act in acts:
                await self._breathe()
                if not await self._carry_out(act):
                    return False
        finally:
            if isinstance(acts, AsyncGenerator):
                await acts.aclose()
        return self._end()

    async def _breathe(self) -> None:
        await self._writer.drain()
        await asyncio.sleep(0)

    async def _carry_out(self, act: Act) -> bool:
        """Do one act and say whether more may follow."""
        match act:
            case Status():
                self._writer.write(self._head(act))
            case Bytes(data):
                self._send(data)
            case Pause(seconds):
                await asyncio.sleep(max(0.0, seconds))
            case Hang():
                await asyncio.get_running_loop().create_future()
            case Drop():
                self._drop()
            case Reset():
                self._reset()
        return not isinstance(act, Drop | Reset)

    def _head(self, status: Status) -> bytes:
        fields = {**({} if status.is_bare else _usual()), **status.headers}
        self._has_head = True
        self._frame(fields)
        lines = (f"{name}: {value}\r\n" for name, value in fields.items())
        return f"HTTP/1.1 {status.code} {_phrase(status.code)}\r\n{''.join(lines)}\r\n".encode(
            "latin-1", "replace"
        )

    def _frame(self, fields: dict[str, str]) -> None:
        """Settle how the body's end is told, and say so in the header."""
        is_last = fields.get("connection") == "close"
        if "content-length" in fields:
            self._owed, self._chunking = int(fields["content-length"]), False
        elif self._chunking and ("transfer-encoding" in fields or not is_last):
            fields["transfer-encoding"] = "chunked"
        else:
            fields.pop("transfer-encoding", None)
            self._reusable = self._chunking = False
        if is_last:
            self._reusable = False
        if not self._reusable:
            fields["connection"] = "close"

    def _send(self, data: bytes) -> None:
        if self._owed is not None:
            self._owed -= len(data)
        if self._chunking and data:
            data = b"%x\r\n%b\r\n" % (len(data), data)
        self._writer.write(data)

    def _drop(self) -> None:
        if self._chunking and self._has_head:
            self._writer.write(_ANNOUNCES_MORE)
        self._writer.close()

    def _reset(self) -> None:
        self._writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER
        )
        self._writer.transport.abort()

    def _end(self) -> bool:
        if self._chunking:
            self._writer.write(b"0\r\n\r\n")
        return self._reusable and self._has_head and not self._owed


def _usual() -> dict[str, str]:
    """The header fields that every answer of the demo carries."""
    return {
        "date": formatdate(usegmt=True),
        "server": "rillet-demo",
        "x-request-id": f"req_{uuid4().hex}",
    }


def _phrase(code: int) -> str:
    try:
        return HTTPStatus(code).phrase
    except ValueError:
        return "Unknown"
