"""The bridge on this test's loop, over the demo server, by real sockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

import httpx2

from tests.waiting import until
from tui.core.settings import Endpoint, Patience, Settings
from tui.edge.client import Client
from tui.web.desk import Desk
from tui.web.guard import Rules
from tui.web.service import Place, Service

TOKEN = "the-token-of-this-run"

BEARER = {"authorization": f"Bearer {TOKEN}"}

JSON = dict[str, object]


@dataclass
class Bridge:
    """A bridge that listens, and a client of it."""

    url: str
    http: httpx2.AsyncClient
    desk: Desk
    log: list[str] = field(default_factory=list)

    async def complete(self, model: str, **more: object) -> httpx2.Response:
        """One completion, whole or as all the events of its stream."""
        return await self.http.post("/v1/chat/completions", json=body(model, **more))

    async def ask(self, model: str, **more: object) -> str:
        """The id of a reply."""
        asked = {"prompt": "Hi", "model": model, **more}
        if "messages" in more:
            del asked["prompt"]
        answer = await self.http.post("/stream", json=asked, headers=BEARER)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def fetch(self, named: str, after: int | None = None) -> httpx2.Response:
        """All events of a reply."""
        headers = {} if after is None else {"last-event-id": str(after)}
        return await self.http.get("/stream", params={"id": named}, headers=headers)


class Reading:
    """A response that is being read."""

    def __init__(self, sending: AbstractAsyncContextManager[httpx2.Response]) -> None:
        self.text = ""
        self._reading = asyncio.create_task(self._read(sending))

    async def _read(self, sending: AbstractAsyncContextManager[httpx2.Response]) -> None:
        async with sending as answer:
            async for piece in answer.aiter_text():
                self.text += piece

    async def some(self, count: int = 3) -> None:
        """Wait until so many events have come."""
        await until(lambda: self.text.count("\n\n") >= count or self._reading.done())
        assert self.text.count("\n\n") >= count, self.text

    async def all(self) -> str:
        """Wait for its end; gives all that came."""
        await self._reading
        return self.text

    async def leave(self) -> str:
        """Leave; gives the events that had come."""
        self._reading.cancel()
        await asyncio.wait({self._reading})
        return self.text[: self.text.rindex("\n\n") + 2]


def reading(http: httpx2.AsyncClient, method: str, url: str, json: object = None) -> Reading:
    """Begin to read a response."""
    return Reading(http.stream(method, url, json=json))


def body(model: str, **more: object) -> JSON:
    """A request for a completion."""
    return {"model": model, "messages": [{"role": "user", "content": "Hi"}], **more}


def events(text: str) -> list[JSON]:
    """The JSON of a stream's events, without `[DONE]`."""
    lines = [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


@asynccontextmanager
async def bridging(
    base_url: str,
    *,
    most: int = 32,
    beat: float = 15.0,
    host: str = "127.0.0.1",
    hosts: frozenset[str] = frozenset(),
    is_local: bool = True,
    key: str = "",
    patience: Patience | None = None,
    system: str = "",
) -> AsyncIterator[Bridge]:
    """A bridge over an endpoint, until the end of the block."""
    endpoint = Endpoint(base_url, key)
    settings = Settings(endpoint, patience=patience or Patience(), system=system)
    client = Client(endpoint)
    await client.ready()
    desk, log = Desk(client, settings, most, beat), list[str]()
    service = Service(desk, Rules(TOKEN, is_local, hosts), Place(host), log.append, log.append)
    async with service, httpx2.AsyncClient(base_url=service.url, trust_env=False) as http:
        http.timeout = httpx2.Timeout(30)
        yield Bridge(service.url, http, desk, log)


async def seen(stream: asyncio.StreamReader, word: bytes) -> bytes:
    """What came until a word did."""
    came = b""
    async with asyncio.timeout(20):
        while word not in came:
            piece = await stream.read(65536)
            assert piece, came
            came += piece
    return came
