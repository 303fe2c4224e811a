"""Messages one above the other, laid out only where they are looked at."""

from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.strategies import MODEST, cuts, documents
from tests.widgets.chats import growing, measure, measure_all, said, sight, stored, texts
from tui.widgets.entry import Entry
from tui.widgets.stack import Stack

WIDTHS = st.integers(5, 90)


@MODEST
@given(texts(4), st.data())
def test_rows_that_are_laid_out_late_are_those_of_the_whole_text(
    made: list[str], data: st.DataObject
) -> None:
    stack = Stack([stored(n, text) for n, text in enumerate(made)], data.draw(WIDTHS))
    for _ in range(data.draw(st.integers(0, 5))):
        measure(stack, data.draw(st.integers(0, max(0, stack.height - 1))))
    for width in (stack.width, data.draw(WIDTHS)):
        stack.turn(width)
        for wraps in data.draw(st.permutations([True, False])):
            stack.rewrap(wraps=wraps)
            measure_all(stack)
            shown = sight(stack, range(stack.height))
            each = (said(n, text, width, wraps=wraps) for n, text in enumerate(made))
            assert shown == [row for rows in each for row in rows]


@MODEST
@given(documents(), st.data())
def test_a_growing_message_shows_what_a_complete_one_does(text: str, data: st.DataObject) -> None:
    entry = growing(0)
    stack = Stack([entry], 40)
    for delta in data.draw(cuts(text)):
        entry.body.text.feed(delta)
        stack.grow(entry)
        if data.draw(st.booleans()):
            stack.turn(data.draw(st.sampled_from([20, 40])))
        if data.draw(st.booleans()):
            stack.rewrap(wraps=not stack.fit.wraps)
    entry.body.text.finish()
    stack.grow(entry)
    measure_all(stack)
    wanted = said(0, text, stack.width, wraps=stack.fit.wraps)
    assert sight(stack, range(stack.height)) == wanted


@MODEST
@given(texts(5), st.lists(st.tuples(st.sampled_from(["add", "drop", "turn"]), st.integers(0, 99))))
def test_places_are_those_of_a_plain_list(made: list[str], steps: list[tuple[str, int]]) -> None:
    stack, plain = Stack(width=30), list[Entry]()
    for number, (what, place) in enumerate([*(("add", n) for n in range(len(made))), *steps]):
        if what == "add":
            plain.append(stored(number, made[place % len(made)]))
            stack.add(plain[-1])
        elif what == "drop" and plain:
            stack.drop(plain.pop(place % len(plain)))
        elif what == "turn":
            stack.turn(10 + place)
        assert stack.entries == plain
        tops, top = [], 0
        for entry in plain:
            tops.append(top)
            top += stack.tall(entry)
        assert [stack.top(entry) for entry in plain] == tops
        assert stack.height == top
        assert stack.at(top) is None
        for entry, start in zip(plain, tops, strict=True):
            assert stack.at(start) == (entry, 0)
            assert stack.at(start + stack.tall(entry) - 1) == (entry, stack.tall(entry) - 1)
            assert stack.near(entry, 1) is plain[min(plain.index(entry) + 1, len(plain) - 1)]


@MODEST
@given(texts(4))
def test_marks_sort_as_rows_do_and_outlive_what_is_measured_above(made: list[str]) -> None:
    stack = Stack([stored(n, text) for n, text in enumerate(made)], 30)
    lines = range(stack.height)
    for line in reversed(lines):
        measure(stack, line)
    before = {stack.mark(line): sight(stack, [line]) for line in range(stack.height)}
    assert list(before) == sorted(before)
    last = stack.mark(stack.height - 1)
    measure_all(stack)
    assert stack.line_of(last) == stack.height - 1
    marks = [stack.mark(line) for line in range(stack.height)]
    assert marks == sorted(set(marks))
    assert [stack.line_of(mark) for mark in marks] == list(range(stack.height))
