"""Where replies come from, made ready to be asked."""

from __future__ import annotations

from tui.core.server import Server
from tui.core.settings import Embedded, Endpoint, Settings
from tui.edge.child import ChildServer
from tui.edge.client import Client
from tui.edge.hosted import Hosted
from tui.edge.local import engine


def server_for(settings: Settings) -> Server:
    """The server that the settings name; a child process is not started before its first use."""
    match settings.source:
        case Endpoint() as endpoint:
            return Client(endpoint, settings.patience.connect)
        case Embedded(gguf):
            return Hosted(engine(gguf))
        case _:
            return Hosted(ChildServer("tui.edge.demo"))
