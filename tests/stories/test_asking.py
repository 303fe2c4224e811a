"""A question, a reply that streams, another question."""

from tests.play import SMALL, play
from tests.waiting import until
from tui.edge.demo import DemoServer, raw, saying


def roles(demo: DemoServer) -> list[str]:
    messages = demo.asked[-1].body["messages"]
    assert isinstance(messages, list)
    return [message["role"] for message in messages]


async def test_a_question_is_answered_and_the_ending_is_told(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("What is a rillet?")
        await person.sees("You", "demo-echo", "Sent: 1 message.", "✓ complete")
        assert person.prompt.text == ""
        assert person.prompt.has_focus


async def test_the_whole_conversation_goes_with_the_next_question(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("One")
        await person.sees("✓ complete")
        await person.asks("Two")
        await person.sees("Sent: 3 messages.")
        assert roles(demo) == ["user", "assistant", "user"]


async def test_words_are_seen_while_the_reply_still_streams(demo: DemoServer) -> None:
    demo.script("half", raw(b'data: {"choices":[{"delta":{"content":"so far"}}]}\n\n', then="hang"))
    async with play(demo, "half") as person:
        await person.asks("Go on")
        await person.sees("so far", "● streaming", "Esc cancel")


async def test_markdown_is_drawn_and_not_shown(demo: DemoServer) -> None:
    text = "# Title\n\n- one **bold**\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    demo.script("md", saying(text))
    async with play(demo, "md") as person:
        await person.asks("Hi")
        await person.sees("Title", "• one bold", "1 │ 2")
        await person.sees_no("**")


async def test_a_second_enter_starts_nothing_and_loses_nothing(demo: DemoServer) -> None:
    async with play(demo, "demo-slow") as person:
        await person.asks("First")
        await person.sees("● streaming")
        await person.asks("Second")
        await person.sees("▷ Second")
        assert len(demo.asked) == 2  # the list of models and one question
        await person.press("escape")
        await person.sees("■ cancelled by you", "▷ Second")


async def test_a_prompt_can_have_many_lines(demo: DemoServer) -> None:
    async with play(demo, size=SMALL) as person:
        await person.types("one")
        await person.press("ctrl+j")
        await person.types("two")
        await person.press("shift+enter")
        await person.types("three")
        assert person.prompt.text == "one\ntwo\nthree"
        assert person.prompt.size.height == 3
        await person.press("enter")
        await until(lambda: len(demo.asked) == 2)
        assert demo.asked[-1].body["messages"] == [{"role": "user", "content": "one\ntwo\nthree"}]


async def test_an_empty_prompt_is_not_sent(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("enter", "space", "ctrl+j", "enter")
        await person.sees("○ ready")
        assert not any(asked.path.endswith("completions") for asked in demo.asked)


async def test_up_brings_back_what_was_asked_and_down_the_draft(demo: DemoServer) -> None:
    async with play(demo) as person:
        for question in ("One", "Two"):
            await person.asks(question)
            await person.sees("○ ready" if question == "none" else f"  {question}", "✓ complete")
            await until(lambda: not person.chat._is_busy)
        await person.types("draft")
        await person.press("up")
        assert person.prompt.text == "Two"
        await person.press("up")
        assert person.prompt.text == "One"
        await person.press("up")
        assert person.prompt.text == "One"
        await person.press("down", "down")
        assert person.prompt.text == "draft"


async def test_a_new_conversation_begins_empty_and_keeps_the_draft(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("One")
        await person.sees("✓ complete")
        await person.types("draft")
        await person.press("ctrl+n")
        await person.sees("a chat that streams", "draft")
        await person.press("enter")
        await person.sees("Sent: 1 message.")


async def test_reasoning_a_refusal_and_a_tool_call_are_shown_as_what_they_are(
    demo: DemoServer,
) -> None:
    for model, told in (
        ("demo-reasoning", "✓ complete"),
        ("demo-refusal", "⊘ the model declined"),
        ("demo-tools", "→ asks for a tool to be called"),
        ("demo-length", "✂ cut at the token limit"),
        ("demo-filter", "⊘ stopped by the content filter"),
        ("demo-empty", "∅ ended without a word"),
    ):
        async with play(demo, model) as person:
            await person.asks("Hi")
            await person.sees(told)


async def test_what_is_typed_right_behind_enter_is_the_next_question(demo: DemoServer) -> None:
    async with play(demo) as person:
        person.strike(*"one", "enter", *"two")
        await person.sees("✓ complete", "one")
        assert person.prompt.text == "two"


async def test_a_draft_is_shown_again_when_a_question_of_before_was_sent(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("Again")
        await person.sees("✓ complete")
        await person.types("half a thought")
        await person.press("up", "enter")
        await person.sees("Sent: 3 messages")
        assert person.prompt.text == "half a thought"


async def test_a_changed_question_of_before_stays_changed(demo: DemoServer) -> None:
    async with play(demo) as person:
        for question in ("One", "Two"):
            await person.asks(question)
            await person.sees(f"  {question}", "✓ complete")
            await until(lambda: not person.chat._is_busy)
        await person.press("up")
        await person.types(" and three")
        await person.press("up", "down")
        assert person.prompt.text == "Two and three"
