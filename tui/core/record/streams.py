"""A whole record: its lines gathered into streams."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tui.core.record.lines import decode
from tui.core.record.values import (
    Answered,
    Asked,
    BadRecord,
    Ended,
    Line,
    Note,
    Piece,
    Run,
    Unreadable,
)

_BEGINS = b'{"rillet_record"'
"""How a run begins in a file that Rillet wrote."""

_BEGINNING = 'A record begins with {"rillet_record": 1}.'


@dataclass(frozen=True, slots=True)
class Stream:
    """One request and what came back."""

    line: int
    """The line of the file on which it begins."""

    asked: Asked
    """The request."""

    answered: Answered | None = None
    """The beginning of the response, if there was one."""

    pieces: tuple[Piece, ...] = ()
    """The body, as it came."""

    ended: Ended | None = None
    """The end; None where the recording ended before the stream did."""

    notes: Mapping[str, object] = field(default_factory=dict)
    """What else the file says of it."""

    @property
    def body(self) -> bytes:
        """The bytes of the body."""
        return b"".join(piece.data for piece in self.pieces)

    @property
    def model(self) -> str:
        """The model that was asked, empty where the request names none."""
        name = self._asked_for("model")
        return name if isinstance(name, str) else ""

    @property
    def messages(self) -> object:
        """The conversation that was sent."""
        return self._asked_for("messages")

    def _asked_for(self, member: str) -> object:
        return self.asked.body.get(member) if isinstance(self.asked.body, dict) else None


@dataclass(frozen=True, slots=True)
class Record:
    """What a file holds."""

    streams: tuple[Stream, ...]
    """In the order in which they began."""

    notes: Mapping[str, object]
    """What the file says of no stream."""

    @property
    def models(self) -> tuple[str, ...]:
        """The models that were asked, each once."""
        return tuple(dict.fromkeys(stream.model for stream in self.streams if stream.model))


def read(data: bytes) -> Record:
    """What a file holds, of which these are the bytes.

    A line that a crash cut off, at the end of the file or of a run, is passed over.

    Raises:
        BadRecord: If it is no record or is damaged; the text begins with the line's number.
    """
    gathering = _Gathering()
    texts = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    for number, (text, following) in enumerate(pairwise((*texts, b"")), 1):
        is_last = number == len(texts) or following.startswith(_BEGINS)
        try:
            gathering.take(number, _decoded(text))
        except Unreadable as error:
            if number == 1 or not is_last:
                raise BadRecord(f"line {number}: {error}") from None
        except BadRecord as error:
            raise BadRecord(f"line {number}: {error}") from None
    if not gathering.has_begun:
        raise BadRecord(f"line 1: {_BEGINNING}")
    return gathering.record()


def _decoded(text: bytes) -> tuple[Line, ...]:
    if not text.strip():
        return ()
    try:
        return decode(text.decode())
    except UnicodeDecodeError:
        raise Unreadable("This is not UTF-8 text.") from None


class _Gathering:
    """Takes lines in their order."""

    def __init__(self) -> None:
        self._runs = 0
        self._streams: dict[tuple[int, int], _Growing] = {}
        self._notes: dict[str, object] = {}

    @property
    def has_begun(self) -> bool:
        """Whether there was a run."""
        return self._runs > 0

    def record(self) -> Record:
        """What was gathered."""
        return Record(tuple(stream.whole() for stream in self._streams.values()), self._notes)

    def take(self, number: int, lines: Iterable[Line]) -> None:
        """Take what the line of this number says."""
        for line in lines:
            if isinstance(line, Run):
                self._runs += 1
            elif not self._runs:
                raise BadRecord(_BEGINNING)
            elif isinstance(line, Note) and not line.stream:
                self._notes.update(line.said)
            else:
                self._add(number, line)

    def _add(self, number: int, line: Asked | Answered | Piece | Ended | Note) -> None:
        place = (self._runs, line.stream)
        stream = self._streams.get(place)
        if isinstance(line, Asked):
            if stream is not None:
                raise BadRecord(f"Stream {line.stream} has its request on line {stream.line}.")
            self._streams[place] = _Growing(number, line)
        elif stream is None:
            raise BadRecord(f"Stream {line.stream} has no request yet.")
        else:
            stream.take(line)


class _Growing:
    """A stream whose lines are being read."""

    def __init__(self, line: int, asked: Asked) -> None:
        self.line = line
        self._asked = asked
        self._answered: Answered | None = None
        self._pieces: list[Piece] = []
        self._ended: Ended | None = None
        self._notes: dict[str, object] = {}
        self._latest = asked.at

    def whole(self) -> Stream:
        """What was read of it."""
        return Stream(
            self.line,
            self._asked,
            self._answered,
            tuple(self._pieces),
            self._ended,
            self._notes,
        )

    def take(self, line: Answered | Piece | Ended | Note) -> None:
        """Take its next line."""
        if isinstance(line, Note):
            self._notes.update(line.said)
            return
        self._check(line)
        self._latest = max(self._latest, line.at)
        match replace(line, at=self._latest):
            case Answered() as answered:
                self._answered = answered
            case Piece() as piece:
                self._pieces.append(piece)
            case Ended() as ended:
                self._ended = ended

    def _check(self, line: Answered | Piece | Ended) -> None:
        if self._ended is not None:
            raise BadRecord(f"Stream {line.stream} has ended before.")
        if isinstance(line, Answered) and self._answered is not None:
            raise BadRecord(f"Stream {line.stream} has two responses.")
        if isinstance(line, Piece) and self._answered is None:
            raise BadRecord(f"Stream {line.stream} has no response yet.")
