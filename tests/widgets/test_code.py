"""Blocks of code are found one after the other, read or not, and given as they were written."""

from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.strategies import MODEST
from tests.widgets.chats import growing, stored
from tui.widgets.code import Block, Blocks, Place, place_of, reveal, source
from tui.widgets.entry import Entry
from tui.widgets.rows import Fit
from tui.widgets.stack import Stack
from tui.widgets.view import View

LINES = st.text(alphabet="ab{}#\t \"'`|~*_[]()-\u00e4\u4e16", max_size=30)


def looking(entries: list[Entry]) -> View:
    view = View(Stack(entries, 40), 10)
    view.settle()
    view.go(0)
    return view


def walk(view: View, by: int, place: Place) -> list[Block]:
    blocks = Blocks(view.stack)
    found: list[Block] = []
    while True:
        block = next(filter(None, blocks.near(place, by)), None)
        if block is None:
            return found
        found.append(block)
        place = block.place


def start(view: View) -> Place:
    return place_of(view, 1)


FAR: Place = (10_000, 0, 0, 0)


@MODEST
@given(st.lists(st.lists(LINES, min_size=1, max_size=9), max_size=4))
def test_code_is_given_exactly_as_it_was_written(codes: list[list[str]]) -> None:
    wanted = ["".join(f"{line}\n" for line in lines) for lines in codes]
    fence = "`" * 40
    text = "Words.\n\n".join(f"{fence}python\n{code}{fence}\n" for code in wanted)
    grown = growing(2)
    for sign in text:
        grown.body.text.feed(sign)
    grown.body.text.finish()
    view = looking([stored(1, text), grown])
    assert [source(block) for block in walk(view, 1, start(view))] == wanted * 2
    back = [source(block) for block in walk(view, -1, FAR)]
    assert back == (wanted * 2)[::-1]


def test_a_block_that_still_grows_is_found_and_stays_the_same() -> None:
    entry = growing(1)
    view = looking([entry])
    entry.body.text.feed("Words\n\n```sh\nls\n")
    view.grow(entry)
    (block,) = walk(view, 1, start(view))
    entry.body.text.feed("pwd\n" * 40 + "```\n" + "and words\n" * 10)
    view.grow(entry)
    assert source(block) == "ls\n" + "pwd\n" * 40
    assert [found.fence for found in walk(view, -1, FAR)] == [block.fence]


def test_only_the_rows_of_the_block_belong_to_it() -> None:
    view = looking([stored(1, "Before\n\n```py\nx = 1\n\ny = 2\n```\n\nAfter")])
    (block,) = walk(view, 1, start(view))
    rows = [
        "".join(span.text for span in view.stack.row(line))
        for line in range(view.stack.height)
        if view.stack.fence(line) is block.fence
    ]
    assert rows == ["py", "x = 1", "", "y = 2"]


def test_a_block_far_away_comes_into_view() -> None:
    words = "".join(f"line {n}\n\n" for n in range(300))
    view = looking([stored(1, words), stored(2, f"{words}```\nthe code\n```\n{words}")])
    (block,) = walk(view, 1, start(view))
    reveal(view, block)
    seen = [view.stack.fence(line) is block.fence for line in range(view.top, view.top + 10)]
    assert any(seen)


def test_a_message_without_code_is_not_read_for_the_search() -> None:
    words = "Words.\n\n" * 40
    first = stored(1, words)
    view = looking([stored(0, words), first, stored(2, "```\ncode\n```\n"), stored(3, words)])
    (block,) = walk(view, 1, start(view))
    assert source(block) == "code\n"
    assert not first.is_wrapped(Fit(40))
