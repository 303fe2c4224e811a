"""A record served again: an endpoint whose answers are the streams of a file, byte for byte.

Status, header fields, pieces, pauses and ending are as recorded. Left out are fields that belong
to the connection that was, and those that were hidden. Where hiding a key made a body shorter or
longer, its announced length follows.

What ended because the client left goes on in silence after the last byte, so that the same
patience is needed again; unless the stream had said `[DONE]`: then the body ends. To what was
never answered the connection is closed without a byte.

    async with replaying(load(path).streams, speed=AT_ONCE) as server:
        client = Client(Endpoint(server.base_url))
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from math import inf
from pathlib import Path
from urllib.parse import urlsplit

from tui.core.errors import UsageError
from tui.core.record import Answered, BadRecord, Ended, Ending, Record, Stream, read
from tui.core.redactor import HIDDEN
from tui.edge.demo import Act, Asked, Bytes, DemoServer, Drop, Hang, Pause, Reset, Status

AT_ONCE = inf
"""The speed at which nothing waits."""

OF_THE_CONNECTION = frozenset(
    ("connection", "content-length", "keep-alive", "trailer", "transfer-encoding", "upgrade")
)
"""Header fields that are said anew (RFC 9110, 7.6.1)."""

LAST_ACTS: dict[Ending, Act] = {
    Ending.COMPLETE: Bytes(b""),
    Ending.DONE: Bytes(b""),
    Ending.CUT: Drop(),
    Ending.UNANSWERED: Drop(),
    Ending.RESET: Reset(),
    Ending.LEFT: Hang(),
}
"""What follows the last byte; a body that just ends needs no more than its time."""

WHOLE = (Ending.COMPLETE, Ending.DONE)
"""Endings after which nothing was missing."""

BODILESS = frozenset((204, 304))
"""Statuses whose answers have no body."""

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+")
"""Names that a header field can have (RFC 9110, 5.1)."""

_UNSENDABLE = re.compile(r"[^\t\x20-\x7e\xa0-\xff]")
"""What a field's value cannot hold; a file by someone else may."""


def load(path: Path) -> Record:
    """The record in a file.

    Raises:
        UsageError: If it cannot be read, or is none; the text says where.
    """
    try:
        record = read(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except BadRecord as error:
        raise UsageError(f"{path}, {error}") from None
    if not record.streams:
        raise UsageError(f"{path} holds no stream, so there is nothing to replay.")
    return record


def replaying(
    streams: Sequence[Stream], *, speed: float = 1.0, host: str = "127.0.0.1", port: int = 0
) -> DemoServer:
    """A server that answers with these streams; it listens as an async context manager.

    Args:
        streams: At least one.
        speed: How many times faster than it was; `AT_ONCE` leaves out every pause.
        host: The address to listen on.
        port: The port, zero for a free one.
    """
    listed = (stream.model for stream in streams if stream.model)
    return DemoServer(host=host, port=port, listed=listed, script=Shelf(streams, speed).play)


class Shelf:
    """Streams that wait to be asked for.

    A request gets the first stream that was not served yet of those recorded for the same model
    and messages; where there are none, of those for the same model; else of all. When all of them
    were served they begin anew, so that asking again gets an answer for ever.
    """

    def __init__(self, streams: Sequence[Stream], speed: float = 1.0) -> None:
        self._streams = tuple(streams)
        self._speed = speed
        self._served: set[int] = set()

    def play(self, asked: Asked) -> AsyncIterator[Act]:
        """Play the stream that answers this request."""
        return acts(self.take(asked.body), self._speed)

    def take(self, body: dict[str, object]) -> Stream:
        """The stream that answers a request with this body."""
        places = self._fitting(body)
        if self._served.issuperset(places):
            self._served.difference_update(places)
        place = next(place for place in places if place not in self._served)
        self._served.add(place)
        return self._streams[place]

    def _fitting(self, body: dict[str, object]) -> list[int]:
        """The places of the streams that fit best."""
        model, messages = body.get("model"), body.get("messages")
        named = [at for at, stream in enumerate(self._streams) if stream.model == model]
        same = [at for at in named if self._streams[at].messages == messages]
        return same or named or list(range(len(self._streams)))


async def acts(stream: Stream, speed: float = 1.0) -> AsyncIterator[Act]:
    """What the server does to play a stream; pauses are metered against the clock."""
    now = asyncio.get_running_loop().time
    began = now()
    for at, act in _score(stream):
        if (wait := began + at / speed - now()) > 0:
            yield Pause(wait)
        yield act


def _score(stream: Stream) -> Iterable[tuple[float, Act]]:
    """Every act with its time."""
    if stream.answered is not None:
        yield stream.answered.at, _status(stream, stream.answered)
    for piece in stream.pieces:
        yield piece.at, Bytes(piece.data)
    ended = stream.ended or Ended(stream.asked.stream, 0.0, Ending.LEFT)
    yield ended.at, LAST_ACTS[ended.how]


def _status(stream: Stream, answered: Answered) -> Status:
    """The head of the answer, with a body that ends as the recorded one did."""
    fields = {
        name: _UNSENDABLE.sub(" ", value)
        for name, value in answered.headers.items()
        if name not in OF_THE_CONNECTION and HIDDEN not in value and _NAME.fullmatch(name)
    }
    if "location" in fields:
        fields["location"] = _here(fields["location"], stream.asked.url)
    if answered.headers.get("connection", "").lower() == "close":
        fields["connection"] = "close"
    if "transfer-encoding" in answered.headers:
        fields["transfer-encoding"] = "chunked"
    elif "content-length" in answered.headers or answered.status in BODILESS:
        fields["content-length"] = str(_length(stream, answered))
    return Status(answered.status, fields, is_bare=True)


def _here(location: str, url: str) -> str:
    """Where a redirect leads: one to the server that was leads to this one."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    return location.removeprefix(origin) if location.startswith(f"{origin}/") else location


def _length(stream: Stream, answered: Answered) -> int:
    """The announced length: as recorded where more was to come, else what there is."""
    came = len(stream.body)
    if answered.status in BODILESS or (stream.ended and stream.ended.how in WHOLE):
        return came
    announced = answered.headers.get("content-length", "")
    return max(came + 1, int(announced) if announced.isdecimal() and len(announced) < 16 else 0)
