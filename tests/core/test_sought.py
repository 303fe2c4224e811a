"""Words are found as people mean them."""

import pytest

from tui.core.sought import Sought


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("river", "A River, two rivers", ["River", "river"]),
        ("River", "A River, two rivers", ["River"]),
        ("big river", "a big\n  river", ["big\n  river"]),
        ("a.c", "abc a.c", ["a.c"]),
        ("ÄRGER", "Ärger ÄRGER", ["ÄRGER"]),
        ("ärger", "Ärger ÄRGER", ["Ärger", "ÄRGER"]),
        ("河流", "长河流", ["河流"]),
        ("(", "f(x)", ["("]),
        ("", "anything", []),
        ("  ", "any thing", []),
    ],
)
def test_words_are_found_as_people_mean_them(words: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in Sought(words).spans(text)] == found
