"""The sheet of settings: for a scope, each setting with the value that holds and who says so.

What is said closer wins: this conversation, the command line, the model, the endpoint, the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tui.core.option_settings import UNSET
from tui.core.options import EXTRA, Options
from tui.core.sheet_items import Item, Path, Scope, items

NOT_SET = "not set"
LEFT_OUT = "left out"

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Known:
    """All that the sheet is made of."""

    held: Table = field(default_factory=dict)
    """The file, as its tables."""

    model: str = ""
    """The model that is asked now."""

    endpoint: str = ""
    """What the file calls the endpoint in use, or would; empty where there is none."""

    base_url: str = ""
    """Its base URL."""

    key: str = ""
    """Where its key comes from, in words; empty where there is none."""

    themes: Sequence[str] = ()
    """The themes that there are."""

    own: Options = field(default_factory=Options)
    """What the conversation says."""

    system: str = ""
    """The system prompt of the conversation."""

    told_system: str = ""
    """The system prompt of new conversations."""

    flags: Options = field(default_factory=Options)
    """What the command line says of parameters."""

    wins: Mapping[str, str] = field(default_factory=dict)
    """Settings of the file that a flag or the environment overrules in this run, and what does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One setting at one scope."""

    item: Item
    """What it is."""

    value: object = None
    """What is set at this scope; None is nothing."""

    text: str = NOT_SET
    """What holds, in words."""

    origin: str = ""
    """Who says so, where it is not this scope."""

    is_left_out: bool = False
    """Whether this scope has it left out, whatever is said farther away."""

    note: str = ""
    """What wins over it in this run, in a sentence."""

    @property
    def is_own(self) -> bool:
        """Whether this scope says something."""
        return self.value is not None or self.is_left_out

    @property
    def typed(self) -> str:
        """The value as one would type it; empty where nothing is set here."""
        return "" if self.value is None else self.item.to_text(self.value)


def scopes(known: Known) -> list[Scope]:
    """The scopes that there are now."""
    has = {Scope.MODEL: bool(known.model), Scope.ENDPOINT: bool(known.endpoint)}
    return [scope for scope in Scope if has.get(scope, True)]


def root(scope: Scope, known: Known) -> Path:
    """The names of the table in which the file says what holds for a scope."""
    if scope is Scope.MODEL:
        return ("models", known.model)
    return ("endpoints", known.endpoint) if scope is Scope.ENDPOINT else ()


def rows(scope: Scope, known: Known) -> list[Row]:
    """Every setting at a scope."""
    found = []
    endpoints = looked_up(known.held, ("endpoints",))
    names = tuple(endpoints) if isinstance(endpoints, Mapping) else ()
    for item in items(scope, known.themes, names):
        is_levelled = item.is_parameter or item.name == "system"
        found.append(_levelled(item, scope, known) if is_levelled else _plain(item, scope, known))
    return found


def _plain(item: Item, scope: Scope, known: Known) -> Row:
    """A setting that only this scope can say."""
    value = looked_up(known.held, (*root(scope, known), *item.path))
    winner = known.wins.get(".".join(item.path), "") if scope is Scope.EVERYWHERE else ""
    note = f"{winner} wins in this run." if winner else ""
    if value is not None:
        return Row(item, value, item.to_text(value), note=note)
    if scope is Scope.ENDPOINT and item.name in ("key_env", "base_url"):
        here = known.key if item.name == "key_env" else known.base_url
        return Row(item, None, here or "no key", "this run")
    origin = "usual" if item.usual else ""
    return Row(item, None, item.usual or NOT_SET, origin, note=note)


def _levelled(item: Item, scope: Scope, known: Known) -> Row:
    """A setting that every scope can say."""
    said = list(_levels(item, known))
    at = next(number for number, level in enumerate(said) if level[0] is scope)
    note = next((_winning(item, level) for level in said[:at] if _says(level)), "")
    _, _, value, is_out = said[at]
    if value is not None or is_out:
        return Row(item, value, _text(item, value), "", is_out, note)
    for level in said[at + 1 :]:
        if _says(level):
            return Row(item, None, _text(item, level[2]), level[1], note=note)
    return Row(item, note=note)


Level = tuple[Scope | None, str, object, bool]
"""The scope, None for the command line; its words; what it sets; whether it leaves it out."""


def _levels(item: Item, known: Known) -> Iterator[Level]:
    """Who says what of a setting, from the closest on."""
    if item.is_parameter:
        yield (Scope.CHAT, "this conversation", *_in(as_table(known.own), item.name))
        flag = f"--{item.name.replace('_', '-')}" if item.name != EXTRA else "--option"
        yield (None, flag, *_in(as_table(known.flags), item.name))
    else:
        own = known.system if known.system != known.told_system else None
        yield (Scope.CHAT, "this conversation", own, False)
        flag = known.wins.get(item.name, "")
        yield (None, flag, (known.told_system or None) if flag else None, False)
    for scope, words in (
        (Scope.MODEL, f"file, model {known.model}"),
        (Scope.ENDPOINT, f"file, endpoint {known.endpoint}"),
        (Scope.EVERYWHERE, "file, everywhere"),
    ):
        table = looked_up(known.held, (*root(scope, known), *item.path[:-1]))
        yield (scope, words, *_in(table if isinstance(table, dict) else {}, item.name))


def _in(table: Table, name: str) -> tuple[object, bool]:
    left_out = table.get(UNSET)
    return table.get(name), isinstance(left_out, list | tuple) and name in left_out


def _says(level: Level) -> bool:
    return level[2] is not None or level[3]


def _winning(item: Item, level: Level) -> str:
    scope, words, value, _ = level
    if scope is None:
        return f"{words} of this run wins: {_text(item, value)}."
    who = words.removeprefix("file, ")
    who = who if scope is Scope.CHAT else f"the {who}"
    return f"{who[:1].upper()}{who[1:]} has a value of its own, which wins: {_text(item, value)}."


def _text(item: Item, value: object) -> str:
    return LEFT_OUT if value is None else item.to_text(value) or "empty"


def as_table(options: Options) -> dict[str, object]:
    """Options as a table of the file would have them."""
    made = {name: value for name, value in options.said() if name not in options.extra}
    if options.extra:
        made[EXTRA] = dict(options.extra)
    return made | ({UNSET: list(options.unset)} if options.unset else {})


def looked_up(held: object, path: Path) -> object:
    """What stands in tables under these names; None is nothing."""
    for name in path:
        held = held.get(name) if isinstance(held, Mapping) else None
    return held


def own_with(own: Options, name: str, value: object, *, is_left_out: bool = False) -> Options:
    """What a conversation says with one parameter set, left out, or not said any more."""
    if name == EXTRA:
        bare = replace(own, extra={}, unset=tuple(each for each in own.unset if each != EXTRA))
        if is_left_out:
            return replace(bare, unset=(*bare.unset, EXTRA))
        for inner, each in (value if isinstance(value, Mapping) else {}).items():
            bare = bare.with_value(inner, each)
        return bare
    if value is None and not is_left_out:
        return own.without(name)
    return own.with_value(name, value)
