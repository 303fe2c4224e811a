"""All conversations: listed by date or found by words, and opened.

The field on top is where typing goes; the list below has keys of its own once it has the focus.
What is shown is asked of the store by one worker. Words that are typed while it waits for an
answer make it ask once more, so the newest win and none but the one search is under way. A long
list comes in pages, each of which begins with the first row and is ten times as long as the one
before: what is on the screen is one moment of the store, and reading it costs a tenth more. Read
again, it begins as long as it is, so that the cursor stays.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from tui.core.commands import COMMANDS, Place, shown
from tui.core.sanitize import one_line, shortened
from tui.edge.store import Store
from tui.screens.dialog import Dialog
from tui.screens.opened import MOST_HITS, Behind, Opened, found_in, told_of
from tui.widgets.bound import bindings
from tui.widgets.chat_list import GUTTER, ChatList
from tui.widgets.chat_rows import Line, by_date, by_hits, columns
from tui.widgets.key_line import ChatKeys

PAUSE = 0.08
"""Seconds without another letter after which words are searched for."""

PAGE = 100
"""Conversations that are shown at once."""

MOST_CALLED = 20
"""Conversations that a search shows because they are called so."""

SHORT = 31
"""Rows below which no room is left empty."""

OF_FIELD = ("list", "close")
"""The actions that the field above the list knows too."""

KEYS = {"step", "page", "end", *(c.action for c in COMMANDS if c.place is Place.CHATS)}
"""The actions of the list."""

PLACEHOLDER = "Search everything that was said"
UNNAMED = "By its first question"
WAIT = "A reply is under way. Another conversation can be opened when it is over."


class ListingScreen(Dialog[Opened | None]):
    """Shows what is in the store; gives what is to be opened."""

    # Keys of the list are taken before the focused widget sees them: what they do with the focus
    # is done when the next key comes, however fast that is.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "close", "close", show=False, priority=True, id="chats"),
        Binding("pagedown", "list", "list", show=False, priority=True),
        Binding("up,k", "step(-1)", "row before", show=False, priority=True),
        Binding("down,j", "step(1)", "next row", show=False, priority=True),
        Binding("pageup", "page(-1)", "page before", show=False, priority=True),
        Binding("pagedown", "page(1)", "next page", show=False, priority=True),
        Binding("home", "end(-1)", "first row", show=False, priority=True),
        Binding("end", "end(1)", "last row", show=False, priority=True),
        *bindings(Place.CHATS, is_first=True),
    ]

    AUTO_FOCUS = "#chats-words"
    PLACE = Place.CHATS

    @dataclass
    class Came(Message):
        """The store has answered."""

        words: str
        """What was looked for."""

        lines: Sequence[Line]
        """What it has."""

        told: str
        """How many that are."""

    def __init__(self, store: Store, behind: Behind) -> None:
        super().__init__()
        self._store = store
        self._behind = behind
        self._list = ChatList(behind.now, behind.here, id="chats")
        self._field = _line(PLACEHOLDER, "chats-words")
        self._new_name = _line(UNNAMED, "chats-name")
        self._words = ""
        self._shown: str | None = None
        self._archived = False
        self._pause: Timer | None = None
        self._is_stale = False
        self._is_asking = False
        self._go_to = ""

    def compose(self) -> ComposeResult:
        """The field, the columns, the list, the keys; a field for a new name lies over these."""
        yield Static("", id="chats-title", markup=False)
        with Horizontal(id="chats-search"):
            yield Static("/", id="chats-sign", markup=False)
            yield self._field
            yield Static("", id="chats-told", markup=False)
        yield Static("", id="chats-columns", markup=False)
        yield self._list
        yield ChatKeys(id="chats-keys")
        yield self._new_name

    def on_mount(self) -> None:
        """Ask for the list."""
        self._new_name.display = False
        self._show_title()
        self._ask()

    def on_resize(self, event: Resize) -> None:
        """Name the columns where they are; spare the air where rows are few."""
        self.set_class(event.size.height < SHORT, "-short")
        self.query_one("#chats-columns", Static).update(
            Content(" " * GUTTER + columns(event.size.width - 1 - GUTTER))
        )

    def _show_title(self) -> None:
        name = Content.assemble((" ≋ Conversations", "bold $primary"))
        too = ", archived ones too" if self._archived else ""
        self.query_one("#chats-title", Static).update(Content.assemble(name, (too, "$quiet")))

    # What is shown

    @on(Input.Changed, "#chats-words")
    def look_soon(self, event: Input.Changed) -> None:
        """Look for what is typed, once it rests for a moment."""
        self._words = event.value
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._ask)

    def _ask(self) -> None:
        """See to it that what is shown becomes what there is."""
        self._is_stale = True
        if not self._is_asking:
            self._is_asking = True
            self._ask_on()

    @work(group="ask")
    async def _ask_on(self) -> None:
        try:
            while self._is_stale:
                await self._behind.written()
                self._is_stale = False
                words = self._words
                async for lines, told in self._lines(words):
                    if self._is_stale:
                        break
                    self.post_message(self.Came(words, lines, told))
        finally:
            self._is_asking = False

    async def _lines(self, words: str) -> AsyncIterator[tuple[Sequence[Line], str]]:
        """What the store has, and how many that are; of a long list first the beginning."""
        if words.strip():
            title = words.replace('"', " ")
            called = await self._store.chats(archived=True, limit=MOST_CALLED, title=title)
            hits = await self._store.search(words, limit=MOST_HITS)
            yield by_hits(called, hits), told_of(called, hits)
            return
        limit, is_all = PAGE + (self._list.count if words == self._shown else 0), False
        while not is_all:
            chats = await self._store.chats(archived=self._archived, limit=limit)
            is_all = len(chats) < limit
            yield by_date(chats, self._behind.now()), f"{len(chats):,}{'' if is_all else '…'}"
            limit *= 10

    @on(Came)
    def show(self, event: Came) -> None:
        """Show what came."""
        is_new, self._shown = event.words != self._shown, event.words
        self._list.show(event.lines, self._note(event.words), is_new=is_new)
        if self._go_to:
            self._list.go_to(self._go_to)
            self._go_to = ""
        told = event.told if self._list.count else ""
        self.query_one("#chats-told", Static).update(Content(told))

    def _note(self, words: str) -> str:
        if words.strip():
            return f"Nothing was found for “{shortened(one_line(words, 200), 40)}”."
        if self._behind.deleted and not self._archived:
            key = shown("chats-undo")
            return f"No conversations are left here. {key} brings back what was deleted last."
        return "No conversations yet. Your first question begins one."

    # Between the field and the list

    @on(DescendantFocus)
    def offer_keys(self) -> None:
        """The keys that are offered follow the focus."""
        self.query_one(ChatKeys).is_typing = self.focused is not self._list

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the list work in the list; Down in the field leads there."""
        if action in KEYS.difference(OF_FIELD):
            return self.focused is self._list
        return self.focused is self._field if action == "list" else True

    def action_list(self) -> None:
        """Go to the list."""
        self.set_focus(self._list)

    def action_field(self) -> None:
        """Go to the field."""
        self.set_focus(self._field)

    def action_step(self, by: int) -> None:
        """Move the cursor by so many rows; from the first one, up leads to the field."""
        if by < 0 and self._list.is_at_start:
            self.action_field()
        self._list.step(by)

    def action_page(self, by: int) -> None:
        """Move the cursor by so many pages."""
        self._list.page(by)

    def action_end(self, by: int) -> None:
        """Move the cursor to the first row or the last."""
        self._list.end(by)

    @on(ChatList.Typed)
    def type_on(self, event: ChatList.Typed) -> None:
        """A letter that is no key of the list is looked for."""
        self.set_focus(self._field)
        self._field.action_end()
        self._field.insert_text_at_cursor(event.text.split("\n")[0])

    def action_close(self) -> None:
        """Leave the list."""
        if self.is_current:
            self.dismiss(None)

    # Opening

    @on(Input.Submitted, "#chats-words")
    @on(ChatList.Chosen)
    def action_open(self) -> None:
        """Open the conversation; while a reply is under way, no other."""
        row = self._list.row
        if row is None or not self.is_current:
            return
        if self._behind.is_busy() and row.chat.id != self._behind.here:
            self.notify(WAIT, markup=False)
            return
        chat, hit = row.chat.id, row.hit
        words = found_in(hit, self._shown or "") if hit else ""
        self.dismiss(Opened(chat, hit.message, words) if hit else Opened(chat))


def _line(placeholder: str, id: str) -> Input:
    """A field whose cursor stands still, since one that blinks would draw for nothing."""
    line = Input(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
    line.cursor_blink = False
    return line
