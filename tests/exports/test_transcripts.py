"""Markdown that comes in: our own, and whatever has a heading to a message."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.chats import FULL, NOON, only
from tests.exports.test_markdown import exported
from tests.markdown.strategies import MODEST
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Outcome
from tui.core.images import Image
from tui.core.importing import read
from tui.core.importing.transcripts import ONE_QUESTION
from tui.core.transcript import in_markdown


def imported(text: str) -> Chat:
    (chat,) = read(text, "x").chats
    return chat


def said(text: str) -> list[tuple[str, str]]:
    return [(each.role, each.text) for each in imported(text).conversation.messages]


def test_our_own_comes_back_as_it_was_shown() -> None:
    chat = imported(exported(replace(FULL, title='Rivers: a \\ "story"')))
    talk = chat.conversation
    assert (chat.title, chat.model, chat.created) == ('Rivers: a \\ "story"', "m", NOON)
    assert chat.updated == NOON + 9
    assert talk.system == "Be brief."
    assert [each.role for each in talk.path] == ["user", "assistant", "user", "assistant"]
    assert talk.messages[0].text == "Why?"
    assert talk.messages[0].images == (Image("https://a.example/1.png"),)
    answer, last = talk.messages[1], talk.messages[3]
    assert (answer.model, answer.reasoning) == ("m", "One.\n\nTwo.")
    assert answer.at == NOON - NOON % 60
    assert (last.text, last.outcome) == ("Half of", Outcome.INTERRUPTED)


WORDS = st.sampled_from(
    [
        "a",
        "- ```\n  x\n  ```\n",
        "## You",
        "# Answer",
        "```",
        "~~~",
        "> ",
        "    x",
        "\n",
        "\n\n",
        "You\n---",
        "**You:**",
    ]
)


@MODEST
@given(st.lists(WORDS, max_size=6).map("".join), st.lists(WORDS, max_size=6).map("".join))
def test_what_was_said_never_becomes_another_message(question: str, answer: str) -> None:
    chat = imported(exported(only(f"q {question}", f"a {answer}", "end")))
    assert [each.role for each in chat.conversation.messages] == ["user", "assistant", "user"]
    assert chat.conversation.messages[2].text == "end"


@pytest.mark.parametrize("reason", ["length", "max_tokens"])
def test_an_answer_that_was_cut_is_still_cut(reason: str) -> None:
    talk = Conversation().asked("a").answered(Message(0, "assistant", "b", reason=reason))
    answer = imported(exported(Chat("abcdefgh", conversation=talk))).conversation.messages[1]
    assert (answer.text, answer.reason) == ("b", "length")


def test_what_a_crash_left_comes_back() -> None:
    text = in_markdown(FULL.conversation.path, "and then")
    chat = imported(text)
    assert [each.role for each in chat.conversation.messages] == [
        *("user", "assistant", "user", "assistant"),
    ]
    assert chat.conversation.messages[1].model == "m"
    assert chat.draft == "and then"


@pytest.mark.parametrize(
    "text",
    [
        "## You\n\nWhy?\n\n## Answer\n\nSo.\n",
        "# User:\nWhy?\n# Assistant:\nSo.",
        "### Human\r\n\r\nWhy?\r\n\r\n### Claude\r\n\r\nSo.\r\n",
        "**You:** Why?\n\n**ChatGPT:** So.",
        "__User__\n\nWhy?\n\n__Assistant__\n\nSo.",
        "# USER: Why?\n# ai: So.",
    ],
)
def test_transcripts_of_many_kinds_come_in(text: str) -> None:
    assert said(text) == [("user", "Why?"), ("assistant", "So.")]


def test_headings_of_another_level_and_in_code_belong_to_what_is_said() -> None:
    text = "## You\nhi\n### Answer\n# User\n```md\n## Answer\n```\n**You:**\n## Answer\nyo"
    assert said(text) == [
        ("user", "hi\n### Answer\n# User\n```md\n## Answer\n```\n**You:**"),
        ("assistant", "yo"),
    ]


def test_words_before_the_first_heading_are_not_lost() -> None:
    assert said("A talk\n\n## You\n\nhi") == [("user", "A talk"), ("user", "hi")]


def test_any_other_text_is_one_question_and_that_is_said() -> None:
    found = read("# A title\n\nSome words.\n", "x")
    assert said("# A title\n\nSome words.\n") == [("user", "# A title\n\nSome words.")]
    assert found.remark == ONE_QUESTION
    assert read("## You\nhi", "x").remark == ""


@MODEST
@given(st.text(min_size=1).filter(lambda text: text.strip() and text.strip()[0] not in "[{\ufeff"))
def test_any_text_comes_in(text: str) -> None:
    assert len(read(text, "x").chats) == 1


@pytest.mark.parametrize("front", ["---\n---\n", "---\ntitle: x\n---\n", "---\nx\n--- \n"])
def test_front_matter_is_no_question(front: str) -> None:
    assert said(f"{front}## You\nhi") == [("user", "hi")]


def test_a_line_at_the_top_is_no_front_matter_without_its_end() -> None:
    assert said("---\nhi") == [("user", "---\nhi")]


def test_an_answer_that_rillet_left_is_still_cut() -> None:
    left = Message(2, "assistant", "Half of", parent=1, outcome=Outcome.INTERRUPTED)
    talk = Conversation(messages=(Message(1, "user", "Go on."), left), head=2)
    last = imported(exported(replace(FULL, conversation=talk))).conversation.messages[-1]
    assert (last.text, last.outcome) == ("Half of", Outcome.INTERRUPTED)
