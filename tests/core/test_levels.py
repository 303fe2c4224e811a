"""Who decides on a parameter, and what a request is asked with for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.levels import LEVELS, MORE
from tui.core.levels import Level, Levels, Origin
from tui.core.options import PLAIN, Options

WHOLE = st.builds(
    Levels,
    flags=LEVELS,
    models=st.fixed_dictionaries({"m": LEVELS}),
    endpoint=LEVELS,
    file=LEVELS,
    endpoint_name=st.just("e"),
)


@given(WHOLE, LEVELS)
def test_whoever_decided_is_the_closest_one_that_says_something(
    levels: Levels, own: Options
) -> None:
    held = dict(levels.options_for("m", own).said())
    by_level = dict(levels.closest("m", own))
    for name in levels.names("m", own):
        origin = levels.where(name, "m", own)
        if origin is None:
            assert name not in held
        elif origin.is_unset:
            assert name not in held
            assert {name, "extra"} & set(by_level[origin.level].unset)
        else:
            assert held[name] == dict(by_level[origin.level].said())[name]


@given(WHOLE, LEVELS)
def test_what_is_unset_in_a_conversation_is_not_sent(levels: Levels, own: Options) -> None:
    for name in (*PLAIN, *MORE):
        left_out = own.with_value(name, None)
        assert name not in dict(levels.options_for("m", left_out).said())


@given(WHOLE, LEVELS)
def test_what_a_conversation_sets_is_sent_whatever_others_say(levels: Levels, own: Options) -> None:
    sent = dict(levels.options_for("m", own).said())
    assert dict(own.said()).items() <= sent.items()


def test_a_flag_of_a_single_question_goes_before_its_conversation() -> None:
    levels = Levels(flags=Options(seed=1, unset=("top_p",)), is_for_one_question=True)
    own = Options(seed=2, top_p=0.5, temperature=1)
    assert levels.options_for("m", own) == Options(seed=1, temperature=1)
    assert levels.where("seed", "m", own) == Origin(Level.FLAG, "--seed")


def test_what_is_said_of_a_model_holds_for_no_other() -> None:
    levels = Levels(models={"m": Options(seed=1)}, file=Options(seed=2))
    assert levels.options_for("m").seed == 1
    assert levels.options_for("other").seed == 2


@pytest.mark.parametrize(
    ("levels", "own", "origin"),
    [
        (Levels(), Options(seed=1), Origin(Level.CONVERSATION, "this conversation")),
        (Levels(flags=Options(seed=1)), Options(), Origin(Level.FLAG, "--seed")),
        (
            Levels(flags=Options(unset=("seed",))),
            Options(),
            Origin(Level.FLAG, "--option seed", is_unset=True),
        ),
        (
            Levels(models={"m": Options(seed=1)}),
            Options(),
            Origin(Level.MODEL, '[models."m".options]'),
        ),
        (
            Levels(endpoint=Options(seed=1), endpoint_name="e"),
            Options(),
            Origin(Level.ENDPOINT, '[endpoints."e".options]'),
        ),
        (Levels(file=Options(seed=1)), Options(), Origin(Level.FILE, "[options]")),
        (Levels(), Options(), None),
    ],
)
def test_the_place_is_told_as_the_user_wrote_it(
    levels: Levels, own: Options, origin: Origin | None
) -> None:
    assert levels.where("seed", "m", own) == origin
