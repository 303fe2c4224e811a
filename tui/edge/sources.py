"""Where replies come from, made ready to be asked.

Each way is imported when it is the one that is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.listing import LLAMA_CPP
from tui.core.server import Server
from tui.core.settings import Embedded, Endpoint, Settings

if TYPE_CHECKING:
    from tui.edge.recorder import Recorder


def recorder_for(settings: Settings) -> Recorder | None:
    """What writes the record that was asked for; None where none was.

    Raises:
        UsageError: If it cannot be written.
    """
    if settings.record is None:
        return None
    from tui.edge.recorder import recorder_to

    return recorder_to(settings.record)


def server_for(settings: Settings, recorder: Recorder | None = None) -> Server:
    """The server that the settings name; a child process is not started before its first use."""
    match settings.source:
        case Endpoint() as endpoint:
            from tui.edge.client import Client

            return Client(endpoint, settings.patience.connect, recorder)
        case Embedded(gguf):
            from tui.edge.hosted import Hosted
            from tui.edge.local import engine

            return Hosted(engine(gguf), recorder, LLAMA_CPP)
        case _:
            from tui.edge.child import ChildServer
            from tui.edge.hosted import Hosted

            return Hosted(ChildServer("tui.edge.demo", name="the demo server"), recorder)
