"""The independent way to the same pieces: blocks found by markdown-it in the whole text at once.

Only what is inside a block (words, cells, colours) is written by the code under test; where blocks
begin and end, and what is in what, is markdown-it's word.
"""

import re
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tui.markdown import starts, tables
from tui.markdown.columns import Align, Columns
from tui.markdown.containers import Item, Quote
from tui.markdown.layout import rows
from tui.markdown.leaves import Code, Indented, Paragraph, Table, write_heading, write_html
from tui.markdown.page import Page
from tui.markdown.pieces import Fence, Piece, Row, joined
from tui.markdown.references import References

Drawn = list[tuple[Row, str]]


def drawn(pieces: list[Piece], width: int) -> Drawn:
    """The rows of pieces with their fill, spans joined."""
    return [
        (joined(list(row)), piece.fill if piece.kind != "gap" else "")
        for piece in pieces
        for row in rows(piece, width)
    ]


def pieces_by_markdown_it(text: str) -> list[Piece]:
    """The pieces of a whole text, its blocks found by markdown-it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text += "\n" * (text.rpartition("\n")[2].strip() != "")
    reader = _Reader(text)
    for token in _parser().parse(text):
        reader.read(token)
    return settle_columns(reader.page.out)


def settle_columns(pieces: list[Piece]) -> list[Piece]:
    for piece in pieces:
        if piece.columns:
            piece.columns.widen(piece.cells)
    return pieces


@cache
def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    made.disable("reference")
    return made


class _Reader:
    def __init__(self, text: str) -> None:
        self.page = Page(References())
        self._lines = text.split("\n")
        self._lists: list[tuple[str, int, bool]] = []  # kind, next number, has items
        self._heading = 0
        self._is_setext = False
        self._table: list[list[str]] = []
        self._aligns: list[Align] = []

    def read(self, token: Token) -> None:
        handler = getattr(self, f"_{token.type}", None)
        if handler:
            handler(token)

    def _begin(self, token: Token, *, is_sibling: bool = False) -> None:
        assert token.map is not None
        line = token.map[0]
        blank = line > 0 and not self._lines[line - 1].strip("> \t")
        self.page.begin(after_blank=blank, is_sibling=is_sibling)

    def _blockquote_open(self, token: Token) -> None:
        self._begin(token)
        self.page.containers.append(Quote())

    def _blockquote_close(self, _: Token) -> None:
        self.page.pop()

    def _bullet_list_open(self, token: Token) -> None:
        self._lists.append((token.markup, 0, False))

    def _ordered_list_open(self, token: Token) -> None:
        start = token.attrGet("start")
        self._lists.append((token.markup, 1 if start is None else int(start), False))

    def _list_item_open(self, token: Token) -> None:
        kind, number, has_items = self._lists.pop()
        self._begin(token, is_sibling=has_items)
        depth = sum(isinstance(container, Item) for container in self.page.containers)
        self.page.containers.append(Item(kind, 0, number, depth))
        self._lists.append((kind, number + 1, True))

    def _list_item_close(self, _: Token) -> None:
        self.page.pop()

    def _bullet_list_close(self, _: Token) -> None:
        self._lists.pop()

    _ordered_list_close = _bullet_list_close

    def _paragraph_open(self, token: Token) -> None:
        self._begin(token)

    def _heading_open(self, token: Token) -> None:
        self._begin(token)
        self._heading = int(token.tag[1])
        self._is_setext = token.markup in "=-"

    def _heading_close(self, _: Token) -> None:
        self._heading = 0

    def _inline(self, token: Token) -> None:
        text = re.sub(r"\n[ \t]+", "\n", token.content)
        if self._aligns or self._table:
            self._table[-1].append(text)
        elif self._heading:
            text = self._without_task(text) if self._is_setext else text
            write_heading(self._heading, text, self.page)
        else:
            Paragraph(self._without_task(text)).close(self.page)

    def _without_task(self, text: str) -> str:
        last = self.page.containers[-1] if self.page.containers else None
        if isinstance(last, Item) and not last.is_shown and (task := starts.task(text)):
            state, text = task
            self.page.containers[-1] = replace(last, task=state)
        return text

    def _fence(self, token: Token) -> None:
        self._begin(token)
        language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
        leaf = Code(Fence(language), token.markup, 0).open(self.page)
        for line in _lines(token.content):
            leaf = leaf.line(line.expandtabs(4), line, self.page)
        leaf.close(self.page)

    def _code_block(self, token: Token) -> None:
        self._begin(token)
        leaf = Indented(Fence())
        for line in _lines(token.content):
            leaf = leaf.line(line.expandtabs(4) if line.strip() else "", self.page)

    def _html_block(self, token: Token) -> None:
        self._begin(token)
        for line in _lines(token.content):
            write_html(line, self.page)

    def _hr(self, token: Token) -> None:
        self._begin(token)
        self.page.emit(Piece("rule"))

    def _table_open(self, token: Token) -> None:
        self._begin(token)

    def _tr_open(self, _: Token) -> None:
        self._table.append([])

    def _th_open(self, token: Token) -> None:
        style = str(token.attrGet("style") or "")
        align = style.removeprefix("text-align:")
        self._aligns.append(
            "center" if align == "center" else "right" if align == "right" else "left"
        )

    def _table_close(self, _: Token) -> None:
        environment = self.page.references.environment
        header, *body = self._table
        cells = [tables._cell(text, environment, ("table-header",)) for text in header]
        table = Table(Columns(self._aligns, cells))
        for texts in body:
            row = tuple(tables._cell(text, environment, self.page.base()) for text in texts)
            table = replace(table, rows=(*table.rows, row))
        table.close(self.page)
        self._table, self._aligns = [], []


def _lines(content: str) -> list[str]:
    return content.removesuffix("\n").split("\n") if content else []
