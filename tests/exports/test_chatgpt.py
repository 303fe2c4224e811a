"""ChatGPT's export: a mapping of nodes, of which nothing is sure."""

import json
from collections.abc import Mapping

import pytest

from tui.core.chats import Chat
from tui.core.deltas import Outcome
from tui.core.importing import BadFile, read

HIDDEN = {"is_visually_hidden_from_conversation": True}


def node(
    name: str,
    parent: str | None,
    role: str = "user",
    *said: object,
    at: float | None = None,
    **more: object,
) -> dict[str, object]:
    content: object = {"content_type": "multimodal_text", "parts": list(said)}
    message = {
        "id": name, "author": {"role": role}, "content": content, "create_time": at,
        "recipient": "all", "metadata": {}, **more,
    }  # fmt: skip
    return {"id": name, "parent": parent, "children": [], "message": message if said else None}


def export(*nodes: dict[str, object], **more: object) -> dict[str, object]:
    mapping = {str(each["id"]): each for each in nodes}
    return {"title": "Rivers", "create_time": 1.7e9, "mapping": mapping, **more}


def imported(*nodes: dict[str, object], **more: object) -> Chat:
    (chat,) = read(json.dumps([export(*nodes, **more)]), "conversations.json").chats
    return chat


def lines(chat: Chat) -> list[tuple[int, int, str, str]]:
    return [(each.id, each.parent, each.role, each.text) for each in chat.conversation.messages]


ROOT = node("root", None)


def test_a_conversation_comes_in() -> None:
    chat = imported(
        ROOT,
        node("s", "root", "system", "You are ChatGPT.", metadata=HIDDEN),
        node("q", "s", "user", "How long is it?", at=1.7e9),
        node("a", "q", "assistant", "A mile.", at=1.7e9 + 5, metadata={"model_slug": "gpt-4o"}),
        current_node="a", conversation_id="6555-aa", update_time=1.7e9 + 5,
    )  # fmt: skip
    assert lines(chat) == [(1, 0, "user", "How long is it?"), (2, 1, "assistant", "A mile.")]
    assert (chat.title, chat.model) == ("Rivers", "gpt-4o")
    assert (chat.created, chat.updated) == (1.7e9, 1.7e9 + 5)
    assert chat.conversation.head == 2
    assert chat.conversation.messages[1].at == 1.7e9 + 5


def test_branches_stay_siblings_and_what_was_shown_last_is_shown() -> None:
    chat = imported(
        node("q", None, "user", "Hi", at=1),
        node("a2", "q", "assistant", "second", at=3),
        node("a1", "q", "assistant", "first", at=2),
        node("q2", "a1", "user", "And?", at=4),
        current_node="a1",
    )
    assert lines(chat) == [
        (1, 0, "user", "Hi"),
        (2, 1, "assistant", "first"),
        (3, 1, "assistant", "second"),
        (4, 2, "user", "And?"),
    ]
    assert [each.text for each in chat.conversation.path] == ["Hi", "first"]
    assert [each.text for each in chat.conversation.siblings(2)] == ["first", "second"]


def test_an_answer_round_a_tool_is_one_answer() -> None:
    thoughts = {"content_type": "thoughts", "thoughts": [{"content": "Look it up."}]}
    chat = imported(
        node("q", None, "user", "Hi"),
        node("t", "q", "assistant", "x", content=thoughts),
        node("a1", "t", "assistant", "I look."),
        node("call", "a1", "assistant", "search('x')", recipient="browser"),
        node("tool", "call", "tool", "what it found"),
        node("a2", "tool", "assistant", "Found \ue200cite\ue202turn0\ue201it."),
        current_node="a2",
    )
    assert lines(chat)[1:] == [(2, 1, "assistant", "I look.\n\nFound it.")]
    assert chat.conversation.messages[1].reasoning == "Look it up."


def test_a_branch_within_an_answer_stays_a_branch() -> None:
    chat = imported(
        node("q", None, "user", "Hi"),
        node("a", "q", "assistant", "I look.", at=1),
        node("b", "a", "assistant", "One.", at=2),
        node("c", "a", "assistant", "Two.", at=3),
    )
    assert lines(chat)[1:] == [
        (2, 1, "assistant", "I look."),
        (3, 2, "assistant", "One."),
        (4, 2, "assistant", "Two."),
    ]


def test_images_are_notes() -> None:
    picture = {"content_type": "image_asset_pointer", "width": 640, "height": 480}
    chat = imported(
        node("q", None, "user", picture, "What is it?"),
        node("tool", "q", "tool", {"content_type": "image_asset_pointer"}),
    )
    assert [each.text for each in chat.conversation.messages] == [
        "[an image, 640×480, which is not in the export]\n\nWhat is it?",
        "[an image, which is not in the export]",
    ]


def test_files_are_notes() -> None:
    files = [
        {"name": "a.pdf", "mime_type": "application/pdf"},
        {"name": "b.png", "mime_type": "image/png"},
    ]
    chat = imported(node("q", None, "user", "Read it.", metadata={"attachments": files}))
    assert chat.conversation.messages[0].text == (
        "[a file, a.pdf, which is not in the export]\n\nRead it."
    )


def test_what_is_known_of_the_conversation_is_kept() -> None:
    chat = imported(
        node("q", None, "user", "Hi"),
        default_model_slug="gpt-4", is_archived=True, is_starred=True,
    )  # fmt: skip
    assert (chat.model, chat.is_archived, chat.is_pinned) == ("gpt-4", True, True)


@pytest.mark.parametrize(
    ("why", "reason", "outcome"),
    [
        ("stop", "stop", Outcome.FINISHED),
        ("max_tokens", "length", Outcome.FINISHED),
        ("interrupted", "", Outcome.CANCELLED),
        ("", "", Outcome.FINISHED),
    ],
)
def test_how_an_answer_ended_is_known(why: str, reason: str, outcome: Outcome) -> None:
    ended = {"finish_details": {"type": why}}
    chat = imported(node("a", None, "assistant", "Yes.", metadata=ended))
    assert (chat.conversation.messages[0].reason, chat.conversation.messages[0].outcome) == (
        reason,
        outcome,
    )


def test_the_same_file_gives_the_same_name_each_time() -> None:
    one = [imported(node("q", None, "user", "Hi"), conversation_id="6555-aa") for _ in range(2)]
    other = imported(node("q", None, "user", "Hi"), conversation_id="6555-ab")
    assert one[0] == one[1]
    assert one[0].id != other.id


def test_a_chain_of_any_length_comes_in() -> None:
    nodes = [
        node(str(at), str(at - 1) if at else None, "user", f"q{at}", at=None)
        for at in range(20_000)
    ]
    assert len(imported(*nodes).conversation.messages) == 20_000


CIRCLE = (node("a", "b", "user", "x"), node("b", "a", "user", "y"))


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (export(*CIRCLE), "its messages follow each other in a circle"),
        (export(node("q", None, "user", "x"), *CIRCLE), "in a circle"),
        (export(node("q", "q", "user", "x")), "in a circle"),
        (export(), "there is no message in it that was shown"),
        (export(ROOT), "there is no message in it that was shown"),
        ({"mapping": []}, "its mapping is none"),
        ({"mapping": {"a": 3}}, "there is no message in it that was shown"),
    ],
)
def test_a_damaged_conversation_is_named_and_the_others_come_in(
    bad: Mapping[str, object], why: str
) -> None:
    good = export(node("q", None, "user", "Hi"))
    found = read(json.dumps([bad, good]), "x")
    assert [chat.conversation.messages[0].text for chat in found.chats] == ["Hi"]
    assert len(found.damaged) == 1
    assert why in found.damaged[0]
    with pytest.raises(BadFile, match=why):
        read(json.dumps([bad]), "x")


@pytest.mark.parametrize("odd", [None, 3, "x", [], {}, [3], {"a": 3}, True, 1e308])
@pytest.mark.parametrize("place", ["author", "content", "create_time", "metadata", "recipient"])
def test_fields_of_any_type_do_no_harm(place: str, odd: object) -> None:
    strange = node("q", "p", "user", "Hi")
    message = strange["message"]
    assert isinstance(message, dict)
    message[place] = odd
    chat = imported(node("p", None, "user", "first"), strange, title=odd, current_node=odd)
    assert chat.conversation.messages[0].text == "first"
    chat = imported(node("p", odd if isinstance(odd, str) else None, "user", "first", odd))
    assert chat.conversation.messages[0].text.startswith("first")
