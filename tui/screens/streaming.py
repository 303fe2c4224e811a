"""A request on its way: the chat sends one at a time, a comparison several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from tui.core.conversation import Conversation, Message
from tui.core.deltas import Finished
from tui.core.levels import Wanted
from tui.core.provenance import Provenance
from tui.core.request import Request
from tui.core.settings import Settings
from tui.markdown.pieces import Piece
from tui.meter import Meter
from tui.screens.feed import Feed
from tui.screens.tools import Tools

if TYPE_CHECKING:
    from tui.screens.exchange import Began, Exchange

Heading = Callable[[Message], Sequence[Piece]]
"""Says who answers."""


def began(
    settings: Settings,
    tools: Tools,
    talk: Conversation,
    model: str,
    answer: Message,
    heading: Heading,
    *,
    continues: bool = False,
) -> Began:
    """What is known of a turn before anything of it has come.

    Args:
        settings: Say who is asked, and for what.
        tools: Have the clocks.
        talk: The conversation on the path that is sent.
        model: Who is asked.
        answer: The answer as it stands.
        heading: Says who answers.
        continues: Whether the rest of the answer is asked for.
    """
    from tui.screens.exchange import Began

    wanted = Wanted(settings.levels, talk.options)
    options = wanted.options_for(model)
    known = Provenance(
        endpoint=settings.address,
        asked=model,
        system=talk.system,
        options=options,
        began=tools.now().timestamp(),
    )
    request = Request(model, talk.sent, options, continues=continues, wanted=wanted)
    return Began(request, answer, known, tools.clock(), heading)


async def pour(
    settings: Settings, tools: Tools, exchange: Exchange, meter: Meter, feed: Feed
) -> None:
    """Ask, and add what comes to the feed; nothing else is touched."""
    from tui.turn import turn

    stream = turn(tools.server, exchange.request, settings.patience, exchange.stop)
    async with aclosing(stream) as deltas:
        async for delta in deltas:
            feed.add(await meter.explained(delta) if isinstance(delta, Finished) else delta)
