"""`rillet completion`: scripts for shells, and the words that those ask for when Tab is pressed.

What cannot be found out is not offered: a shell that completes has no place for a complaint.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from typing import TextIO

from tui.arguments import Grammar
from tui.arguments.shells import WRITERS
from tui.arguments.shells.flags import commands
from tui.core.chats import Summary
from tui.core.config import Config
from tui.core.errors import RilletError, UsageError
from tui.core.sanitize import one_line
from tui.edge.stdout import words

Pair = tuple[str, str]
"""A word, and what it is; there may be nothing to say of it."""

_PLAIN = re.compile(r"[\w./:@+,=%][\w./:@+,=%~-]*")  # nothing that a shell would act on

MOST = 100
"""Conversations that are looked at."""

USUAL = {
    "https://api.openai.com/v1": "OpenAI",
    "https://openrouter.ai/api/v1": "OpenRouter",
    "http://127.0.0.1:11434/v1": "Ollama",
    "http://127.0.0.1:8080/v1": "llama.cpp",
    "http://127.0.0.1:8000/v1": "vLLM",
    "http://127.0.0.1:1234/v1": "LM Studio",
    "http://127.0.0.1:4000/v1": "LiteLLM",
}
"""Where endpoints usually are."""


def complete(arguments: argparse.Namespace, grammar: Grammar) -> int:
    """Print a script or words; gives the exit code."""
    out = words()
    if arguments.words is not None:
        _print(WORDS[arguments.words], out)
    elif arguments.shell is not None:
        out.write(WRITERS[arguments.shell](commands(grammar)))
    else:
        raise UsageError("name a shell: bash, zsh or fish.")
    out.flush()
    return 0


def _print(pairs: Callable[[], Iterator[Pair]], out: TextIO) -> None:
    with suppress(RilletError):
        for word, what in dict(pairs()).items():
            if _PLAIN.fullmatch(word):
                out.write(f"{word}\t{one_line(what, 60)}".rstrip() + "\n")


def _models() -> Iterator[Pair]:
    """Those of the configuration, and those that were asked; no server is."""
    config = _config()
    for name in (config.model or "", *config.models):
        yield name, "in the configuration"
    for summary in _summaries():
        yield summary.model, "asked before"


def _chats() -> Iterator[Pair]:
    found = _summaries()
    if found:
        yield "last", "the newest"
    for summary in found:
        yield summary.id, summary.title or "Without words"


def _summaries() -> list[Summary]:
    from tui.edge.paths import chats_file
    from tui.edge.store import Store

    async def read() -> list[Summary]:
        store = Store(chats_file())
        try:
            return await store.chats(limit=MOST)
        finally:
            await store.aclose()

    return asyncio.run(read()) if chats_file().is_file() else []


def _prompts() -> Iterator[Pair]:
    from tui.core.library import Kind
    from tui.edge.library import library_folder, read_library

    for text in read_library(library_folder(os.environ)).texts:
        if text.kind is Kind.SYSTEM:
            yield text.name, text.text


def _themes() -> Iterator[Pair]:
    from textual.theme import BUILTIN_THEMES

    from tui.themes import OURS

    names = (*(theme.name for theme in OURS), *sorted(BUILTIN_THEMES))
    return ((name, "") for name in names)


def _endpoints() -> Iterator[Pair]:
    mine = ((url, "yours") for url in (os.environ.get("OPENAI_BASE_URL"), _config().base_url))
    described = ((each.base_url, each.name) for each in _config().endpoints.values())
    return chain(((url, what) for url, what in mine if url), described, USUAL.items())


def _described() -> Iterator[Pair]:
    return ((name, each.base_url) for name, each in _config().endpoints.items())


def _config() -> Config:
    from tui.edge.config import read_config

    return read_config(None, os.environ)


WORDS: dict[str, Callable[[], Iterator[Pair]]] = {
    "models": _models,
    "chats": _chats,
    "prompts": _prompts,
    "themes": _themes,
    "endpoints": _endpoints,
    "described": _described,
}
"""What gives the words of a kind."""
