"""Blocks that are open: what they keep between two lines, and how they are written."""

from dataclasses import dataclass, replace

from tui.markdown.columns import Columns
from tui.markdown.lexing import Plain, line_lexer
from tui.markdown.page import Page
from tui.markdown.pieces import Cell, Fence, Piece, Span, Spans, joined, styled
from tui.markdown.references import shown
from tui.markdown.settling import inline_spans
from tui.markdown.starts import LONG, definition
from tui.markdown.tables import cells

HELD = 8
"""Rows that a table keeps open, while they may still widen its columns at every delta."""

_PLAIN = Plain()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text up to a blank line, a heading's underline or another block."""

    text: str
    """Its lines; what stands before their text is left out."""
    is_header: bool = True
    """Its last line may be the header of a table."""
    is_cut: bool = False
    """Its beginning is written already."""

    def close(self, page: Page) -> None:
        """Write what is left of it; the definitions it begins with stand for themselves."""
        text = self.text
        if not self.is_cut and text.startswith("["):
            text = _definitions(text, page)
        if text:
            if not page.is_draft:
                page.references.see(text)
            for part in page.settling.parts(text.rstrip(" ")):
                page.emit(Piece("text", styled(part, page.base())))

    def shed(self, page: Page) -> "Paragraph":
        """Write the parts of it that are complete."""
        if page.is_draft:
            return self
        parts, text = page.settling.shed(self.text)
        for part in parts:
            page.emit(Piece("text", styled(part, page.base())))
        return replace(self, text=text, is_cut=True) if parts else self


def _definitions(text: str, page: Page) -> str:
    """Write the definitions at the beginning; what follows them is left."""
    lines: list[Spans] = []
    while text and (match := definition(text.partition("\n")[0][:LONG])):
        if not page.is_draft:
            page.references.define(match)
            page.settling.reset()
        lines.append((*shown(match), Span("\n")))
        text = text.partition("\n")[2]
    if lines:
        spans = [span for line in lines for span in line]
        page.emit(Piece("text", styled(joined(spans[:-1]), page.base())))
    return text


def write_heading(level: int, text: str, page: Page) -> None:
    """Write a heading; the first level has a line below it."""
    spans = inline_spans(text, page.references.environment)
    base = (*page.base(), f"heading-{level}")
    under = "━" if level == 1 and spans else ""
    page.emit(Piece("text", styled(spans, base), under=under))


@dataclass(frozen=True, slots=True)
class Code:
    """A fence; each line is written as it comes."""

    fence: Fence
    """What its pieces share."""
    mark: str
    """What opened it and closes it."""
    indent: int
    """Columns before the mark, which its lines lose too."""
    state: object = None
    """What the lexer knows behind the last line."""
    is_empty: bool = True
    """No row of it is written."""
    rest: str = ""
    """The end of a long line that is still coming."""

    def is_in(self, other: object) -> bool:
        """Whether the other one is the same block, some lines earlier."""
        return isinstance(other, Code) and self.fence is other.fence

    def open(self, page: Page) -> "Code":
        """Write its label."""
        if not self.fence.language:
            return self
        label = Span(self.fence.language, ("code-label",))
        page.emit(Piece("text", (label,), fill="code-block", fence=self.fence))
        return replace(self, is_empty=False)

    def line(self, text: str, source: str, page: Page) -> "Code":
        """Write a line; a very long one in parts, without colours."""
        if len(text) > LONG:
            return replace(self.long(text, page).end_long(page), is_empty=False)
        lexer = line_lexer(self.fence.language)
        spans, state = lexer.line(text, self.state)
        self._emit(spans, None if source == text else f"{source}\n", page)
        return replace(self, state=state, is_empty=False)

    def long(self, text: str, page: Page) -> "Code":
        """Go on with a line whose end has not come."""
        rest = self.rest + text
        while len(rest) > LONG:
            self._emit(_PLAIN.line(rest[:LONG], None)[0], rest[:LONG], page)
            rest = rest[LONG:]
        return replace(self, rest=rest)

    def end_long(self, page: Page) -> "Code":
        """The end of a long line."""
        self._emit(_PLAIN.line(self.rest, None)[0], None, page)
        return replace(self, rest="")

    def close(self, page: Page) -> None:
        """A fence without lines and without a label is still seen."""
        if self.rest:
            self.end_long(page)
        elif self.is_empty:
            self._emit((), "", page)

    def _emit(self, spans: Spans, written: str | None, page: Page) -> None:
        page.emit(Piece("code", spans, fill="code-block", fence=self.fence, written=written))


@dataclass(frozen=True, slots=True)
class Indented:
    """Code by its indent of four columns."""

    fence: Fence
    """What its pieces share."""
    blanks: int = 0
    """Blank lines that belong to it if more code follows."""

    def line(self, text: str, page: Page) -> "Indented":
        """Write a line of code, and the blank ones before it."""
        for line in (*[""] * self.blanks, text):
            spans = _PLAIN.line(line, None)[0]
            page.emit(Piece("code", spans, fill="code-block", fence=self.fence))
        return Indented(self.fence)

    def close(self, page: Page) -> None:
        """Nothing is left to write."""


@dataclass(frozen=True, slots=True)
class Html:
    """A block of HTML, shown as it is written."""

    ends_blank: bool
    """A blank line ends it, and not a mark."""

    def close(self, page: Page) -> None:
        """Nothing is left to write."""


def write_html(text: str, page: Page) -> None:
    """Write a line of HTML, a very long one in parts."""
    for start in range(0, max(len(text), 1), LONG):
        part = Span(text[start : start + LONG], (*page.base(), "html"))
        page.emit(Piece("code", (part,) if part.text else ()))


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first rows are kept open, later ones are written as they come."""

    columns: Columns
    """The widths that its rows share."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    """The rows that are kept open."""
    is_written: bool = False
    """The header is written, and with it all rows that were open then."""

    def line(self, text: str, page: Page) -> "Table":
        """Take a row."""
        environment = page.references.environment
        row = tuple(cells(text, len(self.columns.aligns), environment, page.base()))
        if not page.is_draft:
            page.references.see(text)
        if not self.is_written and len(self.rows) < HELD:
            return replace(self, rows=(*self.rows, row))
        self.close(page)
        self._emit(row, page)
        return replace(self, rows=(), is_written=True)

    def close(self, page: Page) -> None:
        """Write the rows that were kept."""
        if not self.is_written:
            self._emit(self.columns.headers, page)
            page.emit(Piece("frame", columns=self.columns))
        for row in self.rows:
            self._emit(row, page)

    def _emit(self, row: tuple[Cell, ...], page: Page) -> None:
        page.emit(Piece("row", cells=row, columns=self.columns))


Leaf = Paragraph | Code | Indented | Html | Table
