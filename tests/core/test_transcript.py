"""A conversation as Markdown."""

from tui.core.conversation import Conversation, Message
from tui.core.deltas import ToolCall
from tui.core.errors import Failure
from tui.core.images import Image
from tui.core.transcript import in_markdown

ANSWER = Message(
    0,
    "assistant",
    "Yes.",
    model="m",
    reasoning="One.\nTwo.",
    refusal="No.",
    tool_calls=(ToolCall(0, "look", '{"at": 1}'),),
    failure=Failure("The connection broke", "Again?"),
)


def test_everything_that_was_said_is_in_it() -> None:
    said = Conversation().asked("Why?", (Image("https://a.example/1.png"),)).answered(ANSWER)
    assert in_markdown(said.messages, "And how") == (
        "## You\n\n![image](https://a.example/1.png)\n\nWhy?\n\n"
        "## Answer · m\n\n> One.\n> Two.\n\nYes.\n\nNo.\n\n"
        '→ look({"at": 1})\n\n(The connection broke)\n\n'
        "## Not sent yet\n\nAnd how\n"
    )


def test_it_can_be_shown_on_a_terminal() -> None:
    said = Conversation().asked("\x1b]0;owned\x07 \u202e")
    assert in_markdown(said.messages) == "## You\n\n␛]0;owned␇ ⟨RLO⟩\n"


def test_of_nothing_there_is_nothing() -> None:
    assert in_markdown((), "  \n") == ""
