"""What the lines of a record say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tui.core.errors import UsageError


class BadRecord(UsageError):
    """A file is no record, or is damaged; the text says where."""


class Unreadable(BadRecord):
    """A line is no JSON object, as when a crash cut it off."""


class Ending(StrEnum):
    """How a stream ended."""

    COMPLETE = "complete"
    """The body ended by the rules of HTTP."""

    DONE = "done"
    """The stream said `[DONE]`, and the client left without waiting for the body's end."""

    CUT = "cut"
    """The server closed the connection in the middle of the body."""

    RESET = "reset"
    """The connection broke."""

    LEFT = "left"
    """The client closed first: Esc, or silence that was too long."""

    UNANSWERED = "unanswered"
    """There was no response at all."""


@dataclass(frozen=True, slots=True)
class Run:
    """The beginning of what one run of Rillet recorded."""

    version: str = ""
    """Rillet's version."""

    date: str = ""
    """When it began (ISO 8601, UTC)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request."""

    stream: int
    """The stream's number in its run."""

    at: float = 0.0
    """Seconds since the request; 0 by its nature."""

    method: str = "POST"
    """The method of HTTP."""

    url: str = ""
    """Where it went."""

    headers: Mapping[str, str] = field(default_factory=dict)
    """Its header fields, in lower case."""

    body: object = None
    """What the JSON of its body says."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The beginning of a response."""

    stream: int
    """The stream's number in its run."""

    at: float = 0.0
    """Seconds since the request."""

    status: int = 200
    """The status of HTTP."""

    headers: Mapping[str, str] = field(default_factory=dict)
    """Its header fields, in lower case."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a response's body, as it came."""

    stream: int
    """The stream's number in its run."""

    at: float
    """Seconds since the request."""

    data: bytes
    """The bytes, before any decoding."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a stream."""

    stream: int
    """The stream's number in its run."""

    at: float
    """Seconds since the request."""

    how: Ending
    """How it ended."""

    why: str = ""
    """The system's words, where it broke."""


@dataclass(frozen=True, slots=True)
class Note:
    """Members that are not of the format."""

    stream: int
    """The stream that they stand at; 0 is the file."""

    said: Mapping[str, object]
    """The members."""


Line = Run | Asked | Answered | Piece | Ended | Note
"""What a line says."""
