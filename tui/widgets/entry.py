"""One message as the log shows it: a heading, what is said, and how it ended.

    ▌ SmolLM2-135M-Instruct            heading
    ▌ ▸ thought for 3.1 s              thinking: the line that stands for the reasoning
    ▌   First the bytes, then ...      thought: the reasoning, where it is unfolded
    ▌ Rivers are ...                   body: frozen rows, then the live ones
    ▌ ✓ complete · 2.1 s               foot, once it has ended
                                       one row of air

Rows are wrapped once per width. Growing text costs only its live tail: frozen rows are appended
to and never touched again, except when a streaming table asks for its rows to be wrapped anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from textual.strip import Strip

from tui.markdown.layout import rows
from tui.markdown.pieces import Piece, Row
from tui.markdown.plain import Growing, GrowingPlain
from tui.widgets.notice import Thinking, thinking
from tui.widgets.paint import Paint


@dataclass(slots=True)
class Rows:
    """The rows of some pieces at one width, and the strips that were painted of them."""

    rows: list[tuple[Row, str]] = field(default_factory=list)
    """Each row with the name of the style that fills it."""

    strips: list[Strip | None] = field(default_factory=list)
    """The painted rows; None is not painted yet."""

    def add(self, pieces: Iterable[Piece], width: int) -> None:
        """Wrap more pieces."""
        for piece in pieces:
            self.rows += [(row, piece.fill) for row in rows(piece, width)]
        self.strips += [None] * (len(self.rows) - len(self.strips))

    def cut(self, height: int) -> None:
        """Forget all but the first rows."""
        del self.rows[height:], self.strips[height:]

    def fade(self) -> None:
        """Forget what was painted."""
        self.strips = [None] * len(self.rows)


class Flow:
    """Growing text in rows: the frozen ones, then the live ones."""

    def __init__(self, text: Growing) -> None:
        self.text = text
        self.frozen = Rows()
        self.live = Rows()
        self._starts: list[int] = []
        self._version = text.version

    def wrap(self, width: int) -> None:
        """Bring the rows up to date with the text."""
        if self.text.version != self._version:
            self._version = self.text.version
            self._keep(self.text.stale_from)
        for piece in self.text.frozen[len(self._starts) :]:
            self._starts.append(len(self.frozen.rows))
            self.frozen.add((piece,), width)
        self.live.cut(0)
        self.live.add(self.text.live, width)

    def rewrap(self, width: int) -> None:
        """Wrap everything for another width."""
        self._keep(0)
        self.wrap(width)

    def _keep(self, pieces: int) -> None:
        if pieces < len(self._starts):
            self.frozen.cut(self._starts[pieces])
            del self._starts[pieces:]


class Entry:
    """One message in the log."""

    def __init__(self, message: int, heading: Sequence[Piece], body: Growing) -> None:
        self.message = message
        """The id of the message in the conversation."""
        self.heading: Sequence[Piece] = heading
        """Who speaks."""
        self.foot: Sequence[Piece] = ()
        """How it ended."""
        self.thinking: Thinking | None = None
        """What the line says that stands for the reasoning, where there is any."""
        self.thought = Flow(GrowingPlain(("reasoning",)))
        """The reasoning before the answer."""
        self.is_unfolded = False
        """Whether the reasoning is shown and not only the line that stands for it."""
        self.body = Flow(body)
        """What is said."""
        self.is_focused = False
        """Whether keys act on this message."""
        self._head_rows, self._thinking_rows, self._foot_rows = Rows(), Rows(), Rows()
        self._width = 0

    def reopen(self, body: Growing) -> None:
        """Begin anew with what is said: an ended message is continued."""
        self.thinking = None
        self.thought, self.body = Flow(GrowingPlain(("reasoning",))), Flow(body)

    @property
    def height(self) -> int:
        """Rows, the one of air at the end included."""
        return sum(len(part.rows) for part in self._parts) + 1

    @property
    def _parts(self) -> tuple[Rows, ...]:
        thought, body = self.thought, self.body
        unfolded = (thought.frozen, thought.live) if self.is_unfolded else ()
        return (
            self._head_rows,
            self._thinking_rows,
            *unfolded,
            body.frozen,
            body.live,
            self._foot_rows,
        )

    def unfold(self, is_unfolded: bool) -> None:
        """Show the reasoning, or only the line that stands for it."""
        self.is_unfolded = is_unfolded
        if is_unfolded and self._width:
            self.thought.rewrap(self._width)

    def wrap(self, width: int) -> None:
        """Bring the rows up to date with what was said, at a width in cells."""
        flows = (self.thought, self.body) if self.is_unfolded else (self.body,)
        for flow in flows:
            if width != self._width:
                flow.rewrap(width)
            else:
                flow.wrap(width)
        self._width = width
        for part, pieces in (
            (self._head_rows, self.heading),
            (self._thinking_rows, self._thinking()),
            (self._foot_rows, self.foot),
        ):
            part.cut(0)
            part.add(pieces, width)

    def _thinking(self) -> Sequence[Piece]:
        return thinking(self.thinking, self.is_unfolded) if self.thinking else ()

    def fade(self) -> None:
        """Forget what was painted: the theme or the focus has changed."""
        for part in self._parts:
            part.fade()

    def is_thinking(self, number: int) -> bool:
        """Whether a row is the line that stands for the reasoning."""
        return 0 <= number - len(self._head_rows.rows) < len(self._thinking_rows.rows)

    def row(self, number: int) -> Row:
        """One row of the message; the row of air is empty."""
        for part in self._parts:
            if number < len(part.rows):
                return part.rows[number][0]
            number -= len(part.rows)
        return ()

    def strip(self, number: int, paint: Paint) -> Strip:
        """One row, painted."""
        for part in self._parts:
            if number < len(part.rows):
                return self._painted(part, number, paint)
            number -= len(part.rows)
        return paint.strip((), "", is_focused=False)

    def _painted(self, part: Rows, number: int, paint: Paint) -> Strip:
        strip = part.strips[number]
        if strip is None:
            row, fill = part.rows[number]
            strip = part.strips[number] = paint.strip(row, fill, self.is_focused)
        return strip
