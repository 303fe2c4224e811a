"""A piece into rows of styled spans, none wider than the width that it is given."""

from rich.cells import cell_len

from tui.markdown.columns import BETWEEN, Align, Columns
from tui.markdown.pieces import STYLES, Cell, Piece, Row, Span, Spans
from tui.markdown.wrapping import by_characters, by_words

__all__ = ["STYLES", "lead", "rows"]

WHOLE = 1 << 30
"""Cells of a row that is as wide as its code."""

_CONTINUED = Span("↪ ", ("marker",))
_BORDER = Span(" │ ", ("table-border",))


def rows(piece: Piece, width: int, *, wraps: bool = True) -> list[Row]:
    """Lay a piece out, at least one row; no row is more than `width` cells wide.

    Args:
        piece: The piece.
        width: In cells.
        wraps: Whether a long line of a block of code goes on in the next row. Else it is one row,
            however wide; of what stands before it there is as much as in the width.
    """
    room = _room_for_prefix(piece.first, max(width, 1))
    first, rest = _cropped(piece.first, room), _cropped(piece.rest, room)
    if not wraps and piece.kind == "code" and piece.fence is not None:
        return [first + row for row in by_characters(piece.spans, WHOLE)]
    content = _content(piece, max(width, 1) - min(room, _cells(piece.first)))
    if piece.kind == "gap":
        return [_trimmed(rest)]
    return [(first if index == 0 else rest) + row for index, row in enumerate(content)]


def lead(piece: Piece, width: int) -> int:
    """The cells of what stands before its first row, as far as there is room for that."""
    return min(_room_for_prefix(piece.first, max(width, 1)), _cells(piece.first))


def _content(piece: Piece, width: int) -> list[Row]:
    match piece.kind:
        case "code":
            return _code(piece.spans, width)
        case "picture":
            return by_characters(piece.spans, width)[:1]
        case "rule":
            return [_line(width, "rule")]
        case "row" if piece.columns:
            return _table_row(piece, piece.columns, width)
        case "frame" if piece.columns:
            return [_frame(piece.columns.fit(width), width)]
        case _:
            return _text(piece, width)


def _text(piece: Piece, width: int) -> list[Row]:
    out = by_words(piece.spans, width)
    if piece.under:
        length = max(_cells(row) for row in out)
        out.append((Span(piece.under * length, piece.spans[0].styles[:1] if piece.spans else ()),))
    return out


def _code(spans: Spans, width: int) -> list[Row]:
    """The first row is filled; the others begin with a mark that they continue it."""
    whole = by_characters(spans, width)
    if len(whole) == 1 or width < 2 * len(_CONTINUED.text):
        return whole
    head = whole[0]
    left = _after(spans, sum(len(span.text) for span in head))
    return [head, *((_CONTINUED, *row) for row in by_characters(left, width - 2))]


def _after(spans: Spans, offset: int) -> Spans:
    out: list[Span] = []
    for span in spans:
        if offset < len(span.text):
            out.append(Span(span.text[max(offset, 0) :], span.styles, span.link))
        offset -= len(span.text)
    return tuple(out)


def _table_row(piece: Piece, columns: Columns, width: int) -> list[Row]:
    widths = columns.fit(width)
    if widths is None:
        return _record(piece, columns, width)
    cells = [by_words(cell.spans, room) for cell, room in zip(piece.cells, widths, strict=True)]
    return [
        _across([lines[index] if index < len(lines) else () for lines in cells], widths, columns)
        for index in range(max(map(len, cells)))
    ]


def _across(cells: list[Row], widths: tuple[int, ...], columns: Columns) -> Row:
    out: list[Span] = []
    for index, (cell, width, align) in enumerate(zip(cells, widths, columns.aligns, strict=True)):
        if index:
            out.append(_BORDER)
        before, after = _padding(width - _cells(cell), align)
        last = index == len(widths) - 1
        out.extend((Span(" " * before), *cell, Span("" if last else " " * after)))
    return tuple(span for span in out if span.text)


def _padding(spare: int, align: Align) -> tuple[int, int]:
    if align == "right":
        return spare, 0
    before = spare // 2 if align == "center" else 0
    return before, spare - before


def _frame(widths: tuple[int, ...] | None, width: int) -> Row:
    if widths is None:
        return _line(width, "table-border")
    side = "─" * (BETWEEN // 2)
    return (Span(f"{side}┼{side}".join("─" * cells for cells in widths), ("table-border",)),)


def _record(piece: Piece, columns: Columns, width: int) -> list[Row]:
    """A row of a table that is too wide for columns: `header: value` lines and a border."""
    if piece.cells == columns.headers:
        between = Span(" · ", ("table-border",))
        names = [span for cell in piece.cells for span in (between, *cell.spans)]
        return by_words(tuple(names[1:]), width)
    lines = [_pair(*pair) for pair in zip(columns.headers, piece.cells, strict=True)]
    out = [row for line in lines for row in by_words(line, width)]
    return [*out, _line(width, "table-border")]


def _pair(header: Cell, cell: Cell) -> Spans:
    return (*header.spans, Span(": ", ("table-header",)), *cell.spans)


def _line(width: int, style: str) -> Row:
    return (Span("─" * width, (style,)),)


def _cells(spans: Spans) -> int:
    return sum(cell_len(span.text) for span in spans)


def _room_for_prefix(prefix: Spans, width: int) -> int:
    """Bars and indents give way to the text when they would take most of the row."""
    return min(_cells(prefix), max(width // 2, width - 20))


def _cropped(spans: Spans, room: int) -> Spans:
    """The end of the prefix, as much as there is room for; its characters all take one cell."""
    surplus = _cells(spans) - room
    out: list[Span] = []
    for span in spans:
        text = span.text[max(surplus, 0) :]
        surplus -= len(span.text)
        if text:
            out.append(Span(text, span.styles))
    return tuple(out)


def _trimmed(spans: Spans) -> Spans:
    while spans and not spans[-1].text.rstrip(" "):
        spans = spans[:-1]
    if not spans:
        return ()
    return (*spans[:-1], Span(spans[-1].text.rstrip(" "), spans[-1].styles))
