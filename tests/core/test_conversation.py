"""What is said, what is sent, and what is never lost."""

import pytest

from tui.core.conversation import Conversation, Message
from tui.core.deltas import Outcome
from tui.core.images import BadImage, Image, image_from
from tui.core.options import Options
from tui.core.request import Request, body


def answer(text: str, outcome: Outcome = Outcome.FINISHED) -> Message:
    return Message(0, "assistant", text, outcome=outcome)


def sent(conversation: Conversation) -> list[tuple[str, str]]:
    return [(message.role, message.text) for message in conversation.sent]


def test_the_system_prompt_comes_first() -> None:
    assert sent(Conversation("Be brief.").asked("Hi")) == [("system", "Be brief."), ("user", "Hi")]


def test_a_partial_answer_is_sent_and_an_empty_one_is_not() -> None:
    talk = Conversation().asked("a").answered(answer("par", Outcome.CANCELLED))
    talk = talk.asked("b").answered(answer("", Outcome.FAILED)).asked("c")
    assert sent(talk) == [("user", "a"), ("assistant", "par"), ("user", "b"), ("user", "c")]


def test_asking_again_keeps_the_answer_but_does_not_send_it() -> None:
    talk = Conversation().asked("a").answered(answer("first")).again()
    assert sent(talk) == [("user", "a")]
    assert [message.text for message in talk.messages] == ["a", "first"]


def test_an_id_is_never_used_twice() -> None:
    talk = Conversation().asked("a").answered(answer("x")).again().answered(answer("y"))
    assert [message.id for message in talk.messages] == [1, 2, 3]


def test_the_title_is_the_first_question_on_one_line() -> None:
    assert Conversation().asked("What\nis\n\n a rillet?").title == "What is a rillet?"


def test_only_what_was_set_is_sent() -> None:
    made = body(Request("m", Conversation().asked("Hi").sent))
    assert made == {
        "model": "m",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("gpt-4o", "max_tokens"),
        ("o3-mini", "max_completion_tokens"),
        ("openai/gpt-5", "max_completion_tokens"),
    ],
)
def test_the_limit_bears_the_name_that_the_model_takes(model: str, name: str) -> None:
    made = body(Request(model, (), Options(max_tokens=5, temperature=0.0)))
    assert made[name] == 5
    assert made["temperature"] == 0.0


def test_images_go_as_content_parts_in_their_order() -> None:
    images = (Image("https://a.example/1.png"), Image("data:image/png;base64,AAAA", "low"))
    made = body(Request("m", Conversation().asked("See", images).sent))
    assert made["messages"] == [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "See"},
                {"type": "image_url", "image_url": {"url": "https://a.example/1.png"}},
                {
                    "type": "image_url",
                    "image_url": {"url": "data:image/png;base64,AAAA", "detail": "low"},
                },
            ],
        }
    ]


def test_a_whole_answer_is_asked_for_without_stream_options() -> None:
    assert "stream_options" not in body(Request("m", (), is_stream=False))


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/b.png",
        " http://localhost:8000/b ",
        "data:image/png;base64,AAAA",
        "HTTPS://A.EXAMPLE/B",
    ],
)
def test_an_image_url_that_can_be_sent_is_taken(url: str) -> None:
    assert image_from(url) == Image(url.strip())


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "Type an image URL"),
        ("cat.png", "starts with https://"),
        ("ftp://a.example/b.png", "starts with https://"),
        ("file:///etc/passwd", "starts with https://"),
        ("https://", "names no host"),
        ("https://a b/c", "no blanks"),
        ("https://[::1/x", "not a whole URL"),
        ("https://a.example:99999/x", "not a whole URL"),
        ("data:text/html;base64,AAAA", "starts with data:image"),
        ("data:image/png;base64,", "no bytes"),
        ("data:image/png;base64,AAA", "damaged or cut off"),
        ("data:image/png;base64,A*AA", "damaged or cut off"),
    ],
)
def test_an_image_url_that_cannot_be_sent_says_why(url: str, why: str) -> None:
    with pytest.raises(BadImage, match=why):
        image_from(url)


def test_a_data_url_is_named_by_its_type_and_size() -> None:
    assert (
        Image("data:image/png;base64," + "A" * 4000).name
        == "image/png in the message (3,000 bytes)"
    )
