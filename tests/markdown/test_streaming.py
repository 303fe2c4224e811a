"""What is seen while a text is still coming."""

import pytest

from tests.markdown.sights import growing, in_flight, seen
from tui.markdown.growing import GrowingMarkdown
from tui.markdown.pieces import Piece


def test_words_are_seen_as_they_come() -> None:
    assert in_flight("He") == ["He"]
    assert in_flight("He", "llo *wor") == ["Hello *wor"]
    assert in_flight("Hello *wor", "ld*") == ["Hello world"]


@pytest.mark.parametrize(
    ("before", "mark"),
    [
        ("text", "\n-"),
        ("text", "\n--"),
        ("text", "\n=="),
        ("text", "\n#"),
        ("text", "\n``"),
        ("text", "\n1"),
        ("text", "\n12."),
        ("text", "\n>"),
        ("text", "\n\n**"),
        ("- item", "\n  -"),
        ("- item", "\n- [ "),
        ("| a | b |", "\n|--"),
        ("```\ncode", "\n`"),
        ("```\ncode", "\n``"),
        ("~~~~\ncode", "\n~~~"),
    ],
)
def test_a_mark_that_is_still_coming_is_held_back(before: str, mark: str) -> None:
    assert in_flight(before, mark) == seen(before)


def test_what_was_held_back_is_shown_at_the_end() -> None:
    assert seen("```\ncode\n``") == ["code", "``"]
    assert seen("text\n--") == ["text"]
    assert seen("text\n1") == ["text 1"]


def test_lines_of_code_are_frozen_one_by_one() -> None:
    made = growing("```python\n", "x = 1\n", "y = ")
    assert len(made.frozen) == 2
    assert len(made.live) == 1


def test_items_are_frozen_when_the_next_one_begins() -> None:
    made = growing("3. one\n", "4. two\n", "   - deep\n", "5. three\n")
    assert [piece.kind for piece in made.frozen] == ["text"] * 3
    assert in_flight("3. one\n4. two\n   - deep\n5. thr") == [
        "3. one",
        "4. two",
        "   ◦ deep",
        "5. thr",
    ]


def test_blocks_deep_inside_others_are_frozen_too() -> None:
    made = growing("> 1. Do:\n>\n>    ```js\n", *(f">    let a{n} = 1\n" for n in range(50)))
    assert len(made.frozen) == 1 + 1 + 1 + 50
    assert not made.live


def test_a_return_at_the_end_of_a_delta_waits_for_what_follows() -> None:
    assert in_flight("a\r", "\nb\r", "c") == in_flight("a\nb\nc")
    assert seen("a  \rb\r\n\r\nc\r") == ["a", "b", "", "c"]


def test_frozen_pieces_are_never_touched_again() -> None:
    text = (
        "para\n\n- a\n- b\n\n  c\n\n```py\nx\n```\n> q\n\n| a |\n|---|\n| b |\n\nend\n---\n[x]: y\n"
    )
    made = GrowingMarkdown()
    before: list[Piece] = []
    for char in text:
        made.feed(char)
        assert all(old is new for old, new in zip(before, made.frozen, strict=False))
        before = list(made.frozen)
    assert len(before) > 10


def test_a_link_holds_from_its_definition_on() -> None:
    made = growing("[a][x]\n\n", "[x]: http://x.org\n\n", "[b][x]\n\n")
    made.finish()
    texts = [span.text for piece in made.frozen for span in piece.spans]
    assert texts == ["[a][x]", "[x]: ", "http://x.org", "b"]
    assert made.has_late_references
    assert seen("[a][x]\n\n[x]: http://x.org") == ["a", "", "[x]: http://x.org"]


def test_definitions_before_their_use_change_nothing_later() -> None:
    made = growing("[x]: http://x.org\n\n", "[a][x] and [1] list[0]\n\n")
    made.finish()
    assert not made.has_late_references


def test_a_definition_that_is_still_coming_defines_nothing() -> None:
    made = growing("[x]: http://x.o")
    assert made.live
    made.feed("rg\n\n[x]")
    assert made.live[-1].spans[0].link == "http://x.org"


def test_nothing_comes_after_the_end() -> None:
    made = growing("a *b")
    made.finish()
    assert (list(made.live), len(made.frozen)) == ([], 1)
