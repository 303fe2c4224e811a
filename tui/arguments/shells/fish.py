"""Completion for fish: a line for everything that can stand somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.arguments.completing import KINDS
from tui.arguments.shells.flags import Command, Flag, Value

HEAD = """\
# Completion of rillet for fish, written by `rillet completion fish`.

complete -c rillet -f
"""


def script(commands: Sequence[Command]) -> str:
    """The script."""
    return HEAD + "\n".join(_lines(commands)) + "\n"


def _lines(commands: Sequence[Command]) -> Iterator[str]:
    root, *others = commands
    for flag in root.flags:
        yield _line("__fish_use_subcommand", *_flag(flag))
    for each in others:
        yield _line("__fish_use_subcommand", "-a", each.name, "-d", _quoted(each.help))
    for each in others:
        here = f"__fish_seen_subcommand_from {each.name}"
        for flag in each.flags:
            yield _line(here, *_flag(flag))
        if each.place is not None and each.place.kind:
            yield _line(here, *_value(each.place, is_flag=False))


def _line(when: str, *words: str) -> str:
    return " ".join(("complete -c rillet -n", _quoted(when), *words))


def _flag(flag: Flag) -> Iterator[str]:
    for name in flag.names:
        yield f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
    if flag.value is not None:
        yield from _value(flag.value, is_flag=True)
    yield f"-d {_quoted(flag.help)}"


def _value(value: Value, *, is_flag: bool) -> Iterator[str]:
    if value.kind == "files":
        yield "-r -F" if is_flag else "-F"
    elif value.kind in KINDS:
        yield from _words(f"(rillet completion --words {value.kind} 2>/dev/null)", is_flag=is_flag)
    else:
        yield from _words(" ".join(value.choices), is_flag=is_flag)


def _words(words: str, *, is_flag: bool) -> Iterator[str]:
    if is_flag:
        yield "-x"
    if words:
        yield f"-a {_quoted(words)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
