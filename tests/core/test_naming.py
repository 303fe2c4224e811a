"""A name is taken out of what a model answers, whatever it writes round it."""

import pytest

from tui.core.conversation import Conversation, Message
from tui.core.naming import EXCERPT, LONGEST, name_in, naming


def answer(text: str) -> Message:
    return Message(0, "assistant", text)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Baking bread at home", "Baking bread at home"),
        ("\n\n  Baking bread\n\nI hope you like it!", "Baking bread"),
        ('"Baking bread."', "Baking bread"),
        ("**Title:** “Baking bread”", "Baking bread"),
        ("# Baking bread", "Baking bread"),
        ("Name: `C++ templates`", "C++ templates"),
        ("Name servers explained", "Name servers explained"),
        ("「パンの焼き方」", "パンの焼き方"),
        ("Bread\x1b]0;owned\x07", "Bread␛]0;owned␇"),
        (" \n", ""),
        ('""', ""),
    ],
)
def test_a_name_is_taken_out_of_its_frame(said: str, name: str) -> None:
    assert name_in(said) == name


def test_a_long_name_is_cut() -> None:
    assert len(name_in("word " * 100)) == LONGEST


def test_the_model_sees_the_beginning_only() -> None:
    talk = Conversation("Be brief.").asked("Q" * 9000).answered(answer("A" * 9000)).asked("More")
    request = naming(talk, "m")
    assert request is not None
    (message,) = request.messages
    assert message.role == "user"
    assert message.text.count("Q") <= EXCERPT
    assert message.text.count("A") <= EXCERPT + 10


def test_nothing_is_named_before_it_was_answered() -> None:
    assert naming(Conversation(), "m") is None
    assert naming(Conversation().asked("Hi"), "m") is None
    assert naming(Conversation().asked("Hi").answered(answer(" ")), "m") is None
