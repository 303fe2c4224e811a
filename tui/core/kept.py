"""Values as JSON and back: how messages are kept, exported and read again.

One rule for all frozen dataclasses, read from their annotations, so that a field that is added
there is kept too. What equals its default is left out; an unknown name is passed over, since a
newer Rillet may have written it. Values of the wrong type are refused, never guessed at.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class BadValue(ValueError):
    """The JSON says something else than a value of that kind; the text says what and where."""


def to_json(value: object) -> object:
    """The value as what `json.dumps` takes; lossless, lone surrogates included."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value):
        said = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: to_json(each) for field, each in said if not _is_default(field, each)}
    return value


def from_json(kind: type[T], said: object) -> T:
    """The value of a dataclass that `to_json` wrote.

    Raises:
        BadValue: If it is none.
    """
    return cast("T", _read(kind, said, kind.__name__))


def _is_default(field: Field[object], value: object) -> bool:
    if field.default is not MISSING:
        return type(value) is type(field.default) and value == field.default
    return field.default_factory is not MISSING and value == field.default_factory()


def _read(kind: object, said: object, where: str) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read_choice(get_args(kind), said, where)
    if origin is Literal:
        return _checked(said in get_args(kind), said, where)
    if origin is tuple:
        if not isinstance(said, list):
            raise BadValue(f"{where} is no list")
        each = get_args(kind)[0]
        return tuple(_read(each, one, f"{where}[{at}]") for at, one in enumerate(said))
    if origin is Mapping:
        return _checked(isinstance(said, dict), said, where)
    if not isinstance(kind, type):
        raise TypeError(f"{where}: values of {kind} are not kept")
    if issubclass(kind, Enum):
        _checked(isinstance(said, str) and said in kind.__members__, said, where)
        return kind[str(said)]
    if is_dataclass(kind):
        return _read_fields(kind, said, where)
    return _read_plain(kind, said, where)


def _read_choice(kinds: tuple[object, ...], said: object, where: str) -> object:
    """The kinds that occur are of one sort or nothing."""
    if said is None and type(None) in kinds:
        return None
    (kind,) = (each for each in kinds if each is not type(None))
    return _read(kind, said, where)


def _read_fields(kind: type, said: object, where: str) -> object:
    if not isinstance(said, Mapping):
        raise BadValue(f"{where} is no object")
    hints = _hints(kind)
    given = {
        name: _read(hint, said[name], f"{where}.{name}")
        for name, hint in hints.items()
        if name in said
    }
    try:
        return kind(**given)
    except TypeError:
        missing = ", ".join(sorted(_needed(kind) - given.keys()))
        raise BadValue(f"{where} lacks {missing}") from None


def _read_plain(kind: type, said: object, where: str) -> object:
    if kind is float and type(said) is int:
        return float(said)
    return _checked(type(said) is kind, said, where)


def _checked(is_good: bool, said: object, where: str) -> object:
    if not is_good:
        raise BadValue(f"{where} cannot be {said!r:.60}")
    return said


@cache
def _hints(kind: type) -> Mapping[str, object]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _needed(kind: type) -> set[str]:
    return {
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }
