"""Where a turn stands and how it can end: the one table of both.

    IDLE -> CONNECTING -> WAITING -> STREAMING -> ENDED
                   |         ^ |
                   |         | v
                   |       RETRYING
                   +-----------------------------> ENDED

What the finish panel says, which keys are offered and with which code `ask` exits are read
from here. An ending is told by its words and its sign, never by a colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tui.core.commands import Place, commands
from tui.core.conversation import Message
from tui.core.deltas import Outcome
from tui.core.errors import Kind


class Phase(Enum):
    """Where a turn stands; the value is how it is said."""

    IDLE = "ready"
    CONNECTING = "starting"
    WAITING = "waiting for the first word"
    RETRYING = "asking again"
    STREAMING = "streaming"
    ENDED = "ended"

    @property
    def is_busy(self) -> bool:
        """Whether a turn is under way, so that Esc cancels it."""
        return self not in (Phase.IDLE, Phase.ENDED)


class NextKey(Enum):
    """A key that is sensible after an answer: the command's action, and what it does."""

    CONTINUE = ("go_on", "continues")
    AGAIN = ("again", "asks again")
    WITHOUT_IMAGES = ("without_images", "asks without images")

    @property
    def letter(self) -> str:
        """The key in the conversation, as people write it; empty where there is none."""
        here = (each.short for each in commands(Place.LOG) if each.action == self.action)
        return next(here, "")

    @property
    def action(self) -> str:
        """The command's action."""
        return self.value[0]

    @property
    def words(self) -> str:
        """What it does, as a verb."""
        return self.value[1]


BOTH = (NextKey.CONTINUE, NextKey.AGAIN)


@dataclass(frozen=True, slots=True)
class Ending:
    """How one way of ending is told."""

    sign: str
    """One cell that stands for it."""

    words: str
    """A short line, for the message and the finish panel."""

    is_complete: bool = False
    """Whether the answer is all that the model had to say."""

    offers: tuple[NextKey, ...] = (NextKey.AGAIN,)
    """The sensible next keys, the most sensible first."""


COMPLETE = Ending("✓", "complete", is_complete=True, offers=())
CUT = Ending("✂", "cut at the token limit", offers=BOTH)
EMPTY = Ending("∅", "ended without a word")
REFUSED = Ending("⊘", "the model declined", is_complete=True)
FILTERED = Ending("⊘", "stopped by the content filter")
BROKEN_OFF = Ending("!", "cut off: the server broke the answer off", offers=BOTH)
LEFT = Ending("!", "cut off before its end", offers=BOTH)
CALLS = Ending("→", "asks for a tool to be called", is_complete=True)

BY_OUTCOME = {
    Outcome.CANCELLED: Ending("■", "cancelled by you", offers=BOTH),
    Outcome.INTERRUPTED: Ending("!", "cut off: the connection closed early", offers=BOTH),
    Outcome.STALLED: Ending("…", "stalled: the server fell silent", offers=BOTH),
    Outcome.FAILED: Ending("✗", "failed", offers=BOTH),
}

BY_REASON = {
    "": Ending("✓", "complete (the server gave no reason)", is_complete=True, offers=()),
    **dict.fromkeys(
        ("stop", "eos", "eos_token", "end_turn", "stop_sequence", "complete"), COMPLETE
    ),
    **dict.fromkeys(("length", "max_tokens", "max_output_tokens", "model_length"), CUT),
    "model_context_window_exceeded": CUT,
    **dict.fromkeys(("content_filter", "content_filtered", "sensitive", "safety"), FILTERED),
    **dict.fromkeys(("recitation", "prohibited_content", "blocklist", "spii"), FILTERED),
    **dict.fromkeys(("image_safety", "error_toxic", "guardrail_intervened"), FILTERED),
    **dict.fromkeys(("tool_calls", "tool_call", "tool_use"), CALLS),
    "function_call": Ending("→", "asks for a function to be called", is_complete=True),
    "refusal": REFUSED,
    **dict.fromkeys(("insufficient_system_resource", "network_error"), BROKEN_OFF),
    **dict.fromkeys(("abort", "aborted"), BROKEN_OFF),
}
"""OpenAI's words, and those of servers that keep their own: Anthropic, Cohere, DeepSeek, Gemini,
Mistral, text-generation-inference, vLLM, Zhipu; in small letters. `tests/streams` has each."""

EXIT_CODES = {
    Outcome.FINISHED: 0,
    Outcome.CANCELLED: 130,
    Outcome.INTERRUPTED: 1,
    Outcome.STALLED: 1,
    Outcome.FAILED: 1,
}


def offers(answer: Message) -> tuple[NextKey, ...]:
    """The sensible next keys after this answer; what has no words cannot be continued."""
    if answer.failure is not None and not answer.failure.can_help_again:
        return ()
    keys = ending(answer).offers
    if answer.failure is not None and answer.failure.kind is Kind.IMAGES:
        keys = (NextKey.WITHOUT_IMAGES, *keys)
    if answer.text.strip():
        return keys
    return tuple(key for key in keys if key is not NextKey.CONTINUE)


def ending(answer: Message) -> Ending:
    """How the answer ended; a finish reason that nobody knows is told in its own word."""
    if answer.outcome is Outcome.INTERRUPTED and answer.failure is None:
        return LEFT  # no connection broke: Rillet ended, or another window still hears it
    if answer.outcome is not Outcome.FINISHED:
        return BY_OUTCOME[answer.outcome]
    known = BY_REASON.get(answer.reason.lower())
    if known is None:
        return Ending("?", f"ended: {answer.reason}", is_complete=True)
    if not known.is_complete or known.sign == "→" or known is REFUSED:
        return known
    if answer.refusal:
        return REFUSED
    if answer.tool_calls and not answer.text.strip():
        return CALLS  # some servers say `stop` after a call
    return known if answer.text.strip() else EMPTY
