"""The command table says everything once, and nothing twice."""

from itertools import combinations

from tui.core.commands import APART, COMMANDS, Command, Place


def test_every_command_has_an_id_of_its_own() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(ids) == len(set(ids))
    assert all(each == each.lower() and each.isascii() and " " not in each for each in ids)


def test_every_command_says_what_it_does_in_a_sentence() -> None:
    for command in COMMANDS:
        assert command.name
        assert command.shown or command.typed
        assert command.help[0].isupper()
        assert command.help[-1] in ".:"


def test_no_two_commands_in_reach_have_one_key() -> None:
    for one, other in combinations([each for each in COMMANDS if each.action], 2):
        if in_reach(one, other):
            both = set(one.keys) & set(other.keys)
            assert not both, f"{one.id} and {other.id}: {both}"


def test_there_is_always_a_way_out() -> None:
    fixed = {command.id for command in COMMANDS if command.is_fixed}
    assert {"cancel", "chats-open", "chats-close"} <= fixed


def in_reach(one: Command, other: Command) -> bool:
    """Whether there is a place where both keys work."""
    places = {one.place, other.place}
    return len(places) == 1 or (Place.ANYWHERE in places and not APART & places)
