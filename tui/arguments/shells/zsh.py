"""Completion for zsh, by `_arguments`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from tui.arguments.completing import KINDS
from tui.arguments.shells.flags import Command, Flag, Value

SCRIPT = """\
#compdef rillet
# Completion of rillet for zsh, written by `rillet completion zsh`.

_rillet() {{
    local curcontext="$curcontext" state line
    typeset -A opt_args
    _arguments -C \\
{root}
        '1: :->command' \\
        '*:: :->rest'
    case $state in
        command)
            local -a commands=(
{commands}
            )
            _describe -t commands 'command' commands ;;
        rest)
            case $words[1] in
{cases}
            esac ;;
    esac
}}

_rillet_asked() {{
    local tab=$'\\t'
    local -a found=(${{(f)"$(rillet completion --words $1 2>/dev/null)"}})
    found=("${{(@)found//:/\\\\:}}")
    found=("${{(@)found/$tab/:}}")
    _describe -t $1 $1 found
}}

if [ "$funcstack[1]" = "_rillet" ]; then
    _rillet "$@"
else
    compdef _rillet rillet
fi
"""


def script(commands: Sequence[Command]) -> str:
    """The script."""
    root, *others = commands
    return SCRIPT.format(
        root="\n".join(f"        {spec} \\" for flag in root.flags for spec in _specs(flag)),
        commands="\n".join(
            f"                {shlex.quote(f'{each.name}:{each.help}')}" for each in others
        ),
        cases="\n".join(_case(each) for each in others),
    )


def _case(command: Command) -> str:
    specs = [spec for flag in command.flags for spec in _specs(flag)]
    if command.place is not None:
        specs.append(shlex.quote(f"*:{_said(command.place.name)}:{_filling(command.place)}"))
    lines = " \\\n".join(f"                        {spec}" for spec in specs)
    return f"                {command.name})\n                    _arguments \\\n{lines} ;;"


def _specs(flag: Flag) -> Iterator[str]:
    others = "" if flag.is_repeatable else f"({' '.join(flag.names)})"
    value = f":{_said(flag.value.name)}:{_filling(flag.value)}" if flag.value else ""
    for name in flag.names:
        ends = "=" if value and name.startswith("--") else ""
        star = "*" if flag.is_repeatable else ""
        yield shlex.quote(f"{others}{star}{name}{ends}[{_said(flag.help)}]{value}")


def _said(text: str) -> str:
    """Words in which nothing ends a specification."""
    for char in "\\[]:":
        text = text.replace(char, f"\\{char}")
    return text


def _filling(value: Value) -> str:
    if value.kind == "files":
        return "_files"
    if value.kind in KINDS:
        return f" _rillet_asked {value.kind}"  # the blank keeps `_arguments` from adding its own
    return f"({' '.join(value.choices)})" if value.choices else " "
