"""The one client: requests by the openai package, bodies as raw bytes.

The SDK gives authentication, URLs, proxies and headers; its typed stream and its own retries
are not used. The stream would end silently on several kinds of cut and costs ten times as much
per chunk; the retries would send paid requests again without a word (`turn` retries visibly).

`import openai` takes over a second of CPU, so it happens in a thread, at the first need or when
the app calls `warm` after its first paint.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from tui.core.advice import with_names
from tui.core.catalog import Profile
from tui.core.continuing import REFUSALS, Way, first_way
from tui.core.errors import Failure, Kind, RequestFailed
from tui.core.listing import announced, counting_live, program_in, programs
from tui.core.models import nearest
from tui.core.request import Request, body
from tui.core.settings import Endpoint
from tui.edge.encodings import check_encoding

if TYPE_CHECKING:
    from httpx2 import Response
    from openai import AsyncOpenAI

    from tui.edge.recorder import Recorder

UNREADABLE = Failure("The server's refusal cannot be read", "Ask again, or try another endpoint.")
"""What is said of an answer that even the translation of errors stumbles over."""

NO_LIST = Failure(
    "The server's list of models cannot be read",
    "Something else came. Check that the base URL points at an OpenAI-compatible API; it usually "
    "ends in /v1.",
)
"""What is said of a list that is none."""

KNOWN = frozenset({"model", "messages", "stream"})
"""What the SDK is given by name; the rest goes into the body as it is."""

PIECE = 8 * 1024
"""Bytes handed on at once, at the most: a compressed body can bring megabytes in one go."""

LONGEST_NAME = 200
"""Characters of a request's name that are kept."""

NAMES_WITHIN = 3.0
"""Seconds in which a server may list its models for the sentence that it does not know one."""

Sent = tuple["Response", dict[str, object]]
"""A response, and the body that was sent for it."""


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """A response with a good status; its body is still to come."""

    content_type: str
    """What the server says the body is."""

    way: Way
    """How the rest of an answer was asked for, where the request continues one."""

    request_id: str
    """The server's name for the request; empty where it gives none."""

    sent: dict[str, object]
    """The body of the request as it was sent."""

    _response: Response
    _endpoint: Endpoint

    async def pieces(self) -> AsyncGenerator[bytes]:
        """The body as it arrives; RequestFailed when the connection breaks."""
        try:
            async for came in self._response.aiter_bytes():
                for start in range(0, len(came), PIECE):
                    yield came[start : start + PIECE]
        except Exception as error:
            raise _translated(error, self._endpoint, has_begun=True) from error


class Client:
    """Talks to one endpoint; `async with` closes its connections at the end."""

    def __init__(
        self,
        endpoint: Endpoint,
        connect_timeout: float = 5.0,
        recorder: Recorder | None = None,
        program: str = "",
    ) -> None:
        """Connects to nothing yet.

        Args:
            endpoint: Where to ask.
            connect_timeout: Seconds to wait for the connection.
            recorder: Records the streams, where that was asked for.
            program: Which program answers there, in the words of `owned_by`, where that is known.
        """
        self.endpoint = endpoint
        self._connect_timeout = connect_timeout
        self._recorder = recorder
        self._takes_usage = True
        self._ways: dict[str, Way] = {}
        self._building: asyncio.Task[AsyncOpenAI] | None = None
        self._former: list[asyncio.Task[AsyncOpenAI]] = []
        self._refused_key = ""
        self._leaving = threading.Event()
        self.announced: Mapping[str, Profile] = {}
        """What the endpoint said of its models when it listed them."""
        self._programs: Mapping[str, str] = {}
        self._program = program
        self._counts_live = True

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
        except Exception as error:
            raise RequestFailed(_of_the_list(_translated(error, self.endpoint).failure)) from error
        try:
            listed = raw.http_response.json()
        except (ValueError, RecursionError) as error:
            raise RequestFailed(replace(NO_LIST, url=self.endpoint.base_url)) from error
        self.announced, self._programs = announced(listed), programs(listed)
        self._note_program(raw.http_response.headers.get("server", ""))
        return list(self.announced)

    @asynccontextmanager
    async def answer(self, request: Request) -> AsyncIterator[OpenAnswer]:
        """Send the request; leaving the context closes the connection.

        Raises:
            RequestFailed: If the request could not be sent or was refused.
        """
        try:
            response, sent = await self._send(request)
        except RequestFailed as error:
            raise RequestFailed(await self._with_names(error.failure, request.model)) from error
        self._note_program(response.headers.get("server", ""))
        try:
            check_encoding(response)
            kind = response.headers.get("content-type", "")
            name = response.headers.get("x-request-id", "")[:LONGEST_NAME]
            way = self._way(request.model)
            yield OpenAnswer(kind, way, name, sent, response, self.endpoint)
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """Close what is open."""
        self._leaving.set()
        all_built = [*self._former, *((self._building,) if self._building else ())]
        self._former, self._building = [], None
        for building in all_built:
            with suppress(Exception):  # what was never built needs no closing
                sdk = await building
                await sdk.close()

    async def _with_names(self, failure: Failure, model: str) -> Failure:
        """What the server does know, where it does not know the model; never a failure more."""
        if failure.kind is not Kind.MODEL_UNKNOWN:
            return failure
        try:
            async with asyncio.timeout(NAMES_WITHIN):
                listed = await self.models()
        except (RequestFailed, TimeoutError):
            return failure
        return with_names(failure, nearest(listed, model))

    async def _send(self, request: Request) -> Sent:
        asked = body(request, self._way(request.model))
        if not self._takes_usage:
            asked.pop("stream_options", None)
        live = self._counting_live(asked, request.model)
        if live != asked:
            return await self._send_or_plainly(live, request)
        await self._sdk()
        key = self.endpoint.key
        try:
            return await self._post(asked)
        except Exception as error:
            if not (self._learns(error, request, asked) or self._renews(error, key)):
                raise _translated(error, self.endpoint, names=_names(request)) from error
        return await self._send(request)

    async def _send_or_plainly(self, live: dict[str, object], request: Request) -> Sent:
        """Ask for counts while the answer comes; where that is refused, ask without.

        If it is taken then, this server is not asked for them again; if not, they were not why.
        """
        try:
            return await self._post(live)
        except Exception as error:
            if not _refused(error):
                raise _translated(error, self.endpoint) from error
        self._counts_live = False
        try:
            return await self._send(request)
        except RequestFailed:
            self._counts_live = True
            raise

    def _counting_live(self, asked: dict[str, object], model: str) -> dict[str, object]:
        program = self._programs.get(model) or self._program
        return counting_live(asked, program) if self._counts_live else asked

    def _note_program(self, server: str) -> None:
        """What the header `Server` of an answer tells of the program behind it."""
        self._program = program_in(server) or self._program

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

    def _renews(self, error: Exception, key: str) -> bool:
        """Whether a key that was refused is fetched once more: some commands print one for an hour.

        What gives the same key again had no other; then the refusal is told.
        """
        source = self.endpoint.key_from
        if source is None or not source.is_renewable or not _is_unauthorised(error):
            return False
        if self.endpoint.key != key:  # another request has seen to it
            return True
        if key == self._refused_key or self._building is None:
            return False
        self._refused_key, source.held = key, ""
        self._former.append(self._building)
        self.endpoint, self._building = replace(self.endpoint, key=""), None
        return True

    def _way(self, model: str) -> Way:
        """How this model is asked for the rest of an answer."""
        return self._ways.get(model) or first_way(self.endpoint.base_url)

    async def _post(self, asked: dict[str, object]) -> Sent:
        """The SDK's streamed response, opened, and what it answers; whoever calls closes it."""
        sdk = await self._sdk()
        create = sdk.chat.completions.with_streaming_response.create
        known = {name: value for name, value in asked.items() if name in KNOWN}
        more = {name: value for name, value in asked.items() if name not in KNOWN}
        named = cast("dict[str, Any]", known)
        opened = await create(**named, extra_body=more).__aenter__()
        return cast("Response", opened.http_response), asked

    async def _sdk(self) -> AsyncOpenAI:
        if self._building is None or _has_failed(self._building):
            self._leaving = threading.Event()
            self._building = asyncio.create_task(asyncio.to_thread(self._built))
        try:
            return await asyncio.shield(self._building)
        except Exception as error:
            raise _translated(error, self.endpoint) from error

    def _built(self) -> AsyncOpenAI:
        """The SDK's client; runs in a thread: keys, imports and certificates take time."""
        from tui.edge.sdk import build

        if self.endpoint.key_from is not None:
            from tui.edge.key_sources import Wait, with_key

            self.endpoint = with_key(self.endpoint, Wait(leaving=self._leaving))
        return build(self.endpoint, self._connect_timeout, self._recorder)


def _of_the_list(failure: Failure) -> Failure:
    """Why no models are listed: where the path is not known, asking may still work."""
    if failure.status not in (404, 405):
        return failure
    detail = (
        "It may answer all the same: name a model (F2, or --model NAME). If not, check the base "
        "URL: it usually ends in /v1."
    )
    return replace(failure, title="The server lists no models", detail=detail)


def _has_failed(building: asyncio.Task[AsyncOpenAI]) -> bool:
    return building.done() and (building.cancelled() or building.exception() is not None)


def _is_unauthorised(error: Exception) -> bool:
    from openai import APIStatusError

    return isinstance(error, APIStatusError) and error.status_code == 401


def _refused(error: Exception, *names: str) -> bool:
    """Whether a strict server refused the request as it was, for one of these names if any."""
    from openai import APIStatusError

    if not isinstance(error, APIStatusError) or error.status_code not in REFUSALS:
        return False
    return not names or any(name in str(error.body) for name in names)


def _names(request: Request) -> tuple[str, ...]:
    """The parameters that the user set."""
    return tuple(name for name, _ in request.options.said())


def _translated(
    error: Exception, endpoint: Endpoint, *, has_begun: bool = False, names: Collection[str] = ()
) -> RequestFailed:
    from tui.edge.refusals import failure_of

    try:
        return RequestFailed(failure_of(error, endpoint, has_begun=has_begun, names=names))
    except Exception as worse:  # what a server sends must never end the app
        said = f"{type(error).__name__}, then {type(worse).__name__}"
        return RequestFailed(replace(UNREADABLE, url=endpoint.base_url, cause=said))
