"""`rillet ask`: the question is put together, and asked without a screen."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from functools import partial

from tui.ask import Kept, Notes, Output, Question, ask
from tui.ask.report import report
from tui.commands.forms import form_for
from tui.commands.images import images_from
from tui.commands.questions import question_from
from tui.core.catalog import Catalog
from tui.core.chats import Chat
from tui.core.conversation import Conversation
from tui.core.errors import UsageError
from tui.core.images import Image
from tui.core.prompt_tokens import PromptCounter
from tui.core.provenance import Provenance
from tui.core.request import Request
from tui.core.settings import Endpoint, Settings
from tui.edge.ranks import load
from tui.edge.sources import recorder_for, server_for
from tui.edge.stdout import words
from tui.edge.store import Store
from tui.screens.keeping import Keeping
from tui.screens.meter import Meter
from tui.settings import settings_from
from tui.shelf import opened
from tui.shelf.which import LAST, meant


def ask_once(arguments: argparse.Namespace) -> int:
    """Ask without a screen; gives the exit code."""
    settings = settings_from(arguments, os.environ)
    output = Output(words(), sys.stderr, load, models=settings.models)
    tell = (lambda _: None) if arguments.quiet else output.note
    question = question_from(arguments.text, arguments.file)
    images = images_from(arguments, settings, tell)
    if isinstance(settings.source, Endpoint) and settings.source.warning:
        tell(settings.source.warning)
    return asyncio.run(_ask(arguments, settings, output, question, images))


async def _ask(
    arguments: argparse.Namespace,
    settings: Settings,
    output: Output,
    question: str,
    images: tuple[Image, ...],
) -> int:
    wanted = LAST if arguments.go_on else arguments.chat
    keeps = _keeps(arguments, output)
    store: Store | None = None
    async with AsyncExitStack() as stack:
        if wanted or keeps:
            store = await stack.enter_async_context(opened(output, is_made=not wanted))
        chat = await _found(store, wanted) if wanted else None
        settings = _as_before(settings, arguments, chat)
        kept_in = store if keeps else None
        talk = chat.conversation if chat else Conversation()
        talk = replace(talk, system=settings.system).asked(question, images, time.time())
        return await _turn(arguments, settings, output, talk, kept_in, chat)


async def _turn(
    arguments: argparse.Namespace,
    settings: Settings,
    output: Output,
    talk: Conversation,
    store: Store | None,
    chat: Chat | None,
) -> int:
    """Ask what the conversation ends with."""
    keeping = Keeping(store, lambda text: notes.error(text))
    if chat is not None:
        keeping.take(chat)
    request = Request(
        settings.model, talk.sent, settings.options, is_stream=not arguments.no_stream
    )
    kept = Kept(keeping, talk, _known(settings, talk), _meter(settings))
    told = partial(report, request, output, lambda: kept.chat)
    form = form_for(arguments, output, os.environ, told)
    notes = Notes(output, form, is_quiet=arguments.quiet)
    if store is not None:
        _watch(store, notes)
    server = server_for(settings, recorder_for(settings))
    asked = Question(server, request, settings.patience, arguments.timeout)
    return await ask(asked, output, form, notes, kept)


def _keeps(arguments: argparse.Namespace, output: Output) -> bool:
    """Whether the conversation is kept.

    As shells have it: what a person types at a terminal is remembered, what a script runs is not.
    Whoever names a conversation to go on with wants to find it longer.
    """
    if arguments.save is not None:
        return bool(arguments.save)
    if arguments.private:
        return False
    return arguments.go_on or bool(arguments.chat) or output.words.isatty()


async def _found(store: Store | None, wanted: str) -> Chat:
    name = await meant(store, wanted)
    chat = await store.load(name) if store else None
    if chat is None:
        raise UsageError(f"{name} was deleted just now.")
    return chat


def _as_before(settings: Settings, arguments: argparse.Namespace, chat: Chat | None) -> Settings:
    """A conversation goes on with its model and its system prompt, unless others were given."""
    if chat is None:
        return settings
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
        options=settings.options,
    )


def _meter(settings: Settings) -> Meter:
    catalog = Catalog(settings.models, host=settings.host, is_billed=settings.is_billed)
    return Meter(load, catalog, PromptCounter())


def _watch(store: Store, notes: Notes) -> None:
    """Tell at once when something cannot be written."""
    loop = asyncio.get_running_loop()

    def tell() -> None:
        if store.trouble:
            notes.error(f"{store.trouble.partition('.')[0]}.")

    def tell_later() -> None:
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(tell)

    store.tell = tell_later
