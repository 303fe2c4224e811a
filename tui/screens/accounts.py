"""All that is counted: the turn under way, the conversation so far, and the next prompt."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tui.core.budget import Budget
from tui.core.catalog import Catalog, Profile
from tui.core.conversation import Conversation
from tui.core.cost import Cost, cost
from tui.core.images import Image
from tui.core.ledger import Ledger
from tui.core.prompt_tokens import PromptCounter
from tui.core.settings import Settings
from tui.core.vocabulary import encoding_of
from tui.meter import Load, Meter
from tui.screens.outlook import Next, Outlook
from tui.widgets.token_panel import Spent


class Accounts:
    """What the chat asks about tokens, and tells of what they depend on."""

    def __init__(self, settings: Settings, load: Load) -> None:
        self._settings = settings
        self._load = load
        self._catalog = Catalog(settings.models, host=settings.host, is_billed=settings.is_billed)
        counter = PromptCounter()
        self.meter = Meter(load, self._catalog, counter)
        """Counts the turn under way."""
        self.outlook = Outlook(load, self._catalog, counter)
        """Counts the next prompt."""
        self.images: tuple[Image, ...] = ()
        """The images of the next prompt."""
        self.budget: Budget | None = None
        """What the next prompt would cost, when it was last counted."""

    def heed(self, settings: Settings) -> None:
        """Go on with other settings."""
        self._settings = settings
        self._catalog.overrides = settings.models
        self.outlook.touch()

    def another_meter(self) -> Meter:
        """Counts a turn beside others that are under way at the same time."""
        return Meter(self._load, self._catalog, PromptCounter())

    async def warm(self, model: str, announced: Mapping[str, Profile]) -> None:
        """The start is over: load the tokenizer that is needed, count the next prompt."""
        self._catalog.announced = announced
        self.outlook.open()
        encoding, _ = encoding_of(model, self._catalog.profile(model))
        await asyncio.to_thread(self._load, encoding)
        self.outlook.touch()

    def next(self, model: str, talk: Conversation, draft: str) -> Next:
        """The next prompt, as it stands."""
        longest = self._settings.options_for(model, talk.options).max_tokens
        return Next(model, talk.sent, draft, self.images, longest)

    def recall(self, talk: Conversation) -> None:
        """Another conversation is open: what its answers took."""
        ledger = Ledger()
        for message in talk.messages:
            turns = [*(seam.provenance for seam in message.seams), message.provenance]
            for turn in turns:
                if turn is not None and turn.count is not None:
                    profile = self._catalog.profile(turn.served or turn.asked)
                    ledger = ledger.with_turn(turn.count, cost(turn.count, profile))
        self.meter.clear(ledger)

    @property
    def spent(self) -> Spent:
        """What the turn under way and the conversation took."""
        count, ledger = self.meter.count, self.meter.ledger
        if not self._settings.shows_cost:
            return Spent(count, all=replace(ledger, cost=None))
        return Spent(count, self.meter.cost, ledger, self._settings.is_billed)

    def cost_of(self, meter: Meter) -> Cost | None:
        """What the turn costs that a meter counts, where that is known and to be shown."""
        return meter.cost if self._settings.shows_cost else None

    def sees(self, model: str) -> bool | None:
        """Whether a model takes images; None where nobody says."""
        return self._catalog.profile(model).sees

    def lines(self, *, has_turn: bool, has_room: bool) -> Iterator[str]:
        """The tokens of the next turn, where there is room or something is wrong; of the last."""
        if self.budget is not None and (has_room or self.budget.warning):
            yield self.budget.line
        if has_turn:
            yield self.meter.count.line
