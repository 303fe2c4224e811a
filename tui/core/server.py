"""The seam between a turn and whatever answers it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from tui.core.catalog import Profile
from tui.core.continuing import Way
from tui.core.request import Request


class Answer(Protocol):
    """A response whose status was good and whose body is still to come."""

    @property
    def content_type(self) -> str:
        """What the server says the body is."""
        ...

    @property
    def way(self) -> Way:
        """How the rest of an answer was asked for, where the request continues one."""
        ...

    @property
    def sent(self) -> Mapping[str, object]:
        """The body of the request as it was sent."""
        ...

    @property
    def request_id(self) -> str:
        """The server's name for the request; empty where it gives none."""
        ...

    def pieces(self) -> AsyncGenerator[bytes]:
        """The body as it arrives, in small pieces; RequestFailed when the connection breaks."""
        ...


class Server(Protocol):
    """Somewhere that answers requests."""

    progress: str
    """What its start-up is doing, in words; empty once it is up."""

    @property
    def announced(self) -> Mapping[str, Profile]:
        """What it said of its models, by their names, when they were last listed."""
        ...

    async def ready(self) -> None:
        """Wait until requests can be sent; RequestFailed when that will not be."""
        ...

    async def models(self) -> list[str]:
        """The names it lists; RequestFailed when it lists none."""
        ...

    def answer(self, request: Request) -> AbstractAsyncContextManager[Answer]:
        """Send the request; leaving the context closes the connection."""
        ...

    async def aclose(self) -> None:
        """Close everything that is open."""
        ...
