"""Reference definitions, `[label]: target`, as far as the text has come.

A definition holds for the text behind it. Its line is shown too: a reader of a terminal must see
where `[1]` leads, and a link that was frozen before its definition came stays as it was written.
`comes_late` tells that this happened; `whole` reads the definitions first.
"""

import re
from itertools import islice

from tui.markdown.inline import allowed, plain
from tui.markdown.parser import Environment, parser
from tui.markdown.pieces import Span, Spans
from tui.markdown.starts import LONG, definition

_USED = re.compile(r"\[([^\[\]]{1,200})\](?!:)")


class References:
    """What has been defined, in the form that the parser reads, and which labels were used."""

    __slots__ = ("_known", "_used", "comes_late", "environment")

    def __init__(self) -> None:
        self._known: dict[str, object] = {}
        self.environment: Environment = {"references": self._known}
        self.comes_late = False
        self._used: set[str] = set()

    @property
    def count(self) -> int:
        """How many definitions there are."""
        return len(self._known)

    def until(self, count: int) -> "References":
        """What was known when there were so many definitions."""
        if count == self.count:
            return self
        early = References()
        early._known.update(islice(self._known.items(), count))
        return early

    def see(self, text: str) -> None:
        """Remember the labels that a text uses before they are defined."""
        if "[" in text:
            self._used.update(_normal(label) for label in _USED.findall(text))

    def define(self, match: re.Match[str]) -> None:
        """Take a definition; the first one of a label holds."""
        made, label = parser(), _normal(match["label"])
        target = made.normalizeLink(_target(match))
        if label not in self._known and made.validateLink(target):
            self._known[label] = {"href": target, "title": ""}
            self.comes_late = self.comes_late or label in self._used

    def read(self, text: str) -> None:
        """Take all definitions of a whole text, before its first line is parsed."""
        if "]:" not in text:
            return
        for line in text.split("\n"):
            if match := definition(line.strip()) if len(line) <= LONG else None:
                self.define(match)


def shown(match: re.Match[str]) -> Spans:
    """The line of a definition as it is shown."""
    target = plain(_target(match))
    link = allowed(target)
    head = Span(plain(f"[{match['label']}]: "), ("footnote",))
    return (head, Span(target, ("link",) if link else (), link), Span(plain(match["title"] or "")))


def _target(match: re.Match[str]) -> str:
    target = match["target"]
    return target[1:-1] if target.startswith("<") else target


def _normal(label: str) -> str:
    from markdown_it.common.utils import normalizeReference

    return normalizeReference(label)
