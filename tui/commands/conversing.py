"""`rillet ask` in a conversation that is kept: which one, and where its words go."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from tui.ask import Kept, Output, Place
from tui.ask.keeping import KeptInStore
from tui.core.catalog import Catalog
from tui.core.chats import Chat
from tui.core.conversation import Conversation
from tui.core.errors import UsageError
from tui.core.prompt_tokens import PromptCounter
from tui.core.provenance import Provenance
from tui.core.settings import Settings
from tui.edge.store import Store
from tui.keeping import Keeping
from tui.meter import Meter
from tui.shelf import opened
from tui.shelf.which import LAST, meant


@asynccontextmanager
async def conversation(
    arguments: argparse.Namespace, settings: Settings, output: Output, *, keeps: bool
) -> AsyncIterator[Place]:
    """The conversation that is meant, or a new one; what is said in it is kept, or only read.

    Raises:
        UsageError: If the one that is meant is not there.
    """
    wanted = LAST if arguments.go_on else arguments.chat
    async with opened(output, is_made=not wanted) as store:
        chat = await _found(store, wanted) if wanted else None
        settings = _as_before(settings, arguments, chat)
        talk = chat.conversation if chat else Conversation()
        talk = replace(talk, system=settings.system)
        if store is None or not keeps:
            yield Place(settings, talk)
            return
        chosen = store

        def kept(asked: Conversation, tell: Callable[[str], None]) -> Kept:
            keeping = Keeping(chosen, tell)
            if chat is not None:
                keeping.take(chat)
            _watch(chosen, tell)
            return KeptInStore(keeping, asked, _known(settings, asked), _meter(settings, output))

        yield Place(settings, talk, kept)


async def _found(store: Store | None, wanted: str) -> Chat:
    name = await meant(store, wanted)
    chat = await store.load(name) if store else None
    if chat is None:
        raise UsageError(f"{name} was deleted just now.")
    return chat


def _as_before(settings: Settings, arguments: argparse.Namespace, chat: Chat | None) -> Settings:
    """A conversation goes on with its model and its system prompt, unless others were given."""
    if chat is None:
        return replace(settings, system=settings.system_for(settings.model))
    is_instructed = arguments.system is not None or arguments.prompt is not None
    return replace(
        settings,
        model=arguments.model or chat.model or settings.model,
        system=settings.system if is_instructed else chat.conversation.system,
    )


def _known(settings: Settings, talk: Conversation) -> Provenance:
    return Provenance(
        endpoint=settings.address,
        asked=settings.model,
        system=talk.system,
    )


def _meter(settings: Settings, output: Output) -> Meter:
    catalog = Catalog(settings.models, host=settings.host, is_billed=settings.is_billed)
    return Meter(output.load, catalog, PromptCounter())


def _watch(store: Store, tell: Callable[[str], None]) -> None:
    """Tell at once when something cannot be written."""
    loop = asyncio.get_running_loop()

    def look() -> None:
        if store.trouble:
            tell(f"{store.trouble.partition('.')[0]}.")

    def look_later() -> None:
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(look)

    store.tell = look_later
