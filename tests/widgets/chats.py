"""Made-up chats for the tests of the log, and what a log would show that keeps all rows."""

from collections.abc import Callable, Iterator, Sequence

from hypothesis import strategies as st

from tests.markdown.strategies import documents
from tui.markdown.growing import GrowingMarkdown, reader, whole
from tui.markdown.layout import rows
from tui.markdown.passage import Passage
from tui.markdown.pieces import Span
from tui.markdown.plain import line
from tui.widgets.entry import Entry
from tui.widgets.stack import Stack

SIZE = 60
"""Characters of a section: small, so that short texts have many."""


def heading(number: int) -> list[str]:
    return [f"N{number}"]


def stored(number: int, text: str, size: int = SIZE) -> Entry:
    """A message that was said long ago."""
    words = [line(Span(said)) for said in heading(number)]
    return Entry(number, words, Passage.stored(text, reader, size=size))


def growing(number: int) -> Entry:
    """A message that is being said."""
    words = [line(Span(said)) for said in heading(number)]
    return Entry(number, words, Passage(GrowingMarkdown(), size=SIZE))


def said(number: int, text: str, width: int, *, wraps: bool = True) -> list[str]:
    """All rows of a message whose text is complete."""
    laid_out = (rows(piece, width, wraps=wraps) for piece in whole(text))
    body = ["".join(s.text for s in row) for piece in laid_out for row in piece]
    return [*heading(number), *body, ""]


def sight(stack: Stack, lines: Sequence[int]) -> list[str]:
    """What these rows say."""
    return ["".join(span.text for span in stack.row(line)) for line in lines]


def texts(most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(documents(), min_size=1, max_size=most)


def measure(stack: Stack, line: int) -> None:
    """Know what a row belongs to."""
    for _ in stack.measure(line):
        pass


def measure_all(stack: Stack) -> None:
    """Know every height; a table may become wider once, and then again what is above it."""
    for _ in range(3):
        for entry in stack.entries:
            for _ in stack.learn(entry):
                pass


def numbered(many: int, words: Callable[[int], str]) -> Iterator[Entry]:
    """Messages, each with a text made of its number."""
    for number in range(many):
        yield stored(number, words(number), size=2_048)
