"""Growing Markdown as rows for a scrollback: what is written there can never be changed again.

So a row is handed out once, when nothing can change it any more: pieces that are frozen, but the
rows of a table only when the table has ended, since every one of them may widen its columns. What
is behind them is the tail: laid out anew for every frame, from its end, and no further than the
screen can show.

Nobody can ask a scrollback where a link leads, so targets stand behind their links; in a table,
whose columns have no room for them, below it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from tui.core.sanitize import clean
from tui.markdown.growing import GrowingMarkdown
from tui.markdown.layout import rows
from tui.markdown.pieces import Piece, Row, Span, Spans


class Unrolling:
    """A text that is still coming, in rows that stay and rows that may still change."""

    def __init__(self) -> None:
        self._text = GrowingMarkdown()
        self._held: list[Piece] = []  # frozen, but for the columns of their table
        self._is_over = False

    def feed(self, text: str) -> None:
        """Append text, which is clean."""
        self._text.feed(text)

    def finish(self) -> None:
        """No more text: all rows are handed out next time."""
        self._text.finish()
        self._is_over = True

    def settled(self, width: int) -> Iterator[Row]:
        """The rows that nothing can change any more, since the last call.

        A line of code is one row, however long: the terminal wraps it, and it is copied whole.
        """
        self._held += self._text.take()
        end = len(self._held) if self._is_over else _settled(self._held)
        done, self._held = self._held[:end], self._held[end:]
        for piece in _with_targets(done):
            yield from rows(piece, width, wraps=False)

    def tail(self, width: int, most: int) -> Sequence[Row]:
        """The rows that may still change; of more than `most` the last ones."""
        out = deque[Row]()
        for piece in reversed([*self._held, *self._text.live]):
            shown = _told(piece) if piece.kind == "text" else piece
            out.extendleft(reversed(rows(shown, width)))
            if len(out) >= most:
                break
        return list(out)[-most:]


def _settled(pieces: Sequence[Piece]) -> int:
    """How many pieces there are before a table that may go on."""
    end = len(pieces)
    while end and pieces[end - 1].columns and pieces[end - 1].columns is pieces[-1].columns:
        end -= 1
    return end


def _with_targets(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, with the targets of their links."""
    for columns, group in groupby(pieces, key=lambda piece: piece.columns):
        if columns is None:
            yield from (_told(piece) if piece.kind == "text" else piece for piece in group)
            continue
        table = list(group)
        yield from table
        links = (span for piece in table for cell in piece.cells for span in cell.spans)
        for name, target in dict.fromkeys((span.text, span.link) for span in links if span.link):
            if not _says(name, target):
                yield Piece("text", (Span(f"{name}: {clean(target)}", ("target",)),))


def _told(piece: Piece) -> Piece:
    """The piece with the targets of its links behind them."""
    if not any(span.link for span in piece.spans):
        return piece
    return replace(piece, spans=tuple(_spans(piece.spans)))


def _spans(spans: Spans) -> Iterator[Span]:
    for target, group in groupby(spans, key=lambda span: span.link):
        linked = list(group)
        yield from linked
        if target and not _says("".join(span.text for span in linked), target):
            yield Span(f" ({clean(target)})", ("target",))


def _says(name: str, target: str) -> bool:
    """Whether the words of a link are its target."""
    return target.rstrip("/") in (name.rstrip("/"), f"http://{name}", f"mailto:{name}")
