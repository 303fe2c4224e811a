"""A conversation that is exported as JSON and imported again is the same one."""

import json

import pytest
from hypothesis import given

from tests.exports.chats import CHATS, FULL
from tests.markdown.strategies import MODEST
from tui.core.chats import Chat
from tui.core.exporting import Form, written
from tui.core.importing import BadFile, read


def exported(chat: Chat) -> str:
    return "".join(written(chat, Form.JSON))


@MODEST
@given(CHATS)
def test_any_conversation_comes_back_equal(chat: Chat) -> None:
    text = exported(chat).encode().decode()
    assert read(text, "x").chats == (chat,)


def test_a_message_says_at_first_sight_what_most_programs_want() -> None:
    said = json.loads(exported(FULL))
    assert (said["id"], said["title"], said["head"]) == ("abcdefgh", "Why?", 5)
    assert all(
        set(each) == {"id", "parent", "role", "content", "state", "finish_reason", "record"}
        for each in said["messages"]
    )
    assert [each["state"] for each in said["messages"]] == [
        *("finished", "deleted", "finished", "finished", "interrupted"),
    ]
    assert said["messages"][0]["content"] == [
        {"type": "text", "text": "Why?"},
        {"type": "image_url", "image_url": {"url": "https://a.example/1.png"}},
    ]
    assert said["messages"][2]["finish_reason"] == "stop"
    assert said["messages"][2]["record"]["provenance"]["served"] == "m-1"


def test_a_message_is_a_line() -> None:
    lines = exported(FULL).splitlines()
    assert [json.loads(line.rstrip(","))["id"] for line in lines[-6:-1]] == [1, 2, 3, 4, 5]


def test_letters_stay_letters() -> None:
    assert "水" in exported(Chat("abcdefgh", title="水"))


def changed(**fields: object) -> str:
    return json.dumps({**json.loads(exported(FULL)), **fields})


def message(**fields: object) -> dict[str, object]:
    plain = {"id": 1, "parent": 0, "role": "user", "content": "Hi", "state": "finished"}
    return {**plain, **fields}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"rillet": 2}, "written by a newer Rillet"),
        ({"rillet": "1"}, "written by a newer Rillet"),
        ({"messages": {}}, "it has no list of messages"),
        ({"messages": ["x"]}, r"messages\[0\] is no message"),
        ({"messages": [message(record=[])]}, r"messages\[0\] is no message"),
        ({"messages": [message(id="1")]}, "Message.id cannot be '1'"),
        ({"messages": [message(id=0)]}, "message 0 is there twice, or not in its place"),
        ({"messages": [message(id=1 << 53)]}, "or not in its place"),
        ({"messages": [message(), message()]}, "message 1 is there twice"),
        ({"messages": [message(parent=1)]}, "message 1 follows one that is not there"),
        ({"messages": [message(role="god")]}, "Message.role cannot be 'god'"),
        ({"messages": [message(state="odd")]}, "its state cannot be 'odd'"),
        ({"messages": [message(state=["x"])]}, "its state cannot be"),
        ({"messages": [message(content=3)]}, "neither text nor parts"),
        ({"messages": [message(content=[{"type": "text"}])]}, "a part of its content is no text"),
        ({"messages": [message(content=[{"type": "image_url"}])]}, "is no object"),
        ({"messages": [message(finish_reason=3)]}, "Message.reason cannot be 3"),
        ({"head": 77}, "ends with a message that is not there"),
        ({"head": True}, "ends with a message that is not there"),
        ({"system": None}, "system prompt is no text"),
        ({"title": 3, "is_titled": True}, "Chat.title cannot be 3"),
        ({"created": "today"}, "Chat.created cannot be 'today'"),
    ],
)
def test_what_is_damaged_is_refused_with_the_place(said: dict[str, object], why: str) -> None:
    with pytest.raises(BadFile, match=why):
        read(changed(**said), "x")


def test_a_damaged_conversation_is_named_and_the_others_come_in() -> None:
    good, bad = json.loads(exported(FULL)), json.loads(changed(title="Odd", head=77))
    imported = read(json.dumps([good, bad, 3]), "x")
    assert imported.chats == (FULL,)
    assert imported.damaged == (
        "Conversation 2 (Odd) was left out: what is shown ends with a message that is not there.",
        "Conversation 3 was left out: it is no conversation.",
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "x is empty"),
        (" \n", "x is empty"),
        ('{"rillet": 1, "mess', "x is damaged JSON: .* in line 1"),
        ("[" * 200_000, "x is nested too deeply"),
        (f'{{"rillet": {"9" * 5000}}}', "a number that is none"),
        ("[]", "neither a conversation of Rillet nor ChatGPT's"),
        ('{"hello": 1}', "neither a conversation of Rillet nor ChatGPT's"),
    ],
)
def test_what_is_no_conversation_gets_a_sentence(text: str, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        read(text, "x")


def test_a_name_of_another_kind_becomes_one_of_ours_the_same_each_time() -> None:
    first, second = (read(changed(id="../../etc"), "x").chats[0].id for _ in range(2))
    assert first == second
    assert len(first) == 8
