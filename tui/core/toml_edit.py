"""One setting of a TOML text is changed; comments, order, quotes and line ends stay.

tomlkit does it. To it, what stands above a table's head is the end of the table before. So that is
given to the head first, lest a new setting comes between a head and the comment on it.

The result is read once more: it has to mean what the text meant, with that one change, and to hold
every line of comment; else it is refused. So a layout that tomlkit gets wrong costs nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, InlineTable, Item, Key, Null, String, Table, Whitespace

from tui.core.errors import RilletError

Path = tuple[str, ...]
Body = list[tuple[Key | None, Item]]

BLANKS = " \t\r\n"


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
    return _changed(text, path, value)


def without(text: str, path: Path) -> str:
    """The text without a setting; where there is none, as it is.

    Raises:
        CannotEdit: If it cannot go without touching more than it.
        ValueError: If the text is no TOML.
    """
    return text if _found(tomllib.loads(text), path) is None else _changed(text, path, None)


def _changed(text: str, path: Path, value: object) -> str:
    wanted = _altered(tomllib.loads(text), path, value)
    try:
        made, said = _edited(text, path, value)
        is_right = _plain(tomllib.loads(made)) == _plain(wanted)
        is_right = is_right and not _remarks(text) - _remarks(said) - _remarks(made)
    except (ValueError, TypeError, LookupError, AttributeError, TOMLKitError):
        is_right = False
    if not is_right:
        name = tomlkit.key(path).as_string()
        raise CannotEdit(f"{name} stands where it can only be changed by hand.")
    return made


def _edited(text: str, path: Path, value: object) -> tuple[str, str]:
    """The text with the change, and how the setting was written before."""
    newline = "\r\n" if 0 < text.count("\n") == text.count("\r\n") else "\n"
    plain = text.replace(newline, "\n")
    bare = plain.strip(BLANKS)
    begin, _, end = plain.partition(bare) if bare else ("", "", "\n")
    document = tomlkit.parse(bare + "\n" if bare else "")
    heads, said = _heads(document), _said(document, path)
    if value is None:
        _unset(document, path)
    else:
        _set(document, heads, path, _item(value, said))
    made = document.as_string().strip(BLANKS)
    return (f"{begin}{made}{end}".replace("\n", newline) if made else ""), said


def _flat(table: Container) -> Iterator[tuple[Body, int]]:
    """Where everything stands, in the order of the text."""
    for at, (key, item) in enumerate(table.body):
        yield table.body, at
        if _has_head(key, item):
            yield from _flat(item.value)


def _has_head(key: Key | None, item: Item) -> bool:
    return isinstance(item, Table) and key is not None and not key.is_dotted()


def _heads(document: Container) -> list[Table]:
    """The tables; those with a head have the blank lines and comments right above it."""
    found: list[Table] = []
    above: list[tuple[Body, int]] = []
    for body, at in list(_flat(document)):
        key, item = body[at]
        if isinstance(item, Comment | Whitespace):
            above.append((body, at))
        elif not isinstance(item, Table) or not _has_head(key, item):
            above.clear()
        else:
            found.append(item)
            if item.is_super_table():  # tomlkit gives it the comment on the first table in it
                item.trivia.comment = item.trivia.comment_ws = ""
            else:
                item.trivia.indent = "".join(_taken(above)) + item.trivia.indent
                above.clear()
    return found


def _taken(above: list[tuple[Body, int]]) -> list[str]:
    """Take out the comments that end some lines, and the blank lines before these."""
    taken: list[str] = []
    for kind in (Comment, Whitespace):
        while above and isinstance(above[-1][0][above[-1][1]][1], kind):
            body, at = above.pop()
            taken.insert(0, body[at][1].as_string())
            body[at] = (None, Null())
    return taken


def _set(document: Container, heads: list[Table], path: Path, value: Item) -> None:
    if len(path) == 1 and all(isinstance(each, Table) for each in document.values()):
        _set_apart(document, heads, value)
    above = [head.trivia.indent for head in heads]
    for head in heads:  # tomlkit would indent what is below a head by what it finds here
        head.trivia.indent = "\n"
    table: Any = document
    for name in path[:-1]:
        if name not in table:
            table[name] = {} if isinstance(table, InlineTable) else tomlkit.table()
        table = table[name]
    table[path[-1]] = value
    for head, lines in zip(heads, above, strict=True):
        is_new = head is table and head.is_super_table()
        head.trivia.indent = "\n" if is_new else lines


def _set_apart(document: Container, heads: list[Table], value: Item) -> None:
    """Put blank lines around what is the first setting above all tables."""
    value.trivia.indent = "\n" * any(isinstance(each, Comment) for _, each in document.body)
    for head in [each for each in heads if not each.is_super_table()][:1]:
        head.trivia.indent = "\n" + head.trivia.indent.removeprefix("\n")


def _unset(table: Container, path: Path) -> bool:
    """Take a setting out; its comment stays, and a table that holds nothing goes too."""
    for at, (key, item) in enumerate(table.body):
        if key is None or key.key != path[0]:
            continue
        remark, rest = item.trivia.comment, []
        if len(path) > 1:
            if not isinstance(item, Table | InlineTable) or not _unset(item.value, path[1:]):
                continue
            rest = [each for each in item.value.body if not isinstance(each[1], Null | Whitespace)]
            is_told = _has_head(key, item) and (remark or "#" in item.trivia.indent)
            if is_told or not all(_has_head(*each) for each in rest):
                return True
        left = tomlkit.parse(remark + "\n").body[0][1] if remark else Null()
        table.body[at : at + 1] = [(None, left), *rest]
        return True
    return False


def _said(table: Container, path: Path) -> str:
    """How the text of a setting is written; nothing if there is no such text."""
    for key, item in table.body:
        if key is not None and key.key == path[0]:
            if isinstance(item, String) and len(path) == 1:
                return item.as_string()
            if isinstance(item, Table | InlineTable) and (said := _said(item.value, path[1:])):
                return said
    return ""


def _item(value: object, said: str) -> Item:
    """A value, in the quotes of what stood there before if it can be."""
    if isinstance(value, str):
        if re.match("'(?!'')", said):
            with suppress(TOMLKitError):
                return tomlkit.string(value, literal=True)
        if "\n" in value and "\r" not in value:
            lines = tomlkit.string(value, multiline=True).as_string()
            return tomlkit.value(re.sub('^"""\n?', '"""\n', lines))
    held = tomlkit.array()
    held.append(value)
    made: Item = held[0]
    return made


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


def _remarks(text: str) -> Counter[str]:
    lines = (line.strip() for line in text.split("\n"))
    return Counter(line for line in lines if line.startswith("#"))
