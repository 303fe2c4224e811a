"""A conversation as a picture (SVG 1.1): the rows of the log, on paper of their own height.

Every run of text stands at its own column and is stretched to its own cells, so columns stay
columns whatever font a viewer has. Nothing in it runs, nothing is fetched, nothing can be clicked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from rich.cells import cell_len

from tui.core.chats import Chat
from tui.core.conversation import Message
from tui.core.exporting.facts import heading, told_ending
from tui.core.exporting.pictures import picture
from tui.core.image_size import size_in_url
from tui.core.images import Image
from tui.core.sanitize import clean, one_line
from tui.markdown.growing import GrowingMarkdown
from tui.markdown.inks import SHEET
from tui.markdown.layout import rows
from tui.markdown.pieces import Piece, Row, Span
from tui.markdown.plain import GrowingPlain, line

WIDTH = 92
"""Cells of a row."""

CELL, ROW, SIZE = 8.4, 19, 14
"""Pixels: how wide a cell is, how tall a row, how large the letters."""

MARGIN, BASE = 24, 14
"""Pixels: round the rows, and from the top of a row to the line on which letters stand."""

PICTURE = 336
"""Pixels that a picture may take to each side."""

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file may hold (XML 1.0, 2.2)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the picture, or a picture in it."""

    row: Row = ()
    """Its text."""

    fill: str = ""
    """The style of its whole width."""

    image: Image | None = None
    """The picture that stands there instead."""

    height: float = ROW
    """Pixels."""


def drawn(chat: Chat) -> Iterator[str]:
    """The path that is shown, in parts that follow each other."""
    lines = list(_lines(chat))
    width = WIDTH * CELL + 2 * MARGIN
    height = sum(each.height for each in lines) + 2 * MARGIN
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}">\n<title>{_told(one_line(chat.name))}</title>\n'
        f'<style>{SHEET}</style>\n<rect class="paper" width="100%" height="100%"/>\n'
    )
    top = float(MARGIN)
    for each in lines:
        yield "".join(_line(each, top))
        top += each.height
    yield "</svg>\n"


def _lines(chat: Chat) -> Iterator[Line]:
    yield from _laid_out([line(Span(one_line(chat.name), ("heading-1",)))])
    for message in chat.conversation.path:
        yield Line()
        yield from _message(message)


def _message(message: Message) -> Iterator[Line]:
    who = "you" if message.role == "user" else "model"
    yield from _laid_out([line(Span(heading(message), (who,)))])
    for image in message.images:
        yield _image(image)
    if message.reasoning:
        told = f"▸ reasoning, {len(message.reasoning):,} characters"
        yield from _laid_out([line(Span(told, ("dim",)))])
    text = GrowingPlain() if message.role == "user" else GrowingMarkdown()
    text.feed(clean(message.text))
    text.finish()
    yield from _laid_out(text.take())
    said = [
        (message.refusal, "bad"),
        *((f"→ {c.name}({c.arguments})", "dim") for c in message.tool_calls),
    ]
    for words, style in (*said, (told_ending(message), "bad")):
        if words:
            yield from _laid_out([line(Span(clean(words), (style,)))])


def _laid_out(pieces: Iterable[Piece]) -> Iterator[Line]:
    for piece in pieces:
        yield from (Line(row, piece.fill) for row in rows(piece, WIDTH))


def _image(image: Image) -> Line:
    """The picture where its bytes and its size are known, else its name."""
    size = size_in_url(image.url) if picture(image) else None
    if size is None or not min(size):
        return Line((Span(f"▣ {one_line(image.name, WIDTH - 2)}", ("image",)),))
    scale = min(1.0, PICTURE / max(size))
    return Line(image=image, height=max(size[1] * scale, 1.0) + ROW / 2)


def _line(of: Line, top: float) -> Iterator[str]:
    if of.image is not None and (found := picture(of.image)) is not None:
        yield (
            f'<image x="{MARGIN}" y="{top:g}" width="{PICTURE}" height="{of.height - ROW / 2:g}"'
            f' preserveAspectRatio="xMinYMin meet" href="{escape(found.url)}"/>\n'
        )
    if of.fill:
        yield (
            f'<rect class="{of.fill}" x="{MARGIN - 8}" y="{top:g}"'
            f' width="{WIDTH * CELL + 16:g}" height="{ROW}"/>\n'
        )
    left = float(MARGIN)
    for span in of.row:
        cells = cell_len(span.text)
        if span.text.strip():
            yield _run(span, left, top + BASE, cells)
        left += cells * CELL


def _run(span: Span, left: float, base: float, cells: int) -> str:
    styles = f' class="{" ".join(span.styles)}"' if span.styles else ""
    return (
        f'<text x="{left:g}" y="{base:g}" textLength="{cells * CELL:g}"'
        f' lengthAdjust="spacingAndGlyphs"{styles}>{_told(span.text)}</text>\n'
    )


def _told(text: str) -> str:
    return escape(NOT_XML.sub("\ufffd", text))
