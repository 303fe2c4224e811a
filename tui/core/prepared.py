"""A request as a conversation asks it, and what its record says before anything has come."""

from __future__ import annotations

from tui.core.conversation import Conversation
from tui.core.levels import Wanted
from tui.core.provenance import Provenance
from tui.core.request import Request
from tui.core.settings import Settings


def prepared(
    settings: Settings, talk: Conversation, model: str, began: float, *, continues: bool = False
) -> tuple[Request, Provenance]:
    """The next request of a conversation.

    Args:
        settings: Say who is asked, and for what.
        talk: The conversation on the path that is sent.
        model: Who is asked.
        began: When, in seconds since 1970.
        continues: Whether the rest of its last answer is asked for.
    """
    wanted = Wanted(settings.levels, talk.options)
    options = wanted.options_for(model)
    request = Request(model, talk.sent, options, continues=continues, wanted=wanted)
    known = Provenance(
        endpoint=settings.address, asked=model, system=talk.system, options=options, began=began
    )
    return request, known
