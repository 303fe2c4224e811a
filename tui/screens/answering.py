"""One model's answer among several: it streams into a column, is counted, and is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.conversation import Conversation, Message
from tui.core.phase import NextKey, offers
from tui.core.settings import Settings
from tui.keeping import Keeping
from tui.markdown.pieces import Piece
from tui.screens.accounts import Accounts
from tui.screens.exchange import Exchange
from tui.screens.feed import Feed
from tui.screens.last_words import heard
from tui.screens.streaming import began, pour
from tui.screens.tools import Tools
from tui.widgets.column import Column
from tui.widgets.entry import Entry
from tui.widgets.token_panel import Spent

if TYPE_CHECKING:
    from textual.worker import Worker


@dataclass(frozen=True, slots=True)
class Around:
    """What a comparison is given of the chat that it belongs to."""

    settings: Settings
    """Say who is asked, and for what."""

    tools: Tools
    """The world outside."""

    keeping: Keeping
    """Keeps the conversation."""

    accounts: Accounts
    """Knows prices and tokenizers."""

    model: str
    """The model of the chat, which is kept with the conversation."""

    copy: Callable[[str], Worker[None]]
    """Copies a text and says by which way."""

    ended: Callable[[Exchange], None]
    """Is told of every answer that has ended."""


class Answering:
    """Takes what comes of one model's answer, a frame at a time."""

    def __init__(self, around: Around, column: Column, feed: Feed) -> None:
        self.column = column
        """Where it is shown."""
        self.feed = feed
        """What came and is not shown yet."""
        self.meter = around.accounts.another_meter()
        """Counts it."""
        self.asked = column.model
        """The model that is asked."""
        self._around = around
        self._exchange: Exchange | None = None
        self._entry: Entry | None = None

    def begin(self, talk: Conversation, answer: Message, *, continues: bool = False) -> None:
        """Make ready for a turn: a new answer, or the rest of this one.

        Args:
            talk: The conversation on the path that is sent.
            answer: The answer as it stands.
            continues: Whether the rest of it is asked for.
        """
        from tui.markdown.growing import GrowingMarkdown

        settings, tools = self._around.settings, self._around.tools
        if continues and self._entry is not None:
            self._entry.reopen(GrowingMarkdown())
        else:
            self._entry = Entry(answer.id, (), GrowingMarkdown())
        known = began(settings, tools, talk, self.asked, answer, self._name, continues=continues)
        self._exchange = Exchange(known, self._entry, self.meter)
        self.column.log_of_words.show([self._entry])

    def _name(self, answer: Message) -> Sequence[Piece]:
        """Who answers is said above the column, and not in it."""
        self.column.model = answer.model
        return ()

    @property
    def exchange(self) -> Exchange:
        """The turn under way, or the last one."""
        assert self._exchange is not None, "nothing was asked yet"
        return self._exchange

    @property
    def answer(self) -> Message:
        """The answer as it stands."""
        return self.exchange.answer

    @property
    def is_over(self) -> bool:
        """Whether the turn has ended."""
        return self.exchange.is_over

    @property
    def can_continue(self) -> bool:
        """Whether the answer was cut and has a rest to ask for."""
        return self.is_over and NextKey.CONTINUE in offers(self.answer)

    async def pour(self) -> None:
        """Ask, and add what comes to the feed."""
        settings, tools = self._around.settings, self._around.tools
        await pour(settings, tools, self.exchange, self.meter, self.feed)

    def take(self, among: int) -> bool:
        """Show what came since the last frame; tells whether the turn has ended by that.

        Args:
            among: How many answers share the time of the frame.
        """
        if self.is_over or not self.feed.is_behind:
            return False
        exchange = self.exchange
        for came in self.feed.slices(among):
            said = exchange.take(came)
            self._around.keeping.hear(exchange.answer.id, said.text, said.reasoning)
        if exchange.is_over:
            exchange.conclude()
        self.column.log_of_words.grown(exchange.entry)
        return exchange.is_over

    def settle(self) -> bool:
        """Say what it took once all is counted; tells whether it was said just now."""
        if not self.is_over or self.meter.is_behind or not self.meter.close():
            return False
        self.exchange.tell(self.meter.count)
        self.column.log_of_words.grown(self.exchange.entry)
        return True

    def look(self, now: float) -> None:
        """Bring clocks and counts of the column up to date."""
        accounts, settings = self._around.accounts, self._around.settings
        progress, count = self._around.tools.server.progress, self.meter.count
        standing = self.exchange.standing(now, progress, self.feed.is_behind)
        is_billed = settings.is_billed and settings.shows_cost
        self.column.show(standing, Spent(count, accounts.cost_of(self.meter), is_billed=is_billed))

    def last_words(self) -> Message:
        """The answer with what came of it and is not shown yet."""
        return self.answer if self.is_over else heard(self.exchange, self.feed)
