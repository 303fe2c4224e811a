"""Markdown of a model, such that no viewer does with it what a text has no business doing.

Viewers differ: some run HTML, some load images as soon as a file is opened, some follow any link.
And a text is one of many in its file: an open code block would take in all that comes after it,
and a heading `You` would put words into somebody's mouth. So outside of code

    <tag, <!--        lose their bracket (`&lt;`); <https://...> stays
    ![...](...)       becomes a link behind a mark of exclamation
    [...](elsewhere)  stays text where it leads elsewhere than to the web or to a mail address
    ## You            is put in quotation marks

and a code block that was left open is closed. Where blocks are, markdown-it says. Code within a
paragraph is what is code in the whole of it (CommonMark 0.31.2, 6.1) and in its line and table
cell too (GFM 0.29, 4.10): viewers disagree on tables, and what only one of them takes as code is
none here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.core.exporting.roles import speaks

if TYPE_CHECKING:
    from markdown_it.token import Token

SAFE = re.compile(r"\s*<?(?:https?://|mailto:|#)", re.IGNORECASE)
"""How a target begins that may be followed."""

_SIGNS = re.compile(
    r"(?P<pair>\\[!-/:-@\[-`{-~])|(?P<ticks>`+)"
    r"|(?P<auto><(?:https?://|mailto:)[^\s<>]*>)|(?P<tag><(?=[A-Za-z/!?]))"
    r"|(?P<image>!(?=\[))|(?P<target>\](?=[(:]))",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\A(.*?#{1,6}[ \t]+)(.*?)((?:[ \t]+#+)?[ \t]*)\Z")
_CELL = re.compile(r"(?:[^|\n\\]|\\.)+")


def harmless(text: str) -> str:
    """The Markdown, harmless in any viewer and closed at its end."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).disable("inline")
    tokens, lines = made.parse(text), text.split("\n")
    paragraphs = {token.map[0]: token for token in tokens if token.type == "inline" and token.map}
    code = {token.map[0]: token for token in tokens if token.type in BLOCKS and token.map}
    out = list[str]()
    while (at := len(out)) < len(lines):
        token = code.get(at) or paragraphs.get(at)
        behind = max(token.map[1], at + 1) if token and token.map else at + 1
        part = lines[at:behind]
        out += part if at in code else _defused("\n".join(part), token is not None).split("\n")
    _quote_headings(out, lines, tokens)
    return "\n".join(out) + _closing(tokens, lines)


BLOCKS = ("fence", "code_block")
"""The kinds of blocks that hold code."""


def _defused(text: str, has_code: bool) -> str:
    """A paragraph, or a line that is none, in which then nothing counts as code."""
    if not has_code:
        return _SIGNS.sub(lambda sign: _instead(sign), text)
    whole = _signs(text, 0, len(text))
    cells = (sign for cell in _CELL.finditer(text) for sign in _signs(text, *cell.span()))
    return _replaced(text, {sign.start(): sign for sign in (*whole, *cells)}.values())


def _replaced(text: str, signs: Iterable[re.Match[str]]) -> str:
    out, at = list[str](), 0
    for sign in sorted(signs, key=re.Match.start):
        out += (text[at : sign.start()], _instead(sign))
        at = sign.end()
    return "".join((*out, text[at:]))


def _signs(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What is to be replaced in this part, code passed over."""
    runs = _runs(text, start, end)
    while sign := _SIGNS.search(text, start, end):
        start = sign.end()
        if sign["ticks"]:
            start = _code_end(sign, runs)
        elif not (sign["pair"] or sign["auto"]):
            yield sign


def _instead(sign: re.Match[str]) -> str:
    if sign["tag"]:
        return "&lt;"
    if sign["image"]:
        return r"\!"
    if sign["target"] and not SAFE.match(sign.string, sign.end() + 1):
        return "]\\"
    return sign[0]


def _runs(text: str, start: int, end: int) -> dict[int, list[int]]:
    """Where runs of backticks are, by their length, the last one first."""
    runs: dict[int, list[int]] = {}
    for run in reversed(list(re.compile("`+").finditer(text, start, end))):
        runs.setdefault(len(run[0]), []).append(run.start())
    return runs


def _code_end(ticks: re.Match[str], runs: dict[int, list[int]]) -> int:
    """Behind the code that these backticks begin, if it ends; else behind them."""
    length = len(ticks[0])
    places = runs.get(length, [])
    while places and places[-1] < ticks.end():
        places.pop()
    return places[-1] + length if places else ticks.end()


def _quote_headings(lines: list[str], source: list[str], tokens: list[Token]) -> None:
    """A heading that says who speaks is in quotation marks; anything less would be no heading.

    And where a heading is none any more, what follows it may be no code any more.
    """
    for token, inside in pairwise(tokens):
        if token.type != "heading_open" or not token.map or not speaks(inside.content):
            continue
        first, behind = token.map
        if token.markup.startswith("#"):
            lines[first] = _HEADING.sub(r"\1“\2”\3", lines[first])
        else:
            begin = max(0, source[first].find(inside.content.split("\n")[0]))
            lines[first] = f"{lines[first][:begin]}“{lines[first][begin:]}"
            lines[behind - 2] = f"{lines[behind - 2].rstrip()}”"


def _closing(tokens: list[Token], lines: list[str]) -> str:
    """The end of a code block that was left open."""
    last = tokens[-1] if tokens else None
    if last is None or last.type != "fence" or last.level or not last.map:
        return ""
    first, behind = last.map
    end = re.fullmatch(r" {0,3}(`+|~+)\s*", lines[behind - 1]) if behind - first > 1 else None
    is_closed = end is not None and end[1].startswith(last.markup)
    return "" if is_closed else f"\n{last.markup}"
