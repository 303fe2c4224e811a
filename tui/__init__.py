"""Rillet: a chat that streams, in your terminal.

The floors, from the top; each imports only those below it:

    cli         which command is meant, and what is said where it cannot be carried out
    commands    arguments -> settings -> the app, or a command without one
    app, ask    the two faces: a screen, and a pipe or a scrollback; for pipes too, tally
                counts, and shelf lists, exports and imports; beside them, arguments (the
                grammar, and what shells complete by it), settings, and
                flagged (what flags say of parameters)
    web         the third face: a page, server-sent events, an OpenAI-compatible endpoint
    streaming   the library: what a program of yours imports from here
    screens     chat (the conductor), help
    widgets     prompt, log, panels; what is seen
    turn        the spine: a server and a request in, deltas out, the last one Finished; beside
                it, keeping (a conversation and its place in the store) and meter (its tokens)
    markdown    growing text -> rows of styled spans
    stop        how a wait ends: by Esc or by silence
    edge        network, disk, environment, clipboard: client, embedded engine, demo server
    core        values and pure functions

The one way through, each arrow one file:

    key -prompt-> Submitted -chat-> Request -client-> bytes -sse-> events -chunks-> deltas
        -turn-> feed (one batch a frame) -exchange-> log (seen) + reply (said) + meter (counted)
        Finished -chat-> Conversation.answered -> finish panel

What a program of yours takes from here is in `__all__`; it is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.core.deltas import (
        Accepted,
        Delta,
        Finished,
        Outcome,
        Reasoning,
        Refusal,
        Remark,
        Retrying,
        Served,
        Text,
        ToolCall,
        Usage,
    )
    from tui.core.errors import Failure, RilletError, UsageError
    from tui.core.settings import Patience
    from tui.streaming import sse, stream_reply, stream_reply_sync

__version__ = "0.1.0"

__all__ = [
    "Accepted",
    "Delta",
    "Failure",
    "Finished",
    "Outcome",
    "Patience",
    "Reasoning",
    "Refusal",
    "Remark",
    "Retrying",
    "RilletError",
    "Served",
    "Text",
    "ToolCall",
    "Usage",
    "UsageError",
    "__version__",
    "sse",
    "stream_reply",
    "stream_reply_sync",
]

_HOMES = {
    **dict.fromkeys(("Failure", "RilletError", "UsageError"), "tui.core.errors"),
    **dict.fromkeys(("sse", "stream_reply", "stream_reply_sync"), "tui.streaming"),
    "Patience": "tui.core.settings",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES.get(name, "tui.core.deltas")), name)
    globals()[name] = found
    return found
