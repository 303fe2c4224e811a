"""What the next prompt would cost, counted whenever something that belongs to it has changed.

Everything is counted in a thread: what was said once for each message, of the draft only what was
added, or all of it where it was changed within. Between a change and its count some time passes,
in which further changes are gathered: typing never waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace

from textual.message import Message as Posted

from tui.core.budget import Budget
from tui.core.catalog import Catalog
from tui.core.conversation import Message
from tui.core.errors import RilletError
from tui.core.images import Image
from tui.core.prompt_tokens import PromptCounter, PromptTokens
from tui.core.tokens import GrowingCount, Tokenizer
from tui.core.vocabulary import PER_MESSAGE, encoding_of
from tui.meter import Load

PAUSE = 0.1
"""Seconds in which changes are gathered."""


@dataclass(frozen=True, slots=True)
class Next:
    """What the next prompt is made of."""

    model: str
    """The model that would be asked."""

    messages: tuple[Message, ...]
    """The system prompt, and what was said."""

    draft: str
    """What is not sent yet."""

    images: tuple[Image, ...] = ()
    """The images that go with it."""

    max_tokens: int | None = None
    """The longest answer that is asked for, where one is."""


@dataclass
class Foreseen(Posted, bubble=False):
    """The next prompt was counted."""

    budget: Budget | None
    """What it would cost; None where it is empty."""


class Outlook:
    """Counts the next prompt."""

    def __init__(self, load: Load, catalog: Catalog, counter: PromptCounter) -> None:
        self._load = load
        self._catalog = catalog
        self._counter = counter
        self._draft = Draft()
        self._changed = asyncio.Event()
        self._opened = asyncio.Event()

    def open(self) -> None:
        """The start is over: there is time to load a tokenizer now."""
        self._opened.set()

    def touch(self) -> None:
        """Something that belongs to the next prompt has changed."""
        self._changed.set()

    async def budgets(self, look: Callable[[], Next]) -> AsyncIterator[Budget | None]:
        """What the next prompt would cost, after each change.

        None where it is empty, or where the tokenizer cannot be loaded, which a turn tells.
        """
        await self._opened.wait()
        while True:
            await self._changed.wait()
            await asyncio.sleep(PAUSE)
            self._changed.clear()
            try:
                budget = await asyncio.to_thread(self._counted, look())
            except RilletError:
                budget = None
            yield budget

    def _counted(self, coming: Next) -> Budget | None:
        """The budget of a prompt; runs in a thread, one at a time."""
        if not (coming.messages or coming.images or coming.draft.strip()):
            return None
        profile = self._catalog.profile(coming.model)
        name, is_own = encoding_of(coming.model, profile)
        tokenizer = self._load(name)
        return Budget(
            prompt=self._prompt(coming, name, tokenizer),
            is_own=is_own,
            profile=profile,
            max_tokens=coming.max_tokens,
            has_history=any(message.role != "system" for message in coming.messages),
            has_new_images=bool(coming.images),
        )

    def _prompt(self, coming: Next, encoding: str, tokenizer: Tokenizer) -> PromptTokens:
        """The tokens of what was said, and of the draft as one more message."""
        pictures = Message(-1, "user", "", coming.images)
        messages = (*coming.messages, pictures) if coming.images else coming.messages
        said = self._counter.tokens(messages, coming.model, encoding, tokenizer)
        if not (draft := coming.draft.strip("\n")):
            return said
        tokens = self._draft.count(draft, encoding, tokenizer)
        frame = 0 if coming.images else PER_MESSAGE + 1
        return replace(said, text=said.text + frame + tokens)


class Draft:
    """Counts a text that is mostly added to at its end."""

    def __init__(self) -> None:
        self._text = self._encoding = ""
        self._growing: GrowingCount | None = None

    def count(self, text: str, encoding: str, tokenizer: Tokenizer) -> int:
        """The tokens of the text as it is now."""
        is_longer = encoding == self._encoding and text.startswith(self._text)
        if self._growing is None or not is_longer:
            self._text, self._encoding, self._growing = "", encoding, GrowingCount(tokenizer)
        added, self._text = text[len(self._text) :], text
        return self._growing.take(added)
