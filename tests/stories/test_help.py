"""What the command line says of itself: every command has examples, and every example is right."""

import argparse
import re
import shlex

import pytest

from tui.arguments import Grammar, parsed
from tui.cli import parser
from tui.core.commands import Place
from tui.core.commands import commands as commands_of


def commands(root: Grammar) -> dict[str, Grammar]:
    """All parsers, by what is typed for them."""
    found = {"rillet": root}
    for action in root._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= {f"rillet {name}": each for name, each in action.choices.items()}
    return found


NAMES = sorted(commands(parser()))


def typed(example: str) -> list[str]:
    """The words of the call of `rillet` in a line of a shell."""
    words = shlex.split(example.replace("$(", " "), comments=True)
    start = words.index("rillet") + 1
    ends = [at for at, word in enumerate(words) if word in ("|", ">", ">>", "||") and at > start]
    return words[start : min(ends, default=len(words))]


@pytest.mark.parametrize("name", NAMES)
def test_a_command_says_what_it_is_for_and_has_examples_that_work(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = parser()
    grammar = commands(root)[name]
    assert grammar.description
    assert grammar.examples
    for example in grammar.examples:
        assert parsed(root, typed(example)).run
    with pytest.raises(SystemExit) as left:
        parsed(root, [*name.split()[1:], "--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: {name} ")
    assert all(f"  {example}\n" in shown for example in grammar.examples)
    assert all(len(line) <= 100 for line in shown.splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_every_flag_and_word_of_a_command_is_explained(name: str) -> None:
    for action in commands(parser())[name]._actions:
        assert action.help or isinstance(action, argparse._SubParsersAction), action.dest


def test_every_form_of_an_export_is_told_on_the_command_line_and_in_the_app() -> None:
    told = commands(parser())["rillet export"].description or ""
    in_app = " ".join(each.help for each in commands_of(Place.CHATS) if each.action == "export")
    for form in ("Markdown", "HTML", "JSON", "SVG"):
        assert form in told
        assert form in in_app


def test_what_the_environment_says_is_told_where_it_counts() -> None:
    told = commands(parser())
    for name in ("HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "XDG_STATE_HOME", "EDITOR"):
        assert name in str(told["rillet"].epilog)
    assert "RILLET_SERVE_TOKEN" in str(told["rillet serve"].epilog)


@pytest.mark.parametrize("name", NAMES)
def test_who_does_not_know_a_flag_is_the_command_that_was_meant(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    needed = {"rillet export": ["last"], "rillet import": ["x"], "rillet replay": ["x"]}
    words = [*name.split()[1:], *needed.get(name, []), "--bogus"]
    with pytest.raises(SystemExit) as left:
        parsed(parser(), words)
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith(f"usage: {name} ")
    assert re.search(rf"^{name}: error: unrecognized arguments: --bogus$", told, re.MULTILINE)


def test_words_of_a_question_may_stand_behind_flags_too() -> None:
    arguments = parsed(parser(), ["ask", "why", "--model", "m", "does", "it"])
    assert arguments.text == ["why", "does", "it"]
