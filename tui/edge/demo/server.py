"""The scripted server: routes, what was asked, and who left before the end.

There is one task for each connection, which reads a request, finds its script and plays it, again
and again. While a script plays, the connection listens: when the client closes its end, the play
is broken off on the spot, be it in the middle of a pause.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Iterable
from types import TracebackType
from typing import Self

from tui.edge.demo import errors
from tui.edge.demo.check import fault
from tui.edge.demo.connection import Connection
from tui.edge.demo.models import by_length, models
from tui.edge.demo.reply import base_name
from tui.edge.demo.script import Act, Asked, Script
from tui.edge.demo.wire import HEAD_LIMIT, Answer, Request, UnreadableError, read_request

_BACKLOG = 256
_FAREWELL = 2.0
_CREATED = 1_700_000_000
_WINDOW = 32_768
"""What its models are said to take, in vLLM's word, so that there is a window to show."""


class DemoServer:
    """An OpenAI-compatible server on a port of this machine whose models follow scripts."""

    base_url: str
    """Where it listens, such as `http://127.0.0.1:8123/v1`; set once it does."""
    asked: list[Asked]
    """Every request that arrived, in order."""
    gone: list[str]
    """The model's name of every answer whose client left before its end."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        key: str = "",
        on_asked: Callable[[Asked], None] | None = None,
        listed: Iterable[str] = (),
        script: Script | None = None,
    ) -> None:
        """Prepare a server; it listens as an async context manager.

        Args:
            host: The address to listen on.
            port: The port, zero for a free one.
            key: The API key that requests must carry, if any.
            on_asked: Called with every request, before it is answered.
            script: What answers everything that is posted, wherever and to whatever model; None
                leaves it to the demo's models.
            listed: The names that are listed where there is such a script.
        """
        self.base_url = ""
        self.asked = []
        self.gone = []
        self._address = (host, port)
        self._key = key
        self._on_asked = on_asked
        self._script = script
        self._models = models() if script is None else dict.fromkeys(listed, script)
        self._facts: dict[str, dict[str, object]] = {}
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        """Listen.

        Raises:
            OSError: The address or the port cannot be used.
        """
        self._server = await asyncio.get_running_loop().create_server(
            lambda: Connection(self._connections, self._serve),
            *self._address,
            backlog=_BACKLOG,
            start_serving=False,
        )
        await self._server.start_serving()
        host, port = self._server.sockets[0].getsockname()[:2]
        self.base_url = f"http://{f'[{host}]' if ':' in host else host}:{port}/v1"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        while self._connections:
            await asyncio.gather(*(connection.abort() for connection in self._connections))
            await asyncio.sleep(0)

    @property
    def models(self) -> list[str]:
        """The names that it lists."""
        return list(self._models)

    def script(self, model: str, script: Script) -> None:
        """Add a model that follows this script, or give a listed one another script."""
        self._models[model] = script

    def describe(self, model: str, **facts: object) -> None:
        """Say more of a model in the list, as other servers do of theirs."""
        self._facts[model] = facts

    async def _serve(self, connection: Connection) -> None:
        try:
            while self._server is not None and await self._serve_one(connection):
                pass
        except (EOFError, ConnectionError):
            pass
        finally:
            connection.writer.close()

    async def _serve_one(self, connection: Connection) -> bool:
        """Answer one request and say whether the connection can carry another."""
        try:
            request = await read_request(connection.reader, connection.writer)
        except UnreadableError as err:
            await self._send_away(connection, err)
            return False
        self.asked.append(request.asked)
        if self._on_asked is not None:
            self._on_asked(request.asked)
        return await self._play(connection, request, self._find(request))

    async def _play(self, connection: Connection, request: Request, script: Script) -> bool:
        answer = Answer(
            connection.writer, reusable=not request.is_last, chunking=request.knows_chunks
        )
        playing = asyncio.create_task(answer.play(script(request.asked)))
        try:
            await asyncio.wait((playing, connection.left), return_when=asyncio.FIRST_COMPLETED)
            if playing.done():
                return playing.result()
        except ConnectionError:
            pass
        finally:
            playing.cancel()
            await asyncio.wait((playing,))
        self.gone.append(str(request.asked.body.get("model", "")))
        return False

    async def _send_away(self, connection: Connection, err: UnreadableError) -> None:
        """Answer a request that was not read to its end.

        To close while it is still being sent would reset the connection, and the client might
        never see the answer (RFC 9112, section 9.6): so the rest is read and forgotten.
        """
        acts = errors.whole(errors.error(str(err)), err.status)
        await Answer(connection.writer, reusable=False, chunking=False).play(acts)
        connection.writer.write_eof()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FAREWELL):
                while await connection.reader.read(HEAD_LIMIT):
                    pass

    def _find(self, request: Request) -> Script:
        asked = request.asked
        if self._key and asked.headers.get("authorization") != f"Bearer {self._key}":
            return errors.wrong_key
        match asked.method, asked.path.partition("?")[0]:
            case "GET", "/v1/models":
                return self._list
            case "POST", _ if self._script is not None:
                return self._script
            case "POST", "/v1/chat/completions":
                return self._model(request) if request.is_object else errors.bad_json
            case _, "/v1/models" | "/v1/chat/completions":
                return errors.wrong_method
        return errors.unknown_url

    def _model(self, request: Request) -> Script:
        """Find the script of the model that is asked, or of what is wrong with the request."""
        body = request.asked.body
        if (wrong := fault(body)) is not None:
            return wrong
        name = str(body["model"])
        base = base_name(name)
        script = self._models.get(name) or self._models.get(base) or by_length(base)
        return script or errors.unknown_model(name)

    def _list(self, _: Asked) -> AsyncIterator[Act]:
        facts = {"created": _CREATED, "owned_by": "rillet-demo", "max_model_len": _WINDOW}
        data = [
            {"id": name, "object": "model", **facts, **self._facts.get(name, {})}
            for name in self._models
        ]
        return errors.whole(json.dumps({"object": "list", "data": data}).encode())


async def serve_forever(server: DemoServer, announce: Callable[[str], None]) -> None:
    """Run a server until the task is cancelled.

    Args:
        server: The server.
        announce: Called with the base URL once the server listens.

    Raises:
        OSError: The address or the port cannot be used.
    """
    async with server:
        announce(server.base_url)
        await asyncio.get_running_loop().create_future()
