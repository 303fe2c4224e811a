"""The one client: requests by the openai package, bodies as raw bytes.

The SDK gives authentication, URLs, proxies and headers; its typed stream and its own retries
are not used. The stream would end silently on several kinds of cut and costs ten times as much
per chunk; the retries would send paid requests again without a word (`turn` retries visibly).

`import openai` takes over a second of CPU, so it happens in a thread, at the first need or when
the app calls `warm` after its first paint.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from tui.core.continuing import REFUSALS, Way, first_way
from tui.core.errors import Failure, RequestFailed
from tui.core.request import Request, body
from tui.core.settings import Endpoint
from tui.edge.encodings import check_encoding

if TYPE_CHECKING:
    from httpx2 import AsyncClient, Response
    from openai import AsyncOpenAI

    from tui.edge.recorder import Recorder

UNREADABLE = Failure("The server's refusal cannot be read", "Ask again, or try another endpoint.")
"""What is said of an answer that even the translation of errors stumbles over."""

KNOWN = frozenset({"model", "messages", "stream"})
"""What the SDK is given by name; the rest goes into the body as it is."""

PIECE = 8 * 1024
"""Bytes handed on at once, at the most: a compressed body can bring megabytes in one go."""

NO_KEY = "none"
"""What is sent where there is no key: the SDK insists on one, servers without keys ignore it."""


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """A response with a good status; its body is still to come."""

    content_type: str
    """What the server says the body is."""

    way: Way
    """How the rest of an answer was asked for, where the request continues one."""

    _response: Response
    _endpoint: Endpoint

    async def pieces(self) -> AsyncGenerator[bytes]:
        """The body as it arrives; RequestFailed when the connection breaks."""
        try:
            async for came in self._response.aiter_bytes():
                for start in range(0, len(came), PIECE):
                    yield came[start : start + PIECE]
        except Exception as error:
            raise _translated(error, self._endpoint) from error


class Client:
    """Talks to one endpoint; `async with` closes its connections at the end."""

    def __init__(
        self,
        endpoint: Endpoint,
        connect_timeout: float = 5.0,
        recorder: Recorder | None = None,
    ) -> None:
        self.endpoint = endpoint
        self._connect_timeout = connect_timeout
        self._recorder = recorder
        self._takes_usage = True
        self._ways: dict[str, Way] = {}
        self._building: asyncio.Task[AsyncOpenAI] | None = None

    progress = ""
    """What a start-up is doing; an endpoint elsewhere needs none."""

    async def ready(self) -> None:
        """An endpoint elsewhere is always ready; loading the SDK is what can take a moment."""
        await self._sdk()

    async def models(self) -> list[str]:
        """The names that the endpoint lists, in its order.

        Raises:
            RequestFailed: If it lists none, because it cannot or will not.
        """
        sdk = await self._sdk()
        try:
            raw = await sdk.models.with_raw_response.list(timeout=10.0)
            listed = raw.http_response.json()
        except Exception as error:
            raise _translated(error, self.endpoint) from error
        found = listed.get("data") if isinstance(listed, dict) else None
        return [
            item["id"]
            for item in found or []
            if isinstance(item, dict) and isinstance(item.get("id"), str)
        ]

    @asynccontextmanager
    async def answer(self, request: Request) -> AsyncIterator[OpenAnswer]:
        """Send the request; leaving the context closes the connection.

        Raises:
            RequestFailed: If the request could not be sent or was refused.
        """
        response = await self._send(request)
        try:
            check_encoding(response)
            kind = response.headers.get("content-type", "")
            yield OpenAnswer(kind, self._way(request.model), response, self.endpoint)
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """Close what is open."""
        if self._building is not None:
            await (await self._building).close()
            self._building = None

    async def _send(self, request: Request) -> Response:
        asked = body(request, self._way(request.model))
        if not self._takes_usage:
            asked.pop("stream_options", None)
        try:
            return await self._post(asked)
        except Exception as error:
            if not self._learns(error, request, asked):
                raise _translated(error, self.endpoint) from error
        return await self._send(request)

    def _learns(self, error: Exception, request: Request, asked: dict[str, object]) -> bool:
        """Whether the refusal says what this server does not take, so that it is left out."""
        if "stream_options" in asked and _refused(error, "stream_options", "include_usage"):
            self._takes_usage = False
            return True
        if not request.continues or not _refused(error):
            return False
        if self._way(request.model) is Way.INSTRUCTION:  # then it was not the way that it refused
            self._ways.pop(request.model, None)
            return False
        self._ways[request.model] = Way.INSTRUCTION
        return True

    def _way(self, model: str) -> Way:
        """How this model is asked for the rest of an answer."""
        return self._ways.get(model) or first_way(self.endpoint.base_url)

    async def _post(self, asked: dict[str, object]) -> Response:
        """The SDK's streamed response, opened; whoever calls closes it."""
        sdk = await self._sdk()
        create = sdk.chat.completions.with_streaming_response.create
        known = {name: value for name, value in asked.items() if name in KNOWN}
        more = {name: value for name, value in asked.items() if name not in KNOWN}
        named = cast("dict[str, Any]", known)
        opened = await create(**named, extra_body=more).__aenter__()
        return cast("Response", opened.http_response)

    async def _sdk(self) -> AsyncOpenAI:
        if self._building is None:
            self._building = asyncio.create_task(asyncio.to_thread(self._build))
        try:
            return await asyncio.shield(self._building)
        except Exception as error:
            raise _translated(error, self.endpoint) from error

    def _build(self) -> AsyncOpenAI:
        """The SDK's client; runs in a thread, because imports and certificates take time."""
        import httpx2
        from openai import AsyncOpenAI

        timeout = httpx2.Timeout(None, connect=self._connect_timeout)
        is_here = is_loopback(self.endpoint.base_url)
        # llama.cpp closes after a stream what it said to keep alive; here, connecting is cheap.
        kept = 0 if is_here else 4
        transport = self._kind()(
            timeout=timeout,
            follow_redirects=False,
            trust_env=not is_here,
            limits=httpx2.Limits(max_keepalive_connections=kept),
        )
        return AsyncOpenAI(
            api_key=self.endpoint.key or NO_KEY,
            base_url=self.endpoint.base_url,
            max_retries=0,
            timeout=timeout,
            http_client=transport,
        )

    def _kind(self) -> Callable[..., AsyncClient]:
        """What makes the HTTP client: one that records, where that was asked for."""
        if self._recorder is None:
            import httpx2

            return httpx2.AsyncClient
        from tui.edge.recording import RecordingClient

        return partial(RecordingClient, self._recorder, self.endpoint.key)


def is_loopback(url: str) -> bool:
    """Whether the URL's host is this machine; such URLs must not go through a proxy."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _refused(error: Exception, *names: str) -> bool:
    """Whether a strict server refused the request as it was, for one of these names if any."""
    from openai import APIStatusError

    if not isinstance(error, APIStatusError) or error.status_code not in REFUSALS:
        return False
    return not names or any(name in str(error.body) for name in names)


def _translated(error: Exception, endpoint: Endpoint) -> RequestFailed:
    from tui.edge.refusals import failure_of

    try:
        return RequestFailed(failure_of(error, endpoint))
    except Exception as worse:  # what a server sends must never end the app
        said = f"{type(error).__name__}, then {type(worse).__name__}"
        return RequestFailed(replace(UNREADABLE, url=endpoint.base_url, cause=said))
