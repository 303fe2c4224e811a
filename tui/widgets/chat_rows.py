"""The lines of a list of conversations, as pieces of styled text that fit a width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from tui.core.chats import Found, State, Summary
from tui.core.dates import Periods, day
from tui.core.sanitize import Cleaner, one_line

SIGNS = {
    State.STREAMING: ("◌", "under way"),
    State.CANCELLED: ("■", "cancelled"),
    State.INTERRUPTED: ("!", "cut off"),
    State.STALLED: ("…", "stalled"),
    State.FAILED: ("✗", "failed"),
}
"""How an ending that is not complete is told: its sign, and its word where there is room."""

ROOMY = 100
"""Cells from which on there is room for the word, and for all of a model's name."""

SIGNED = 4
"""Cells of the signs before a title."""

MOST = 300
"""Characters of a title; no terminal is so wide."""

NAMELESS = "Without words"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the conversations below it have in common."""

    words: str
    """It, or nothing for an empty line."""


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation, or a message of it in which words were found."""

    chat: Summary
    """The conversation."""

    hit: Found | None = None
    """The message."""

    @property
    def key(self) -> tuple[str, int]:
        """By what it is known when the list is read again."""
        return self.chat.id, self.hit.message if self.hit else 0


Line = Heading | Row

Piece = tuple[str, str]
"""Some text, and the name of its style."""


def name_of(chat: Summary) -> str:
    """What a conversation is called, on one line and harmless."""
    return one_line(chat.title, MOST) or one_line(chat.draft, MOST) or NAMELESS


def by_date(chats: Iterable[Summary], now: datetime) -> list[Line]:
    """The pinned ones, then by the time at which something was said last."""
    lines, periods, last = list[Line](), Periods(now), ""
    for chat in chats:
        period = "Pinned" if chat.is_pinned else periods.name(chat.updated)
        if period != last:
            lines += [Heading(""), Heading(period)] if lines else [Heading(period)]
            last = period
        lines.append(Row(chat))
    return lines


def by_hits(called: Sequence[Summary], hits: Iterable[Found]) -> list[Line]:
    """Those that are called so, then those in which it was said, each with its hits below it."""
    groups: dict[str, list[Row]] = {chat.id: [Row(chat)] for chat in called}
    for hit in hits:
        groups.setdefault(hit.chat.id, [Row(hit.chat)]).append(Row(hit.chat, hit))
    lines = list[Line]()
    for group in groups.values():
        lines += [Heading(""), *group] if lines else group
    return lines


def columns(width: int) -> str:
    """What the columns are, for rows of so many cells."""
    said = "Messages" if width >= ROOMY else "Msgs"
    title, rest = _split("Conversation", ("", "Model", said, "Size", "Last"), width)
    return f"{' ' * SIGNED}{title}{rest}"


def row(chat: Summary, width: int, now: datetime, here: str) -> Sequence[Piece]:
    """A conversation; the one that is open has a sign of its own."""
    sign, word = _standing(chat)
    values = word, one_line(chat.model, 60), f"{chat.messages:,}", _size(chat.size)
    style = "here" if chat.id == here else "pin" if chat.is_pinned else "title"
    title, rest = _split(name_of(chat), (*values, day(chat.updated, now)), width)
    signs = ("● " if chat.id == here else "  ", "here"), (f"{sign} ", "sign")
    return [*signs, (title, style), (rest, "dim")]


def _standing(chat: Summary) -> tuple[str, str]:
    """What is to be known of it before it is opened: a sign and a word."""
    if chat.is_archived:
        return "▫", "archived"
    return SIGNS.get(chat.state) or (("✎", "draft") if chat.draft else (" ", ""))


def hit_row(hit: Found, width: int) -> Sequence[Piece]:
    """A message: who said it, and the words round the first hit."""
    who = "You" if hit.role == "user" else "Answer" if hit.role == "assistant" else "System"
    return [(f"      {who:<8}", "dim"), *_in_view(_marked(hit), max(width - 15, 8))]


def _split(title: str, values: tuple[str, ...], width: int) -> tuple[str, str]:
    """The title, with the room that the other columns leave to it, and these."""
    state, model, said, size, last = values
    if width >= ROOMY:
        rest = f"  {state:<9}  {_fit(model, 26)}  {said:>8}  {size:>4}  {last:>11} "
    else:
        rest = f"  {_fit(model, 12)}  {said:>5}  {size:>4}  {last:>11} "
    return _fit(title, max(width - SIGNED - cell_len(rest), 8)), rest


def _size(characters: int) -> str:
    """Characters, in four cells."""
    for unit, factor in (("", 1), ("k", 1e3), ("M", 1e6), ("G", 1e9)):
        value = characters / factor
        if value < 9.95 and unit:
            return f"{value:.1f}{unit}"
        if value < 999.5:
            return f"{value:.0f}{unit}"
    return "much"


def _fit(text: str, cells: int) -> str:
    """The text in exactly so many cells."""
    if cell_len(text) <= cells:
        return set_cell_size(text, cells)
    return set_cell_size(set_cell_size(text, cells - 1).rstrip() + "…", cells)


def _marked(hit: Found) -> list[Piece]:
    """The excerpt, clean, with its hits marked."""
    cleaner, at, pieces = Cleaner(), 0, list[Piece]()
    for first, last in hit.marks:
        pieces.append((cleaner.feed(hit.excerpt[at:first]), "said"))
        pieces.append((cleaner.feed(hit.excerpt[first:last]), "mark"))
        at = last
    pieces.append((cleaner.feed(hit.excerpt[at:]) + cleaner.flush(), "said"))
    return [(text.replace("\n", " ").replace("\t", " "), style) for text, style in pieces if text]


def _in_view(pieces: list[Piece], cells: int) -> list[Piece]:
    """So many cells of the pieces, with the first hit among them."""
    text, style = pieces[0] if pieces else ("", "said")
    if style == "said" and len(pieces) > 1 and cell_len(text) > cells // 2:
        while cell_len(text) >= cells // 2:
            text = text[1 + len(text) // 8 :]
        _, blank, rest = text.partition(" ")
        pieces = [(f"…{rest if blank and rest else text}", "said"), *pieces[1:]]
    out = list[Piece]()
    for text, style in pieces:
        room = cells - sum(cell_len(done) for done, _ in out)
        if cell_len(text) > room:
            out.append((_fit(text, room), style) if room > 0 else ("", style))
            break
        out.append((text, style))
    return out
