"""Placeholders: what is asked for, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.placeholders import filled, placeholders


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Translate {{text}} into {{language:English}}.", {"text": "", "language": "English"}),
        ("{{ a }} {{a_b-c 9: two words }}", {"a": "", "a_b-c 9": "two words"}),
        ("{{a}} {{a:b}} {{a:c}}", {"a": "b"}),
        ("{{Größe}} {{名前:x:y}}", {"Größe": "", "名前": "x:y"}),
        (r"\{{a}} {b} {{}} {{ }} {{-x}} {{a.b}} {{a" "\n" "}}", {}),
        ("{{" + "x" * 41 + "}}", {}),
        ("{{{a}}}", {"a": ""}),
    ],
)
def test_what_is_asked_for(text: str, asked: dict[str, str]) -> None:
    assert placeholders(text) == asked


def test_every_place_of_a_name_is_filled_and_an_escaped_one_stays() -> None:
    text = r"{{a}}, {{ a:b }}, \{{a}} and {{other}}"
    assert filled(text, {"a": "1"}) == "1, 1, {{a}} and {{other}}"


def test_what_is_filled_in_is_text() -> None:
    assert filled("{{a}}{{b}}", {"a": r"{{b}} \1 \g<0>", "b": "2"}) == r"{{b}} \1 \g<0>2"


@given(st.text())
def test_a_text_without_braces_stays_as_it_is(text: str) -> None:
    text = text.replace("{{", "")
    assert placeholders(text) == {}
    assert filled(text, {"a": "b"}) == text


NAMES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)
WORDS = st.text().map(lambda text: text.replace("{{", "").replace("\\", "").rstrip("{"))


@given(st.lists(st.tuples(WORDS, NAMES, st.text())), WORDS)
def test_each_value_stands_where_its_name_stood(
    parts: list[tuple[str, str, str]], end: str
) -> None:
    values = {name: value for _, name, value in parts}
    text = "".join(f"{words}{{{{{name}}}}}" for words, name, _ in parts) + end
    assert list(placeholders(text)) == list(dict.fromkeys(name for _, name, _ in parts))
    said = "".join(words + values[name] for words, name, _ in parts) + end
    assert filled(text, values) == said


@given(st.text("{}\\:ab \n", max_size=300))
def test_nothing_else_is_changed(text: str) -> None:
    """Filling every name with how it is written gives the text, but for the escapes."""
    kept = {name: f"{{{{{name}}}}}" for name in placeholders(text)}
    assert len(filled(text, kept)) <= len(text)


@pytest.mark.parametrize("sign", ["{", "{{", "{{a", "{{a:", "{{a ", "\\{{", "{{a:}"])
def test_a_long_text_of_braces_takes_no_time_to_speak_of(sign: str) -> None:
    assert placeholders(sign * 60_000) == {}
