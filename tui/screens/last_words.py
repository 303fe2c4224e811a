"""Everything that was said and typed, for the moment in which Rillet cannot go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.conversation import Conversation, Message
from tui.core.deltas import Outcome
from tui.core.transcript import in_markdown

if TYPE_CHECKING:
    from tui.screens.exchange import Exchange
    from tui.screens.feed import Feed


def last_words(
    conversation: Conversation, exchange: Exchange | None, feed: Feed, draft: str
) -> str:
    """The conversation as Markdown, with the words that came and were not shown yet."""
    messages = conversation.path
    if exchange is not None:
        running, kept = heard(exchange, feed), conversation.last_answer
        is_kept = kept is not None and kept.text == running.text
        has_words = running.text or running.reasoning or running.refusal or running.tool_calls
        if has_words and not is_kept:
            messages = (*messages, running)
    return in_markdown(messages, draft)


def heard(exchange: Exchange, feed: Feed) -> Message:
    """The answer with all that came of it, also what was not shown yet."""
    reply = exchange.reply
    for delta, now in feed.waiting:
        reply.take(delta, now)
    return Message(
        id=0,
        role="assistant",
        text=exchange.text,
        model=reply.model,
        reasoning=reply.reasoning,
        refusal=reply.refusal,
        tool_calls=tuple(reply.tool_calls.values()),
        outcome=Outcome.INTERRUPTED,
    )
