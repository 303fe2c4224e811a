"""What a closer level says wins, and what it leaves out is left out."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.core.levels import LEVELS, MORE, NAMES
from tui.core.kept import from_json, to_json
from tui.core.options import EXTRA, PLAIN, Options


def first_to_say(levels: list[Options], name: str) -> object:
    """The rule in its plainest form: ask one level after the other."""
    for level in levels:
        said = dict(level.said())
        if name in said:
            return said[name]
        if name in level.unset or (name in MORE and EXTRA in level.unset):
            return None
    return None


@given(st.lists(LEVELS, min_size=1, max_size=5))
def test_the_closest_level_that_says_something_wins(levels: list[Options]) -> None:
    held = Options()
    for level in reversed(levels):
        held = level.over(held)
    said = dict(held.settled.said())
    for name in (*PLAIN, *MORE):
        assert said.get(name) == first_to_say(levels, name)


@given(LEVELS, LEVELS, LEVELS)
def test_it_makes_no_difference_which_two_are_joined_first(
    a: Options, b: Options, c: Options
) -> None:
    assert a.over(b.over(c)).settled == a.over(b).over(c).settled


@given(LEVELS)
def test_a_level_over_nothing_is_what_it_says(level: Options) -> None:
    assert level.over(Options()) == level
    assert Options().over(level) == level


@given(LEVELS, st.sampled_from([name for name in NAMES if name != EXTRA]))
def test_what_is_unset_stays_so_whatever_is_farther_away(level: Options, name: str) -> None:
    closer = Options().with_value(name, None)
    assert name not in dict(closer.over(level).said())
    assert name in dict(closer.with_value(name, 1).over(level).said())
    assert closer.without(name) == Options()


@given(LEVELS)
def test_levels_are_kept_as_json(level: Options) -> None:
    assert from_json(Options, json.loads(json.dumps(to_json(level)))) == level


def test_what_was_kept_by_an_earlier_rillet_is_read() -> None:
    old = {"max_tokens": 7, "temperature": 0.5}
    assert from_json(Options, old) == Options(max_tokens=7, temperature=0.5)
