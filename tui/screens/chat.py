"""The chat: the screen that conducts.

It alone holds the conversation and the exchange under way. Messages come up from the widgets,
data goes down to them; the worker that streams only adds deltas to the feed.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing, suppress
from typing import ClassVar

from textual import on, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus, Resize

from tui.core.commands import Place, commands
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Finished
from tui.core.errors import RequestFailed, RilletError
from tui.core.models import first_choice
from tui.core.phase import NextKey, offers
from tui.core.request import Request
from tui.core.sanitize import clean
from tui.core.settings import Settings
from tui.markdown.passage import Passage
from tui.markdown.plain import plain
from tui.screens.accounts import Accounts
from tui.screens.exchange import Exchange
from tui.screens.feed import DeltasCame, Feed
from tui.screens.last_words import last_words
from tui.screens.outlook import Foreseen, Next
from tui.screens.reading import ReadingScreen
from tui.screens.tools import Tools, warm_markdown
from tui.turn import turn
from tui.widgets import notice
from tui.widgets.entry import Entry
from tui.widgets.finish_panel import Standing
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

SHORT = 31
"""Rows below which the side shows the most needful."""

TICK = 0.1
"""Seconds between two looks at clocks and counts while a reply is under way."""


class ChatScreen(ReadingScreen):
    """One conversation with a model."""

    AUTO_FOCUS = "#prompt"

    # Esc is taken before the focused widget sees it: on the way through that widget and back it
    # would wait, twice, until a flood's drawing lets it through. Ctrl+F is a key of fields too.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            command.key,
            command.action,
            command.name,
            show=False,
            priority=command.action in ("stop", "find"),
        )
        for command in commands(Place.ANYWHERE)
        if command.action and command.action not in ("command_palette", "quit")
    ]

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__()
        self._settings = settings
        self._tools = tools
        self._model = settings.model
        self.conversation = Conversation(settings.system)
        """The conversation as it stands: the one place where it is held."""
        self._exchange: Exchange | None = None
        self._unfolds = False
        self._accounts = Accounts(settings, tools.load)
        self._meter, self._outlook = self._accounts.meter, self._accounts.outlook
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """The line of the title, the conversation, the side, the line of keys."""
        yield TitleLine(id="title")
        with Horizontal(id="middle"):
            yield Log(id="log")
            yield Side(id="side")
        yield SearchField(id="search")
        yield Prompt(id="prompt")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show where we stand; what takes long begins after the first paint."""
        self._feed = Feed(self.post_message, self._tools.clock)
        self._log = self.query_one(Log)
        self._prompt = self.query_one(Prompt)
        self._side = self.query_one(Side)
        self._ticker = self.set_interval(TICK, self._tick, pause=True)
        self._welcome()
        self._show_model()
        self.call_after_refresh(self._warm_up)
        self._foresee()

    async def on_unmount(self) -> None:
        """Leave no connection and no process behind."""
        await self._tools.server.aclose()

    # Starting

    @work(group="start")
    async def _warm_up(self) -> None:
        """Start the server, list its models, load the tokenizer: none of it holds a key."""
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
            self._model = self._model or first_choice(names)
        self._show_model()
        self._tick()
        await asyncio.to_thread(warm_markdown)
        with suppress(RilletError):
            await self._accounts.warm(self._model, self._tools.server.announced)

    def _show_model(self) -> None:
        place = self._settings.source.name
        self._side.show_model(self._model, f"✗ {self._trouble}" if self._trouble else place)
        self.query_one(TitleLine).model = f"{self._model} · {place}" if self._model else place

    # Asking

    @on(Prompt.Submitted)
    def ask(self, event: Prompt.Submitted) -> None:
        """Send the prompt with its images; one at a time."""
        if self._is_busy:
            self.notify("A reply is under way. Esc cancels it; your text stays.", markup=False)
            return
        self.conversation = self.conversation.asked(event.text, self._side.take_images())
        self._prompt.remember(event.text)
        self._prompt.text = ""
        self._show_question()
        self._answer()

    def _welcome(self) -> None:
        self._log.show([Entry(0, notice.welcome(self._settings.source), Passage())])

    def _show_question(self) -> None:
        question = self.conversation.messages[-1]
        if question.id == 1:
            self._log.clear()
        words = Passage.stored(clean(question.text), plain)
        self._log.add(Entry(question.id, notice.asked_by_you(question.images, self._time), words))
        self._log.move("end")
        self.query_one(TitleLine).subject = self.conversation.title

    def _answer(self) -> None:
        """Ask for an answer to the conversation as it stands, in a message of its own."""
        from tui.markdown.growing import GrowingMarkdown

        heading = notice.answered_by(self._model, self._time)
        entry = Entry(self.conversation.next_id, heading, GrowingMarkdown())
        entry.unfold(self._unfolds)
        self._log.add(entry)
        self._begin(entry)

    def _begin(self, entry: Entry, began: Message | None = None) -> None:
        """Start a turn whose words go into the entry, after those with which it began."""
        request = Request(
            self._model,
            self.conversation.sent,
            self._settings.options,
            continues=began is not None,
        )
        at = self._exchange.at if began and self._exchange else self._time
        self._exchange = Exchange(request, entry, self._meter, self._tools.clock(), began, at)
        keys = self.query_one(KeyLine)
        keys.is_busy, keys.offered = True, ()
        self._prompt.offer(())
        self._ticker.resume()
        self._count(request)
        self._stream(self._exchange)

    @work(group="count", exclusive=True)
    async def _count(self, request: Request) -> None:
        try:
            await self._meter.begin(request.model, request.messages)
        except RilletError as error:
            self.notify(str(error), severity="warning", markup=False)
        self._tick()

    @work(group="turn")
    async def _stream(self, exchange: Exchange) -> None:
        """The worker: it adds deltas to the feed and touches nothing else."""
        server, patience = self._tools.server, self._settings.patience
        async with aclosing(turn(server, exchange.request, patience, exchange.stop)) as deltas:
            async for delta in deltas:
                if isinstance(delta, Finished):
                    delta = await self._meter.explained(delta)
                self._feed.add(delta)

    @on(DeltasCame)
    def draw(self) -> None:
        """Show what came since the last frame, as far as there is time for it."""
        began, exchange = time.perf_counter(), self._exchange
        if exchange is not None and self._is_busy and not self._is_closed:
            for came in self._feed.slices():
                exchange.take(came)
            if exchange.is_over:
                self._conclude(exchange)
            self._log.grown(exchange.entry)
        self.call_after_refresh(self._drawn, began)

    def _drawn(self, began: float) -> None:
        self._feed.drawn(time.perf_counter() - began)

    def _conclude(self, exchange: Exchange) -> None:
        """The turn has ended: keep the answer, say how it ended, offer the next key."""
        exchange.conclude()
        answer, talk = exchange.answer, self.conversation
        is_rest = exchange.request.continues
        self.conversation = talk.continued(answer) if is_rest else talk.answered(answer)
        keys = self.query_one(KeyLine)
        keys.is_busy, keys.offered = False, offers(answer)
        self._tick()
        self._prompt.offer(offers(answer))
        self._outlook.touch()

    def last_words(self) -> str:
        """Everything that was said and typed, for when Rillet cannot go on."""
        if not hasattr(self, "_prompt"):
            return ""  # it never got as far as to let anything be said
        return last_words(self.conversation, self._exchange, self._feed, self._prompt.text)

    # Looking

    @property
    def _time(self) -> str:
        """The time of day, for a heading."""
        return f"{self._tools.now():%H:%M}"

    @property
    def _is_busy(self) -> bool:
        return self._exchange is not None and not self._exchange.is_over

    @property
    def _is_closed(self) -> bool:
        """Whether the app is being left: what is in the screen goes before what works for it."""
        return not self.display

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
        spent: Spent | None = None
        if self._exchange is not None:
            now, is_drawing = self._tools.clock(), self._feed.is_behind
            standing = self._exchange.standing(now, progress, is_drawing)
            spent = self._accounts.spent
        self._side.show_turn(standing, spent)
        self._prompt.border_title = Content(standing.line)
        self._show_below()
        if is_still:
            self._ticker.pause()

    def _look_at_meter(self) -> bool:
        """Count what came; gives whether some of it is left for a thread."""
        if self._meter.look():
            self._catch_up()
        return self._meter.is_behind

    @work(group="count on")
    async def _catch_up(self) -> None:
        await self._meter.catch_up()

    def _settle(self) -> None:
        """The turn has ended and everything is counted: say so at its answer, once."""
        if self._exchange is not None and self._meter.close():
            self._exchange.tell(self._meter.count.both)
            self._log.grown(self._exchange.entry)

    @work(group="outlook")
    async def _foresee(self) -> None:
        """The worker: it counts the next prompt, for as long as the screen is there."""
        async for budget in self._outlook.budgets(self._next):
            self.post_message(Foreseen(budget))

    def _next(self) -> Next:
        return self._accounts.next(self._model, self.conversation, self._prompt.text)

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
        self._outlook.touch()

    @on(Prompt.Changed)
    def look_ahead(self) -> None:
        """The next prompt is another one."""
        self._outlook.touch()

    @on(Log.Moved)
    def _show_below(self) -> None:
        """What the prompt's frame says: rows below the view, tokens where there is no panel."""
        said = []
        if not self._log.is_following:
            said.append(f"↓ {self._log.rows_below:,} rows below, End follows")
        if self.has_class("-narrow"):
            has_room = self._log.is_following and not self._is_busy
            has_turn = self._exchange is not None
            said += self._accounts.lines(has_turn=has_turn, has_room=has_room)
        self._prompt.border_subtitle = Content(" · ".join(said))

    def on_resize(self, event: Resize) -> None:
        """The side folds away where there is no room for it."""
        self.set_class(event.size.width < NARROW, "-narrow")
        self.set_class(event.size.height < SHORT, "-short")
        self._show_below()

    @on(DescendantFocus)
    def offer_keys(self) -> None:
        """The keys that are offered follow the focus."""
        place = Place.PROMPT if self._prompt.has_focus else Place.PANELS
        if self.query_one(SearchField).has_focus_within:
            place = Place.SEARCH
        self.query_one(KeyLine).place = Place.LOG if self._log.has_focus else place

    # Commands

    def action_stop(self) -> None:
        """Esc: close what is open, cancel the reply; with none, go back to the prompt."""
        if self.leave():
            return
        if self._is_busy and self._exchange is not None:
            self._exchange.stop()
            return
        self.remove_class("-side")
        self._prompt.focus()

    def action_again(self) -> None:
        """Ask the last question again; what was answered stays."""
        if self._is_busy or not self.conversation.has_question:
            return
        self._set_aside()
        self.conversation = self.conversation.again()
        self._prompt.focus()
        self._answer()

    def action_go_on(self) -> None:
        """Continue the last answer in the same message, if it was cut."""
        from tui.markdown.growing import GrowingMarkdown

        answer = self.conversation.last_answer
        if self._is_busy or self._exchange is None or answer is None:
            return
        if NextKey.CONTINUE not in offers(answer):
            self.notify("The last answer was not cut: there is no rest to ask for.", markup=False)
            return
        entry = self._exchange.entry
        entry.reopen(GrowingMarkdown())
        self._prompt.focus()
        self._begin(entry, answer)
        self._log.grown(entry)

    def _set_aside(self) -> None:
        """The answer so far is replaced: its words stay, a failure without any goes."""
        answer = self.conversation.last_answer
        if answer is None or self._exchange is None:
            return
        if answer.text or answer.reasoning:
            self._exchange.entry.foot = notice.replaced()
            self._log.grown(self._exchange.entry)
        else:
            self._log.drop(self._exchange.entry)

    def action_new(self) -> None:
        """Begin a new conversation; a draft in the prompt stays."""
        if self._is_busy:
            self.notify("A reply is under way. Esc cancels it first.", markup=False)
            return
        self.conversation, self._exchange = Conversation(self._settings.system), None
        self._meter.clear()
        self._outlook.touch()
        self._welcome()
        self.query_one(KeyLine).offered = ()
        self._prompt.offer(())
        self.query_one(TitleLine).subject = ""
        self._tick()
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

    def action_earlier(self) -> None:
        """Focus the message before."""
        self._log.step(-1)

    def action_later(self) -> None:
        """Focus the message after."""
        self._log.step(1)

    def action_unfold(self) -> None:
        """Show or hide the reasoning of the focused message; those to come follow."""
        entry = self._log.focused_entry
        if entry is not None and entry.thinking:
            self._unfold(entry)
        else:
            self.notify("This message came without reasoning.", markup=False)

    def _unfold(self, entry: Entry) -> None:
        self._unfolds = not entry.is_unfolded
        entry.unfold(self._unfolds)
        self._log.grown(entry)

    def action_copy(self) -> None:
        """Copy what is selected, else the code in focus, else the message as it was written."""
        entry = self._log.focused_entry
        text = self.get_selected_text() or self._code or (self._written(entry) if entry else "")
        if text:
            self._copy(text)
        else:
            self.notify("This message has no words to copy.", markup=False)

    def action_copy_source(self) -> None:
        """Copy the messages that something is selected of, else the focused one, as written."""
        texts = [self._written(entry) for entry in self._log.touched]
        if text := "\n\n".join(filter(None, texts)):
            self._copy(text)
        else:
            self.notify("There are no words to copy.", markup=False)

    def action_copy_text(self) -> None:
        """Ctrl+C: copy what is selected, by the same routes."""
        text = self.get_selected_text()
        if not text:
            raise SkipAction
        self._copy(text)

    @work(group="copy")
    async def _copy(self, text: str) -> None:
        copy = self._tools.copy
        route = await asyncio.to_thread(copy, clean(text), self._to_terminal)
        self.notify(route, markup=False)

    def _to_terminal(self, text: str) -> None:
        self.app.call_from_thread(self.app.copy_to_clipboard, text)

    def _written(self, entry: Entry) -> str:
        if self._exchange is not None and self._exchange.entry is entry and self._is_busy:
            return self._exchange.text
        for message in self.conversation.messages:
            if message.id == entry.message:
                return notice.in_full(message)
        return ""

    # What the widgets say

    @on(ModelPanel.Chosen)
    def change_model(self, event: ModelPanel.Chosen) -> None:
        """Ask another model from now on."""
        self._model = event.model
        self._show_model()
        self._outlook.touch()
        self.remove_class("-side")
        self._prompt.focus()

    @on(Prompt.Taken)
    async def take_offer(self, event: Prompt.Taken) -> None:
        """The letter that the ending offers was pressed in the prompt."""
        await self.run_action(event.key.action)

    @on(Prompt.Scroll)
    def scroll_log(self, event: Prompt.Scroll) -> None:
        """A key of the conversation was pressed in the prompt."""
        self._log.move(event.way)

    @on(Log.Typed)
    def type_on(self, event: Log.Typed) -> None:
        """A letter typed over the log belongs to the prompt."""
        self._prompt.take_key(event.character)

    @on(Log.ThinkingClicked)
    def unfold_clicked(self, event: Log.ThinkingClicked) -> None:
        """Show or hide the reasoning that was clicked."""
        self._unfold(event.entry)

    @on(Log.LinkClicked)
    def ask_about_link(self, event: Log.LinkClicked) -> None:
        """Show where a link leads, and open it only when told to."""
        from tui.screens.link import LinkScreen

        self.app.push_screen(LinkScreen(event.target, event.words, self._tools.browse, self._copy))
