"""The reply being written: the only thing that grows.

It takes every delta of a turn, keeps the words in lists (joining costs once, at the end), and
becomes a `Message` when the turn has ended.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tui.core.conversation import Message
from tui.core.deltas import (
    CONTENT,
    Accepted,
    Continued,
    Delta,
    Finished,
    PromptRead,
    Reasoning,
    Refusal,
    Remark,
    Retrying,
    Served,
    Text,
    ToolCall,
    Usage,
)
from tui.core.pace import Timings
from tui.core.phase import Phase
from tui.core.provenance import Provenance, Retry


@dataclass(slots=True)
class Reply:
    """Everything that one turn has brought so far."""

    model: str
    """The model that was asked; the server's own name for it once it says one."""

    asked: float
    """When the request went out, in seconds of a monotonic clock."""

    phase: Phase = Phase.WAITING
    """Where the turn stands."""

    usage: Usage | None = None
    """The server's token counts, once they came."""

    prompt_read: PromptRead | None = None
    """How far the server has read the prompt, if it tells."""

    joined: Continued | None = None
    """How this reply goes on with an earlier one, if it does."""

    finished: Finished | None = None
    """How the turn ended, once it did."""

    retries: list[Retry] = field(default_factory=list)
    """How often the request was sent again, and why."""

    served: Served | None = None
    """What the server says it answers with."""

    request_id: str = ""
    """The server's name for the request."""

    alterations: str = ""
    """What of its body was sent otherwise than it tells."""

    again_at: float = 0.0
    """When the request is sent again, on the clock of `asked`."""

    remarks: list[str] = field(default_factory=list)
    """Sentences about the stream, in their order."""

    tool_calls: dict[int, ToolCall] = field(default_factory=dict)
    """The calls so far, by index."""

    thought_s: float = 0.0
    """Seconds from the first word of the reasoning to the first of the answer."""

    _first: float | None = None
    _last: float | None = None
    _ended: float | None = None
    _thinking_since: float | None = None
    _text: list[str] = field(default_factory=list)
    _reasoning: list[str] = field(default_factory=list)
    _refusal: list[str] = field(default_factory=list)

    @property
    def timings(self) -> Timings:
        """When things happened."""
        return Timings(self.asked, self._first, self._last, self._ended)

    @property
    def text(self) -> str:
        """The answer so far."""
        return _joined(self._text)

    @property
    def reasoning(self) -> str:
        """The reasoning so far."""
        return _joined(self._reasoning)

    @property
    def refusal(self) -> str:
        """The refusal so far."""
        return _joined(self._refusal)

    def take(self, delta: Delta, now: float) -> None:
        """Take the next delta, which came at `now` (seconds of the same clock as `asked`)."""
        if isinstance(delta, CONTENT):
            self.phase = Phase.STREAMING
            self._first = now if self._first is None else self._first
            self._last = now
            if self._thinking_since is not None and not self._text:
                self.thought_s = now - self._thinking_since
        match delta:
            case Text(text):
                self._text.append(text)
            case Reasoning(text):
                self._reasoning.append(text)
                self._thinking_since = now if self._thinking_since is None else self._thinking_since
            case Refusal(text):
                self._refusal.append(text)
            case ToolCall():
                self._take_call(delta)
            case Usage():
                self.usage = delta
            case Accepted(request_id, alterations):
                self.request_id, self.alterations = request_id, alterations
            case PromptRead():
                self.prompt_read = delta
            case Served(model):
                self.model, self.served = model, delta
            case Continued():
                self.joined = delta
            case Remark(text):
                self.remarks.append(text)
            case Retrying(wait=wait, failure=failure):
                self.phase, self.again_at = Phase.RETRYING, now + wait
                self.retries.append(Retry(wait, failure.title))
            case Finished():
                self.phase, self.finished = Phase.ENDED, delta
                self._ended = now

    def _take_call(self, piece: ToolCall) -> None:
        so_far = self.tool_calls.get(piece.index)
        if so_far is None:
            self.tool_calls[piece.index] = piece
            return
        self.tool_calls[piece.index] = ToolCall(
            index=piece.index,
            name=so_far.name + piece.name,
            arguments=so_far.arguments + piece.arguments,
            id=so_far.id or piece.id,
        )

    def provenance(self, known: Provenance) -> Provenance:
        """What is known of the request, with all that this reply tells of it."""
        times, served = self.timings, self.served
        return replace(
            known,
            served=served.model if served else "",
            way=self.joined.way if self.joined else None,
            first_s=times.first_token_s,
            last_s=times.last_s,
            thought_s=self.thought_s,
            total_s=times.total_s(times.asked),
            completion_id=served.id if served else "",
            request_id=self.request_id,
            alterations=self.alterations,
            retries=tuple(self.retries),
            remarks=tuple(self.remarks),
        )

    def message(self) -> Message:
        """The reply as a message of the conversation (the id is given there).

        Raises:
            ValueError: If the turn has not ended.
        """
        if self.finished is None:
            raise ValueError("a reply becomes a message when its turn has ended")
        return Message(
            id=0,
            role="assistant",
            text=self.text,
            model=self.model,
            reasoning=self.reasoning,
            refusal=self.refusal,
            tool_calls=tuple(self.tool_calls.values()),
            outcome=self.finished.outcome,
            reason=self.finished.reason,
            failure=self.finished.failure,
            usage=self.usage,
        )


def _joined(parts: list[str]) -> str:
    """The parts as one text; the list keeps the joined text, so that asking twice is cheap."""
    if len(parts) > 1:
        parts[:] = ["".join(parts)]
    return parts[0] if parts else ""
