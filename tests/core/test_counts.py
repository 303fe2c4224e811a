"""Our counts beside the server's, what they cost, and what a conversation takes."""

import pytest

from tui.core.catalog import Profile
from tui.core.cost import Cost, cost
from tui.core.counts import Count
from tui.core.deltas import Usage
from tui.core.ledger import Ledger

OURS = Count(1230, 510, is_own=True)
REPORTED = Count(1230, 510, is_own=True, usage=Usage(1234, 512, 1024, 128), is_over=True)


def test_three_states_have_three_looks() -> None:
    assert OURS.shown("prompt") == "1,230"
    assert Count(1230, 510).shown("prompt") == "≈1,230"
    assert REPORTED.shown("prompt") == "1,234 ✓"
    assert REPORTED.shown("total") == "1,746 ✓"


def test_images_make_a_prompt_an_estimate_and_not_its_answer() -> None:
    seen = Count(900, 10, is_own=True, has_images=True)
    assert (seen.shown("prompt"), seen.shown("completion")) == ("≈900", "10")
    assert seen.shown("total") == "≈910"


def test_a_count_from_the_middle_of_an_answer_is_not_taken_for_all_of_it() -> None:
    early = Count(10, 40, is_own=True, usage=Usage(12, 1))
    assert (early.shown("prompt"), early.shown("completion")) == ("12 ✓", "40")
    running = Count(10, 40, is_own=True, usage=Usage(12, 41), is_running=True)
    assert running.shown("completion") == "41 ✓"


def test_the_difference_is_said_once_the_turn_is_over() -> None:
    assert REPORTED.beside == "ours 1,740 · server 1,746"
    assert OURS.beside == ""
    assert Count(1, 2, is_over=True).beside == "not reported by the server"
    assert Count(1, 2, usage=Usage(prompt=3), is_over=True).beside == "not reported by the server"


def test_the_parts_are_told_where_the_server_tells_them() -> None:
    assert REPORTED.parts == "cached 1,024 · reasoning 128"
    assert Count(1, 2, usage=Usage(3, 4, 0, 0)).parts == ""


def test_an_answer_ends_with_what_it_took() -> None:
    assert REPORTED.both == "1,234 + 512 tokens ✓"
    assert OURS.both == "1,230 + 510 tokens"
    assert Count(8, 9).both == "≈8 + 9 tokens"
    assert Count(8).both == ""


PRICES = Profile(price_input=2.5, price_cached=1.25, price_output=10.0)


def test_cached_tokens_cost_less() -> None:
    spent = cost(REPORTED, PRICES)
    assert spent is not None
    assert spent.dollars == pytest.approx((210 * 2.5 + 1024 * 1.25 + 512 * 10) / 1e6)


def test_without_a_price_of_their_own_they_cost_the_same() -> None:
    spent = cost(REPORTED, Profile(price_input=2.5, price_output=10.0))
    assert spent is not None
    assert spent.dollars == pytest.approx((1234 * 2.5 + 512 * 10) / 1e6)


def test_what_has_no_price_has_no_cost() -> None:
    assert cost(OURS, Profile()) is None
    assert cost(OURS, Profile(price_input=2.5)) is None


def test_a_prompt_beyond_the_short_prices_costs_at_least_that() -> None:
    long = Profile(price_input=2.0, price_output=10.0, short=1000)
    assert str(cost(REPORTED, long)).startswith("≥ $")


@pytest.mark.parametrize(
    ("dollars", "shown"),
    [
        (0.0, "≈ $0.00"), (0.0000001, "≈ $0.000001"), (0.00012, "≈ $0.00012"),
        (0.001234, "≈ $0.0012"), (0.0456, "≈ $0.046"), (0.999, "≈ $1.00"), (1234.5, "≈ $1,234.50"),
    ],
)  # fmt: skip
def test_an_amount_has_two_digits_that_say_something(dollars: float, shown: str) -> None:
    assert str(Cost(dollars)) == shown


def test_a_conversation_is_the_sum_of_its_turns() -> None:
    ledger = Ledger().with_turn(REPORTED, Cost(0.5)).with_turn(REPORTED, Cost(0.25))
    assert (ledger.shown, ledger.cost) == ("3,492 ✓", Cost(0.75))
    assert ledger.beside == "ours 3,480 · cached 2,048 · reasoning 256"
    ledger = ledger.with_turn(OURS, None)
    assert ledger.shown == "5,232"
    assert ledger.beside == "cached 2,048 · reasoning 256"
    assert ledger.with_turn(Count(1, 1), None).shown == "≈5,234"


def test_a_conversation_says_that_ours_was_a_stand_ins_count() -> None:
    ledger = Ledger().with_turn(Count(9, 2, usage=Usage(14, 5), is_over=True), None)
    assert (ledger.shown, ledger.beside) == ("19 ✓", "ours ≈11")
    assert Ledger().with_turn(OURS, None).beside == ""


def test_a_turn_of_unknown_price_makes_the_whole_at_least_what_is_known() -> None:
    for costs in ((Cost(0.5), None), (None, Cost(0.5))):
        ledger = Ledger()
        for each in costs:
            ledger = ledger.with_turn(REPORTED, each)
        assert str(ledger.cost) == "≥ $0.50"
    assert Ledger().with_turn(REPORTED, None).cost is None


def test_a_refused_request_took_nothing() -> None:
    assert Ledger().with_turn(Count(1230, 0, is_own=True, is_over=True), Cost(1.0)) == Ledger()
