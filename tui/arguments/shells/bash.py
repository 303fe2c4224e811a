"""Completion for bash.

Bash cuts the line at `=` and `:` too, by COMP_WORDBREAKS, and replaces only what stands behind the
last cut. So the word is read from the line itself, and what is before the cut is taken off again.
`compgen -W` would carry out what stands in a word, so the words are compared one by one.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from tui.arguments.completing import KINDS
from tui.arguments.shells.flags import Command, Value

SCRIPT = """\
# Completion of rillet for bash, written by `rillet completion bash`.

_rillet() {{
    local line="${{COMP_LINE:0:COMP_POINT}}" cur prev command="" word before="" values=""
    cur="${{line##*[[:space:]]}}"
    local -a words
    read -r -a words <<< "${{line%"$cur"}}"
    prev="${{words[${{#words[@]}} - 1]}}"
    for word in "${{words[@]:1}}"; do
        case "$word" in
            {commands})
                case " {takers} " in *" $before "*) ;; *) command="$word"; break ;; esac ;;
        esac
        before="$word"
    done
    if [[ "$cur" == --*=* ]]; then
        prev="${{cur%%=*}}"
        cur="${{cur#*=}}"
    fi
    COMPREPLY=()
    case "$command:$prev" in
{valued}
        *)
            if [[ "$cur" == -* ]]; then
                case "$command" in
{flags}
                esac
            else
                case "$command" in
{places}
                esac
            fi ;;
    esac
    _rillet_fill "$values"
}}

_rillet_fill() {{
    local word colon="" IFS=$' \\n'
    case "$1" in
        "") return ;;
        @files)
            compopt -o default 2>/dev/null || {{
                IFS=$'\\n'
                COMPREPLY=($(compgen -f -- "$cur"))
            }}
            return ;;
        @*) values="$("${{COMP_WORDS[0]}}" completion --words "${{1#@}}" 2>/dev/null | cut -f 1)" ;;
    esac
    if [[ "$cur" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
        colon="${{cur%"${{cur##*:}}"}}"
    fi
    for word in $values; do
        [[ "$word" == "$cur"* ]] && COMPREPLY+=("${{word#"$colon"}}")
    done
}}

complete -F _rillet rillet
"""


def script(commands: Sequence[Command]) -> str:
    """The script."""
    others = commands[1:]
    takers = {name for each in commands for flag in each.flags if flag.value for name in flag.names}
    names = [each.name for each in others]
    return SCRIPT.format(
        commands="|".join(names),
        takers=" ".join(sorted(takers)),
        valued="\n".join(_valued(commands)),
        flags="\n".join(_case(each.name, " ".join(_names(each)), 20) for each in commands),
        places="\n".join(
            [
                _case("", " ".join(names), 20),
                *(_case(each.name, _filling(each.place), 20) for each in others),
            ]
        ),
    )


def _valued(commands: Sequence[Command]) -> Iterator[str]:
    for each in commands:
        for flag in each.flags:
            if flag.value:
                pattern = "|".join(f"{each.name}:{name}" for name in flag.names)
                yield f"        {pattern}) values={shlex.quote(_filling(flag.value))} ;;"


def _case(name: str, values: str, indent: int) -> str:
    return f"{' ' * indent}{shlex.quote(name)}) values={shlex.quote(values)} ;;"


def _names(command: Command) -> Iterator[str]:
    for flag in command.flags:
        yield from flag.names


def _filling(value: Value | None) -> str:
    """What fills a place: words, or `@` and what is to be looked up."""
    if value is None or not value.kind:
        return ""
    if value.kind == "files" or value.kind in KINDS:
        return f"@{value.kind}"
    return " ".join(value.choices)
