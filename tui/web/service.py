"""uvicorn: listens, serves, and ends in an orderly way.

SIGINT and SIGTERM begin the end: nothing new is taken, what runs has `grace` seconds to finish,
and is then broken off with a last event that says so. A second signal does not wait.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import uvicorn

from tui.core.hosts import is_loopback
from tui.web.app import bridge
from tui.web.desk import Desk
from tui.web.guard import Rules
from tui.web.hurry import Hurried

LAST_WORDS = 5.0
"""Seconds that readers have to take the last events."""

BACKLOG = 256


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen."""

    host: str = "127.0.0.1"
    """The address."""

    port: int = 0
    """The port; 0 is a free one."""

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        is_any = self.host in ("", "0.0.0.0", "::")
        return not is_any and is_loopback(
            f"//{f'[{self.host}]' if ':' in self.host else self.host}"
        )


class Service:
    """The bridge, listening; an async context manager."""

    def __init__(
        self,
        desk: Desk,
        rules: Rules,
        place: Place,
        log: Callable[[str], None],
        tell: Callable[[str], None],
        grace: float = 5.0,
    ) -> None:
        """Listens once it is entered.

        Args:
            desk: What requests share.
            rules: Who may ask.
            place: Where to listen.
            log: Gets a line for each request.
            tell: Gets what went wrong in Rillet itself.
            grace: Seconds that running answers have to finish, after a signal.
        """
        self.url = ""
        """Where it listens, such as `http://127.0.0.1:8765`; set once it does."""
        self._desk, self._place, self._grace = desk, place, grace
        config = uvicorn.Config(
            bridge(desk, rules, log, tell),
            http=Hurried,
            lifespan="off",
            ws="none",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=int(LAST_WORDS),
        )
        self._server = _Server(config)
        self._serving: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Listen.

        Raises:
            OSError: The address or the port cannot be used.
        """
        listening = _listening(self._place)
        host, port = listening.getsockname()[:2]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self._serving = asyncio.create_task(self._server.serve([listening]))
        await self._server.has_started.wait()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._serving is not None
        self._desk.leave()
        self._desk.stop_all()
        self._server.should_exit = True
        await self._serving
        await self._desk.server.aclose()

    async def until_signal(self) -> None:
        """Serve until SIGINT or SIGTERM, and until what runs then has ended or had its time."""
        loop, asked = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, asked.set)
        await asked.wait()
        self._desk.leave()
        asked.clear()
        ways = {asyncio.create_task(self._desk.idle()), asyncio.create_task(asked.wait())}
        _, waiting = await asyncio.wait(
            ways, timeout=self._grace, return_when=asyncio.FIRST_COMPLETED
        )
        for way in waiting:
            way.cancel()


class _Server(uvicorn.Server):
    """uvicorn's server, without its handlers of signals: they would end the process by them."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.has_started = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.has_started.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listening(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    # With its protocol named: without, asyncio leaves Nagle's algorithm on, which costs 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((place.host, place.port))
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening
