"""The sheet of settings: what holds at a scope, who says so, and what wins over it."""

import pytest

from tui.core.options import Options
from tui.core.sheet import Known, Row, own_with, root, rows, scopes
from tui.core.sheet_items import Scope, Wrong, looks_like_key

HELD = {
    "theme": "nord",
    "options": {"temperature": 0.7, "seed": 3},
    "models": {"a/b": {"context": 900, "options": {"top_p": 0.5, "unset": ["seed"]}}},
    "endpoints": {"home": {"base_url": "http://h/v1", "options": {"temperature": 0.2}}},
}

KNOWN = Known(HELD, "a/b", "home", "http://h/v1", themes=("nord", "rillet-dark"))


def row(scope: Scope, name: str, known: Known = KNOWN) -> Row:
    return next(row for row in rows(scope, known) if ".".join(row.item.path).endswith(name))


@pytest.mark.parametrize(
    ("scope", "name", "text", "origin"),
    [
        (Scope.EVERYWHERE, "temperature", "0.7", ""),
        (Scope.ENDPOINT, "temperature", "0.2", ""),
        (Scope.MODEL, "temperature", "0.2", "file, endpoint home"),
        (Scope.CHAT, "temperature", "0.2", "file, endpoint home"),
        (Scope.CHAT, "top_p", "0.5", "file, model a/b"),
        (Scope.MODEL, "seed", "left out", ""),
        (Scope.CHAT, "seed", "left out", "file, model a/b"),
        (Scope.ENDPOINT, "seed", "3", "file, everywhere"),
        (Scope.CHAT, "stop", "not set", ""),
        (Scope.MODEL, "context", "900", ""),
        (Scope.EVERYWHERE, "theme", "nord", ""),
        (Scope.EVERYWHERE, "titles", "no", "usual"),
        (Scope.EVERYWHERE, "wait.retries", "2", "usual"),
    ],
)
def test_a_scope_shows_what_holds_there_and_who_says_so(
    scope: Scope, name: str, text: str, origin: str
) -> None:
    found = row(scope, name)
    assert (found.text, found.origin) == (text, origin)


def test_what_is_closer_is_told_to_win() -> None:
    assert "0.2" in row(Scope.EVERYWHERE, "temperature").note
    flagged = Known(HELD, "a/b", flags=Options(temperature=0.1), wins={"theme": "--theme"})
    assert row(Scope.CHAT, "temperature", flagged).text == "0.1"
    assert row(Scope.CHAT, "temperature", flagged).origin == "--temperature"
    assert "--temperature of this run wins" in row(Scope.MODEL, "temperature", flagged).note
    assert "--theme wins" in row(Scope.EVERYWHERE, "theme", flagged).note
    own = Known(HELD, "a/b", own=Options(seed=9))
    assert "This conversation" in row(Scope.MODEL, "seed", own).note


def test_there_are_scopes_for_what_there_is() -> None:
    assert scopes(KNOWN) == list(Scope)
    assert scopes(Known()) == [Scope.CHAT, Scope.EVERYWHERE]
    assert root(Scope.MODEL, KNOWN) == ("models", "a/b")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("titles", "yes", True),
        ("wait.retries", "3", 3),
        ("wait.idle_timeout", "4.5", 4.5),
        ("images.previews", "off", "off"),
        ("options.stop", '["a", "b"]', ("a", "b")),
        ("options.extra", '{"top_k": 4}', {"top_k": 4}),
    ],
)
def test_what_is_typed_becomes_a_value(name: str, text: str, value: object) -> None:
    item = row(Scope.EVERYWHERE, name).item
    assert item.parse(text) == value
    assert item.parse(item.to_text(value)) == value


@pytest.mark.parametrize("text", ["-1", "2.5", "many", ""])
def test_what_cannot_be_is_told_by_the_rule(text: str) -> None:
    with pytest.raises(Wrong, match="retries has to be a whole number from 0 to 100"):
        row(Scope.EVERYWHERE, "wait.retries").item.parse(text)


@pytest.mark.parametrize(
    ("text", "is_key"),
    [
        ("sk-0123456789abcdefghij", True),
        ("gsk_0aB1cD2eF3gH4iJ5kL6mN7oP", True),
        ("MISTRAL_API_KEY", False),
        ("pass show mistral", False),
        ("rillet/mistral", False),
    ],
)
def test_a_key_is_known_by_its_looks(text: str, is_key: bool) -> None:
    assert looks_like_key(text) == is_key


def test_a_conversation_sets_leaves_out_and_forgets_a_parameter() -> None:
    own = own_with(Options(), "seed", 4)
    assert own.seed == 4
    assert own_with(own, "seed", None) == Options()
    assert own_with(own, "seed", None, is_left_out=True).unset == ("seed",)
    more = own_with(own, "extra", {"top_k": 4})
    assert (more.seed, dict(more.extra)) == (4, {"top_k": 4})
    assert own_with(more, "extra", {"min_p": 1}).extra == {"min_p": 1}
    assert own_with(more, "extra", None).extra == {}
