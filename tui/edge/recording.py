"""The HTTP client that lets a recorder see what goes over the wire.

Bytes are seen as they come off the connection, after HTTP's own chunks and before any decoding.
The recorder only looks: the consumer's pace is still the socket's pace, and closing a response
closes its connection at once. It asks for bodies without compression, since a record is to be
read by people; a server that compresses nevertheless is recorded as it is, and what such a body
says of a key cannot be found in it.

`send` and hooks are used, and no transport of our own: the environment's proxies are transports.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from httpx2 import AsyncByteStream, AsyncClient, NetworkError, Request, Response

from tui.core.record import Ending
from tui.edge.recorder import Recorder, Take

TAKES = "rillet_takes"
"""The request's extension that holds what records it: one take, and one for each redirect."""


class RecordingClient(AsyncClient):
    """A client all of whose requests are recorded, but for lists of models."""

    def __init__(self, recorder: Recorder, key: str, **options: Any) -> None:
        """Make a client.

        Args:
            recorder: Where it is recorded.
            key: What is hidden, beside headers that are secret by their names.
            options: As `AsyncClient` takes them.
        """
        super().__init__(**options)
        self._recorder = recorder
        self._key = key
        self.event_hooks["request"].append(self._asked)
        self.event_hooks["response"].insert(0, _answered)  # before one that refuses what came

    async def send(self, request: Request, **options: Any) -> Response:
        """Send the request; what keeps it from being answered is recorded."""
        takes: list[Take] = []
        request.extensions[TAKES] = takes
        try:
            return await super().send(request, **options)
        except asyncio.CancelledError:
            _end(takes, Ending.LEFT)
            raise
        except Exception as error:
            _end(takes, Ending.UNANSWERED, _reason(error))
            raise

    async def _asked(self, request: Request) -> None:
        """Record the request, just before it is sent."""
        if request.url.path.endswith("/models"):
            return
        request.headers["accept-encoding"] = "identity"
        take = self._recorder.begin(self._key)
        request.extensions[TAKES].append(take)
        fields = request.headers.multi_items()
        take.asked(request.method, str(request.url), fields, await request.aread())


class _Recorded(AsyncByteStream):
    """A response's body, recorded as it is read."""

    def __init__(self, stream: AsyncByteStream, take: Take) -> None:
        self._stream = stream
        self._take = take

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = aiter(self._stream)
        try:
            async for piece in pieces:
                self._take.piece(piece)
                yield piece
            self._take.ended(Ending.COMPLETE)
        except Exception as error:
            broke = isinstance(error, NetworkError)
            self._take.ended(Ending.RESET if broke else Ending.CUT, _reason(error))
            raise
        finally:
            if isinstance(pieces, AsyncGenerator):
                await pieces.aclose()

    async def aclose(self) -> None:
        """Close the connection; before the body's end, that is to leave."""
        self._take.ended(Ending.LEFT)
        await self._stream.aclose()


async def _answered(response: Response) -> None:
    """Record the response, and its body as it is read."""
    takes: list[Take] = response.request.extensions[TAKES]
    if takes and isinstance(response.stream, AsyncByteStream):
        takes[-1].answered(response.status_code, response.headers.multi_items())
        response.stream = _Recorded(response.stream, takes[-1])


def _end(takes: list[Take], how: Ending, why: str = "") -> None:
    for take in takes:
        take.ended(how, why)


def _reason(error: BaseException) -> str:
    """The deepest cause that says something, in the system's words."""
    said = ""
    seen: BaseException | None = error
    while seen is not None:
        said = f"{type(seen).__name__}: {seen}" if str(seen) else said
        seen = seen.__cause__ or seen.__context__
    return said or type(error).__name__
