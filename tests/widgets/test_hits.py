"""Every place where words are said is counted and can be gone to, laid out or not."""

from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.strategies import MODEST
from tests.widgets.chats import growing, numbered, stored
from tui.core.sought import Sought
from tui.widgets.entry import Entry
from tui.widgets.finder import Finder
from tui.widgets.hits import Hits
from tui.widgets.rows import Fit
from tui.widgets.stack import Stack
from tui.widgets.survey import Survey
from tui.widgets.view import View

WORDS = st.sampled_from(["needle", "straw", "hay stack", "needle\n", "\n\n", "ne", "edle "])


def looking(entries: list[Entry], height: int = 10, width: int = 40) -> View:
    view = View(Stack(entries, width), height)
    view.settle()
    return view


def searched(view: View, words: str) -> Finder:
    finder = Finder()
    finder.seek(view, words)
    count(finder)
    return finder


def count(finder: Finder) -> None:
    assert finder.hits is not None
    while not finder.hits.is_over:
        finder.hits.slice()


def now(finder: Finder, view: View) -> list[str]:
    """The text of the hit that was gone to, as far as it is in view."""
    while finder.is_waiting:
        Survey(view).slice()
        finder.reveal(view)
    marks = finder.marks(view, view.top, view.top + view.height)
    return [
        "".join(span.text for span in view.stack.row(line))[mark.start : mark.end]
        for line, found in sorted(marks.items())
        for mark in found
        if mark.is_now and view.top <= line < view.top + view.height
    ]


@MODEST
@given(st.lists(WORDS, max_size=60), st.lists(WORDS, max_size=60), st.integers(1, 90))
def test_each_hit_is_counted_once_however_the_text_came(
    first: list[str], second: list[str], step: int
) -> None:
    old, new = "".join(first), "".join(second)
    entry = growing(2)
    view = looking([stored(1, old), entry])
    finder = searched(view, "needle")
    for start in range(0, len(new), step):
        entry.body.text.feed(new[start : start + step])
        view.grow(entry)
        assert finder.hits is not None
        finder.hits.touch(entry)
        count(finder)
    wanted = old.count("needle") + new.count("needle")
    assert finder.hits is not None
    assert finder.hits.total == wanted


def test_a_message_that_was_never_laid_out_is_searched_and_not_read_for_that() -> None:
    entries = [*numbered(300, lambda n: f"message {n}\n\n" * 20 + ("the needle" * (n == 7)))]
    view = looking(entries)
    finder = searched(view, "needle")
    assert finder.words == "1 hit"
    assert not entries[7].is_wrapped(Fit(40))
    finder.step(view, 1)
    assert now(finder, view) == ["needle"]
    assert finder.words == "1 of 1"


def test_hits_are_gone_to_one_after_the_other_and_round() -> None:
    lines = "".join(f"line {n} {'needle' if n % 9 == 0 else ''}\n\n" for n in range(60))
    view = looking([stored(1, lines), stored(2, "a **needle** in two\n\n" + lines)])
    finder = searched(view, "needle")
    view.go(0)
    seen = []
    for _ in range(15):
        finder.step(view, 1)
        assert now(finder, view) == ["needle"]
        seen.append(finder._seen)
    assert len(set(seen)) == 15
    assert seen == sorted(seen, key=lambda place: place or (0, 0))
    finder.step(view, 1)
    assert finder._seen == seen[0]
    finder.step(view, -1)
    assert finder._seen == seen[14]


def test_a_hit_in_a_part_that_is_not_read_yet_is_reached_when_it_is() -> None:
    lines = "".join(f"line {n}\n\n" for n in range(4_000))
    view = looking([stored(1, lines + "the needle\n\n" + lines, size=2_048)])
    view.go(0)
    finder = searched(view, "needle")
    finder.step(view, 1)
    assert finder.is_waiting
    assert now(finder, view) == ["needle"]


def test_a_hit_in_markup_alone_shows_the_message() -> None:
    lines = "".join(f"line {n}\n\n" for n in range(60))
    view = looking([stored(1, f"[a link](https://needle.example)\n\n{lines}"), stored(2, lines)])
    finder = searched(view, "needle")
    assert finder.words == "1 hit"
    finder.step(view, 1)
    assert now(finder, view) == []
    assert view.top == view.stack.top(view.stack.entries[0])


def test_a_hit_beside_one_in_markup_is_told_from_it() -> None:
    text = "[one](https://needle.example) and then the needle of two, no more\n\na needle, three"
    view = looking([stored(1, text)], width=80)
    finder = searched(view, "needle")
    view.go(0)
    finder.step(view, 1)
    finder.step(view, 1)
    assert now(finder, view) == ["needle"]
    second = finder._seen
    finder.step(view, 1)
    assert finder._seen != second
    assert finder.words == "3 of 3"


def test_a_hit_that_is_wrapped_is_marked_on_both_rows() -> None:
    view = looking([stored(1, "word " * 6 + "hay stack and more words")], width=34)
    finder = searched(view, "hay stack")
    finder.step(view, 1)
    assert now(finder, view) == ["hay", "stack"]


def test_another_width_keeps_the_hit() -> None:
    view = looking([stored(1, "word " * 30 + "the needle " + "word " * 30 + "a needle")])
    finder = searched(view, "needle")
    finder.step(view, 1)
    finder.step(view, 1)
    view.turn(25, 10)
    finder.reveal(view)
    assert now(finder, view) == ["needle"]
    assert finder.words == "2 of 2"


def test_a_message_that_is_taken_out_takes_its_hits_along() -> None:
    first, second = stored(1, "a needle"), stored(2, "two needles, a needle")
    view = looking([first, second])
    hits = Hits(view.stack, Sought("needle"))
    hits.slice()
    assert (hits.total, hits.is_over) == (3, True)
    view.replace(0, [second])
    hits.drop(first)
    assert hits.total == 2
