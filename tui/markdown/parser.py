"""The inline parser of the process: markdown-it's, made once, at first use.

Blocks are found by `tui.markdown.blocks`; markdown-it parses what is inside a line. Two rules are
our own: maths stay as they were written, and web addresses are links where they stand
(https://github.github.com/gfm/#autolinks-extension-, without its guesses at host names).
"""

import re
from collections.abc import MutableMapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Environment = MutableMapping[str, object]
"""What the parser knows of a text: the reference definitions so far."""

MAX_NESTING = 40
"""Levels of links and images within each other; beyond, brackets are text."""
MOST_BRACKETS = 20
"""Brackets left open in one text; beyond, all are text, for each one is read up to its end."""

ADDRESS = re.compile(r"[^\s<>\[\]\"`|\\^{}，。、；：！？（）「」『』【】《》“”‘’]+")
"""The characters of a web address, up to a blank, a bracket or the punctuation of CJK text."""

_MATHS = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}


@cache
def parser() -> "MarkdownIt":
    """The shared parser; it is imported and built when it is first asked for."""
    return _built()


@cache
def _linkless() -> "MarkdownIt":
    """Its twin that takes brackets as text."""
    return _built().disable(["link", "image"])


def _built() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    made.enable("strikethrough")
    made.inline.ruler.before("newline", "maths", _maths)
    made.inline.ruler.before("newline", "address", _address)
    return made


def inline_tokens(text: str, environment: Environment) -> "list[Token]":
    """The tokens of a paragraph's text; escaped characters stay tokens of their own."""
    open_brackets = text.count("[") - text.count("]")
    made = parser() if open_brackets <= MOST_BRACKETS else _linkless()
    return made.inline.parse(text, made, environment, [])


def address_end(text: str, start: int) -> int:
    """Where the web address that starts there ends, without the punctuation of its sentence."""
    match = ADDRESS.match(text, start)
    end = match.end() if match else start
    while end > start:
        last = text[end - 1]
        if last == ")" and text.count("(", start, end) >= text.count(")", start, end):
            break
        if last not in "?!.,:;*_~')":
            break
        end -= 1
    return end


def _maths(state: "StateInline", silent: bool) -> bool:
    """Keep maths as they are written: their backslashes, stars and underscores mean no Markdown."""
    mark = state.src[state.pos : state.pos + 2]
    close = _MATHS.get(mark)
    if close is None:
        return False
    end = state.src.find(close, state.pos + 2)
    if end < 0 or not state.src[state.pos + 2 : end].strip():
        return False
    if not silent:
        token = state.push("maths", "", 0)
        token.content = state.src[state.pos + 2 : end].strip()
    state.pos = end + 2
    return True


def _address(state: "StateInline", silent: bool) -> bool:
    """At `://` after http or https: the address is a link, and its marks are no emphasis."""
    text, colon = state.src, state.pos
    if text[colon] != ":" or state.linkLevel or not text.startswith("://", colon):
        return False
    scheme = _scheme(text, colon)
    if not scheme or not (silent or state.pending.endswith(scheme)):
        return False
    start, end = colon - len(scheme), address_end(text, colon)
    if end <= colon + 3:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme)]
        _push_link(state, text[start:end])
    state.pos = end
    return True


def _scheme(text: str, colon: int) -> str:
    for length in (5, 4):
        start = colon - length
        scheme = text[max(start, 0) : colon]
        if scheme.lower() in ("http", "https") and len(scheme) == length:
            before = text[start - 1] if start > 0 else " "
            return "" if before.isascii() and before.isalnum() else scheme
    return ""


def _push_link(state: "StateInline", address: str) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": address}
    opening.info = "auto"
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
