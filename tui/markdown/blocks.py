"""The block structure of Markdown, line by line.

A line is read once. It first passes the open containers, quotes and list items, as far as its
marks and indents go; then it may begin new blocks; what is left is text for the open leaf. This is
the strategy of CommonMark's appendix (https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy).
Nothing before the open leaf can change any more, so all that a message keeps open is its
containers and one leaf, and the cost of a line does not depend on what came before it.

`draft` gives a twin that reads the line which is still coming and is then thrown away; others wait
at places in the text from where it can be read again. Containers and leaves are values, so a twin
costs one copy of a short list.
"""

from dataclasses import replace

from tui.markdown import starts
from tui.markdown.containers import Item, Quote
from tui.markdown.leaves import (
    Code,
    Html,
    Indented,
    Leaf,
    Paragraph,
    Table,
    write_heading,
    write_html,
)
from tui.markdown.lines import behind, indent_at, match
from tui.markdown.page import Page
from tui.markdown.pieces import Fence, Piece, Span
from tui.markdown.tables import columns

DEEPEST = 16
"""Containers within each other; beyond, their marks are text."""
SLICE = 4096
"""Characters of a line that are taken at once."""


class Blocks:
    """The open blocks of one message."""

    __slots__ = ("_after_blank", "_ended", "_html_end", "is_open", "leaf", "page")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.leaf: Leaf | None = None
        self.is_open = False  # the last line of the leaf is still coming
        self._after_blank = False
        self._html_end = starts.BLANK
        self._ended: tuple[int, Item] | None = None  # an empty item; its list goes on

    def draft(self) -> "Blocks":
        """A twin that is thrown away."""
        return self.twin(self.page.draft())

    def twin(self, page: Page) -> "Blocks":
        """The same blocks, which go on on another page."""
        twin = Blocks(page)
        twin.leaf, twin.is_open = self.leaf, self.is_open
        twin._after_blank, twin._html_end = self._after_blank, self._html_end
        twin._ended = self._ended
        return twin

    def line(self, raw: str) -> None:
        """Read a line, without its line break."""
        line = raw.expandtabs(4) if "\t" in raw else raw
        depth, pos = match(self.page.containers, line)
        is_inside = depth == len(self.page.containers)
        if not (is_inside and self._verbatim(line, pos, raw)):
            self._structure(line, pos, depth)
        self._after_blank = not line.strip(" >")

    def begin_long(self, start: str) -> bool:
        """Read the beginning of a very long line, if it is text whatever follows."""
        twin = self.draft()
        twin.line(start)
        leaf = twin.leaf
        if isinstance(leaf, Paragraph) or (isinstance(leaf, Code) and leaf.is_in(self.leaf)):
            self.is_open = True
            self.line(start)
        return self.is_open

    def extend(self, text: str) -> None:
        """More of the line that `begin_long` began."""
        if isinstance(self.leaf, Paragraph):
            self._grow(self.leaf, text)
        elif isinstance(self.leaf, Code):
            self.leaf = self.leaf.long(text, self.page)

    def end_long(self) -> None:
        """The end of that line."""
        self.is_open = False
        if isinstance(self.leaf, Code):
            self.leaf = self.leaf.end_long(self.page)

    def close(self, depth: int = 0) -> None:
        """Close the leaf, and the containers deeper than `depth`."""
        if self.leaf is not None:
            self.leaf.close(self.page)
            self.leaf = None
        while len(self.page.containers) > depth:
            self.page.pop()

    def _verbatim(self, line: str, pos: int, raw: str) -> bool:
        """Whether the open leaf takes the line as it is."""
        match self.leaf:
            case Code() as leaf:
                self._code(leaf, line, pos, raw)
            case Html(ends_blank):
                return self._html(line[pos:], ends_blank)
            case Indented() as leaf:
                return self._indented(leaf, line, pos)
            case _:
                return False
        return True

    def _code(self, leaf: Code, line: str, pos: int, raw: str) -> None:
        indent = indent_at(line, pos)
        if indent < 4 and starts.closes(line[pos + indent :], leaf.mark):
            self.close(len(self.page.containers))
            return
        pos += min(indent, leaf.indent)
        if self.is_open:
            self.leaf = leaf.long(line[pos:], self.page)
        else:
            self.leaf = leaf.line(line[pos:], behind(raw, pos), self.page)

    def _html(self, text: str, ends_blank: bool) -> bool:
        if ends_blank and not text.strip(" "):
            self.leaf = None
            return False
        write_html(text, self.page)
        if not ends_blank and self._html_end.search(text):
            self.leaf = None
        return True

    def _indented(self, leaf: Indented, line: str, pos: int) -> bool:
        indent = indent_at(line, pos)
        if pos + indent == len(line):
            self.leaf = Indented(leaf.fence, leaf.blanks + 1)
        elif indent > 3:
            self.leaf = leaf.line(line[pos + 4 :], self.page)
        else:
            self.leaf = None
            return False
        return True

    def _structure(self, line: str, pos: int, depth: int) -> None:
        """Begin the blocks that the line begins, and give the rest of it to a leaf."""
        while True:
            start = pos + indent_at(line, pos)
            if start == len(line):
                self._end_by_blank(depth)
                return
            if start - pos > 3:
                break
            if line[start] in starts.STARTERS:
                if self._leaf(line[start:], start - pos, depth):
                    return
                after = self._container(line, start, start - pos, depth)
                if after:
                    pos, depth = after, depth + 1
                    continue
            break
        if start - pos > 3 and not isinstance(self.leaf, Paragraph):
            self._begin(depth)
            self.leaf = Indented(Fence(is_fenced=False)).line(line[pos + 4 :], self.page)
        else:
            self._text(line[start:], start - pos, depth)

    def _end_by_blank(self, depth: int) -> None:
        """A blank line ends paragraphs, quotes, and items that are empty, but not their list."""
        if depth < len(self.page.containers):
            ended = self.page.containers[depth]
            self._ended = (depth, ended) if isinstance(ended, Item) else None
        self.close(depth)

    def _begin(self, depth: int, *, is_sibling: bool = False) -> None:
        """Close what a new block ends, and make room for it."""
        self._ended = None
        self.close(depth)
        self.page.begin(after_blank=self._after_blank, is_sibling=is_sibling)

    def _leaf(self, text: str, indent: int, depth: int) -> bool:
        """Whether the text begins a leaf, or makes another one of the open paragraph."""
        if text[0] == "#" and (heading := starts.heading(text)):
            self._begin(depth)
            write_heading(*heading, self.page)
            return True
        if text[0] in "`~" and (fence := starts.fence(text)):
            self._begin(depth)
            mark, info = fence
            language = info.split(maxsplit=1)[0] if info else ""
            self.leaf = Code(Fence(language), mark, indent).open(self.page)
            return True
        if text[0] == "<" and self._begin_html(text, indent, depth):
            return True
        is_inside = depth == len(self.page.containers)
        if is_inside and isinstance(self.leaf, Paragraph) and self._remake(self.leaf, text):
            return True
        if starts.is_rule(text):
            self._begin(depth)
            self.page.emit(Piece("rule"))
            return True
        return False

    def _remake(self, leaf: Paragraph, text: str) -> bool:
        """Whether the line makes the paragraph above it a heading, or its last line a header."""
        return self._begin_table(leaf, text) or self._underline(leaf, text)

    def _begin_html(self, text: str, indent: int, depth: int) -> bool:
        is_inside = depth == len(self.page.containers)
        is_text = isinstance(self.leaf, Paragraph) or (is_inside and isinstance(self.leaf, Table))
        end = starts.html_end(text, may_be_any_tag=not is_text)
        if end is None:
            return False
        self._begin(depth)
        self.leaf, self._html_end = Html(end is starts.BLANK), end
        self._html(" " * indent + text, end is starts.BLANK)
        return True

    def _begin_table(self, leaf: Paragraph, text: str) -> bool:
        before, _, header = leaf.text.rpartition("\n")
        if not leaf.is_header or (leaf.is_cut and not before) or len(header) > starts.LONG:
            return False
        delimiters = starts.delimiters(text)
        made = delimiters and columns(header, delimiters, self.page.references.environment)
        if not made:
            return False
        self.leaf = replace(leaf, text=before) if before else None
        self._begin(len(self.page.containers)) if before else self.close(len(self.page.containers))
        self.leaf = Table(made)
        return True

    def _underline(self, leaf: Paragraph, text: str) -> bool:
        level = starts.underline(text)
        if level:
            self.leaf = None
            write_heading(level, leaf.text.rstrip(" "), self.page)
        return level > 0

    def _container(self, line: str, start: int, indent: int, depth: int) -> int:
        """Where the line goes on behind the mark of a quote or an item that it begins; or 0."""
        if depth >= DEEPEST:
            return 0
        if line[start] == ">":
            self._begin(depth)
            self.page.containers.append(Quote())
            return start + 1 + line.startswith(" ", start + 1)
        marker = starts.marker(line[start:])
        if marker is None:
            return 0
        is_inside = depth == len(self.page.containers)
        interrupts = is_inside and isinstance(self.leaf, Paragraph)
        if interrupts and not marker.may_interrupt:
            return 0
        self._begin_item(marker, indent, depth)
        return min(start + marker.padding, len(line))

    def _begin_item(self, marker: starts.Marker, indent: int, depth: int) -> None:
        before = self._item_before(depth)
        number, is_sibling = marker.number, False
        if before and before.kind == marker.kind:
            number, is_sibling = before.number + 1, True
        self._begin(depth, is_sibling=is_sibling)
        level = sum(isinstance(container, Item) for container in self.page.containers)
        item = Item(marker.kind, indent + marker.padding, number, level)
        self.page.containers.append(item)

    def _item_before(self, depth: int) -> Item | None:
        if depth < len(self.page.containers):
            before = self.page.containers[depth]
            return before if isinstance(before, Item) else None
        return self._ended[1] if self._ended and self._ended[0] == depth else None

    def _text(self, text: str, indent: int, depth: int) -> None:
        """A line that begins nothing: it goes on with the open leaf, or begins a paragraph."""
        is_inside = depth == len(self.page.containers)
        if isinstance(self.leaf, Paragraph):
            is_header = is_inside and indent < 4
            line_break = "  \n" if starts.is_footnote(text) else "\n"
            self._grow(replace(self.leaf, is_header=is_header), line_break + text)
        elif isinstance(self.leaf, Table) and is_inside and len(text) <= starts.LONG:
            self.leaf = self.leaf.line(text, self.page)
        else:
            self._begin(depth)
            self._begin_paragraph(text)

    def _begin_paragraph(self, text: str) -> None:
        containers = self.page.containers
        parent = containers[-1] if containers else None
        if isinstance(parent, Item) and not parent.is_shown and (task := starts.task(text)):
            state, text = task
            containers[-1] = replace(parent, task=state)
        if isinstance(parent, Quote) and (alert := starts.alert(text)):
            self.page.emit(Piece("text", (Span(alert, ("quote", "strong")),)))
            containers[-1] = Quote()
            return
        self._grow(Paragraph(""), text)

    def _grow(self, leaf: Paragraph, text: str) -> None:
        """Add text to the paragraph, slice by slice, so that what is complete is written."""
        for start in range(0, len(text), SLICE):
            grown = leaf.text + text[start : start + SLICE]
            leaf = Paragraph(grown, leaf.is_header, leaf.is_cut).shed(self.page)
        self.leaf = leaf
