"""What blocks stand in: quotes and the items of lists."""

from dataclasses import dataclass
from functools import lru_cache

from tui.markdown.pieces import Span, Spans

_BULLETS = "•◦▪"
_BOXES = {" ": "☐ ", "x": "☑ "}


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote."""

    is_started: bool = False
    """A block has begun in it."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; the list itself is as open as its last item."""

    kind: str
    """The character of its marker; another one begins another list."""
    indent: int
    """Columns by which its lines are indented."""
    number: int
    """Its own number, counted from that of the first item; 0 for a bullet."""
    depth: int
    """Lists that it is nested in."""
    task: str = ""
    """A blank or an x if it is a task."""
    is_started: bool = False
    """A block has begun in it."""
    is_shown: bool = False
    """Its marker stands before a piece already."""


Container = Quote | Item

BAR = Span("▌ ", ("quote-bar",))


@lru_cache(maxsize=256)
def prefix(containers: tuple[Container, ...], *, with_markers: bool = False) -> Spans:
    """What stands before the rows of a block in these containers."""
    return tuple(span for container in containers for span in _before(container, with_markers))


def _before(container: Container, with_marker: bool) -> Spans:
    if isinstance(container, Quote):
        return (BAR,)
    marker = _marker(container)
    if with_marker and not container.is_shown:
        return marker
    return (Span(" " * sum(len(span.text) for span in marker)),)


def _marker(item: Item) -> Spans:
    task = (Span(_BOXES[item.task], ("task",)),) if item.task else ()
    if item.kind in ".)":
        return (Span(f"{item.number}{item.kind} ", ("marker",)), *task)
    return task or (Span(f"{_BULLETS[item.depth % 3]} ", ("marker",)),)
