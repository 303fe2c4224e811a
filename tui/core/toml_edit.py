"""One setting of a TOML text is changed, and every other byte stays as it is.

The text is not written anew from what it means: the place of the value is found and the new one is
put there, so comments, order, blank lines, quotes and line ends are kept because nobody touches
them. A setting that is new goes below the last one of its table; a table that is new goes behind
its relations, or to the end; a bare name goes before the first table. What was only added goes
without a trace.

TOML can be laid out in ways in which a setting cannot be added like that. So the result is read,
and it has to mean what the text meant before, with that one change; else it is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence

from tui.core.errors import RilletError
from tui.core.toml_layout import Section, Statement, line_end, sections
from tui.core.toml_text import name_text, value_text

Path = tuple[str, ...]


class CannotEdit(RilletError):
    """The text is laid out so that this cannot be changed in it; the text is a sentence."""


def with_value(text: str, path: Path, value: object) -> str:
    """The text with a setting.

    Args:
        text: TOML, with any line ends.
        path: The names of the tables it stands in, and its own.
        value: What it is set to.

    Raises:
        CannotEdit: If it cannot be set without touching more than it.
        ValueError: If the text is no TOML.
    """
    before = tomllib.loads(text)
    made = _set(text, path, value)
    return _checked(made, _altered(before, path, value), path)


def without(text: str, path: Path) -> str:
    """The text without a setting; where there is none, as it is.

    Raises:
        CannotEdit: If it cannot go without touching more than it.
        ValueError: If the text is no TOML.
    """
    before = tomllib.loads(text)
    if _found(before, path) is None:
        return text
    return _checked(_unset(text, path), _altered(before, path, None), path)


def _checked(made: str, wanted: object, path: Path) -> str:
    try:
        is_right = _plain(tomllib.loads(made)) == _plain(wanted)
    except ValueError:
        is_right = False
    if not is_right:
        raise CannotEdit(f"{name_text(path)} stands where it can only be changed by hand.")
    return made


# Setting


def _set(text: str, path: Path, value: object) -> str:
    newline, laid_out = _newline(text), sections(text)
    there = [each for section in laid_out for each in section.statements]
    for each in there:
        if each.path == path:
            said = value_text(value, text[each.value : each.end], newline)
            return text[: each.value] + said + text[each.end :]
        if path[: len(each.path)] == each.path:
            return _set_inside(text, each, path[len(each.path) :], value)
    said = value_text(value, "", newline)
    home = next((s for s in laid_out if s.path == path[:-1] and not s.is_one_of_many), None)
    if home is not None:
        return _put(text, _place_in(text, home), f"{name_text(path[-1:])} = {said}", home)
    if (beside := _beside(laid_out, path)) is not None:
        section, last = beside
        line = f"{name_text(path[len(section.path) :])} = {said}"
        return _put(text, line_end(text, last.end), line)
    lines = (f"[{name_text(path[:-1])}]", f"{name_text(path[-1:])} = {said}")
    return _put_table(text, _place_of_table(text, laid_out, path), newline.join(lines))


def _set_inside(text: str, table: Statement, path: Path, value: object) -> str:
    """Change a table that stands in one line: `name = { … }`."""
    held = tomllib.loads(f"held = {text[table.value : table.end]}")["held"]
    said = value_text(_altered(held, path, value)) if isinstance(held, dict) else "{}"
    return text[: table.value] + said + text[table.end :]


def _beside(laid_out: Sequence[Section], path: Path) -> tuple[Section, Statement] | None:
    """The last setting whose dotted name makes one of the tables that the path goes through."""
    found, longest = None, 0
    for section in laid_out:
        for each in section.statements:
            shared = _shared(each.path[:-1], path[:-1])
            if shared > len(section.path) and shared >= longest:
                found, longest = (section, each), shared
    return found


def _place_in(text: str, section: Section) -> int:
    """Where another setting of a section goes."""
    if section.statements:
        return line_end(text, section.statements[-1].end)
    if not section.path:
        return _head_of(text, section)
    return _past_comments(text, section.body, _head_of(text, section))


def _place_of_table(text: str, laid_out: Sequence[Section], path: Path) -> int:
    """Where a new table goes: behind the last one that shares most of its name."""
    shared = [(_shared(section.path, path), number) for number, section in enumerate(laid_out)]
    most, number = max(shared)
    if not most or number == len(laid_out) - 1:
        return len(text)
    section = laid_out[number]
    last = line_end(text, section.statements[-1].end) if section.statements else section.body
    return _past_comments(text, last, _head_of(text, section))


def _head_of(text: str, section: Section) -> int:
    """Where the comments begin that stand right above the next section's head."""
    if section.end == len(text):
        return section.end
    last = section.statements[-1].end if section.statements else section.body
    begin = section.end
    while begin > last:
        line = text.rfind("\n", 0, begin - 1) + 1
        if not text[line:begin].lstrip().startswith("#") or line < section.body:
            break
        begin = line
    return begin


def _past_comments(text: str, at: int, end: int) -> int:
    while at < end and text[at : line_end(text, at)].lstrip().startswith("#"):
        at = line_end(text, at)
    return at


def _put(text: str, at: int, line: str, section: Section | None = None) -> str:
    newline = _newline(text)
    if at == len(text) and text and not text.endswith("\n"):
        return text + newline + line
    is_first = section is not None and not section.path and not section.statements
    gap = newline if is_first and at < len(text) else ""
    return text[:at] + line + newline + gap + text[at:]


def _put_table(text: str, at: int, lines: str) -> str:
    newline = _newline(text)
    if not text:
        return lines + newline
    if at == len(text) and not text.endswith("\n"):
        return text + newline * 2 + lines
    return text[:at] + newline + lines + newline + text[at:]


# Unsetting


def _unset(text: str, path: Path) -> str:
    for section in sections(text):
        for each in section.statements:
            if each.path == path:
                return _cut(text, section, each)
            if path[: len(each.path)] == each.path:
                made = _set_inside(text, each, path[len(each.path) :], None)
                is_empty = not _found(tomllib.loads(made), each.path)
                return _cut(text, section, each) if is_empty else made
    return text


def _cut(text: str, section: Section, statement: Statement) -> str:
    """Take a setting's line out; its comment stays, and a table that holds nothing goes too."""
    begin, end = statement.begin, line_end(text, statement.end)
    remark = text[statement.end : end].lstrip(" \t")
    if remark.startswith("#"):
        return text[:begin] + remark + text[end:]
    if len(section.statements) == 1:
        begin, end = _emptied(text, section, begin, end)
    made = text[:begin] + text[end:]
    if not text.endswith("\n") and end == len(text):
        made = made.removesuffix("\n").removesuffix("\r")
    return made


def _emptied(text: str, section: Section, begin: int, end: int) -> tuple[int, int]:
    """What goes with the last setting of a section."""
    if not section.path:
        is_gap = end < section.end and not text[end : line_end(text, end)].strip()
        return begin, line_end(text, end) if is_gap else end
    around = text[section.begin : begin] + text[end : _head_of(text, section)]
    if "#" in around:
        return begin, end
    begin = section.begin
    above = text.rfind("\n", 0, begin - 1) + 1 if begin else 0
    return above if not text[above:begin].strip() else begin, end


# What a text means


def _altered(held: Mapping[str, object], path: Path, value: object) -> dict[str, object]:
    """The same with one setting; None is without it."""
    name, made = path[0], dict(held)
    if len(path) > 1:
        inner = held.get(name)
        made[name] = _altered(inner if isinstance(inner, dict) else {}, path[1:], value)
    elif value is None:
        made.pop(name, None)
    else:
        made[name] = value
    return made


def _found(held: object, path: Path) -> object:
    for name in path:
        held = held.get(name) if isinstance(held, dict) else None
    return held


def _plain(value: object) -> object:
    """The same without tables that hold nothing, and so that equal things compare equal."""
    if isinstance(value, dict):
        inner = {name: _plain(each) for name, each in value.items()}
        return {name: each for name, each in inner.items() if each != {}}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return repr(value)


def _shared(one: Path, other: Path) -> int:
    """How many first parts two names have in common."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _newline(text: str) -> str:
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
