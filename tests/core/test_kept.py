"""A message that is kept as JSON and read again is the same message, whatever is in it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.conversation import Message, Seam
from tui.core.kept import BadValue, from_json, to_json

MESSAGES = st.builds(Message, seams=st.lists(st.builds(Seam), max_size=2).map(tuple))


@given(MESSAGES)
def test_a_message_survives(message: Message) -> None:
    written = json.dumps(to_json(message))
    assert json.dumps(to_json(from_json(Message, json.loads(written)))) == written


@given(MESSAGES)
def test_a_message_without_half_numbers_is_equal(message: Message) -> None:
    again = from_json(Message, to_json(message))
    assert again == message or "NaN" in json.dumps(to_json(message))


def test_half_a_surrogate_pair_survives() -> None:
    message = Message(1, "assistant", "half \ud83d")
    assert from_json(Message, json.loads(json.dumps(to_json(message)))) == message


def test_what_was_not_set_is_not_written() -> None:
    assert to_json(Message(1, "user", "Hi")) == {"id": 1, "role": "user", "text": "Hi"}


def test_what_a_newer_rillet_wrote_is_passed_over() -> None:
    said = {"id": 1, "role": "user", "text": "Hi", "mood": {"kind": "sunny"}}
    assert from_json(Message, said) == Message(1, "user", "Hi")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ([], "Message is no object"),
        ({"id": 1, "role": "user"}, "Message lacks text"),
        ({"id": "1", "role": "user", "text": ""}, "Message.id cannot be '1'"),
        ({"id": True, "role": "user", "text": ""}, "Message.id cannot be True"),
        ({"id": 1, "role": "god", "text": ""}, "Message.role cannot be 'god'"),
        ({"id": 1, "role": "user", "text": "", "images": {}}, "Message.images is no list"),
        ({"id": 1, "role": "user", "text": "", "images": [{}]}, r"Message.images\[0\] lacks url"),
        ({"id": 1, "role": "user", "text": "", "outcome": "odd"}, "outcome cannot be 'odd'"),
        ({"id": 1, "role": ["x"], "text": ""}, "role cannot be"),
    ],
)
def test_what_is_no_message_is_refused_with_the_place(said: object, why: str) -> None:
    with pytest.raises(BadValue, match=why):
        from_json(Message, said)
