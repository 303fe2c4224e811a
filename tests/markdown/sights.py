"""What is seen of a text: its rows as plain strings, and the styles of a word in them."""

from collections.abc import Iterable

from tui.markdown.growing import GrowingMarkdown, whole
from tui.markdown.layout import rows
from tui.markdown.pieces import Piece, Span


def lines(pieces: Iterable[Piece], width: int = 40) -> list[str]:
    """The rows without their styles."""
    return [
        "".join(span.text for span in row).rstrip()
        for piece in pieces
        for row in rows(piece, width)
    ]


def seen(text: str, width: int = 40) -> list[str]:
    """The rows of a whole text."""
    return lines(whole(text), width)


def span(text: str, word: str) -> Span:
    """The first span of a text that has the word in it."""
    found = [
        span
        for piece in whole(text)
        for row in rows(piece, 200)
        for span in row
        if word in span.text
    ]
    return found[0]


def styles(text: str, word: str) -> tuple[str, ...]:
    """The styles that a word is shown in."""
    return span(text, word).styles


def growing(*deltas: str) -> GrowingMarkdown:
    """Text that came in these deltas and is not finished."""
    made = GrowingMarkdown()
    for delta in deltas:
        made.feed(delta)
    return made


def in_flight(*deltas: str) -> list[str]:
    """All that is seen of a text that is not finished."""
    made = growing(*deltas)
    return lines([*made.frozen, *made.live])
