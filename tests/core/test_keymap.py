"""Keys that the user chose: what can be, and what is refused in a sentence."""

import pytest

from tui.core.commands import COMMANDS
from tui.core.key_names import key_named, written
from tui.core.keymap import CannotBe, changed, for_textual, keys_in, remarks


@pytest.mark.parametrize(
    ("wish", "key", "shown"),
    [
        ("ctrl+k", "ctrl+k", "Ctrl+K"),
        ("Ctrl+K", "ctrl+k", "Ctrl+K"),
        ("Shift+Ctrl+Left", "ctrl+shift+left", "Ctrl+Shift+Left"),
        ("PgUp", "pageup", "PgUp"),
        ("F12", "f12", "F12"),
        ("?", "question_mark", "?"),
        ("<", "less_than_sign", "<"),
        ("shift+y", "Y", "Y"),
        ("Ctrl+Space", "ctrl+at", "Ctrl+Space"),
        ("alt++", "alt+plus", "Alt++"),
    ],
)
def test_keys_are_written_as_people_write_them(wish: str, key: str, shown: str) -> None:
    assert key_named(wish) == key
    assert written(key) == shown


@pytest.mark.parametrize("wish", ["", "bogus", "ctrl+", "ctrl+bogus", "hold+k", "f25", "\x1b"])
def test_what_is_no_key_is_known_as_none(wish: str) -> None:
    assert key_named(wish) == ""


def test_the_table_s_own_keys_are_keys_with_the_names_that_it_shows() -> None:
    for command in COMMANDS:
        assert all(key_named(key) == key for key in command.keys)
        if command.action and command.keys:
            assert command.shown == written(command.keys[0])


def test_the_table_has_the_chosen_keys_and_shows_them() -> None:
    chosen = keys_in({"new": "Ctrl+K", "copy": "y, D", "editor": ""})
    assert chosen == {"new": "ctrl+k", "copy": "y,D", "editor": ""}
    table = {each.id: each for each in changed(chosen)}
    assert (table["new"].key, table["new"].shown) == ("ctrl+k", "Ctrl+K")
    assert (table["copy"].shown, table["copy"].short) == ("y, D", "y")
    assert table["editor"].key == table["editor"].shown == ""
    assert table["search"].shown == "Ctrl+F"
    assert for_textual(chosen)["editor"], "an empty text would leave Textual the old key"


def test_two_commands_can_change_places() -> None:
    assert keys_in({"new": "ctrl+r", "ask-again": "ctrl+n"}) == {
        "new": "ctrl+r",
        "ask-again": "ctrl+n",
    }


def test_one_key_can_do_two_things_at_places_that_never_meet() -> None:
    assert keys_in({"wrap-code": "p", "chats-archive": "ctrl+r"})


@pytest.mark.parametrize(
    ("wishes", "why"),
    [
        ({"neww": "ctrl+k"}, "there is no command neww. Is it new?"),
        ({"xyzzy": "ctrl+k"}, "there is no command xyzzy. F1 and the README name them all."),
        ({"new": "ctrl+bogus"}, "there is no key ctrl+bogus. Keys are written as in"),
        ({"new": "ctrl+k,"}, "a key is missing beside a comma."),
        ({"new": 3}, "new has to be keys in quotes"),
        ({"new": "sk-0123456789abcdef01234"}, "keys do not belong into this file"),
        ({"new": "ctrl+i"}, "Ctrl+I is Tab in a terminal: choose another."),
        ({"new": "ctrl+m"}, "Ctrl+M is Enter in a terminal: choose another."),
        ({"new": "ctrl+c"}, "Ctrl+C copies what is selected: choose another key."),
        ({"new": "k"}, "k alone is text there: take it with Ctrl or Alt, or a key like F8."),
        ({"new": "up"}, "Up is needed there to write, to move or to leave"),
        ({"new": "enter"}, "Enter is needed there"),
        ({"copy": "escape"}, "Esc is needed there"),
        ({"chats-pin": "j"}, "j is needed there"),
        ({"new": "ctrl+r"}, "Ctrl+R would be new and ask-again at once. Give ask-again another"),
        ({"copy": "ctrl+n"}, "Ctrl+N would be copy and new at once. Give new another key"),
        ({"new": "f8", "chats": "f8"}, "F8 would be new and chats at once."),
        ({"copy": "e"}, "e would be copy and edit at once."),
        ({"chats-pin": "ctrl+q"}, "Ctrl+Q would be chats-pin and quit at once."),
        ({"cancel": "f8"}, "Esc stays the key of cancel."),
        ({"send": "f8"}, "Enter stays the key of send."),
        ({"quit": ""}, "quit needs a key, or there would be none to leave by."),
        ({"quit": "ctrl+k"}, "Ctrl+K edits text in fields, and quit has to work there too."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(wishes: dict[str, object], why: str) -> None:
    with pytest.raises(CannotBe) as refused:
        keys_in(wishes)
    assert str(refused.value).startswith(why)
    assert refused.value.path[0] == "keys"
    assert refused.value.path[1] in wishes


def test_keys_is_a_table() -> None:
    with pytest.raises(CannotBe, match=r"begin it with \[keys\]"):
        keys_in("ctrl+k")


def test_keys_that_do_not_arrive_everywhere_are_remarked_on() -> None:
    assert list(remarks({"new": "ctrl+s,f8"})) == [
        "Ctrl+S, chosen for new, stops the output of some terminals until Ctrl+Q."
    ]
    assert not list(remarks({"new": "ctrl+k"}))
