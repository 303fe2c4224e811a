"""`rillet ask`: the question is put together, and asked without a screen.

What a conversation that is kept needs, and what draws Markdown, is imported when it is needed: a
script that asks a hundred times waits for none of it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from tui.ask import Kept, Notes, Output, Place, Question, ask
from tui.ask.report import report
from tui.commands.forms import form_for
from tui.commands.images import images_from
from tui.commands.questions import question_from
from tui.core.conversation import Conversation
from tui.core.levels import Wanted
from tui.core.request import Request
from tui.core.settings import Endpoint, Settings
from tui.edge.ranks import load
from tui.edge.sources import recorder_for, server_for
from tui.edge.stdout import notes, words
from tui.settings import settings_from


def ask_once(arguments: argparse.Namespace) -> int:
    """Ask without a screen; gives the exit code."""
    settings = settings_from(arguments, os.environ)
    output = Output(words(), notes(), load, models=settings.models)
    question = question_from(arguments.text, arguments.file)
    told = list[str]()
    images = images_from(arguments, settings, told.append)
    if isinstance(settings.source, Endpoint) and settings.source.warning:
        told.append(settings.source.warning)
    for sentence in () if arguments.quiet else told:
        output.note(sentence)
    asked = Conversation().asked(question, images, time.time())
    return asyncio.run(_ask(arguments, settings, output, asked))


async def _ask(
    arguments: argparse.Namespace, settings: Settings, output: Output, asked: Conversation
) -> int:
    """Ask in the conversation that is meant."""
    async with _place(arguments, settings, output) as place:
        [question] = asked.messages
        talk = place.talk.asked(question.text, question.images, question.at)
        return await _turn(arguments, output, place, talk)


async def _turn(
    arguments: argparse.Namespace, output: Output, place: Place, talk: Conversation
) -> int:
    """Ask what the conversation ends with."""
    settings = place.settings
    wanted = Wanted(replace(settings.levels, is_for_one_question=True), talk.options)
    request = Request(
        settings.model,
        talk.sent,
        wanted.options_for(settings.model),
        is_stream=not arguments.no_stream,
        wanted=wanted,
    )
    kept: Kept = place.kept(talk, lambda sentence: aside.error(sentence))
    told = partial(report, request, output, lambda: kept.chat)
    form = form_for(arguments, output, os.environ, told)
    aside = Notes(output, form, is_quiet=arguments.quiet)
    server = server_for(settings, recorder_for(settings))
    question = Question(server, request, settings.patience, arguments.timeout)
    return await ask(question, output, form, aside, kept)


@asynccontextmanager
async def _place(
    arguments: argparse.Namespace, settings: Settings, output: Output
) -> AsyncIterator[Place]:
    """Where the question stands: alone, or in a conversation that is kept."""
    keeps = _keeps(arguments, settings, output)
    if not (keeps or arguments.go_on or arguments.chat):
        yield Place(settings, Conversation(settings.system_for(settings.model)))
        return
    from tui.commands.conversing import conversation

    async with conversation(arguments, settings, output, keeps=keeps) as place:
        yield place


def _keeps(arguments: argparse.Namespace, settings: Settings, output: Output) -> bool:
    """Whether the conversation is kept.

    As shells have it: what a person types at a terminal is remembered, what a script runs is not,
    unless the configuration file says otherwise. Whoever names a conversation to go on with wants
    to find it longer.
    """
    if arguments.save is not None:
        return bool(arguments.save)
    if arguments.private:
        return False
    if arguments.go_on or arguments.chat:
        return True
    return output.words.isatty() if settings.saves_asked is None else settings.saves_asked
