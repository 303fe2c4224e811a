"""The links in a message, images included, each once and in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.markdown.pieces import Piece, Span
from tui.widgets.entry import Entry
from tui.widgets.stack import Stack

MOST = 500
"""Links of one message that are listed."""


def links(stack: Stack, entry: Entry) -> Iterator[dict[str, str]]:
    """Target and words of each link, more and more of them; a part is read at a time."""
    stack.grow(entry)
    found: dict[str, str] = {}
    for _, flow in entry.texts:
        part = 0
        while part <= flow.last_part and len(found) < MOST:
            _collect(found, flow.pieces(part))
            yield found
            part += 1


def _collect(found: dict[str, str], pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        for target, words in _linked(_spans(piece)):
            found[target] = found.get(target) or words


def _spans(piece: Piece) -> Iterator[Span]:
    yield from piece.spans
    for cell in piece.cells:
        yield from cell.spans


def _linked(spans: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """Neighbours that lead to the same place are one link."""
    target, words = "", ""
    for span in (*spans, Span("")):
        if span.link != target:
            if target:
                yield target, words
            target, words = span.link, ""
        words += span.text
