"""Reasoning in tags, however the words are cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.deltas import Reasoning, Text
from tui.core.thoughts import TAGS, Thoughts

SAMPLES = (
    "<think>\nA < b, </thin air> and </\n</think>\n\nThe answer </think> goes <think> on.",
    "  <thinking></thinking> Nothing thought.",
    "<think>never closed </",
    "<thing>no tag</thing>",
    "◁think▷deep◁/think▷wide",
    "[THINK] a [/THIN] b [/THINK]c",
    "<",
    "",
)


def told(pieces: list[str]) -> tuple[str, str]:
    thoughts = Thoughts()
    deltas = [delta for piece in pieces for delta in thoughts.take(piece)] + thoughts.rest()
    assert all(isinstance(delta, Text | Reasoning) and delta.text for delta in deltas)
    return (
        "".join(delta.text for delta in deltas if isinstance(delta, Reasoning)),
        "".join(delta.text for delta in deltas if isinstance(delta, Text)),
    )


@pytest.mark.parametrize("tag", TAGS)
def test_every_tag_takes_its_thought_out(tag: str) -> None:
    assert told([f"\n{tag} Hm.\n{TAGS[tag]}\n So."]) == ("Hm.", "So.")


def test_what_the_samples_mean() -> None:
    assert [told([sample]) for sample in SAMPLES] == [
        ("A < b, </thin air> and </", "The answer </think> goes <think> on."),
        ("", "Nothing thought."),
        ("never closed </", ""),
        ("", "<thing>no tag</thing>"),
        ("deep", "wide"),
        ("a [/THIN] b", "c"),
        ("", "<"),
        ("", ""),
    ]


@given(st.sampled_from(SAMPLES), st.lists(st.integers(0, 80), max_size=12))
def test_no_cut_changes_what_is_thought_and_what_is_said(text: str, cuts: list[int]) -> None:
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    assert told([text[start:end] for start, end in pairwise(places)]) == told([text])


def test_a_model_that_says_nothing_but_blanks_is_not_held_for_ever() -> None:
    assert told(list(" " * 5000)) == ("", " " * 5000)
    thought, said = told(["<think>a", *" " * 5000])
    assert (thought.rstrip(), said) == ("a", "")


def test_what_cannot_be_a_tag_is_said_at_once() -> None:
    thoughts = Thoughts()
    assert thoughts.take("<th") == []
    assert thoughts.take("ere") == [Text("<there")]
    assert thoughts.take("<think>") == [Text("<think>")]
