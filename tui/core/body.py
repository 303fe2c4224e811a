"""The bytes of one response body -> deltas, and the truth about how the body ended.

Strategy. The first byte that is not blank decides: `{`, `[` or `<` is no event stream, so the
body is gathered and read whole at its end (a whole completion is shown as one; an error or a
page is a failure that says so). Anything else goes through the event decoder, event by event.

An event's data is JSON, `[DONE]`, or damaged. Some proxies write `data: data: {...}`, or two
objects on one line: objects are read one after the other until none is left. One damaged event
is counted and passed over; the words round it are kept.

The end: `[DONE]` or a finish reason makes a finished turn. A body that ends with neither was
interrupted, whatever the transport says.
"""

from __future__ import annotations

import json
import re

from tui.core.chunks import ChunkReader, words_of
from tui.core.deltas import CONTENT, Delta, Finished, Outcome, Remark, Text
from tui.core.errors import Failure
from tui.core.sse import Event, EventDecoder

MOST_WHOLE = 64 * 2**20
"""The most bytes gathered of a body that is no event stream."""


def _whole_number(digits: str) -> int | float:
    """Python refuses numbers of over 4,300 digits; nobody means them."""
    return int(digits) if len(digits) < 20 else float("inf")


_JSON = json.JSONDecoder(parse_int=_whole_number)
_CONTENT = re.compile(r'"content"\s*:\s*"((?:[^"\\]|\\.)*)')
"""The words of a completion whose JSON was cut off."""

_BETWEEN = re.compile(r"(?:\s|data:|,)*")
_DONE = "[DONE]"


class BodyReader:
    """Takes the pieces of one body in the order in which they come."""

    def __init__(self, content_type: str = "") -> None:
        self.is_done = False
        """Whether the server said that nothing more will come."""
        self.has_words = False
        """Whether anything that the model wrote has come."""
        self._content_type = content_type.partition(";")[0].strip()
        self._events = EventDecoder()
        self._chunks = ChunkReader()
        self._whole: bytearray | None = None
        self._has_begun = False
        self._damaged = 0

    @property
    def knows_the_end(self) -> bool:
        """Whether the stream itself said how it ended, so that a later cut changes nothing."""
        return self.is_done or self.has_reason

    @property
    def has_reason(self) -> bool:
        """Whether the finish reason is known, so that only usage can follow."""
        return bool(self._chunks.reason)

    def feed(self, piece: bytes) -> list[Delta]:
        """The deltas that the next bytes complete."""
        if not self._has_begun:
            piece = self._begin(piece)
        if self._whole is None:
            return self._read_events(self._events.feed(piece))
        if len(self._whole) < MOST_WHOLE:
            self._whole += piece
        return []

    def _begin(self, piece: bytes) -> bytes:
        """What is left of a first piece without what may stand before a body."""
        piece = piece.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
        self._has_begun = bool(piece)
        if self._has_begun and piece[:1] in b"{[<":
            self._whole = bytearray()
        return piece

    def flush(self) -> list[Delta]:
        """The body has ended: what was left over, and a remark on what was damaged.

        An event that the end cut in two is no damage of its own: the ending tells of it.
        """
        damaged = self._damaged
        if self._whole is not None:
            deltas = self._read_whole(self._whole.decode("utf-8", "replace"))
        else:
            deltas = self._read_events(self._events.flush())
        return [*deltas, Remark(_damage(damaged))] if damaged else deltas

    def ending(self) -> Finished:
        """How the turn ended, by what the body said; call it after `flush`."""
        chunks = self._chunks
        if chunks.failure:
            return Finished(Outcome.FAILED, chunks.reason, chunks.failure)
        if self.is_done or chunks.reason:
            return Finished(Outcome.FINISHED, chunks.reason)
        return Finished(Outcome.INTERRUPTED, failure=_CUT_SHORT)

    def _read_events(self, events: list[Event]) -> list[Delta]:
        deltas: list[Delta] = []
        for event in events:
            if self.is_done:
                break
            if event.name == "error" and not event.data.startswith(_DONE):
                self._chunks.fail(_decoded(event.data))
            else:
                deltas += self._read_data(event.data)
            if self._chunks.failure is not None:
                self.is_done = True
        self.has_words = self.has_words or any(isinstance(delta, CONTENT) for delta in deltas)
        return deltas

    def _read_data(self, data: str) -> list[Delta]:
        deltas: list[Delta] = []
        place = 0
        while (place := _skip(data, place)) < len(data):
            if data.startswith(_DONE, place):
                self.is_done = True
                break
            try:
                chunk, place = _JSON.raw_decode(data, place)
                deltas += self._chunks.take(chunk)
            except (ValueError, RecursionError):
                self._damaged += 1
                break
        return deltas

    def _read_whole(self, text: str) -> list[Delta]:
        """A completion, an error, a list of either, or something else altogether."""
        items = text.strip().removeprefix("[").removesuffix("]") if text[:1] == "[" else text
        deltas = self._read_data(items)
        self.has_words = any(isinstance(delta, CONTENT) for delta in deltas)
        if self.has_words or self._chunks.reason or self._chunks.failure:
            return deltas
        if cut := _CONTENT.search(text):
            self.has_words = True
            return [*deltas, Text(_decoded_string(cut[1]))]
        self._chunks.failure = self._no_stream(text)
        return deltas

    def _no_stream(self, text: str) -> Failure:
        kind = self._content_type or "something unnamed"
        return Failure(
            title="The server did not answer with a stream",
            detail=f"It sent {kind} where a chat completion was expected. Check that the base "
            "URL points at an OpenAI-compatible API; it usually ends in /v1.",
            said=page_words(text) if text[:1] == "<" else words_of(_decoded(text))[:300],
        )


_CUT_SHORT = Failure(
    title="The connection closed before the answer was complete",
    detail="The server gave no finish reason. The words that arrived are kept.",
)


def page_words(text: str) -> str:
    """What an HTML page says, in one line of at most 200 characters."""
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^<>]*>", " ", text[:20_000], flags=re.DOTALL | re.I)
    return " ".join(bare.split())[:200]


def _skip(data: str, place: int) -> int:
    """Where the next object begins; nearly always that is here, or nothing is left."""
    if data[place : place + 1] in ("{", ""):
        return place
    found = _BETWEEN.match(data, place)
    return found.end() if found else place


def _decoded(data: str) -> object:
    try:
        found: object = json.loads(data)
    except (ValueError, RecursionError):
        return data
    return found


def _decoded_string(inside: str) -> str:
    """The text that a JSON string holds, as far as it goes."""
    whole = re.sub(r"\\(u[0-9a-fA-F]{0,3})?$", "", inside)
    found = _decoded(f'"{whole}"')
    return found if isinstance(found, str) else ""


def _damage(count: int) -> str:
    if count == 1:
        return "One damaged event of the stream was passed over."
    return f"{count} damaged events of the stream were passed over."
