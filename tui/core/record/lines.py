"""One line of a record: from what it says to text, and back.

Reading is strict where the format is: what cannot be meant is refused with a sentence, so that a
file written by hand is not half understood.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import TypeVar

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
    Unreadable,
)

FORM = 1
"""The version of the format."""

SAYS = frozenset({"request", "response", "text", "base64", "end"})
"""The members that say something of a stream."""

KNOWN = SAYS | {"stream", "at", "why"}

_STEERING = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff"
    "\U000e0000-\U000e01ef]"
)
"""What JSON allows as it is, and what a terminal or an editor may obey or hide."""

_dumps = json.JSONEncoder(ensure_ascii=False).encode

_KINDS: dict[type, str] = {str: "a text", int: "a whole number", dict: "an object"}

T = TypeVar("T")


def encode(line: Line) -> str:
    """The line as it stands in a file, with its line break; a terminal can be given it."""
    text = _dumps(_members(line))
    is_harmless = text.isascii() and "\x7f" not in text
    return (text if is_harmless else _STEERING.sub(_escaped, text)) + "\n"


def _members(line: Line) -> dict[str, object]:
    match line:
        case Run(version, date):
            return {"rillet_record": FORM, "version": version, "date": date}
        case Note(stream, said):
            return {"stream": stream, **said} if stream else dict(said)
        case Asked(_, _, method, url, headers, body):
            asked = {"method": method, "url": url, "headers": dict(headers), "body": body}
            said = {"request": asked}
        case Answered(_, _, status, headers):
            said = {"response": {"status": status, "headers": dict(headers)}}
        case Piece(_, _, data):
            said = _piece(data)
        case Ended(_, _, how, why):
            said = {"end": how.value, "why": why} if why else {"end": how.value}
    return {"stream": line.stream, "at": line.at, **said}


def _piece(data: bytes) -> dict[str, object]:
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def decode(text: str) -> tuple[Line, ...]:
    """What a line of a file says: most often one thing.

    Raises:
        BadRecord: If it is not in the format; the text says why, in a sentence.
    """
    said = _object(text)
    if "rillet_record" in said:
        return (_run(said),)
    if "stream" not in said:
        return (_note_of_file(said),)
    lines = list(_of_stream(said))
    if extra := {name: value for name, value in said.items() if name not in KNOWN}:
        lines.append(Note(_number(said), extra))
    return tuple(lines)


def _note_of_file(said: dict[str, object]) -> Note:
    if SAYS & said.keys():
        raise BadRecord('"stream" is missing.')
    return Note(0, said)


def _object(text: str) -> dict[str, object]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("This is not JSON.") from None
    if not isinstance(said, dict):
        raise Unreadable("This is not an object of JSON.")
    return said


def _run(said: dict[str, object]) -> Run:
    form = _member(said, "rillet_record", int, FORM)
    if form != FORM:
        raise BadRecord(f"It is in form {form} of the format; this Rillet reads form {FORM}.")
    return Run(_member(said, "version", str, ""), _member(said, "date", str, ""))


def _of_stream(said: dict[str, object]) -> Iterator[Line]:
    stream, at = _number(said), _at(said)
    if "request" in said:
        asked: dict[str, object] = _member(said, "request", dict, {})
        method, url = _member(asked, "method", str, "POST"), _member(asked, "url", str, "")
        yield Asked(stream, at, method, url, _headers(asked), asked.get("body"))
    if "response" in said:
        answered: dict[str, object] = _member(said, "response", dict, {})
        yield Answered(stream, at, _status(answered), _headers(answered))
    if "text" in said:
        yield Piece(stream, at, _bytes(_member(said, "text", str, "")))
    if "base64" in said:
        yield Piece(stream, at, _decoded(_member(said, "base64", str, "")))
    if "end" in said:
        yield Ended(stream, at, _ending(said), _member(said, "why", str, ""))


def _member(of: dict[str, object], name: str, kind: type[T], default: T) -> T:
    found = of.get(name, default)
    if not isinstance(found, kind) or isinstance(found, bool):
        raise BadRecord(f'"{name}" is not {_KINDS[kind]}.')
    return found


def _number(said: dict[str, object]) -> int:
    number = _member(said, "stream", int, 0)
    if number < 1:
        raise BadRecord('"stream" is not a number from 1 on.')
    return number


def _at(said: dict[str, object]) -> float:
    at = said.get("at", 0.0)
    if isinstance(at, bool) or not isinstance(at, int | float) or not 0 <= at < 1e9:
        raise BadRecord('"at" is not a number of seconds.')
    return float(at)


def _status(said: dict[str, object]) -> int:
    status = _member(said, "status", int, 200)
    if not 200 <= status <= 999:
        raise BadRecord(f'"status" is {status}, which no response has.')
    return status


def _headers(said: dict[str, object]) -> dict[str, str]:
    fields: dict[str, object] = _member(said, "headers", dict, {})
    return {name.lower(): _member(fields, name, str, "") for name in fields}


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise BadRecord('"text" holds half a character; write such a piece as "base64".') from None


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise BadRecord('"base64" is not base64.') from None


def _ending(said: dict[str, object]) -> Ending:
    how = _member(said, "end", str, "")
    if how not in list(Ending):
        raise BadRecord(f'"end" is {how!r}; there are: {", ".join(Ending)}.')
    return Ending(how)
