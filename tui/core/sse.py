"""Server-sent events, from bytes cut anywhere to whole events.

The rules are the WHATWG standard's (HTML, section 9.2.6 'Interpreting an event stream'): lines
end with CR, LF or CRLF and with nothing else, so `str.splitlines` must not be used (U+2028 and
U+0085 occur inside JSON); one byte order mark is dropped; a line that starts with a colon is a
comment; one space after a field's colon is dropped; several data lines are joined by LF; an
empty line dispatches.

Some liberties, all towards keeping what arrived: an event that the body's end cut off from its
empty line is handed out by `flush`; JSON that follows on JSON without an empty line is the next
event; a field called `error`, which some gateways send, is kept as an event of that name; and a
line that begins like JSON, which no field does, is an event of its own. What is no field at all,
such as a proxy's page, is remembered for whoever tells of the end.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

MOST_STRANGE = 2000
"""Characters of lines that are no fields that are remembered."""

_FIELD = re.compile(r"[a-z_.-]{1,30}(:|$)")
"""What the field of a line that nobody knows may look like."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event."""

    data: str
    """The data lines, joined by LF."""

    name: str = ""
    """The `event:` field; empty is the standard's 'message'."""


class EventDecoder:
    """Takes the pieces of one body, gives the events that they complete."""

    def __init__(self) -> None:
        self.strange = ""
        """The lines that are no fields."""
        self._utf8 = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._line: list[str] = []
        self._data: list[str] = []
        self._name = ""
        self._after_cr = False

    def feed(self, piece: bytes) -> list[Event]:
        """Take the next bytes; the events that are complete now, in their order."""
        return self._take(self._utf8.decode(piece))

    def flush(self) -> list[Event]:
        """The body has ended: the events left over, also one that was not terminated."""
        return self._take(self._utf8.decode(b"", final=True) + "\n\n")

    def _take(self, text: str) -> list[Event]:
        first, *more = self._lines(text)
        self._line.append(first)
        events: list[Event] = []
        for line in more:
            self._read("".join(self._line), events)
            self._line = [line]
        return events

    def _lines(self, text: str) -> list[str]:
        """Split at line ends; the last item is not yet a whole line."""
        if self._after_cr and text:
            text = text.removeprefix("\n")
            self._after_cr = False
        if "\r" in text:
            self._after_cr = text.endswith("\r")
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text.split("\n")

    def _read(self, line: str, events: list[Event]) -> None:
        if not line:
            self._dispatch(events)
            return
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            if self._data and value[:1] in ("{", "[") and self._data[-1].endswith("}"):
                self._dispatch(events)  # no JSON goes on so: the empty line between is missing
            self._data.append(value)
        elif field == "event":
            self._name = value
        elif field == "error":
            events.append(Event(value, "error"))
        elif line[0] in "{[":
            events.append(Event(line))
        elif line[0] != ":" and not _FIELD.match(line) and len(self.strange) < MOST_STRANGE:
            self.strange += f"{line[:MOST_STRANGE]}\n"

    def _dispatch(self, events: list[Event]) -> None:
        if self._data:
            events.append(Event("\n".join(self._data), self._name))
        self._data, self._name = [], ""
