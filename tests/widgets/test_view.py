"""What is in view stays in view while heights become known, texts grow and windows change."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.strategies import MODEST, cuts, documents
from tests.widgets.chats import growing, measure_all, numbered, said, sight, stored, texts
from tui.widgets.entry import Entry
from tui.widgets.flow import AT_ONCE
from tui.widgets.parts import LIMIT
from tui.widgets.stack import Stack
from tui.widgets.survey import Survey
from tui.widgets.view import View

HEIGHTS = st.integers(1, 12)


def looking(entries: list[Entry], height: int, width: int = 40) -> View:
    view = View(Stack(entries, width), height)
    view.settle()
    return view


def seen(view: View) -> list[str]:
    """What is in view, when what must be read before it was read."""
    while view.is_waiting:
        Survey(view).slice()
    return sight(view.stack, range(view.top, min(view.stack.height, view.top + view.height)))


def above(view: View, entry: Entry) -> list[str]:
    """What is in view above an entry."""
    return seen(view)[: max(0, view.stack.top(entry) - view.top)]


def surveyed(view: View) -> Iterator[None]:
    survey = Survey(view)
    while not survey.is_over:
        survey.slice()
        yield


@MODEST
@given(texts(4), HEIGHTS, st.data())
def test_no_row_that_is_read_moves_while_the_rest_is_measured(
    made: list[str], height: int, data: st.DataObject
) -> None:
    made = [text.replace("|", "/") for text in made]
    view = looking([stored(n, text) for n, text in enumerate(made)], height)
    view.go(data.draw(st.integers(0, view.stack.height)))
    before = seen(view)
    for _ in surveyed(view):
        assert seen(view) == before
    expected = [row for n, text in enumerate(made) for row in said(n, text, 40)]
    assert sight(view.stack, range(view.stack.height)) == expected


@MODEST
@given(texts(3), documents(), HEIGHTS, st.data())
def test_no_row_that_is_read_moves_while_a_reply_grows(
    made: list[str], reply: str, height: int, data: st.DataObject
) -> None:
    made = [text.replace("|", "/") for text in made]
    last = growing(len(made))
    view = looking([*(stored(n, text) for n, text in enumerate(made)), last], height)
    view.move(-data.draw(st.integers(0, 40)))
    before, followed, top = above(view, last), view.follows, view.top
    for delta in data.draw(cuts(reply.replace("|", "/"))):
        last.body.text.feed(delta)
        view.grow(last)
        assert view.follows == followed
        assert followed or (above(view, last), view.top) == (before, top)
        assert not followed or view.top == view.last
        if not followed and view.below:
            assert view.below == view.stack.height - height - view.top


@MODEST
@given(texts(4), HEIGHTS, st.lists(st.integers(-30, 30), max_size=12))
def test_scrolling_goes_by_rows_as_they_are(made: list[str], height: int, ways: list[int]) -> None:
    """A lazy view shows at each step what a view shows that knew all heights from the start."""
    made = [text.replace("|", "/") for text in made]
    sizes = [20 + 2 * len(text) // AT_ONCE for text in made]
    lazy, eager = (
        looking([stored(n, *text) for n, text in enumerate(zip(made, sizes, strict=True))], height)
        for _ in range(2)
    )
    measure_all(eager.stack)
    eager.end()
    for by in ways:
        lazy.move(by)
        if lazy.top + by < 0:
            lazy.go(0)
        eager.move(by)
        shown = seen(lazy)
        if lazy.top == 0 or eager.top == 0:
            lazy.go(0)
            eager.go(0)
            shown = seen(lazy)
        assert shown == seen(eager)


@MODEST
@given(texts(4), HEIGHTS, st.integers(0, 100), st.integers(15, 90))
def test_the_first_row_in_view_stays_when_the_window_changes_and_comes_back(
    made: list[str], height: int, line: int, width: int
) -> None:
    view = looking([stored(n, text.replace("|", "/")) for n, text in enumerate(made)], height)
    view.go(line % max(1, view.last))
    found = view.stack.at(view.top)
    view.turn(width, height)
    after = view.stack.at(view.top)
    assert view.follows or (found and after and found[0] is after[0])


@MODEST
@given(st.lists(st.integers(1, 60), min_size=30, max_size=90), st.data())
def test_the_paragraph_that_is_read_is_the_one_that_was_read_before(
    lengths: list[int], data: st.DataObject
) -> None:
    text = "\n\n".join(" ".join([f"p{n}"] * length) for n, length in enumerate(lengths))
    view = looking([stored(0, text, 2 * len(text) // AT_ONCE)], 8)
    view.go(data.draw(st.integers(1, max(1, view.last - 1))))
    while not view.follows and not seen(view)[0].startswith("p"):
        view.move(1)
    before = seen(view)[0].split()[0]
    for width in data.draw(st.lists(st.integers(15, 120), max_size=5)):
        view.turn(width, 8)
        assert view.follows or seen(view)[0].split()[0] == before


@MODEST
@given(texts(4), HEIGHTS, st.integers(15, 90))
def test_who_follows_sees_the_end_at_every_width(made: list[str], height: int, width: int) -> None:
    view = looking([stored(n, text) for n, text in enumerate(made)], height)
    view.turn(width, height + 1)
    assert view.follows
    assert view.top == view.last
    for _ in surveyed(view):
        assert view.top == view.last


@MODEST
@given(texts(4), HEIGHTS)
def test_home_is_the_first_row_and_end_the_last(made: list[str], height: int) -> None:
    made = [text.replace("|", "/") for text in made]
    view = looking([stored(n, text) for n, text in enumerate(made)], height)
    expected = [row for n, text in enumerate(made) for row in said(n, text, 40)]
    view.go(0)
    assert seen(view) == expected[:height]
    view.end()
    assert seen(view) == expected[-height:]


def words(number: int) -> str:
    return f"This is message {number}, which **says** a thing or two.\n\n" * 12


def test_what_is_kept_of_a_long_chat_is_what_is_round_the_view() -> None:
    view = looking(list(numbered(400, words)), 48, 80)
    memory = view.stack.memory
    while view.top > 0:
        view.move(-48)
        seen(view)
        assert memory.rows <= LIMIT
    assert memory.rows > LIMIT / 2
    for _ in surveyed(view):
        assert memory.rows <= LIMIT


def test_a_long_chat_is_opened_without_reading_more_than_what_is_seen() -> None:
    view = looking(list(numbered(2_000, words)), 48, 80)
    assert 0 < view.stack.memory.rows < 200


def test_one_message_of_a_megabyte_keeps_no_more_than_many_small_ones() -> None:
    entry = stored(0, "".join(map(words, range(1_500))), size=2_048)
    view = looking([entry], 48, 80)
    slices = 0
    while view.is_waiting:
        Survey(view).slice()
        slices += 1
    assert slices > 1
    assert "message 1499" in "".join(seen(view))
    assert view.stack.memory.rows <= LIMIT


def test_a_table_that_grows_wider_below_the_view_is_drawn_anew() -> None:
    entry = growing(0)
    view = looking([entry], 5)
    entry.body.text.feed("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 30)
    view.grow(entry)
    view.go(10)
    entry.body.text.feed("| much wider | 2 |\n")
    view.grow(entry)
    assert seen(view) == ["1          │ 2"] * 5


CODE = "".join(f"value_{n} = " + "x + " * (n % 40) + "x\n" for n in range(90))


@MODEST
@given(st.integers(0, 400), st.integers(0, 9), st.booleans())
def test_the_line_of_code_that_is_read_stays_when_wrapping_is_switched(
    line: int, within: int, is_long: bool
) -> None:
    text = f"Words.\n\n```python\n{CODE}```\n\nMore words.\n\n" * (2 if is_long else 1)
    view = looking([stored(0, text), stored(1, "words\n\n" * 20)], 10)
    view.go(line)
    row = view.top + within
    before = view.stack.anchor(row)
    assert before
    for wraps in (False, True):
        view.rewrap(row, wraps=wraps)
        row = view.top + within
        after = view.stack.anchor(row)
        assert after
        assert view.top in (0, view.last) or (after[0], after[1][:2]) == (before[0], before[1][:2])
        if view.top not in (0, view.last):
            assert after[1][2][0] == before[1][2][0]


def test_who_follows_still_does_when_wrapping_is_switched() -> None:
    view = looking([stored(0, f"```\n{CODE}```\n")], 10)
    for wraps in (False, True):
        view.rewrap(None, wraps=wraps)
        assert view.follows
        assert view.top == view.last
