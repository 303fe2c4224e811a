r"""The format of a record: streams as they came over the wire, as JSON lines.

    {"rillet_record": 1, "version": "0.1.0", "date": "2026-01-31T12:00:00+00:00"}
    {"stream": 1, "at": 0.0, "request": {"method": "POST", "url": "...", "headers": {}, "body": {}}}
    {"stream": 1, "at": 0.31, "response": {"status": 200, "headers": {}}}
    {"stream": 1, "at": 0.32, "text": "data: {...}\n\n"}
    {"stream": 1, "at": 0.5, "end": "complete"}

A file is one run of Rillet after the other, so files can be joined by `cat`. A run begins with
the line that says so and has streams, whose lines may be mixed; its numbers are its own. A piece
that is no UTF-8 stands as `base64`. `at` is in seconds since the stream's request and never goes
back; where it is left out it is what it was. For files written by hand, one line may say several
things of a stream, and what is left out of a request or response has a default. Members that
are not of the format are notes, kept under their names.

Keys and headers that may hold secrets are hidden before they come here (`core/redactor.py`).
"""

from tui.core.record.lines import decode, encode
from tui.core.record.streams import Record, Stream, read
from tui.core.record.values import (
    Answered,
    Asked,
    BadRecord,
    Ended,
    Ending,
    Line,
    Note,
    Piece,
    Run,
)

__all__ = [
    "Answered",
    "Asked",
    "BadRecord",
    "Ended",
    "Ending",
    "Line",
    "Note",
    "Piece",
    "Record",
    "Run",
    "Stream",
    "decode",
    "encode",
    "read",
]
