"""What a scripted model does with a request, act by act.

A script is a function: it is given what was asked and yields acts, which the server carries out
on the wire one after the other. A script may also wait for anything it likes between two acts (a
test's event, say): what it has yielded so far is on the wire by then.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that arrived."""

    method: str
    """The HTTP method, in capitals as it was sent."""
    path: str
    """The request target with its query string, such as `/v1/models`."""
    headers: Mapping[str, str]
    """The header fields under lower-case names; of a repeated field, the last."""
    body: dict[str, object]
    """The body as a JSON object, empty when there is none or when it is anything else."""


@dataclass(frozen=True, slots=True)
class Status:
    """Sends the status line and the header fields.

    The body that follows is chunked, unless the fields name a `content-length` (then it is sent
    as it is) or `connection: close` (then it ends where the connection ends, unless
    `transfer-encoding` stands beside it).
    """

    code: int = 200
    """The HTTP status."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Header fields under lower-case names, beside those that every answer carries."""
    is_bare: bool = False
    """Whether the answer carries these fields alone, and what frames its body."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """Sends a piece of the body, in one write and as one chunk."""

    data: bytes
    """The piece; an empty one sends nothing."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Sends nothing for a while."""

    seconds: float
    """How long; zero or less is one turn of the event loop."""


@dataclass(frozen=True, slots=True)
class Hang:
    """Sends nothing for ever and keeps the connection open."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Closes the connection (FIN) in the middle of the body, so that it is visibly incomplete."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Resets the connection (RST)."""


Act: TypeAlias = Status | Bytes | Pause | Hang | Drop | Reset
Script: TypeAlias = Callable[[Asked], AsyncIterator[Act]]
Ending: TypeAlias = Literal["end", "fin", "drop", "reset", "hang"]

_LAST_ACTS: dict[Ending, Act] = {"drop": Drop(), "reset": Reset(), "hang": Hang()}


def raw(
    body: bytes,
    *,
    content_type: str = "text/event-stream",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    pieces: int | Iterable[int] = (),
    pause: float = 0.0,
    then: Ending = "end",
) -> Script:
    """Make a script that sends exactly these bytes.

    Args:
        body: What the client shall read, whatever it is.
        content_type: The body's declared type.
        status: The HTTP status.
        headers: More header fields; a `content-length` replaces the chunked transfer, and one that
            is longer than the body makes the body incomplete.
        pieces: Where the body is cut, each piece being a write and a chunk of its own: the length
            of every piece, or the offsets of the cuts. The network may join what was cut: give a
            pause to make that unlikely.
        pause: Seconds of silence after each piece.
        then: What follows the bytes: `end` ends the body by the rules, `fin` too, but by closing
            the connection where the body has no announced length, `drop` closes it in mid-body,
            `reset` resets it, `hang` leaves it open in silence.
    """
    fields = {"content-type": content_type, **(headers or {})}
    if then == "fin":
        fields["connection"] = "close"
    cuts = range(pieces, len(body), pieces) if isinstance(pieces, int) else sorted(pieces)

    async def play(_: Asked) -> AsyncIterator[Act]:
        yield Status(status, fields)
        for piece in _cut(body, cuts):
            yield Bytes(piece)
            if pause:
                yield Pause(pause)
        if then in _LAST_ACTS:
            yield _LAST_ACTS[then]

    return play


def _cut(body: bytes, cuts: Iterable[int]) -> Iterator[bytes]:
    for start, end in pairwise(chain((0,), cuts, (len(body),))):
        yield body[start:end]
