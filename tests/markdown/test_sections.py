"""A text in sections: each can be let go and read again, and nothing tells that it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.bench_markdown import KINDS
from tests.markdown.oracle import drawn
from tests.markdown.strategies import MODEST, cuts, documents, soups
from tui.markdown.growing import GrowingMarkdown, reader, whole
from tui.markdown.passage import Passage
from tui.markdown.pieces import Piece
from tui.markdown.plain import GrowingPlain, plain

TEXTS = st.one_of(documents(), soups())
SIZES = st.integers(1, 200)


def read(passage: Passage) -> list[Piece]:
    """All pieces of a passage; each section is read twice, and the second time counts."""
    pieces: list[Piece] = []
    for section in passage.sections:
        first = list(section.read())
        pieces += section.read()
        assert drawn(pieces[len(pieces) - len(first) :], 60) == drawn(first, 60)
    return [*pieces, *passage.frozen, *passage.live]


@MODEST
@given(st.data(), SIZES)
def test_growing_text_in_sections_has_the_rows_of_one_that_keeps_all(
    data: st.DataObject, size: int
) -> None:
    text = data.draw(TEXTS)
    passage, growing = Passage(GrowingMarkdown(), size=size), GrowingMarkdown()
    for delta in data.draw(cuts(text)):
        passage.feed(delta)
        growing.feed(delta)
        assert drawn(read(passage), 60) == drawn([*growing.frozen, *growing.live], 60)
    passage.finish()
    assert drawn(read(passage), 60) == drawn(whole(text), 60)


@MODEST
@given(TEXTS, SIZES)
def test_stored_text_in_sections_has_the_rows_of_one_parse(text: str, size: int) -> None:
    passage = Passage.stored(text, reader, size=size)
    read(passage)  # the first time, tables are as wide as their rows so far
    assert drawn(read(passage), 60) == drawn(whole(text), 60)


@MODEST
@given(st.text(alphabet="ab \n\t", max_size=300), SIZES, st.integers(1, 40))
def test_plain_text_is_the_same_however_it_is_cut(text: str, size: int, step: int) -> None:
    expected = GrowingPlain()
    expected.feed(text)
    expected.finish()
    passage = Passage(GrowingPlain(), size=size)
    for start in range(0, len(text), step):
        passage.feed(text[start : start + step])
    passage.finish()
    assert read(passage) == expected.frozen
    assert read(Passage.stored(text, plain, size=size)) == expected.frozen


@pytest.mark.parametrize("kind", KINDS)
def test_long_blocks_of_every_kind_are_read_again_as_they_were(kind: str) -> None:
    text = "".join(map(KINDS[kind], range(300)))
    passage = Passage(GrowingMarkdown())
    passage.feed(text)
    passage.finish()
    assert len(passage.sections) > 5
    assert drawn(read(passage), 80) == drawn(whole(text), 80)
    assert drawn(read(Passage.stored(text, reader)), 80) == drawn(whole(text), 80)


@pytest.mark.parametrize("sign", ["x", "x ", "中", "<b", "|a", "- ", "`"])
def test_a_line_without_an_end_is_read_again_as_it_was(sign: str) -> None:
    text = sign * 12_000
    passage = Passage(GrowingMarkdown())
    for start in range(0, len(text), 700):
        passage.feed(text[start : start + 700])
    passage.finish()
    assert drawn(read(passage), 80) == drawn(whole(text), 80)


def test_a_table_and_its_code_are_one_thing_in_all_sections() -> None:
    text = "| a |\n|---|\n" + "| row |\n" * 100 + "| a wide row |\n\n```\n" + "code\n" * 100
    passage = Passage(GrowingMarkdown(), size=100)
    passage.feed(text)
    passage.finish()
    pieces = read(passage)
    assert len({id(piece.columns) for piece in pieces if piece.columns}) == 1
    assert len({id(piece.fence) for piece in pieces if piece.fence}) == 1


def test_a_link_that_was_defined_too_late_is_one_when_the_text_is_complete() -> None:
    passage = Passage(GrowingMarkdown(), size=10)
    passage.feed("See [this][1] and more.\n\n")
    before = passage.edition
    passage.feed("[1]: http://e.org\n")
    assert passage.edition == before
    passage.finish()
    assert passage.edition > before
    assert "http://e.org" in {span.link for piece in read(passage) for span in piece.spans}


def test_a_complete_text_does_not_grow() -> None:
    with pytest.raises(ValueError, match="complete"):
        Passage.stored("a", plain).feed("b")


def test_a_section_waits_for_the_one_before_it() -> None:
    first, second, *_ = Passage.stored("word\n" * 20, reader, size=20).sections
    assert not second.is_ready
    with pytest.raises(ValueError, match="before"):
        second.read()
    first.read()
    assert second.is_ready
