"""Where a rest meets its beginning: nothing twice, nothing lost, however it is cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.continuing import Way, first_way, instruction
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Continued, Delta, Finished, Outcome, Text, Usage
from tui.core.request import Request, body
from tui.core.seam import Joiner

BEFORE = "The river begins in the hills, and its water is cold. It runs down to the"


def joined(before: str, pieces: list[str], way: Way) -> tuple[str, str]:
    """What is added to the beginning, and what was left out."""
    joiner = Joiner(before)
    deltas: list[Delta] = [Continued(way), *map(Text, pieces), Finished(Outcome.FINISHED)]
    given_on = [part for delta in deltas for part in joiner.take(delta)]
    assert isinstance(given_on[-1], Finished)
    added = "".join(part.text for part in given_on if isinstance(part, Text))
    return added, "".join(part.dropped for part in given_on if isinstance(part, Continued))


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize(
    ("before", "rest", "added"),
    [
        (BEFORE, " valley.", " valley."),
        (BEFORE, BEFORE + " valley.", " valley."),
        (BEFORE, BEFORE, ""),
        (BEFORE, "its water is cold. It runs down to the valley.", " valley."),
        (BEFORE, " sea; the river begins", " sea; the river begins"),
        ("```python\nfor n in range(3):\n", "```python\n    print(n)\n```", "    print(n)\n```"),
        ("Done:\n```\na\n```\n", "```\nb\n```", "```\nb\n```"),
        ("日本の川は", "短い。", "短い。"),
        ("", "Hello", "Hello"),
    ],
)
def test_what_is_there_already_is_left_out(
    way: Way, before: str, rest: str, added: str | None
) -> None:
    expected = (
        f" {rest}" if added is None and way is Way.INSTRUCTION else added or rest * (added is None)
    )
    assert joined(before, [rest], way)[0] == expected
    assert joined(before, list(rest), way)[0] == expected


@pytest.mark.parametrize(
    ("before", "rest", "added"),
    [
        ("I like ca", "cats and dogs.", "ts and dogs."),
        ("runs down to the", "the valley.", " valley."),
        ("runs down to the", "valley.", " valley."),
        ("runs down to the ", "valley.", "valley."),
        ("it is theme", "me too", " me too"),
        ("an end.", " New words", " New words"),
    ],
)
def test_a_model_asked_in_words_meets_in_whole_words(before: str, rest: str, added: str) -> None:
    assert joined(before, [rest], Way.INSTRUCTION)[0] == added


def test_a_server_that_writes_on_is_taken_at_its_word() -> None:
    assert joined("ha ha ", ["ha ha ha"], Way.FLAGS) == ("ha ha ha", "")


TEXTS = st.text(alphabet="ab \n`~é日", max_size=40)


@given(TEXTS, TEXTS, st.sampled_from(list(Way)), st.data())
def test_no_cut_of_the_rest_changes_what_is_added(
    before: str, rest: str, way: Way, data: st.DataObject
) -> None:
    if data.draw(st.booleans()):
        rest = before[data.draw(st.integers(0, len(before))) :] + rest
    cuts = sorted(data.draw(st.lists(st.integers(0, len(rest)), max_size=8)))
    ends = [0, *cuts, len(rest)]
    pieces = [rest[start:end] for start, end in pairwise(ends)]
    added, dropped = joined(before, pieces, way)
    assert (added, dropped) == joined(before, [rest], way)
    assert dropped + added.removeprefix(" ") == rest or dropped + added == rest


def test_what_is_not_words_is_not_held_up() -> None:
    joiner = Joiner(BEFORE)
    assert list(joiner.take(Text(BEFORE[:20]))) == []
    assert list(joiner.take(Usage(1, 2))) == [Usage(1, 2)]


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("https://api.openai.com/v1", Way.INSTRUCTION),
        ("https://mine.openai.azure.com/openai/v1", Way.INSTRUCTION),
        ("https://api.mistral.ai/v1", Way.PREFIX),
        ("https://notapi.openai.com.example/v1", Way.FLAGS),
        ("http://localhost:8000/v1", Way.FLAGS),
    ],
)
def test_a_known_host_is_asked_in_its_own_way(url: str, way: Way) -> None:
    assert first_way(url) is way


@pytest.mark.parametrize(
    ("way", "fields", "last"),
    [
        (
            Way.FLAGS,
            {"continue_final_message": True, "add_generation_prompt": False},
            {"role": "assistant", "content": "One"},
        ),
        (Way.PREFIX, {}, {"role": "assistant", "content": "One", "prefix": True}),
        (Way.INSTRUCTION, {}, {"role": "user", "content": instruction("One")}),
    ],
)
def test_each_way_asks_in_the_words_of_its_servers(
    way: Way, fields: dict[str, object], last: dict[str, object]
) -> None:
    talk = Conversation().asked("Count").answered(Message(0, "assistant", "One"))
    made = body(Request("m", talk.sent, continues=True), way)
    said = made["messages"]
    assert isinstance(said, list)
    assert said[-1] == last
    assert {name: made[name] for name in fields} == fields
    assert ("continue_final_message" in made) == bool(fields)
