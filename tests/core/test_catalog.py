"""What is known of models, and under which names they are found."""

import re

import pytest

from tui.core.catalog import UNKNOWN, Catalog, Profile, looked_up
from tui.core.model_table import AS_OF, COLUMNS, TABLE

MINI = looked_up("gpt-4o-mini")


def test_a_model_is_found_by_its_name() -> None:
    assert (MINI.context, MINI.answer, MINI.sees) == (128_000, 16_384, True)
    assert (MINI.price_input, MINI.price_cached, MINI.price_output) == (0.15, 0.075, 0.6)


@pytest.mark.parametrize(
    "name",
    [
        "openai/gpt-4o-mini", "GPT-4o-mini", "gpt-4o-mini-2024-07-18", "gpt-4o-mini:online",
        "azure/eu/gpt-4o-mini", "models/gpt-4o-mini", "gpt-4o-mini@20240718",
    ],
)  # fmt: skip
def test_what_providers_write_round_a_name_does_not_matter(name: str) -> None:
    assert looked_up(name) == MINI


def test_a_dot_and_a_hyphen_are_the_same() -> None:
    assert looked_up("anthropic/claude-sonnet-4.5") == looked_up("claude-sonnet-4-5-20250929")
    assert looked_up("claude-sonnet-4-5").context == 200_000


def test_azures_name_of_an_old_model_is_known() -> None:
    assert looked_up("gpt-35-turbo").context == 16_385


def test_a_fine_tune_has_the_limits_of_its_base_and_another_price() -> None:
    tuned = looked_up("ft:gpt-4o-mini-2024-07-18:acme::abc")
    assert tuned.context == 128_000
    assert tuned.price_input is None


def test_a_snapshot_that_differs_has_its_own_row() -> None:
    assert looked_up("gpt-4o-2024-05-13").price_input == 5
    assert looked_up("gpt-4o-2024-08-06").price_input == 2.5


@pytest.mark.parametrize(
    "name", ["", "gpt-5-something", "my-gpt-4o", "llama3.2", "gpt-4o-audio-preview", "kimi-k3"]
)
def test_nothing_is_guessed_from_a_part_of_a_name(name: str) -> None:
    assert looked_up(name) == UNKNOWN


def test_what_others_run_too_is_known_only_at_its_makers() -> None:
    assert looked_up("kimi-k3", "api.moonshot.ai").context == 1_048_576
    assert looked_up("kimi-k3", "llm.example.org") == UNKNOWN
    assert looked_up("gpt-4o-mini", "api.moonshot.ai") == MINI


def test_an_endpoint_knows_better_than_the_table_and_the_user_better_than_both() -> None:
    catalog = Catalog(
        overrides={"gpt-4o-mini": Profile(price_input=1.0)},
        announced={"gpt-4o-mini": Profile(context=32_768, price_input=0.2)},
    )
    found = catalog.profile("gpt-4o-mini")
    assert (found.context, found.price_input, found.price_output) == (32_768, 1.0, 0.6)


def test_what_is_said_of_a_price_goes_before_all_that_depends_on_it() -> None:
    cheap = Catalog({"gpt-4o-mini": Profile(price_input=0.01)}).profile("gpt-4o-mini")
    assert (cheap.price_cached, cheap.price_output) == (None, 0.6)
    assert looked_up("claude-sonnet-4-5").short == 200_000
    mine = Catalog({"claude-sonnet-4-5": Profile(price_input=1.0)}).profile("claude-sonnet-4-5")
    assert mine.short is None


def test_where_nobody_sends_a_bill_only_the_users_prices_hold() -> None:
    catalog = Catalog({"mine": Profile(price_input=1.0)}, is_billed=False)
    assert catalog.profile("mine").price_input == 1.0
    free = catalog.profile("gpt-4o-mini")
    assert (free.context, free.price_input, free.price_output) == (128_000, None, None)


def test_a_smaller_window_than_the_table_says_is_the_longest_prompt_too() -> None:
    known = Catalog({"gpt-5": Profile(context=5000)}).profile("gpt-5")
    assert (known.context, known.longest_prompt) == (5000, 5000)


def test_of_models_with_a_longest_prompt_that_is_what_can_be_sent() -> None:
    five = looked_up("gpt-5")
    assert (five.context, five.longest_prompt, five.answer) == (400_000, 272_000, 128_000)
    assert MINI.longest_prompt == 128_000
    assert UNKNOWN.longest_prompt is None


def test_every_row_of_the_table_is_whole() -> None:
    width = len(COLUMNS.split())
    rows = [line.split() for line in TABLE.splitlines() if not line.startswith("@")]
    assert len(rows) > 100
    for row in rows:
        assert len(row) == width, row
        assert row == [row[0], *(cell for cell in row[1:] if re.fullmatch(r"[-+]|[\d.]+", cell))]
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", AS_OF)
