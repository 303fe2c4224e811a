"""Code coloured line by line has the colours of the whole text lexed at once."""

import subprocess
import sys
import threading

import pytest
from pygments.lexers import get_lexer_by_name

from tests.markdown.sources import SOURCES
from tui.markdown.code_styles import code_style
from tui.markdown.layout import STYLES
from tui.markdown.lexing import line_lexer, warm
from tui.markdown.pieces import Spans

Coloured = list[tuple[str, str]]

LOOKS_AHEAD = {"c": {"static int add(int a, const char *text)"}}
"""Lines whose colours depend on the line below them: a function whose brace stands there."""


def visible(spans: Spans) -> Coloured:
    """Each character that is no blank, with its style."""
    return [
        (char, "".join(span.styles)) for span in spans for char in span.text if not char.isspace()
    ]


def line_by_line(language: str, lines: list[str]) -> list[Coloured]:
    lexer, state = line_lexer(language), None
    out = []
    for line in lines:
        spans, state = lexer.line(line, state)
        assert "".join(span.text for span in spans) == line
        out.append(visible(spans))
    return out


def at_once(language: str, text: str) -> list[Coloured]:
    out: list[Coloured] = [[]]
    for token, value in get_lexer_by_name(language).get_tokens(text):
        for char in value:
            if char == "\n":
                out.append([])
            elif not char.isspace():
                out[-1].append((char, code_style(token)))
    return out


@pytest.mark.parametrize("language", SOURCES)
def test_colours_line_by_line_are_those_of_the_whole(language: str) -> None:
    lines = SOURCES[language].split("\n")[:-1]
    found = line_by_line(language, lines)
    expected = at_once(language, SOURCES[language])
    for line, seen, wanted in zip(lines, found, expected, strict=False):
        if line not in LOOKS_AHEAD.get(language, set()):
            assert seen == wanted, line


@pytest.mark.parametrize("language", SOURCES)
def test_a_line_that_is_still_coming_leaves_the_state_alone(language: str) -> None:
    lexer, state = line_lexer(language), None
    for line in SOURCES[language].split("\n"):
        spans, after = lexer.line(line, state)
        for end in range(0, len(line), 3):
            lexer.line(line[:end], state)
        assert lexer.line(line, state)[0] == spans
        state = after


@pytest.mark.parametrize("language", SOURCES)
def test_every_colour_is_one_of_the_styles(language: str) -> None:
    for line in line_by_line(language, SOURCES[language].split("\n")):
        assert {style for _, style in line if style} <= STYLES


@pytest.mark.parametrize("name", ["", "no such language", "text", "{.x}", "\x00", "中文"])
def test_unknown_languages_are_plain(name: str) -> None:
    assert visible(line_lexer(name).line("def f(): 'x'", None)[0])[0] == ("d", "")


@pytest.mark.parametrize("name", ["Python3", "{.python}", "py:file.py", "python,linenos"])
def test_names_of_languages_are_understood_in_many_forms(name: str) -> None:
    assert visible(line_lexer(name).line("def", None)[0])[0] == ("d", "code-keyword")


def test_very_long_lines_are_plain() -> None:
    line = "x = 'a' " * 20_000
    spans, state = line_lexer("python").line(line, None)
    assert [span.text for span in spans] == [line]
    assert state is None


def test_brackets_that_never_close_keep_the_state_small() -> None:
    lexer, state = line_lexer("javascript"), None
    sizes = set()
    for _ in range(300):
        _, state = lexer.line("`${ a", state)
        sizes.add(len(repr(state)))
    assert max(sizes) < 3000


def test_a_comment_stays_open_until_it_ends() -> None:
    lines = line_by_line("c", ["int a; /* one", "two 'three", "four */ int b;"])
    assert {style for _, style in lines[1]} == {"code-comment"}
    assert lines[2][0] == ("f", "code-comment")
    assert lines[2][-1] == (";", "")


def test_everything_can_be_warmed_before_the_first_text() -> None:
    code = (
        "import sys; from tui.markdown.growing import warm; warm(['rust']);"
        "before = set(sys.modules); from tui.markdown.growing import whole;"
        "whole('*a* [b](http://c)\\n```rust\\nfn a() {}\\n```\\n<div>');"
        "print([name for name in set(sys.modules) - before if 'pygments' in name])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_lexers_can_be_warmed_in_a_thread() -> None:
    thread = threading.Thread(target=warm, args=(["haskell", "no such language", "lua"],))
    thread.start()
    warm(["lua", "haskell"])
    thread.join()
    assert visible(line_lexer("lua").line("local", None)[0])[0] == ("l", "code-keyword")
