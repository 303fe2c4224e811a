"""Someone at the keyboard: keys in, sights out, on the real app and the real client over HTTP.

async with play(demo) as person:
    await person.asks("Hello")
    await person.sees("Hello", "complete")
"""

from __future__ import annotations

import os
import string
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from textual._context import visible_screen_stack
from textual.events import Key, Paste
from textual.pilot import Pilot

from tests.waiting import until
from tui.app import RilletApp
from tui.cli import parser
from tui.commands.overruling import overruled
from tui.core.catalog import Profile
from tui.core.errors import CannotOpen
from tui.core.keymap import keys_in
from tui.core.levels import Levels
from tui.core.manner import Manner
from tui.core.previews import Way
from tui.core.settings import Endpoint, Patience, Settings, Source
from tui.edge.client import Client
from tui.edge.clipboard_image import clipboard_image
from tui.edge.config_edit import ConfigFile
from tui.edge.demo import DemoServer
from tui.edge.library import library_folder
from tui.edge.looking import fetched
from tui.edge.paths import config_file, data_folder, styles_folder
from tui.edge.ranks import load
from tui.edge.store import Store
from tui.screens.chat import ChatScreen
from tui.screens.tools import Tools
from tui.settings import settings_from
from tui.widgets.log import Log
from tui.widgets.prompt import Prompt

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
"""The time of day in all stories."""

LONG = 60
"""Letters of a text that nobody waits for one by one."""

WIDE = (160, 48)
SMALL = (80, 24)

NO_BROWSER = "No browser could be started here."

NAMES = {
    " ": "space",
    "\n": "ctrl+j",
    "!": "exclamation_mark",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "?": "question_mark",
    "/": "slash",
    ".": "full_stop",
    ":": "colon",
    "-": "minus",
    ",": "comma",
    "*": "asterisk",
    "_": "underscore",
    "~": "tilde",
}
"""Textual's names of the keys that tests type."""


@dataclass
class Person:
    """Types, and looks at the screen."""

    app: RilletApp
    pilot: Pilot[None]
    copied: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    @property
    def sight(self) -> str:
        """The whole screen as text, row by row; what lies behind a dialog belongs to it."""
        visible_screen_stack.set(self.app._background_screens)
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names."""
        await self.pilot.press(*keys)

    def strike(self, *keys: str) -> None:
        """Press keys as fast as a paste, without waiting for what they do."""
        for key in keys:
            self._strike(key, key if len(key) == 1 else None)

    def _strike(self, key: str, character: str | None) -> None:
        driver = self.app._driver
        assert driver is not None
        event = Key(key, character)
        event.set_sender(self.app)
        driver.send_message(event)

    async def pastes(self, text: str) -> None:
        """Paste a text into what has the focus; a terminal does that with dropped files too."""
        driver = self.app._driver
        assert driver is not None
        event = Paste(text)
        event.set_sender(self.app)
        driver.send_message(event)
        await self.pilot.pause()

    async def types(self, text: str) -> None:
        """Type a text, letter by letter; a long one as fast as they come."""
        plain = string.ascii_letters + string.digits
        keys = [sign if sign in plain else NAMES.get(sign, sign) for sign in text]
        if len(text) <= LONG:
            await self.press(*keys)
            return
        for key, sign in zip(keys, text, strict=True):
            self._strike(key, sign)
        await self.pilot.pause()

    async def asks(self, text: str) -> None:
        """Type a question and send it."""
        await self.types(text)
        await self.press("enter")

    async def sees(self, *words: str) -> None:
        """Wait until the screen shows all of these."""
        await self._look(lambda: all(word in self.sight for word in words), f"never saw {words}")

    @property
    def side(self) -> str:
        """What the panels of the side say, with no regard to where their lines end."""
        rows = (row.rstrip().rsplit("│", 2) for row in self.sight.split("\n"))
        return " ".join(" ".join(row[1].split()) for row in rows if len(row) == 3)

    async def reads(self, *words: str) -> None:
        """Wait until the panels say all of these, however their lines break."""
        await self._look(lambda: all(word in self.side for word in words), f"never read {words}")

    async def sees_no(self, word: str) -> None:
        """Wait until the screen does not show this any more."""
        await self._look(lambda: word not in self.sight, f"still saw {word!r}")

    async def _look(self, seen: Callable[[], bool], what: str) -> None:
        try:
            await until(seen)
        except TimeoutError:
            raise AssertionError(f"{what}; the screen was:\n{self.sight}") from None

    @property
    def chat(self) -> ChatScreen:
        """The chat, also below a dialog."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ChatScreen))

    @property
    def prompt(self) -> Prompt:
        """The prompt."""
        return self.chat.query_one(Prompt)

    @property
    def log(self) -> Log:
        """The log."""
        return self.chat.query_one(Log)


@asynccontextmanager
async def play(
    server: DemoServer | str,
    model: str = "demo-echo",
    size: tuple[int, int] = WIDE,
    patience: Patience | None = None,
    theme: str = "rillet-dark",
    source: Source | None = None,
    clock: Callable[[], float] = time.monotonic,
    known: Mapping[str, Profile] | None = None,
    shows_cost: bool = True,
    names_chats: bool = False,
    keys: Mapping[str, str] | None = None,
    key: str = "",
    now: Callable[[], datetime] = lambda: NOON,
    opens: bool = True,
    keeps: bool = True,
    system: str = "",
    prompt: str = "",
    fetch: Callable[[str], Awaitable[bytes]] = fetched,
    previews: Way = Way.OFF,
    levels: Levels | None = None,
    systems: Mapping[str, str] | None = None,
    flags: Sequence[str] | None = None,
    manner: Manner | None = None,
) -> AsyncIterator[Person]:
    """The app on a screen of a size, against a server (or a base URL).

    What is said is kept in the test's own folder, so a second play goes on after a restart. With
    flags, even none, the settings are those of a command line and of the configuration file.
    """
    endpoint = Endpoint(server if isinstance(server, str) else server.base_url, key)
    settings = Settings(
        source or endpoint,
        model,
        system,
        patience=patience or Patience(),
        models=known or {},
        shows_cost=shows_cost,
        names_chats=names_chats,
        keys=keys_in(keys or {}),
        prompt=prompt,
        previews=previews,
        levels=levels or Levels(),
        systems=systems or {},
        manner=manner or Manner(),
    )
    reread: Callable[[], Settings] | None = None
    if flags is not None:
        where = ("--base-url", endpoint.base_url, "--model", model, *flags)
        arguments = parser().parse_args(where)
        reread = partial(settings_from, arguments, os.environ)
        settings = reread()
    file = config_file(os.environ)
    client = Client(endpoint)
    copied: list[str] = []

    def copy(text: str, to_terminal: Callable[[str], None]) -> str:
        copied.append(text)
        return "Copied to the clipboard."

    opened: list[str] = []

    def browse(url: str) -> str:
        if not opens:
            raise CannotOpen(NO_BROWSER)
        opened.append(url)
        return "Handed to the browser."

    store = Store(data_folder() / "chats.db") if keeps else None
    library = library_folder(os.environ)
    tools = Tools(
        client,
        load,
        copy,
        clock,
        now,
        browse,
        clipboard_image=partial(clipboard_image, os.environ),
        fetch=fetch,
        store=store,
        library=library,
        config=ConfigFile(file) if file else None,
        reread=reread,
        overruled=overruled(arguments, os.environ) if flags is not None else {},
    )
    app = RilletApp(settings, tools, styles_folder(), theme)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            person = Person(app, pilot, copied, opened)
            await person.sees("Ask anything")
            yield person
    finally:
        await client.aclose()
