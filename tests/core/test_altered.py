"""What was sent otherwise is kept, so that the body is built once more as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.altered import MOST, alterations, altered

VALUES = st.one_of(st.integers(), st.text(max_size=5), st.lists(st.integers()))
BODIES = st.dictionaries(st.sampled_from("abcd"), VALUES)


@given(BODIES, BODIES)
def test_the_body_that_was_sent_comes_back(
    plain: dict[str, object], sent: dict[str, object]
) -> None:
    told = alterations(plain, sent)
    if len(told) <= MOST:
        assert json.dumps(altered(plain, told), sort_keys=True) == json.dumps(sent, sort_keys=True)


def test_nothing_is_kept_where_nothing_differs() -> None:
    assert alterations({"model": "m"}, {"model": "m"}) == ""


@pytest.mark.parametrize("told", ["", "x", "[]", "1", "null", "{", "[" * 5000, '{"a":' * 5000])
def test_what_an_import_may_say_alters_nothing(told: str) -> None:
    assert altered({"model": "m"}, told) == {"model": "m"}
