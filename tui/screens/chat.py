"""The chat: the screen that conducts.

It alone holds the conversation and the exchange under way. Messages come up from the widgets,
data goes down to them; the worker that streams only adds deltas to the feed.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus, Resize

from tui.core.commands import Place
from tui.core.errors import RequestFailed, RilletError
from tui.core.models import first_choice
from tui.core.phase import offers
from tui.core.settings import Settings
from tui.screens.feed import Feed
from tui.screens.noticing import NoticingScreen
from tui.screens.outlook import Foreseen
from tui.screens.tools import Tools, warm_markdown
from tui.widgets.bound import bindings
from tui.widgets.command_prompt import CommandPrompt
from tui.widgets.finish_panel import Standing
from tui.widgets.image_list import ImageList
from tui.widgets.image_panel import ImagePanel
from tui.widgets.key_line import KeyLine
from tui.widgets.log import Log
from tui.widgets.model_panel import ModelPanel
from tui.widgets.prompt import Prompt
from tui.widgets.search import SearchField
from tui.widgets.side import Side
from tui.widgets.title_line import TitleLine
from tui.widgets.token_panel import Spent

NARROW = 110
"""Columns below which the side folds away."""

BROAD = 180
"""Columns from which the side takes more of them: long lines are hard to read."""

SHORT = 31
"""Rows below which the side shows the most needful."""

EDITING = "editing a question: Enter asks it beside the one before, Esc leaves it"
"""What the prompt's frame says while it holds a question that was asked already."""

TICK = 0.1
"""Seconds between two looks at clocks and counts while a reply is under way."""

SLOW_TICK = 1.0
"""The same, where as little as can be is to move."""


class ChatScreen(NoticingScreen):
    """One conversation with a model."""

    AUTO_FOCUS = "#prompt"

    # Esc is taken before the focused widget sees it: on the way through that widget and back it
    # would wait, twice, until a flood's drawing lets it through. Fields know Ctrl+F, F6 and F7 too.
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        Place.ANYWHERE, first=("stop", "find", "paste_image", "settings", "model", "images")
    )

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """The line of the title, the conversation, the side, the line of keys."""
        yield TitleLine(id="title")
        with Horizontal(id="middle"):
            yield Log(id="log")
            yield Side(id="side")
        yield SearchField(id="search")
        yield CommandPrompt(id="prompt")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show where we stand; what takes long begins after the first paint."""
        self._feed = Feed(self.post_message, self._tools.clock)
        self._log = self.query_one(Log)
        self._prompt = self.query_one(Prompt)
        self._side = self.query_one(Side)
        self._side.image_panel.gallery = self._gallery
        tick = SLOW_TICK if self._settings.manner.still else TICK
        self._ticker = self.set_interval(tick, self._tick, pause=True)
        self._log.show([self._welcome()])
        self._show_model()
        self.call_after_refresh(self._open_store)
        self.call_after_refresh(self._warm_up)
        self._foresee()

    async def on_unmount(self) -> None:
        """Leave no connection and no process behind, and no word."""
        self._gallery.close()
        await self._close_store()
        await self._tools.server.aclose()

    # Starting

    @work(group="start")
    async def _warm_up(self) -> None:
        """Open the store, start the server, load the tokenizer: none of it holds a key."""
        self._ticker.resume()
        self._trouble = ""
        try:
            await self._tools.server.ready()
            names = await self._tools.server.models()
        except RequestFailed as error:
            names, self._trouble = [], error.failure.title
        if self._is_closed:
            return
        if names:
            self._side.list_models(names)
            self._ask_of(self._model or first_choice(names))
        self._show_model()
        self._tick()
        await asyncio.to_thread(warm_markdown)
        with suppress(RilletError):
            await self._accounts.warm(self._model, self._tools.server.announced)

    def _show_model(self) -> None:
        place = self._settings.source.name
        self._side.show_model(self._model, f"✗ {self._trouble}" if self._trouble else place)
        self.query_one(TitleLine).model = f"{self._model} · {place}" if self._model else place
        self._show_system()

    def _path_changed(self) -> None:
        """Offer the keys that make sense after what is shown now, and count it."""
        answer = self.conversation.last_answer
        keys = offers(answer) if answer is not None and not self._is_busy else ()
        self.query_one(KeyLine).offered = keys
        self._prompt.offer(keys)
        self.query_one(TitleLine).subject = self._keeping.title or self.conversation.title
        self._show_system()
        self._entitle()
        self._outlook.touch()

    # Looking

    def _tick(self) -> None:
        """Bring clocks and counts up to date; with nothing going on, stop looking."""
        if self._is_closed:
            return
        progress, is_behind = self._tools.server.progress, self._look_at_meter()
        is_still = not (progress or self._is_busy or is_behind)
        if is_still:
            self._settle()
        standing = Standing()
        if progress or self._trouble:
            standing = Standing(sign="◌" if progress else "✗", words=progress or self._trouble)
        spent: Spent | None = self._accounts.spent
        if self._exchange is not None:
            now, is_drawing = self._tools.clock(), self._feed.is_behind
            standing = self._exchange.standing(now, progress, is_drawing)
        self._side.show_turn(standing, spent)
        self._prompt.border_title = Content(EDITING if self._edited else standing.line)
        self._show_below()
        self._entitle()
        if is_still:
            self._ticker.pause()

    @on(Foreseen)
    def show_budget(self, event: Foreseen) -> None:
        """Show what the next prompt would cost."""
        self._accounts.budget = event.budget
        self._side.show_budget(event.budget)
        self._show_below()

    @on(ImagePanel.Changed)
    def take_note(self, event: ImagePanel.Changed) -> None:
        """Other images go with the next prompt."""
        self._accounts.images = event.images
        self._judge()
        self._outlook.touch()
        self._show_below()

    @on(Log.Moved)
    def _show_below(self) -> None:
        """What the prompt's frame says: rows below the view, tokens where there is no panel."""
        said = []
        if not self._log.is_following:
            below = self._log.rows_below
            rows = "1 row" if below == 1 else f"{below:,} rows"
            said.append(f"↓ {rows} below, End follows")
        if self.has_class("-narrow"):
            if count := len(self._side.images):
                said.append(f"▣ {count} image{'s' if count > 1 else ''}")
            has_room = self._log.is_following and not self._is_busy
            has_turn = self._exchange is not None
            said += self._accounts.lines(has_turn=has_turn, has_room=has_room)
        self._prompt.border_subtitle = Content(" · ".join(said))

    def on_resize(self, event: Resize) -> None:
        """The side folds away where there is no room for it."""
        self.set_class(event.size.width < NARROW, "-narrow")
        self.set_class(event.size.width >= BROAD, "-broad")
        self.set_class(event.size.height < SHORT, "-short")
        self._show_below()

    @on(DescendantFocus)
    def offer_keys(self) -> None:
        """The keys that are offered follow the focus."""
        place = Place.PROMPT if self._prompt.has_focus else Place.PANELS
        if self.query_one(ImageList).has_focus:
            place = Place.IMAGES
        if self.query_one(SearchField).has_focus_within:
            place = Place.SEARCH
        if self.focused is not None and self.focused.id == "queue":
            place = Place.QUEUE
        self.query_one(KeyLine).place = Place.LOG if self._log.has_focus else place

    # Commands

    def action_stop(self) -> None:
        """Esc: close what is open, cancel the reply; with none, go back to the prompt."""
        if self.leave():
            return
        if self._is_busy and self._exchange is not None:
            self._exchange.stop()
            return
        if self.leave_edit():
            return
        self.remove_class("-side")
        self._prompt.focus()

    async def action_model(self) -> None:
        """Open the model panel."""
        self._open_side()
        await self._side.open_model()
        if self._trouble:
            self._warm_up()

    def action_images(self) -> None:
        """Open the image panel."""
        self._open_side()
        self._side.open_images()

    def action_side(self) -> None:
        """Show or hide the side."""
        self.toggle_class("-side" if self.has_class("-narrow") else "-no-side")
        self._prompt.focus()

    def _open_side(self) -> None:
        self.set_class(self.has_class("-narrow"), "-side")
        self.remove_class("-no-side")

    def action_help(self) -> None:
        """Show the keys."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    # What the widgets say

    @on(ModelPanel.Chosen)
    def change_model(self, event: ModelPanel.Chosen) -> None:
        """Ask another model from now on."""
        self._ask_of(event.model)
        self._show_model()
        self._outlook.touch()
        self.remove_class("-side")
        self._prompt.focus()

    @on(Prompt.Scroll)
    def scroll_log(self, event: Prompt.Scroll) -> None:
        """A key of the conversation was pressed in the prompt."""
        self._log.move(event.way)

    @on(Log.Typed)
    def type_on(self, event: Log.Typed) -> None:
        """A letter typed over the log belongs to the prompt."""
        self._prompt.take_key(event.character)
