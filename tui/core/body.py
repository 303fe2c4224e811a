"""The bytes of one response body -> deltas, and the truth about how the body ended.

Strategy. The first byte that is not blank decides: `{`, `[` or `<` is no event stream, so the
body is gathered and read whole at its end (a whole completion is shown as one; an error or a
page is a failure that says so). Lines of JSON, one object each, are events all the same; that
is seen by the second. Anything else goes through the event decoder, event by event.

An event's data is JSON, `[DONE]`, or damaged. Some proxies write `data: data: {...}`, two objects
on one line, lists of them, or the text of an object as a string: objects are read one after the
other until none is left. One damaged event is counted and passed over; the words round it are
kept.

The end: `[DONE]` or a finish reason makes a finished turn. A body that ends with neither was
interrupted, whatever the transport says. Where nothing came that could be an answer, whatever
did come is told as the failure that it is.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from tui.core.chunks import ChunkReader, failure_from
from tui.core.deltas import CONTENT, Delta, Finished, Outcome, Remark
from tui.core.errors import Failure
from tui.core.evidence import words_of
from tui.core.jsons import DECODER, content_of, decoded, is_cut
from tui.core.sanitize import redact
from tui.core.sse import Event, EventDecoder

MOST_WHOLE = 64 * 2**20
"""The most bytes gathered of a body that is no event stream."""


_BETWEEN = re.compile(r"(?:\s|data:|,|\\[nr])*")
"""What stands between objects; line breaks may have arrived as letters."""

_DONE = "[DONE]"

MOST_SAID = 300
"""Characters of a server's words that are told."""

MOST_BROKEN = 5
"""Signs that are no UTF-8 among the first two hundred of what is still a text."""


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
        self._head = b""
        self._has_begun = False
        self._whole: bytearray | None = None
        self._has_line = False
        self._may_be_lines = True
        self._damaged = 0
        self._strange = ""

    @property
    def knows_the_end(self) -> bool:
        """Whether the stream itself said how it ended, so that a later cut changes nothing."""
        return self.is_done or self.has_reason

    @property
    def has_reason(self) -> bool:
        """Whether the finish reason is known, so that only usage can follow."""
        return bool(self._chunks.reason) and not self._chunks.spoke_on

    def feed(self, piece: bytes) -> list[Delta]:
        """The deltas that the next bytes complete."""
        if not self._has_begun:
            piece = self._begin(piece)
        if self._whole is None:
            return self._read_events(self._events.feed(piece))
        if len(self._whole) < MOST_WHOLE:
            self._whole += piece
        self._has_line = self._has_line or b"\n" in piece
        return self._read_lines() if self._has_line and self._may_be_lines else []

    def _begin(self, piece: bytes) -> bytes:
        """What is left of the first pieces without what may stand before a body."""
        head = self._head + piece
        if codecs.BOM_UTF8.startswith(head[:3]) and len(head) < len(codecs.BOM_UTF8):
            self._head = head
            return b""
        piece = head.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
        self._head = b""
        self._has_begun = bool(piece)
        if self._has_begun and piece[:1] in b"{[<":
            self._whole = bytearray()
        return piece

    def _read_lines(self) -> list[Delta]:
        """Where the second line begins like the first, the body is events and no whole."""
        assert self._whole is not None
        whole = bytes(self._whole)
        first, _, rest = whole.partition(b"\n")
        is_object, second = first.rstrip().endswith(b"}"), rest.lstrip()[:1]
        self._may_be_lines = is_object and not second
        if not is_object or second != b"{":
            return []
        self._whole = None
        return self._read_events(self._events.feed(whole))

    def flush(self) -> list[Delta]:
        """The body has ended: what was left over, and a remark on what was damaged.

        An event that the end cut in two is no damage of its own: the ending tells of it.
        """
        damaged, strange = self._damaged, self._strange
        if self._whole is not None:
            deltas = self._read_whole(self._whole.decode("utf-8", "replace"))
        else:
            deltas = self._read_events(self._events.flush())
        deltas += self._noticed(self._chunks.flush())
        self._strange = strange
        return [*deltas, Remark(_damage(damaged))] if damaged else deltas

    def ending(self) -> Finished:
        """How the turn ended, by what the body said; call it after `flush`."""
        chunks, strange = self._chunks, self._events.strange or self._strange
        if chunks.failure:
            return Finished(Outcome.FAILED, chunks.reason, chunks.failure)
        if not (self.has_words or chunks.reason):
            if chunks.complaint:
                return Finished(Outcome.FAILED, failure=failure_from(chunks.complaint))
            if strange:
                return Finished(Outcome.FAILED, failure=self._no_stream(strange))
        if self.is_done or chunks.reason:
            return Finished(Outcome.FINISHED, chunks.reason)
        return Finished(Outcome.INTERRUPTED, failure=replace(_CUT_SHORT, said=_said(strange)))

    def _noticed(self, deltas: list[Delta]) -> list[Delta]:
        self.has_words = self.has_words or any(isinstance(delta, CONTENT) for delta in deltas)
        return deltas

    def _read_events(self, events: list[Event]) -> list[Delta]:
        deltas: list[Delta] = []
        for event in events:
            if self.is_done:
                break
            if event.name == "error" and not event.data.startswith(_DONE):
                self._chunks.fail(decoded(event.data))
            else:
                deltas += self._read_data(event.data)
            if self._chunks.failure is not None:
                self.is_done = True
        return self._noticed(deltas)

    def _read_data(self, data: str) -> list[Delta]:
        deltas: list[Delta] = []
        place = 0
        while (place := _skip(data, place)) < len(data):
            if data.startswith(_DONE, place):
                self.is_done = True
                break
            try:
                found, place = DECODER.raw_decode(data, place)
                if isinstance(found, dict):
                    deltas += self._chunks.take(found)
                else:
                    deltas += self._read_wrapped(found)
            except (ValueError, RecursionError):
                self._damaged += 1
                self._notice_strange(data[place:])
                break
        return deltas

    def _read_wrapped(self, found: object) -> list[Delta]:
        """A list of chunks, or the text of one as a string."""
        if isinstance(found, str):
            if found.lstrip().startswith(("{", "data:", _DONE)):
                return self._read_data(found)
            self._notice_strange(found)
        chunks = found if isinstance(found, list) else ()
        return [delta for chunk in chunks for delta in self._chunks.take(chunk)]

    def _notice_strange(self, text: str) -> None:
        """Remember the first words that are no JSON: nothing else may come."""
        if not self._strange and text[:1] not in ("{", "["):
            self._strange = text[:MOST_SAID]

    def _read_whole(self, text: str) -> list[Delta]:
        """A completion, an error, a list of either, or something else altogether."""
        items = text.strip().removeprefix("[").removesuffix("]") if text[:1] == "[" else text
        deltas = self._noticed(self._read_data(items))
        if self.has_words or self._chunks.reason or self._chunks.failure:
            return deltas
        if self._damaged and (cut := content_of(text)) is not None:
            message = {"content": cut}
            return deltas + self._noticed(self._chunks.take({"choices": [{"message": message}]}))
        if not (self._damaged and is_cut(items)):
            self._chunks.failure = self._no_stream(text)
        return deltas

    def _no_stream(self, text: str) -> Failure:
        kind = self._content_type or "something unnamed"
        return Failure(
            title="The server did not answer with a stream",
            detail=f"It sent {kind} where a chat completion was expected. Check that the base "
            "URL points at an OpenAI-compatible API; it usually ends in /v1.",
            said=_said(text),
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


def _said(text: str) -> str:
    """What a body says that is no answer; nothing, where it is no text at all."""
    if text[:200].count("\ufffd") > MOST_BROKEN:
        return ""
    words = page_words(text) if text.lstrip()[:1] == "<" else words_of(decoded(text))
    return redact(words[:MOST_SAID])


def _damage(count: int) -> str:
    if count == 1:
        return "One damaged event of the stream was passed over; words may be missing."
    return f"{count} damaged events of the stream were passed over; words may be missing."
