"""A model's Markdown as HTML: no HTML of its own, nothing fetched, links to the web alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from itertools import starmap
from typing import TYPE_CHECKING, cast

from tui.core.exporting import Colours
from tui.core.links import link_from
from tui.core.sanitize import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST_NESTED = 40
"""Levels of lists, quotes and links within each other; beyond, the text is left as it is."""

MOST_BRACKETS = 200
"""Brackets left open in one text; beyond, it is shown as it was written: each is read to the end
of its paragraph."""

COLOURS = "colours"
"""The name under which the parser's rules find what colours code."""

ALIGNED = {"text-align:right": "right", "text-align:center": "center"}
"""The styles of table cells, which the page's policy forbids, and the classes that do the same."""

SIDED = ("paragraph", "heading", "bullet_list", "ordered_list", "blockquote", "td", "th")
"""What takes its direction from its own first letter."""


def in_html(text: str, colours: Colours) -> str:
    """The Markdown as HTML, its code in colours."""
    shown = clean(text)
    if shown.count("[") - shown.count("]") > MOST_BRACKETS:
        return plain(shown)
    made = _parser()
    tokens = made.parse(shown)
    for token in tokens:
        _settle(token)
    return cast("str", made.renderer.render(tokens, made.options, {COLOURS: colours}))


def plain(text: str) -> str:
    """Text as it was written."""
    return f'<p class="plain" dir="auto">{escape(clean(text))}</p>\n'


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": MOST_NESTED})
    made.enable(["table", "strikethrough"])
    made.add_render_rule("fence", _code)
    made.add_render_rule("code_block", _code)
    return made


def _code(
    _: object, tokens: Sequence[Token], at: int, options: object, env: Mapping[str, Colours]
) -> str:
    token = tokens[at]
    language = (token.info.split() or [""])[0]
    label = f' data-language="{escape(language)}"' if language else ""
    runs = "".join(starmap(_run, env[COLOURS](token.content, language)))
    return f'<pre dir="ltr"{label}><code>{runs}</code></pre>\n'


def _run(style: str, words: str) -> str:
    return f'<span class="{escape(style)}">{escape(words)}</span>' if style else escape(words)


def _settle(token: Token) -> None:
    """Fit a block's token into the page."""
    if token.type.removesuffix("_open") in SIDED and token.nesting > 0:
        token.attrs["dir"] = "auto"
    if token.type.startswith("heading"):
        token.tag = f"h{min(6, int(token.tag[1:]) + 2)}"
    if side := ALIGNED.get(str(token.attrs.pop("style", ""))):
        token.attrs["class"] = side
    if token.children:
        token.children = list(_inline(token.children))


def _inline(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens of a paragraph; what leads nowhere safe loses its link, images become links."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("link") else 0
        if token.type == "link_open":
            _settle_link(token)
        if token.type != "image":
            yield token
        else:
            yield from list(_image(token))[1:-1] if depth else _image(token)


def _settle_link(token: Token) -> None:
    """A link to the web or to a mail address; any other is no link, but keeps its words."""
    link = link_from(str(token.attrs.get("href", "")))
    token.attrs = {"href": link.url, "rel": "noopener noreferrer"} if link else {}


def _image(token: Token) -> Iterator[Token]:
    """An image as a link to it: it would be fetched by whoever opens the page."""
    from markdown_it.token import Token as Made

    opening = Made("link_open", "a", 1, attrs={"href": str(token.attrs.get("src", ""))})
    _settle_link(opening)
    yield opening
    yield Made("text", "", 0, content=f"image: {token.content}" if token.content else "image")
    yield Made("link_close", "a", -1)
