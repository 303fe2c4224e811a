"""The prompt: an editor that grows, sends, and remembers what was asked before."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from tui.core.commands import Place
from tui.core.dropped import dropped
from tui.core.phase import NextKey
from tui.widgets.area import cleaned
from tui.widgets.bound import bindings
from tui.widgets.folding import FoldingArea
from tui.widgets.history import History

Way = Literal["page_up", "page_down", "home", "end"]


MOST_DROPPED = 100
"""Files that are dropped at once."""

GLANCE = 1.0
"""Seconds for a look at what was dropped: a disk that does not answer by then holds no key."""

LONE = 0.6
"""Seconds without another key after which an offered letter is the key and no word's first."""


class Prompt(FoldingArea):
    """An editor of questions; Enter sends, Ctrl+J and Shift+Enter begin a new line."""

    # An editor has a use for many keys: what works anywhere comes before it. Ctrl+E would be the
    # end of the line, which End is here.
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.ANYWHERE, "screen."),
        Binding("ctrl+q", "app.quit", "quit", show=False, id="quit"),
    ]

    @dataclass
    class Submitted(Message):
        """Enter was pressed on a prompt with something in it."""

        text: str
        """The prompt, without blank lines round it."""

    class Bare(Message):
        """Enter was pressed on a prompt with nothing in it."""

    class Up(Message):
        """Up was pressed on a prompt with nothing in it, and there is something above it."""

    @dataclass
    class Taken(Message):
        """An offered key was pressed."""

        key: NextKey
        """Which one."""

    @dataclass
    class Dropped(Message):
        """Image files were dropped here."""

        paths: tuple[Path, ...]
        """Where they are."""

        text: str
        """What came for them."""

    @dataclass
    class Undropped(Message):
        """What was dropped last is meant as text."""

        text: str
        """What came for it."""

    @dataclass
    class Scroll(Message):
        """A key that means the conversation was pressed here."""

        way: Way
        """Which one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(placeholder="Ask anything", id=id)
        self.leads_up = False
        """Whether Up in an empty prompt leads to something above it."""
        self._history = History()
        self._left = "", self.selection
        self._returned = ""
        self._offered: tuple[NextKey, ...] = ()
        self._pause: Timer | None = None
        self._drop: tuple[str, str] | None = None  # what was dropped last, and the draft then

    @property
    def unsent(self) -> str:
        """All that was typed and not sent, also at the questions that Up went past."""
        return self._history.unsent(self.text)

    def take(self, text: str, given: str = "") -> None:
        """Show another text, of which these words were not typed."""
        self._history.begin(given)
        self._show(text)

    def put_before(self, text: str) -> None:
        """Show a text before what is typed."""
        self._show(f"{text}\n{self.text}" if self.text else text)

    def remember(self, text: str) -> None:
        """Keep a question for Up; a draft from before it was looked up is shown again."""
        if rest := self._history.send(text):
            self._show(f"{rest}\n{self.text}" if self.text else rest)

    def keep(self, text: str) -> None:
        """Keep a text for Up that was not asked."""
        self._history.add(text)

    def recall(self, asked: Sequence[str]) -> None:
        """Questions of earlier runs, for Up."""
        self._history.recall(asked)

    def give_back(self, sent: str) -> None:
        """This was not taken: show it again, with what was typed after it.

        What was sent behind it before anybody looked may be given back, too: it stands behind it.
        """
        (left, selection), typed = self._left, self.text
        if self._returned and typed.startswith(self._returned):
            self._show(f"{typed}\n{sent}")
        elif typed or left.strip("\n") != sent:
            self._show(sent + typed)
        else:
            self.text = left
            self.selection = selection
        self._returned = self.text

    def offer(self, keys: tuple[NextKey, ...]) -> None:
        """Let a lone letter in an empty prompt be a key, until something else is typed."""
        self._offered = () if self.text else keys

    @property
    def _lone(self) -> NextKey | None:
        """The offered key whose letter is all that the prompt holds."""
        typed = self.text.strip("\n")
        return next((key for key in self._offered if typed and key.letter == typed), None)

    @on(TextArea.Changed)
    def weigh_letter(self) -> None:
        """A letter that is followed by nothing is the key; one that is followed begins a word."""
        if self._pause is not None:
            self._pause.stop()
        if self._lone:
            self._pause = self.set_timer(LONE, self._take_lone)
        elif self.text:
            self._offered = ()

    def _take_lone(self) -> None:
        if key := self._lone:
            self.text, self._offered = "", ()
            self.post_message(self.Taken(key))

    def take_key(self, character: str) -> None:
        """A character that was typed elsewhere and belongs here."""
        self.focus()
        self.insert(character)

    async def _on_paste(self, event: events.Paste) -> None:
        """Image files that are dropped on the terminal come as a paste of nothing but their names.

        What is typed meanwhile waits for the look at them, so that it stays behind them.
        """
        paths = dropped(event.text)
        if paths and len(paths) <= MOST_DROPPED and await _are_pictures(paths):
            event.prevent_default()
            self.post_message(self.Dropped(tuple(paths), cleaned(event.text)))

    def let_undo(self, text: str) -> None:
        """Images were attached for this text; undo gives it back while nothing else is typed."""
        self._drop = text, self.text

    def action_undo(self) -> None:
        """Take back what was done last."""
        drop, self._drop = self._drop, None
        if drop is not None and drop[1] == self.text:
            self.post_message(self.Undropped(drop[0]))
        else:
            super().action_undo()

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self._submit()

    def _submit(self) -> None:
        text = self.text.strip("\n")
        if self._lone:
            self._take_lone()
        elif text.strip():
            self.post_message(self.Submitted(text))
            # What is typed from now on is the next question, however soon it comes.
            self._left = self.text, self.selection
            self._drop, self._returned = None, ""
            self.text = ""
        else:
            self.post_message(self.Bare())

    def action_cursor_up(self, select: bool = False) -> None:
        """Up; from the first row to the question before."""
        if select or not self.navigator.is_first_wrapped_line(self.cursor_location):
            super().action_cursor_up(select)
        elif self.leads_up and not self.text:
            self.post_message(self.Up())
        elif not self._history.is_at_first:
            self._show(self._history.step(-1, self.text))

    def action_cursor_down(self, select: bool = False) -> None:
        """Down; from the last row to the question after, at last to the draft."""
        is_last = self.navigator.is_last_wrapped_line(self.cursor_location)
        if select or not is_last or self._history.is_at_last:
            super().action_cursor_down(select)
        else:
            self._show(self._history.step(1, self.text))

    def _show(self, text: str) -> None:
        self.text = text
        self.move_cursor(self.document.end)

    def action_cursor_page_up(self) -> None:
        """Scroll the conversation; the prompt itself is never pages long."""
        self.post_message(self.Scroll("page_up"))

    def action_cursor_page_down(self) -> None:
        """Scroll the conversation."""
        self.post_message(self.Scroll("page_down"))

    def action_cursor_line_start(self, select: bool = False) -> None:
        """The line's start; with nothing typed, the conversation's."""
        if self.text:
            super().action_cursor_line_start(select)
        else:
            self.post_message(self.Scroll("home"))

    def action_cursor_line_end(self, select: bool = False) -> None:
        """The line's end; with nothing typed, the conversation's."""
        if self.text:
            super().action_cursor_line_end(select)
        else:
            self.post_message(self.Scroll("end"))


async def _are_pictures(paths: Sequence[Path]) -> bool:
    from tui.edge.pictures import are_pictures

    try:
        async with asyncio.timeout(GLANCE):
            return await asyncio.to_thread(are_pictures, paths)
    except TimeoutError:
        return False
