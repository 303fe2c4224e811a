"""A request can be built once more from what is kept: the words and the settings of that time."""

from dataclasses import replace

from tui.core.continuing import Way
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Continued, Outcome
from tui.core.options import Options
from tui.core.provenance import Provenance
from tui.core.rebuilt import Rebuilt, rebuilt
from tui.core.request import Request, body


def answer(text: str, known: Provenance | None, outcome: Outcome = Outcome.FINISHED) -> Message:
    return Message(0, "assistant", text, provenance=known, outcome=outcome)


def record(began: float, system: str = "", way: Way | None = None) -> Provenance:
    options = Options(max_tokens=7, temperature=0.5)
    return Provenance("http://a.example/v1", "m", "", system, options, way, began)


def test_the_system_prompt_and_the_path_of_that_time_are_sent() -> None:
    talk = Conversation("now another").asked("one").answered(answer("1", record(1, "then")))
    talk = talk.asked("two").answered(answer("2", record(2)))
    first, second = talk.path[1], talk.path[3]
    (sent,) = rebuilt(talk, first)
    assert sent is not None
    assert sent.endpoint == "http://a.example/v1"
    said = (Message(0, "system", "then"), talk.path[0])
    assert sent.body == body(Request("m", said, Options(7, 0.5)))
    (sent,) = rebuilt(talk, second)
    assert sent is not None
    assert sent.body["messages"] == [
        {"role": "user", "content": "one"},
        {"role": "assistant", "content": "1"},
        {"role": "user", "content": "two"},
    ]


def messages_of(sent: Rebuilt) -> list[dict[str, str]]:
    messages = sent.body["messages"]
    assert isinstance(messages, list)
    return messages


def continued() -> Conversation:
    """Cut, then continued at 5; in between, at 3, a question that follows was asked."""
    talk = Conversation().asked("one").answered(answer("Once", record(1), Outcome.CANCELLED))
    cut = talk.path[1]
    rest = answer(" more", record(5, way=Way.INSTRUCTION))
    whole = cut.continued(rest, Continued(Way.INSTRUCTION))
    return talk.asked("two").answered(answer("2", record(3))).continued(whole)


def test_each_request_of_a_continued_answer_is_there() -> None:
    talk = continued()
    first, second = rebuilt(talk, talk.path[1])
    assert first is not None
    assert second is not None
    assert first.body["messages"] == [{"role": "user", "content": "one"}]
    messages = messages_of(second)
    assert [message["role"] for message in messages] == ["user", "assistant", "user"]
    assert messages[1]["content"] == "Once"
    assert "begin by repeating" in messages[2]["content"]


def test_an_answer_that_grew_later_is_sent_as_it_was() -> None:
    talk = continued()
    (sent,) = rebuilt(talk, talk.path[3])
    assert sent is not None
    assert [message["content"] for message in messages_of(sent)] == ["one", "Once", "two"]


def test_what_came_from_elsewhere_has_no_request() -> None:
    talk = Conversation().asked("one").answered(answer("1", None))
    assert rebuilt(talk, talk.path[1]) == (None,)


def test_a_rest_that_never_came_is_asked_for_in_the_usual_way() -> None:
    talk = Conversation().asked("one").answered(answer("Once", record(1)))
    failed = answer("", replace(record(2), endpoint="http://["), Outcome.FAILED)
    talk = talk.continued(talk.path[1].continued(failed, None))
    _, sent = rebuilt(talk, talk.path[1])
    assert sent is not None
    assert sent.body["continue_final_message"] is True
