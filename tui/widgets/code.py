"""The blocks of code in the messages of a stack, in their order.

Strategy. A block is known when its part of the text is read, so whoever wants the next one reads
on from where he is, a part at a time; what was read once is remembered as far as it is complete.
A message without anything that could begin a block is not read at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.markdown.pieces import Fence, Piece
from tui.widgets.entry import Entry
from tui.widgets.flow import Flow
from tui.widgets.stack import Stack
from tui.widgets.view import View

BODY = 3
"""The number of the flow of a message in which blocks are."""

Place = tuple[int, int, int, int]
"""Number of the message, flow, part and piece: sorts as rows do."""


class Block(NamedTuple):
    """One block of code."""

    entry: Entry
    """The message that it is in."""
    fence: Fence
    """What its pieces share."""
    part: int
    """The part of the message in which it begins."""
    piece: int
    """The piece there with which it begins."""

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.entry.number, BODY, self.part, self.piece


class Blocks:
    """The blocks of a stack, as far as they were looked for."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._known: dict[Entry, tuple[Flow, int, int, list[Block]]] = {}

    def near(self, place: Place, by: int) -> Iterator[Block | None]:
        """The block after a place, or before it; until then, None after each slice of work."""
        entries = self._stack.entries if by > 0 else reversed(self._stack.entries)
        for entry in list(entries):
            if (entry.number - place[0]) * by < 0 or not _may_have_code(entry):
                continue
            found: list[Block] = []
            for blocks in self._of(entry):
                found = blocks
                yield None
            if by > 0:
                there = [block for block in found if block.place > place][:1]
            else:
                there = [block for block in found if block.place < place][-1:]
            if there:
                yield there[0]
                return

    def _of(self, entry: Entry) -> Iterator[list[Block]]:
        """The blocks of an entry, more and more of them; those at its open end are the last."""
        self._stack.grow(entry)
        flow = entry.body
        known, edition, part, blocks = self._known.get(entry, (flow, flow.text.edition, 0, []))
        if known is not flow or edition != flow.text.edition:
            part, blocks = 0, []
        while part < flow.last_part:
            _collect(blocks, entry, part, flow.pieces(part))
            part += 1
            self._known[entry] = flow, flow.text.edition, part, blocks
            yield blocks
        ended = list(blocks)
        _collect(ended, entry, part, flow.pieces(part))
        yield ended


def _collect(blocks: list[Block], entry: Entry, part: int, pieces: Sequence[Piece]) -> None:
    for number, piece in enumerate(pieces):
        fence = piece.fence
        if fence is not None and not (blocks and blocks[-1].fence is fence):
            blocks.append(Block(entry, fence, part, number))


def _may_have_code(entry: Entry) -> bool:
    text = entry.body.text
    parts = [*text.closed(), text.rest]
    return any("```" in p or "~~~" in p or "    " in p or "\t" in p for p in parts)


def source(block: Block) -> str:
    """The code exactly as it was written."""
    flow, code = block.entry.body, []
    for part in range(block.part, flow.last_part + 1):
        own = [piece for piece in flow.pieces(part) if piece.fence is block.fence]
        if not own and part > block.part and flow.pieces(part):
            break
        code += [piece.source for piece in own]
    return "".join(code)


def height(block: Block, most: int) -> int:
    """About how many rows it has, counted no further than to `most`."""
    flow, rows = block.entry.body, 0
    for part in range(block.part, flow.last_part + 1):
        rows += sum(piece.fence is block.fence for piece in flow.pieces(part))
        if rows >= most:
            return most
    return rows


def line(view: View, block: Block) -> int:
    """Its first row."""
    view.look(block.entry, BODY, block.part)
    return view.stack.line_at((block.entry, (BODY, block.part, (block.piece, 0.0))))


def reveal(view: View, block: Block) -> None:
    """Bring it into view, or its beginning if it is too tall."""
    for _ in range(4):  # rows above may become known on the way
        first, rows = line(view, block), height(block, view.height)
        if view.top <= first and first + rows <= view.top + view.height:
            return
        view.go(max(0, first - (1 if rows > view.height // 2 else view.height // 4)))


def place_of(view: View, by: int) -> Place:
    """Where to look from without a block in focus: from the top of the view down, or back up."""
    row = view.top if by > 0 else min(view.top + view.height, view.stack.height) - 1
    anchor = view.stack.anchor(max(0, row))
    if anchor is None:
        return 0, 0, 0, 0
    entry, (flow, part, (piece, _)) = anchor
    return entry.number, flow, part, piece - (by > 0)
