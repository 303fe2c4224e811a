"""The lines of the list of conversations fit their width, whatever is in them."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.core.chats import Found, State, Summary
from tui.widgets.chat_rows import Heading, Row, by_date, by_hits, columns, hit_row, row

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
AT = NOW.timestamp()

WORDS = st.text() | st.text("a b日本\u0301\u202e\x1b👩\u200d\n\t")


def summary(id: str, title: str = "A title", updated: float = AT, pinned: bool = False) -> Summary:
    return Summary(id, title, "demo", AT, updated, 2, 900, is_pinned=pinned)


def cells(pieces: object) -> int:
    assert isinstance(pieces, list)
    return sum(cell_len(text) for text, _ in pieces)


@given(WORDS, WORDS, WORDS, st.integers(60, 200), st.sampled_from(State), st.integers(0, 10**13))
def test_a_row_is_as_wide_as_it_is_told(
    title: str, model: str, draft: str, width: int, state: State, size: int
) -> None:
    chat = Summary("aaaaaaaa", title, model, AT, AT, size // 100, size, state, draft=draft)
    if size < 10**6:
        assert cells(row(chat, width, NOW, "aaaaaaaa")) == width
    assert not [
        sign
        for text, _ in row(chat, width, NOW, "")
        for sign in text
        if sign < " " or sign in "\x9b\u202e\x7f"
    ]
    assert len(columns(width)) == width


@given(WORDS, WORDS, WORDS, st.integers(24, 200))
def test_a_hit_is_in_view(left: str, word: str, right: str, width: int) -> None:
    marks = ((len(left), len(left) + len(word)),) if word else ()
    found = Found(summary("aaaaaaaa"), 1, "user", left + word + right, marks)
    pieces = list(hit_row(found, width))
    assert cells(pieces) <= width
    assert not [sign for text, _ in pieces for sign in text if sign < " "]
    if word and word.isascii() and word.isprintable() and word.strip():
        assert any(style == "mark" and text.strip() for text, style in pieces)


def test_pinned_ones_have_a_heading_of_their_own() -> None:
    chats = [summary("a", updated=AT - 9e6, pinned=True), summary("b"), summary("c")]
    lines = by_date(chats, NOW)
    words = [line.words if isinstance(line, Heading) else line.chat.id for line in lines]
    assert words == ["Pinned", "a", "", "Today", "b", "c"]


def test_hits_stand_under_their_conversation() -> None:
    one, two, three = summary("a"), summary("b"), summary("c")
    hits = [Found(one, 4, "user", "x", ()), Found(two, 2, "user", "x", ())]
    hits.append(Found(one, 3, "assistant", "x", ()))
    rows = [line.key if isinstance(line, Row) else None for line in by_hits([three, two], hits)]
    assert rows == [("c", 0), None, ("b", 0), ("b", 2), None, ("a", 0), ("a", 4), ("a", 3)]
