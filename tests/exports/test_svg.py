"""A picture of a conversation: sound XML in which nothing runs, with every word in its place."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given

from tests.exports.attacks import ATTACKS
from tests.exports.chats import CHATS, FULL, only
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.exporting import Form, written
from tui.core.images import Image
from tui.markdown.looks import LOOKS

SVG = "{http://www.w3.org/2000/svg}"

CAT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
    "hgGAWjR9awAAAABJRU5ErkJggg=="
)


def picture(chat: Chat) -> ElementTree.Element:
    return ElementTree.fromstring("".join(written(chat, Form.SVG, LOOKS)))


def runs(chat: Chat) -> list[ElementTree.Element]:
    return list(picture(chat).iter(f"{SVG}text"))


def words(chat: Chat) -> str:
    return " ".join("".join(run.itertext()) for run in runs(chat))


def answered(text: str) -> Chat:
    talk = Conversation().asked("Hi").answered(Message(0, "assistant", text))
    return Chat("abc", conversation=talk)


def with_image(url: str) -> Chat:
    (message,) = only("Look").conversation.messages[-1:]
    changed = replace(message, images=(Image(url),))
    talk = only("Look").conversation
    return Chat("abc", conversation=replace(talk, messages=(*talk.messages[:-1], changed)))


@given(CHATS)
def test_any_conversation_is_a_sound_picture(chat: Chat) -> None:
    root = picture(chat)
    assert {each.tag for each in root.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "title", "style", "rect", "text", "image")
    }
    names = {name for each in root.iter() for name in each.attrib}
    assert not [name for name in names if name.startswith("on")]
    assert all(each.get("href", "").startswith("data:image/") for each in root.iter(f"{SVG}image"))


@pytest.mark.parametrize("text", ATTACKS)
def test_what_is_said_stays_words(text: str) -> None:
    for chat in (only(text), answered(text)):
        source = "".join(written(chat, Form.SVG, LOOKS))
        assert not re.search(
            r"<(?:script|a|foreignObject|use|iframe)\b|<[^>]*\shref=|@import", source
        )
        assert not re.search("[\0\x1b\x9b\u202e\u2066]", source)
        ElementTree.fromstring(source)


def test_all_that_is_shown_is_there() -> None:
    seen = words(FULL)
    for message in FULL.conversation.path:
        first = next(iter(re.findall(r"\w+", message.text)), "")
        assert first in seen


def test_columns_stay_columns_in_any_font() -> None:
    *_, run = runs(answered("日本語 ok"))
    assert float(run.attrib["textLength"]) == pytest.approx(9 * 8.4)


def test_it_is_as_tall_as_what_is_in_it() -> None:
    low, high = (float(picture(only("a\n\n" * n)).attrib["height"]) for n in (1, 100))
    assert high - low > 100 * 19
    last = max(float(run.attrib["y"]) for run in runs(only("a\n\n" * 100)))
    assert last < high


def test_a_picture_that_it_carries_is_shown_and_no_other() -> None:
    (shown,) = picture(with_image(CAT)).iter(f"{SVG}image")
    assert shown.attrib["href"] == CAT
    for url in (
        "http://a.example/x.png",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png;base64,",
    ):
        assert list(picture(with_image(url)).iter(f"{SVG}image")) == []
        assert "▣" in words(with_image(url))


def test_reasoning_is_told_and_not_shown() -> None:
    talk = FULL.conversation
    message = Message(99, "assistant", "Yes.", reasoning="secret " * 3, parent=talk.head)
    chat = replace(FULL, conversation=replace(talk, messages=(*talk.messages, message), head=99))
    assert "reasoning, 21 characters" in words(chat)
    assert "secret" not in words(chat)
