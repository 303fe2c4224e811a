"""`rillet ask`: the question is put together, and asked without a screen."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from tui.ask import Output, ask
from tui.commands.images import images_from
from tui.core.conversation import Conversation
from tui.core.errors import UsageError
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.ranks import load
from tui.edge.sources import recorder_for, server_for
from tui.edge.stdout import words
from tui.settings import settings_from


def ask_once(arguments: argparse.Namespace) -> int:
    """Ask without a screen; gives the exit code."""
    settings = settings_from(arguments, os.environ)
    output = Output(
        words(),
        sys.stderr,
        load,
        is_json=arguments.json,
        is_safe=arguments.safe,
        models=settings.models,
    )
    question = _question(arguments.text)
    images = images_from(arguments, settings, output.note)
    conversation = Conversation(settings.system).asked(question, images)
    request = Request(
        settings.model, conversation.sent, settings.options, is_stream=not arguments.no_stream
    )
    server = server_for(settings, recorder_for(settings))
    if isinstance(settings.source, Endpoint) and settings.source.warning:
        output.note(settings.source.warning)
    return asyncio.run(ask(server, request, settings.patience, output))


def _question(given: list[str]) -> str:
    """The prompt, then what standard input holds, as far as there is either."""
    typed = _utf8(os.fsencode(" ".join(given)), "the question")
    wants_stdin = typed in ("", "-")
    is_terminal = sys.stdin is not None and sys.stdin.isatty()
    if wants_stdin and is_terminal:
        raise UsageError('there is nothing to ask. Try: rillet ask "What is a rillet?"')
    is_piped = sys.stdin is not None and not is_terminal
    piped = _utf8(sys.stdin.buffer.read(), "standard input") if is_piped else ""
    question = "\n\n".join(part for part in ("" if wants_stdin else typed, piped.strip()) if part)
    if not question:
        raise UsageError("the question is empty: give it as an argument or on standard input.")
    return question


def _utf8(given: bytes, name: str) -> str:
    try:
        return given.decode()
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8 text, so it cannot be asked.") from None
