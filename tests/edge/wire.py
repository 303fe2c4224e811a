"""Bare sockets for tests that look at the demo server's bytes."""

import asyncio
import json
import socket
from collections.abc import Callable
from contextlib import closing, suppress

import pytest

from tui.edge.demo import DemoServer

LAST = "Connection: close"
CHUNK = 65536
PATIENCE = 20
NEVER = b"\0 never sent"


def question(model: str, **more: object) -> bytes:
    messages = [{"role": "user", "content": "Hello"}]
    return json.dumps({"model": model, "messages": messages, "stream": True, **more}).encode()


def request(body: bytes, *fields: str) -> bytes:
    first = ("POST /v1/chat/completions HTTP/1.1", "Host: demo", f"Content-Length: {len(body)}")
    return "\r\n".join([*first, *fields, "", ""]).encode() + body


async def dial(server: DemoServer, sent: bytes) -> socket.socket:
    """Connect and send; a bare socket, which loses nothing that came before a reset."""
    host, port = server.base_url.removeprefix("http://").removesuffix("/v1").split(":")
    line = socket.socket()
    line.setblocking(False)
    loop = asyncio.get_running_loop()
    try:
        await loop.sock_connect(line, (host, int(port)))
        await loop.sock_sendall(line, sent)
    except OSError:
        line.close()
        raise
    return line


async def read_until(line: socket.socket, mark: bytes) -> bytes:
    """Read until this mark has come, or until the end."""
    got = bytearray()
    async with asyncio.timeout(PATIENCE):
        with suppress(ConnectionError):
            while mark not in got[-CHUNK - len(mark) :]:
                some = await asyncio.get_running_loop().sock_recv(line, CHUNK)
                if not some:
                    break
                got += some
    return bytes(got)


async def everything(server: DemoServer, sent: bytes) -> bytes:
    """Send, and read until the server closes or resets the connection."""
    with closing(await dial(server, sent)) as line:
        return await read_until(line, NEVER)


def unchunked(answer: bytes) -> bytes:
    """Give the body's bytes so far, of an answer that may have been cut."""
    rest = answer.partition(b"\r\n\r\n")[2]
    body = b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        body += rest[: int(size, 16)]
        rest = rest[int(size, 16) + 2 :]
    return body


async def until(seen: Callable[[], bool]) -> None:
    """Wait until this is so."""
    for _ in range(PATIENCE * 1000):
        if seen():
            return
        await asyncio.sleep(0.001)
    pytest.fail("never seen")
