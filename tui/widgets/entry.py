"""One message as the log shows it: a heading, what is said, and how it ended.

    ▌ SmolLM2-135M-Instruct            heading
    ▌ ▸ thought for 3.1 s              the line that stands for the reasoning
    ▌ First the bytes, then ...        the reasoning, where it is unfolded
    ▌ Rivers are ...                   the answer
    ▌ ✓ complete · 2.1 s               foot, once it has ended
                                       one row of air

Each of these is a flow of its own. A message that was never near the view holds nothing but its
words, and its height is an estimate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.strip import Strip

from tui.core.images import Image
from tui.markdown.passage import Passage
from tui.markdown.pieces import Fence, Piece, Row
from tui.markdown.plain import GrowingPlain
from tui.markdown.sections import Reader
from tui.widgets.flow import Change, Flow, Place
from tui.widgets.notice import Thinking, thinking
from tui.widgets.paint import Paint
from tui.widgets.parts import Memory
from tui.widgets.rows import Fit, Shift, Spot
from tui.widgets.window import Window


class Entry:
    """One message in the log."""

    __slots__ = (
        *("_fit", "_flows", "_foot", "_heading", "_said", "_thinking"),
        *("is_focused", "is_unfolded", "message", "number", "undrawn"),
    )

    def __init__(
        self,
        message: int,
        heading: Sequence[Piece],
        body: Passage | Reader,
        thought: Passage | None = None,
    ) -> None:
        """A message of which nothing is laid out yet.

        Args:
            message: The id of the message in the conversation.
            heading: Who speaks.
            body: What is said, or what reads it while it comes.
            thought: The reasoning before the answer, where it has come already.
        """
        self.message = message
        """The id of the message in the conversation."""
        self.number = 0
        """Counts the entries of a log in their order."""
        self.is_unfolded = False
        """Whether the reasoning is shown and not only the line that stands for it."""
        self.is_focused = False
        """Whether keys act on this message."""
        self.undrawn = tuple[Image, ...]()
        """Images whose pictures belong into the heading once it comes into view."""
        self._heading, self._foot = heading, tuple[Piece, ...]()
        self._thinking: Thinking | None = None
        self._said = thought, body if isinstance(body, Passage) else Passage(body)
        self._flows: list[Flow] = []
        self._fit = Fit(0)

    @property
    def flows(self) -> Sequence[Flow]:
        """Heading, the line of the reasoning, reasoning, answer and foot, as they are shown."""
        head, line, thought, body, foot, folded = self._made()
        return head, line, thought if self.is_unfolded else folded, body, foot

    def _made(self) -> list[Flow]:
        """All flows, made when they are first asked for; the last stands for what is folded."""
        if not self._flows:
            thought, body = self._said
            thought = thought or Passage(GrowingPlain(("reasoning",)))
            line, foot = self._line(), self._foot
            said = (Flow(thought), Flow(body))
            self._flows = [_plate(self._heading), _plate(line), *said, _plate(foot), _plate(())]
        return self._flows

    @property
    def thought(self) -> Flow:
        """The reasoning before the answer."""
        return self._made()[2]

    @property
    def body(self) -> Flow:
        """What is said."""
        return self._made()[3]

    @property
    def heading(self) -> Sequence[Piece]:
        """Who speaks."""
        return self._heading

    @heading.setter
    def heading(self, pieces: Sequence[Piece]) -> None:
        self._heading = pieces
        if self._flows:
            self._flows[0] = _plate(pieces)

    @property
    def thinking(self) -> Thinking | None:
        """What the line says that stands for the reasoning, where there is any."""
        return self._thinking

    @thinking.setter
    def thinking(self, thought: Thinking | None) -> None:
        self._thinking = thought
        if self._flows:
            self._flows[1] = _plate(self._line())

    def _line(self) -> Sequence[Piece]:
        return thinking(self._thinking, self.is_unfolded) if self._thinking else ()

    def unfold(self, is_unfolded: bool) -> None:
        """Show the reasoning, or only the line that stands for it."""
        self.is_unfolded = is_unfolded
        self.thinking = self._thinking

    def is_thinking(self, row: int) -> bool:
        """Whether a row is the line that stands for the reasoning."""
        return self._find(row)[0] is self._made()[1]

    def reopen(self, body: Reader) -> None:
        """Begin anew with what is said: an ended message is continued."""
        self._said, self._thinking = (None, Passage(body)), None
        self._flows = []

    @property
    def foot(self) -> Sequence[Piece]:
        """How it ended."""
        return self._foot

    @foot.setter
    def foot(self, pieces: Sequence[Piece]) -> None:
        self._foot = tuple(pieces)
        if self._flows:
            self._flows[4] = _plate(self._foot)

    @property
    def texts(self) -> tuple[tuple[int, Flow], ...]:
        """What is said and shown, with the numbers by which places name these flows."""
        return ((2, self.thought), (3, self.body)) if self.is_unfolded else ((3, self.body),)

    @property
    def height(self) -> int:
        """Rows, as far as they are known, the one of air at the end included."""
        return sum(flow.height for flow in self.flows) + 1

    def about(self, width: int) -> int:
        """About how many rows it takes, before it was wrapped."""
        thought, body = self._said
        said = body.about(width) + (thought.about(width) if thought and self.is_unfolded else 0)
        return len(self._heading) + bool(self._thinking) + said + len(self._foot) + 1

    def wrap(self, fit: Fit, memory: Memory) -> None:
        """Bring the rows up to date with what was said, at a fit."""
        self._fit = fit
        for flow in self.flows:
            flow.wrap(fit, memory)

    def is_wrapped(self, fit: Fit) -> bool:
        """Whether its rows are those of a fit."""
        return fit == self._fit

    def measure(self, row: int, memory: Memory) -> Change:
        """Lay out what a row belongs to, if it can be read."""
        flow, start = self._find(row)
        if flow is None:
            return Change(start, 1, 1)
        change = flow.measure(row - start, memory)
        return change._replace(start=start + change.start)

    def look(self, flow: int, part: int, memory: Memory) -> Change:
        """Lay out a part of one of its flows, if it can be read."""
        start = self._start(self.flows[flow])
        change = self.flows[flow].look(part, memory)
        return change._replace(start=start + change.start)

    def learn(self) -> Iterator[Change]:
        """Measure all of it, a part at a time."""
        for flow in self.flows:
            for change in flow.learn():
                yield change._replace(start=self._start(flow) + change.start)

    def row(self, number: int, memory: Memory) -> Row:
        """One row of the message; the row of air is empty."""
        flow, start = self._find(number)
        return flow.row(number - start, memory) if flow else ()

    def strip(self, number: int, memory: Memory, paint: Paint, shift: Shift | None) -> Strip:
        """One row, painted."""
        flow, start = self._find(number)
        if flow is None:
            return paint.strip((), "", is_focused=False)
        return flow.strip(number - start, memory, paint, self.is_focused, shift)

    def window(self, row: int, memory: Memory, shift: Shift | None) -> Window | None:
        """Which columns of a row are seen, where that is not all of them."""
        flow, start = self._find(row)
        return flow.window(row - start, memory, shift) if flow else None

    def fence(self, row: int, memory: Memory) -> Fence | None:
        """The block of code that a row belongs to."""
        flow, start = self._find(row)
        return flow.fence(row - start, memory) if flow else None

    def place(self, row: int) -> tuple[int, Place]:
        """Where a row is, also after more was measured above it."""
        flow, start = self._find(row)
        if flow is None:
            return len(self.flows), (0, 0)
        return self.flows.index(flow), flow.place(row - start)

    def row_at(self, place: tuple[int, Place]) -> int:
        """The row at a place."""
        index, within = place
        if index >= len(self.flows):
            return self.height - 1
        flow = self.flows[index]
        return self._start(flow) + flow.row_at(within)

    def spot(self, row: int, memory: Memory) -> tuple[int, int, Spot]:
        """Where a row is in terms of what is said, also after a change of the width."""
        flow, start = self._find(row)
        if flow is None:
            return len(self.flows), 0, (0, 0.0)
        return self.flows.index(flow), *flow.spot(row - start, memory)

    def find(self, spot: tuple[int, int, Spot], memory: Memory) -> int:
        """The row at such a spot; what it belongs to is measured."""
        index, part, within = spot
        if index >= len(self.flows):
            return self.height - 1
        flow = self.flows[index]
        row = flow.find(part, within, memory)
        return self._start(flow) + row

    def _find(self, row: int) -> tuple[Flow | None, int]:
        """The flow that a row belongs to, and where it starts; none for the row of air."""
        start = 0
        for flow in self.flows:
            if row < start + flow.height:
                return flow, start
            start += flow.height
        return None, start

    def _start(self, flow: Flow) -> int:
        flows = self.flows
        return sum(before.height for before in flows[: flows.index(flow)])


def _plate(pieces: Sequence[Piece]) -> Flow:
    return Flow(Passage.fixed(pieces))
