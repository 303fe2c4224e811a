"""What growing Markdown is made of: spans of styled text, rows of spans, pieces that wrap alone."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tui.markdown.columns import Columns

STYLES = frozenset(
    {
        *(f"heading-{level}" for level in range(1, 7)),
        *("strong", "em", "strike", "code", "link", "image", "footnote", "maths", "html"),
        *("quote", "quote-bar", "marker", "task", "rule", "table-border", "table-header"),
        *("code-block", "code-label", "code-keyword", "code-name", "code-function"),
        *("code-string", "code-number", "code-comment", "code-operator"),
        *("code-added", "code-removed", "code-error"),
    }
)
"""Every style name that a span or a fill can bear."""

Kind = Literal["text", "code", "gap", "rule", "row", "frame", "picture"]
"""How a piece becomes rows: wrapped words, wrapped characters, an empty row, a line across,
a row of a table, the line below a table's header, a row of a picture, which is cut at the edge."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; a line break in it is a hard break."""

    text: str
    """What is shown."""
    styles: tuple[str, ...] = ()
    """Names from STYLES, outermost first; or one of two colours, as `#a0b0c0 on #102030`."""
    link: str = ""
    """The target, if the span belongs to a link: http, https or mailto."""


Spans = tuple[Span, ...]
Row = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    spans: Spans
    """Its text."""
    width: int
    """Its natural width in cells of the terminal."""


@dataclass(frozen=True, slots=True, eq=False)
class Fence:
    """One block of code; its pieces share it, so two are equal only if they are one."""

    language: str = ""
    """The first word of its info string."""
    is_fenced: bool = True
    """Whether marks stand round it, and not only blanks before it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that wraps by itself: at most about 64 rows at 80 columns."""

    kind: Kind
    """How it becomes rows."""
    spans: Spans = ()
    """Its text, without what stands before every row."""
    first: Spans = ()
    """What stands before its first row: quote bars, indents, a marker."""
    rest: Spans = ()
    """What stands before its other rows, as wide as `first`."""
    fill: str = ""
    """The style of its whole rows, up to the edge; the log pads them."""
    under: str = ""
    """A character to draw a line with, as long as the text, below the text."""
    cells: tuple[Cell, ...] = ()
    """The cells of a table's row."""
    columns: Columns | None = None
    """The widths that this row shares with the other rows of its table."""
    fence: Fence | None = None
    """The block of code that it belongs to."""
    written: str | None = None
    """Its code as it was written, where that is not its text and a line break."""

    @property
    def source(self) -> str:
        """Its part of a block of code: the sources of the block's pieces, joined, are the code."""
        if self.written is not None or self.kind != "code":
            return self.written or ""
        return "".join(span.text for span in self.spans) + "\n"


def joined(spans: list[Span]) -> Spans:
    """The same text in as few spans as possible, none of them empty."""
    out: list[Span] = []
    for span in spans:
        last = out[-1] if out else None
        if last and last.styles == span.styles and last.link == span.link:
            out[-1] = Span(last.text + span.text, span.styles, span.link)
        elif span.text:
            out.append(span)
    return tuple(out)


def styled(spans: Spans, base: tuple[str, ...]) -> Spans:
    """The spans with the base styles outside their own."""
    if not base:
        return spans
    return tuple(Span(span.text, shared(base + span.styles), span.link) for span in spans)


@lru_cache(maxsize=4096)
def shared(styles: tuple[str, ...]) -> tuple[str, ...]:
    """The same tuple for the same styles: a long text has many spans and few styles."""
    return styles
