"""Rillet as a library: one question in, the same deltas out as the app reads.

    async with stream_reply("What is a rillet?") as deltas:
        async for delta in deltas: ...

    for delta in stream_reply_sync("What is a rillet?"): ...

Who answers is what the environment says (`OPENAI_BASE_URL`, `OPENAI_API_KEY`), or the model on this
machine; no configuration file is read. Each reply has connections of its own, which are closed
when it has ended or was broken off, and nothing of it is left then.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Generator,
    Iterable,
    Mapping,
    Sequence,
)
from contextlib import aclosing
from types import TracebackType
from typing import Self, overload

from tui.core.conversation import Conversation
from tui.core.deltas import Delta
from tui.core.errors import UsageError
from tui.core.frames import Framer, event
from tui.core.images import BadImage, Image, image_from
from tui.core.options import Options
from tui.core.parameters import BadParameter, with_member
from tui.core.request import Request
from tui.core.server import Server
from tui.core.settings import Embedded, Endpoint, Patience, Settings
from tui.edge.keys import endpoint_from
from tui.edge.sources import server_for
from tui.turn import turn

Prompt = str | Sequence[Mapping[str, object]]
"""A question, or a conversation as the API's `messages`."""


class Deltas:
    """The deltas of one reply, for `async for`; the last one is `Finished`.

    A loop that is left early closes the connection as soon as nothing holds this object any more;
    as an async context manager it closes it on the spot.
    """

    def __init__(self, deltas: AsyncGenerator[Delta]) -> None:
        self._deltas = deltas

    def __aiter__(self) -> AsyncIterator[Delta]:
        return self._deltas

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Cancel the request, if it is not over yet, and close what is open."""
        await self._deltas.aclose()


def stream_reply(
    prompt: Prompt,
    *,
    model: str = "",
    base_url: str | None = None,
    key: str | None = None,
    system: str = "",
    images: Sequence[str] = (),
    max_tokens: int | None = None,
    temperature: float | None = None,
    options: Mapping[str, object] | None = None,
    patience: Patience | None = None,
) -> Deltas:
    """Ask, and hand out the reply as it comes.

    Nothing is asked before the first delta is awaited. What goes wrong then is told by the last
    delta, `Finished`, and never raised.

    Args:
        prompt: The question, or the messages of a conversation as the API takes them.
        model: The model to ask; without a name, the first that the server lists.
        base_url: An OpenAI-compatible API; None is what the environment says.
        key: Its key; None is what the environment says.
        system: The system prompt, for a question.
        images: URLs of images that go with a question: `https:`, `http:` or `data:`.
        max_tokens: The longest answer, in tokens.
        temperature: How freely words are chosen, 0 to 2.
        options: More parameters by their names in the API, as in `{"top_p": 0.9, "top_k": 40}`.
        patience: How long to wait for what, and how often to ask again.

    Raises:
        UsageError: If the URL, the key, an image or a parameter cannot be sent.
    """
    given = _options({"max_tokens": max_tokens, "temperature": temperature, **(options or {})})
    request = _request(prompt, model, system, images, given)
    patience = patience or Patience()
    source = _source(base_url, key)
    return Deltas(_reply(Settings(source, patience=patience), request))


def stream_reply_sync(
    prompt: Prompt,
    *,
    model: str = "",
    base_url: str | None = None,
    key: str | None = None,
    system: str = "",
    images: Sequence[str] = (),
    max_tokens: int | None = None,
    temperature: float | None = None,
    options: Mapping[str, object] | None = None,
    patience: Patience | None = None,
) -> Generator[Delta]:
    """`stream_reply` for programs without an event loop, as a generator.

    To close it, or to leave its loop, cancels the request. While nobody takes a delta, nothing is
    read from the server either.

    Raises:
        UsageError: If the URL, the key or an image cannot be sent.
        RuntimeError: When it is iterated where an event loop runs: use `stream_reply` there.
    """
    deltas = stream_reply(
        prompt,
        model=model,
        base_url=base_url,
        key=key,
        system=system,
        images=images,
        max_tokens=max_tokens,
        temperature=temperature,
        options=options,
        patience=patience,
    )
    return _stepped(deltas)


def _is_in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _stepped(deltas: Deltas) -> Generator[Delta]:
    """The deltas, one by one, on an event loop that runs while one is waited for."""
    if _is_in_a_loop():
        raise RuntimeError("an event loop runs here: use stream_reply, with async for")
    with asyncio.Runner() as runner:
        coming = aiter(deltas)

        async def step() -> Delta | None:
            return await anext(coming, None)

        try:
            while (delta := runner.run(step())) is not None:
                yield delta
        finally:
            runner.run(deltas.aclose())


@overload
def sse(deltas: Iterable[Delta]) -> Generator[str]: ...
@overload
def sse(deltas: AsyncIterable[Delta] | Deltas) -> AsyncGenerator[str]: ...
def sse(
    deltas: Iterable[Delta] | AsyncIterable[Delta] | Deltas,
) -> Generator[str] | AsyncGenerator[str]:
    """The reply as server-sent events: a frame with `content` and `done` for each piece.

    The last frame has `done: true` and tells `finish_reason`, `usage` and any `error`. What comes
    out is iterated as what goes in: `async for` or `for`; to leave it cancels the request.
    """
    if isinstance(deltas, Deltas | AsyncIterable):
        return _sse_async(deltas if isinstance(deltas, Deltas) else Deltas(_generator(deltas)))
    return _sse(deltas)


def _sse(deltas: Iterable[Delta]) -> Generator[str]:
    framer = Framer()
    try:
        for delta in deltas:
            if (frame := framer.frame(delta)) is not None:
                yield event(frame)
    finally:
        if isinstance(deltas, Generator):
            deltas.close()


async def _sse_async(deltas: Deltas) -> AsyncGenerator[str]:
    framer = Framer()
    async with deltas:
        async for delta in deltas:
            if (frame := framer.frame(delta)) is not None:
                yield event(frame)


async def _generator(deltas: AsyncIterable[Delta]) -> AsyncGenerator[Delta]:
    """What was made of a reply's deltas, so that it can be closed."""
    try:
        async for delta in deltas:
            yield delta
    finally:
        if isinstance(deltas, AsyncGenerator):
            await deltas.aclose()


async def _reply(settings: Settings, request: Request) -> AsyncGenerator[Delta]:
    server: Server = server_for(settings)
    try:
        async with aclosing(turn(server, request, settings.patience)) as deltas:
            async for delta in deltas:
                yield delta
    finally:
        await server.aclose()


def _request(
    prompt: Prompt, model: str, system: str, images: Sequence[str], options: Options
) -> Request:
    if isinstance(prompt, str):
        asked = Conversation(system).asked(prompt, tuple(map(_image, images)))
        return Request(model, asked.sent, options)
    if system or images:
        raise UsageError("system and images go into the messages, where messages are given.")
    messages = [dict(message) for message in prompt]
    return Request(model, (), options, given={"messages": messages})


def _options(given: Mapping[str, object]) -> Options:
    """The parameters; None is not sent."""
    options = Options()
    try:
        for name, value in given.items():
            if value is not None:
                options = with_member(options, name, value)
    except BadParameter as error:
        raise UsageError(f"options: {error}") from None
    return options


def _image(url: str) -> Image:
    try:
        return image_from(url)
    except BadImage as error:
        raise UsageError(f"images: {error}") from None


def _source(base_url: str | None, key: str | None) -> Endpoint | Embedded:
    endpoint = endpoint_from(base_url, os.environ if key is None else {**os.environ, **_env(key)})
    return endpoint or Embedded()


def _env(key: str) -> Mapping[str, str]:
    return {"OPENAI_API_KEY": key}
