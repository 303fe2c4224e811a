"""`rillet --screen-reader`: the conversation as lines, read from above to below.

A full screen is drawn over and over, and a screen reader reads it over and over. Here nothing is
drawn: what is said stands below what was said before, the cursor stands where the reader reads,
and the terminal's own line is what one types in.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from base64 import b64encode
from collections.abc import Callable, Coroutine
from contextlib import suppress
from importlib import import_module
from typing import Any, TypeVar

from tui.ask.spoken import Voice
from tui.ask.talk import Means, Talk
from tui.core.catalog import Catalog
from tui.core.chats import Chat
from tui.core.errors import RequestFailed
from tui.core.models import first_choice
from tui.core.prompt_tokens import PromptCounter
from tui.core.sanitize import clean, one_line
from tui.core.settings import Settings
from tui.edge.paths import chats_file
from tui.edge.ranks import load
from tui.edge.sources import recorder_for, server_for
from tui.edge.stdout import words
from tui.edge.store import Store
from tui.keeping import Keeping
from tui.meter import Meter

T = TypeVar("T")

HELP = (
    "Type a question and press Enter. A line that ends with a backslash goes on in the next.",
    "Ctrl+C stops an answer and keeps its words. Ctrl+D quits.",
    "c continues an answer that was cut. r asks again.",
    "/new begins another conversation. /last goes on with the one of last time.",
    "/model NAME asks another model. /models lists them.",
    "/copy copies the last answer. /read reads it once more. /help says this. /quit quits.",
)


def talk_in_lines(arguments: argparse.Namespace, settings: Settings) -> int:
    """Talk until the user leaves; gives the exit code."""
    with suppress(ImportError):
        import_module("readline")  # it lends `input` its keys
    with asyncio.Runner() as runner:
        store = None if arguments.private else Store(chats_file())
        lines = Lines(runner, settings, store)
        try:
            lines.open()
            lines.listen()
        finally:
            lines.close()
    return 0


class Lines:
    """Takes lines, and does what they say."""

    def __init__(self, runner: asyncio.Runner, settings: Settings, store: Store | None) -> None:
        self._runner, self._settings, self._store = runner, settings, store
        self._voice = Voice(words())
        self._server = server_for(settings, recorder_for(settings))
        catalog = Catalog(settings.models, host=settings.host, is_billed=settings.is_billed)
        meter = Meter(load, catalog, PromptCounter())
        keeping = Keeping(store, self._voice.line)
        self._talk = Talk(Means(settings, self._server, keeping, meter, self._voice))
        self._does: dict[str, Callable[[str], object]] = {
            "c": lambda _: self._run(self._talk.go_on()),
            "r": lambda _: self._run(self._talk.again()),
            "/continue": lambda _: self._run(self._talk.go_on()),
            "/again": lambda _: self._run(self._talk.again()),
            "/new": self._new,
            "/last": self._last,
            "/model": self._choose,
            "/models": self._list,
            "/copy": self._copy,
            "/read": self._read,
            "/help": self._help,
        }

    def open(self) -> None:
        """Say what this is."""
        self._voice.line("Rillet, a chat in lines. /help tells what there is.")
        for sentence in self._run(self._store.open()) if self._store else ():
            self._voice.line(sentence)
        self._run(self._greet())

    def listen(self) -> None:
        """Take lines until there are no more."""
        while True:
            try:
                text = heard()
            except EOFError:
                self._voice.line("")
                return
            except KeyboardInterrupt:
                self._voice.line("")
                self._voice.line("Nothing is under way. Ctrl+D quits.")
                continue
            if text.strip() in ("/quit", "/exit"):
                return
            if text.strip():
                self._do(text)

    def close(self) -> None:
        """Let go of everything."""
        self._run(self._server.aclose())
        if self._store is not None:
            self._run(self._store.aclose())
            if self._store.trouble:
                self._voice.line(self._store.trouble)

    def _do(self, text: str) -> None:
        name, _, rest = text.strip().partition(" ")
        act = self._does.get(name) if name.startswith("/") else self._does.get(text.strip())
        if act is not None:
            act(rest.strip())
        elif name.startswith("/") and name[1:].isalpha():
            self._voice.line(f"There is no {one_line(name, 40)}. /help tells what there is.")
        else:
            self._run(self._talk.ask(text))

    def _run(self, job: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(job)

    async def _greet(self) -> None:
        place = self._settings.source.name
        try:
            await self._server.ready()
            if not self._talk.model:
                self._talk.ask_of(first_choice(await self._server.models()))
        except RequestFailed as error:
            self._voice.line(f"{error.failure.title}. {error.failure.detail}")
        self._voice.line(f"The model is {self._talk.model or 'not known yet'}, {place}.")

    def _new(self, _: str) -> None:
        self._talk.begin()
        self._voice.line("Another conversation.")

    def _last(self, _: str) -> None:
        chat = self._run(self._found())
        if chat is None:
            self._voice.line("There is no conversation of last time.")
            return
        self._talk.take(chat)
        count = len(chat.conversation.path)
        self._voice.line(f"{chat.title or chat.conversation.title}: {count} messages.")
        self._read("")

    async def _found(self) -> Chat | None:
        last = await self._store.last() if self._store else None
        return await self._store.load(last) if self._store and last else None

    def _choose(self, name: str) -> None:
        if name:
            self._talk.ask_of(name)
        self._voice.line(f"The model is {one_line(self._talk.model) or 'not known yet'}.")

    def _list(self, _: str) -> None:
        try:
            names = self._run(self._server.models())
        except RequestFailed as error:
            self._voice.line(f"{error.failure.title}. {error.failure.detail}")
            return
        for name in names:
            self._voice.line(one_line(name, 200))

    def _copy(self, _: str) -> None:
        answer = self._talk.said.last_answer
        if answer is None:
            self._voice.line("Nothing was answered yet.")
            return
        from tui.edge.clipboard import copy

        self._voice.line(copy(answer.text, to_terminal, os.environ))

    def _read(self, _: str) -> None:
        answer = self._talk.said.last_answer
        self._voice.words(answer.text if answer else "Nothing was answered yet.")
        self._voice.rest()

    def _help(self, _: str) -> None:
        for sentence in HELP:
            self._voice.line(sentence)


def to_terminal(text: str) -> None:
    """Hand a text to the terminal's clipboard (xterm, OSC 52)."""
    packed = b64encode(text.encode("utf-8", "replace")).decode()
    sys.stdout.write(f"\x1b]52;c;{packed}\x07")
    sys.stdout.flush()


def heard() -> str:
    """What is typed, over several lines where a line says that it goes on.

    Raises:
        EOFError: If nothing more will be typed.
    """
    sys.stdout.flush()
    lines = [input("You: ")]
    while lines[-1].endswith("\\"):
        lines[-1] = lines[-1][:-1]
        lines.append(input("... "))
    return clean("\n".join(lines))
