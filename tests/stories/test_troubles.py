"""What goes wrong, told by the message it went wrong with, and the key that helps."""

import pytest

from tests.edge.plain import Plain, http
from tests.play import SMALL, play
from tests.waiting import until
from tui.core.settings import Patience
from tui.edge.demo import DemoServer, failed, raw, saying

AT_ONCE = Patience(first=2.0, idle=2.0, retries=0)


@pytest.mark.parametrize(
    ("model", "title", "advice"),
    [
        ("demo-401", "✗ The server wants a key (401)", "set OPENAI_API_KEY"),
        ("demo-404", "✗ The server does not know this model (404)", "F2, or --model NAME"),
        ("demo-too-long", "✗ The conversation is too long for the model (400)", "Ctrl+N"),
        ("demo-429", "✗ Too many requests (429)", "Wait a moment"),
        ("demo-500", "✗ The server is in trouble (500)", "Ask again"),
        ("demo-html", "(502)", "Ask again"),
        ("demo-drop", "! The connection broke", "are kept"),
        ("demo-stall", "… The server fell silent", "are kept"),
        ("demo-hang", "… No answer came", "within 2 seconds"),
        ("demo-error-midstream", "✗ The server reported an error", "The server says: "),
    ],
)
async def test_a_trouble_has_a_title_a_sentence_and_a_key(
    demo: DemoServer, model: str, title: str, advice: str
) -> None:
    async with play(demo, model, patience=AT_ONCE) as person:
        await person.asks("Hi")
        await person.sees(title, advice, "r asks again")


async def test_a_quota_does_not_offer_what_cannot_help(demo: DemoServer) -> None:
    async with play(demo, "demo-quota", patience=AT_ONCE) as person:
        await person.asks("Hi")
        await person.sees("The account's quota is used up (429)")
        assert "asks again" not in person.sight


async def test_a_server_that_is_not_there_is_named_with_its_address() -> None:
    async with play("http://127.0.0.1:9/v1") as person:
        await person.sees("✗ Nothing answers")
        await person.asks("Hi")
        await person.sees("127.0.0.1:9 refused the connection", "Asked at http://127.0.0.1:9/v1")


async def test_a_server_that_is_not_there_is_told_before_it_is_asked_also_in_80_columns() -> None:
    async with play("http://127.0.0.1:9/v1", size=SMALL) as person:
        await person.sees("✗ Nothing answers at the server's address")


async def test_r_tries_again_and_the_failure_makes_room(demo: DemoServer) -> None:
    async with play(demo, "demo-500", patience=AT_ONCE) as person:
        await person.asks("Hi")
        await person.sees("in trouble (500)")
        demo.script("demo-500", saying("Now it works."))
        await person.press("r")
        await person.sees("Now it works.", "✓ complete")
        assert "in trouble" not in person.sight


async def test_asking_again_keeps_the_words_that_had_come(demo: DemoServer) -> None:
    async with play(demo, "demo-drop", patience=AT_ONCE) as person:
        await person.asks("Hi")
        await person.sees("The connection broke")
        demo.script("demo-drop", saying("Whole at last."))
        await person.press("ctrl+r")
        await person.sees("< 2/2 >", "Whole at last.")
        assert demo.asked[-1].body["messages"] == [{"role": "user", "content": "Hi"}]
        await person.press("tab", "less_than_sign")
        await person.sees("< 1/2 >", "The connection broke")


async def test_a_passing_trouble_is_asked_again_visibly(demo: DemoServer) -> None:
    async with play(demo, "demo-503-once") as person:
        await person.asks("Hi")
        await person.sees("again in 1 s (1 of 2), Esc stops")
        await person.sees("✓ complete")


async def test_the_wait_before_a_retry_is_counted_down_and_esc_ends_it(demo: DemoServer) -> None:
    busy = raw(b"{}", status=429, headers={"retry-after": "3"})
    demo.script("busy", busy)
    async with play(demo, "busy") as person:
        await person.asks("Hi")
        await person.sees("again in 3 s, Esc stops")
        await person.sees("again in 2 s, Esc stops")
        await person.press("escape")
        await person.sees("■ cancelled by you")
        assert len([asked for asked in demo.asked if asked.method == "POST"]) == 1


async def test_an_r_that_begins_a_word_is_no_key(demo: DemoServer) -> None:
    async with play(demo, "demo-500", patience=AT_ONCE) as person:
        await person.asks("Hi")
        await person.sees("in trouble (500)")
        asked = len(demo.asked)
        await person.types("really yours")
        assert person.prompt.text == "really yours"
        await person.press(*["backspace"] * 11)
        await until(lambda: person.prompt.text == "r")
        await person.press("enter")
        await until(lambda: len(demo.asked) == asked + 1)
        assert demo.asked[-1].body["messages"] == [
            {"role": "user", "content": "Hi"},
            {"role": "user", "content": "r"},
        ]


async def test_y_on_a_failure_copies_what_went_wrong(demo: DemoServer) -> None:
    async with play(demo, "demo-401", patience=AT_ONCE) as person:
        await person.asks("Hi")
        await person.sees("The server wants a key")
        await person.press("tab", "y")
        await until(lambda: person.copied)
        assert person.copied[0].startswith("The server wants a key\nNone was sent: set OPENAI_API")
        assert "\nHTTP status 401\nhttp://127.0.0.1:" in person.copied[0]
        assert "\nRequest id req_" in person.copied[0]


async def test_after_a_failure_typing_goes_on_in_the_prompt(demo: DemoServer) -> None:
    async with play(demo, "demo-500", patience=AT_ONCE) as person:
        await person.asks("Hi")
        await person.sees("in trouble (500)")
        await person.types("hello")
        assert person.prompt.text == "hello"
        assert person.prompt.has_focus


async def test_a_draft_keeps_the_focus_and_its_text_when_a_reply_fails(demo: DemoServer) -> None:
    async with play(demo, "demo-stall", patience=Patience(idle=1.0)) as person:
        await person.asks("Hi")
        await person.types("draft")
        await person.sees("fell silent")
        assert person.prompt.text == "draft"
        assert person.prompt.has_focus


async def test_the_question_of_a_failed_turn_is_one_key_away(demo: DemoServer) -> None:
    async with play(demo, "demo-401", patience=AT_ONCE) as person:
        await person.asks("Precious words")
        await person.sees("The server wants a key")
        await person.press("escape", "up")
        await until(lambda: person.prompt.text == "Precious words")


async def test_a_conversation_that_is_too_long_is_told_with_our_own_count(
    demo: DemoServer,
) -> None:
    said = "This model's maximum context length is 7 tokens. However, your messages resulted in 9."
    demo.script("gpt-4o", failed(400, said, code="context_length_exceeded"))
    async with play(demo, "gpt-4o", patience=AT_ONCE) as person:
        await person.asks("Hi")
        await person.sees("✗ The conversation is too long for the model (400)")
        await person.sees("By Rillet's count the conversation is 8 tokens.", "Ctrl+N", "F2")
        await person.sees("The model takes 7 tokens")


async def test_a_model_that_is_not_there_is_told_with_its_neighbours(demo: DemoServer) -> None:
    async with play(demo, "demo-ecko", patience=AT_ONCE) as person:
        await person.asks("Hi")
        await person.sees("✗ The server does not know this model (404)", "knows: demo-echo")


async def test_a_key_that_goes_unencrypted_is_warned_of_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with Plain(http(200, b'{"data":[{"id":"m"}]}')) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        async with play("http://a.example/v1", key="a-key") as person:
            await person.sees("go to a.example unencrypted", "Use https://")
            await until(lambda: proxy.heard)
        assert proxy.heard[0].path == "http://a.example/v1/models"
