"""One question being answered: the reply that grows, its place in the log, its counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import NamedTuple

from tui.core.conversation import Message
from tui.core.counts import Count
from tui.core.deltas import (
    CONTENT,
    Continued,
    Delta,
    Reasoning,
    Refusal,
    Retrying,
    Served,
    Text,
    ToolCall,
    Usage,
)
from tui.core.pace import Pulse
from tui.core.phase import Phase, ending
from tui.core.provenance import Provenance
from tui.core.reply import Reply
from tui.core.request import Request
from tui.core.sanitize import Cleaner
from tui.markdown.pieces import Piece
from tui.meter import Meter
from tui.stop import Stop
from tui.widgets import notice
from tui.widgets.entry import Entry
from tui.widgets.finish_panel import Standing

SIGNS = {Phase.WAITING: "◌", Phase.RETRYING: "↻", Phase.STREAMING: "●", Phase.CONNECTING: "◌"}

SILENCE = 5.0
"""Seconds without content after which a streaming reply is said to be silent."""


@dataclass(frozen=True, slots=True)
class Began:
    """What is known of a turn before anything of it has come."""

    request: Request
    """What is asked."""

    answer: Message
    """The answer as it stands: with words, if the rest of it is asked for."""

    known: Provenance
    """Who is asked, and for what."""

    now: float
    """When, in seconds of a monotonic clock."""

    heading: Callable[[Message], Sequence[Piece]]
    """Says who answers."""


class Said(NamedTuple):
    """Words that came."""

    text: str
    """Those of the answer, or of a refusal."""

    reasoning: str
    """Those of the reasoning."""


class Exchange:
    """Takes the deltas of one turn and brings entry, reply and counts up to date."""

    def __init__(self, began: Began, entry: Entry, meter: Meter) -> None:
        self.request = began.request
        """What was asked."""
        self.entry = entry
        """Where the answer is shown."""
        self.reply = Reply(self.request.model, began.now)
        """What has come."""
        self.stop = Stop()
        """Ends the turn."""
        self._meter = meter
        self._began = began
        self._count: Count | None = None
        self._clean_words, self._clean_thoughts = Cleaner(), Cleaner()
        self._pulse = Pulse()
        if self.request.continues:
            self._show(began.answer.reasoning, began.answer.text)
            entry.foot = notice.continuing()

    @property
    def text(self) -> str:
        """The answer so far."""
        return self._began.answer.text + self.reply.text

    @property
    def answer(self) -> Message:
        """The answer as it stands; with what it began with, if it continues one."""
        began = self._began.answer
        if not self.is_over:
            return began
        known = replace(self._began.known, count=self._count)
        answer = replace(
            self.reply.message(),
            id=began.id,
            parent=began.parent,
            at=began.at,
            provenance=self.reply.provenance(known),
        )
        return began.continued(answer, self.reply.joined) if self.request.continues else answer

    @property
    def is_over(self) -> bool:
        """Whether the turn has ended."""
        return self.reply.finished is not None

    def take(self, deltas: Iterable[tuple[Delta, float]]) -> Said:
        """Take what came, in order, each with its time; gives the words in it."""
        thoughts: list[str] = []
        words: list[str] = []
        calls: list[str] = []
        for delta, now in deltas:
            self.reply.take(delta, now)
            if isinstance(delta, CONTENT):
                self._pulse.beat(
                    now, len(delta.arguments if isinstance(delta, ToolCall) else delta.text)
                )
            match delta:
                case Text(text) | Refusal(text):
                    words.append(text)
                case Reasoning(text):
                    thoughts.append(text)
                case ToolCall(name=name, arguments=arguments):
                    calls.append(name + arguments)
                case Usage():
                    self._meter.report(delta)
                case _:
                    self._turn_to(delta)
        self._meter.feed("".join(thoughts + words + calls))
        self._show("".join(thoughts), "".join(words))
        if calls:
            asked = self.reply.tool_calls.values()
            self.entry.foot = notice.calls(asked, notice.MOST_OF_LIVE_CALL)
        return Said("".join(words), "".join(thoughts))

    def _show(self, thoughts: str, words: str) -> None:
        if thoughts:
            self.entry.thought.text.feed(self._clean_thoughts.feed(thoughts))
        if words:
            self.entry.body.text.feed(self._clean_words.feed(words))
        if thoughts or self.entry.thinking:
            self._show_thinking()

    def _show_thinking(self) -> None:
        reply = self.reply
        end = (self._began.answer.reasoning + reply.reasoning)[-200:]
        is_over = self.is_over or bool(reply.text)
        self.entry.thinking = notice.Thinking(end, reply.thought_s, is_over)

    def _turn_to(self, delta: Delta) -> None:
        match delta:
            case Served(model):
                answer = replace(self._began.answer, model=model)
                self.entry.heading = self._began.heading(answer)
                self.entry.foot = ()
            case Continued():
                self.entry.foot = ()
            case Retrying():
                self.entry.foot = notice.retrying(delta)

    def conclude(self) -> None:
        """The turn has ended: nothing in the entry changes any more."""
        self.entry.thought.text.feed(self._clean_thoughts.flush())
        self.entry.body.text.feed(self._clean_words.flush())
        self.entry.thought.text.finish()
        self.entry.body.text.finish()
        if self.entry.thinking:
            self.entry.unfold(self.entry.is_unfolded or not self.answer.text)
            self._show_thinking()
        self.entry.foot = notice.foot(self.answer)
        self._meter.end()

    def tell(self, count: Count) -> None:
        """Everything is counted: say at the answer what it took."""
        self._count = count
        self.entry.foot = notice.foot(self.answer)

    def standing(self, now: float, progress: str, is_behind: bool) -> Standing:
        """Where the turn stands at `now`, for the panel and the status line.

        Args:
            now: The time, on the clock of the deltas.
            progress: What the server's start-up is doing, if it is.
            is_behind: Whether words have come that are not taken yet, so that none is missing.
        """
        reply, times = self.reply, self.reply.timings
        sign, words = SIGNS.get(reply.phase, "○"), reply.phase.value
        if reply.finished is not None:
            told, failure = ending(reply.message()), reply.finished.failure
            sign, words = told.sign, failure.title if failure else told.words
        elif progress:
            words = progress
        elif reply.phase is Phase.WAITING and (read := reply.prompt_read) and read.per_cent < 100:
            words = f"reading the prompt, {read.per_cent} %"
        elif reply.phase is Phase.RETRYING and reply.again_at > now:
            words = f"again in {ceil(reply.again_at - now)} s, Esc stops"
        elif not is_behind and times.silent_s(now) >= SILENCE:
            words = f"no data for {times.silent_s(now):.0f} s"
        return Standing(
            phase=reply.phase,
            sign=sign,
            words=words,
            first_token_s=times.first_token_s,
            total_s=times.total_s(now),
            tokens_per_s=times.tokens_per_s(self._tokens),
            reason=reply.finished.reason if reply.finished else "",
            pulse=self._pulse.bars(now if times.ended is None else times.ended),
        )

    @property
    def _tokens(self) -> int:
        return self._meter.count.best("completion")
