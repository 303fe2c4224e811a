"""A reply that was cut goes on where it stopped, in the same message."""

import json

import pytest

from tests.play import SMALL, play
from tests.waiting import until
from tui.core.settings import Patience
from tui.edge.demo import DemoServer, raw

AT_ONCE = Patience(first=2.0, idle=2.0, retries=0)
WHOLE = "going to be a long one, when the rest came after all"


@pytest.mark.parametrize(
    ("model", "sign"),
    [
        ("demo-length", "✂ cut at the token limit"),
        ("demo-drop", "! The connection broke"),
        ("demo-stall", "… The server fell silent"),
        ("demo-error-midstream", "✗ The server reported an error"),
    ],
)
async def test_c_continues_what_was_cut(demo: DemoServer, model: str, sign: str) -> None:
    async with play(demo, model, patience=AT_ONCE) as person:
        await person.asks("Tell me")
        await person.sees(sign, "c continues · r asks again", "Ctrl+G continue")
        await person.press("c")
        await person.sees(WHOLE, "✓ complete", "continued once")
        assert sign not in person.sight
        [question, answer] = person.chat.conversation.messages
        assert question.text == "Tell me"
        assert WHOLE in answer.text
        assert [seam.at for seam in answer.seams] == [answer.text.index(" the rest")]


async def test_esc_then_ctrl_g_goes_on_with_a_draft_in_the_prompt(demo: DemoServer) -> None:
    async with play(demo, "demo-slow") as person:
        await person.asks("Tell me")
        await person.sees("●", "tok/s")
        await person.press("escape")
        await person.sees("■ cancelled by you", "c continues")
        await person.types("draft")
        await person.press("ctrl+g")
        await until(lambda: "continue_final_message" in demo.asked[-1].body)
        await person.press("escape")
        await person.sees("■ cancelled by you", "continued once")
        assert person.prompt.text == "draft"


async def test_a_rest_that_fails_loses_no_word_and_can_be_asked_for_again(
    demo: DemoServer,
) -> None:
    async with play(demo, "demo-length", patience=AT_ONCE) as person:
        await person.asks("Tell me")
        await person.sees("c continues")
        demo.script("demo-length", raw(b"{}", status=500))
        await person.press("c")
        await person.sees("Here is the beginning", "in trouble (500)", "c continues · r asks again")
        await person.press("tab", "y")
        await until(lambda: person.copied)
        assert person.copied[0].startswith("Here is the beginning")


async def test_the_line_of_keys_offers_c_only_where_there_is_a_rest(demo: DemoServer) -> None:
    async with play(demo, "demo-length", patience=AT_ONCE) as person:
        await person.press("tab")
        await person.sees("Up earlier", "y copy")
        assert "c continue" not in person.sight
        await person.press("escape")
        await person.asks("Tell me")
        await person.sees("✂ cut at the token limit")
        await person.press("tab")
        await person.sees("Up earlier", "y copy   c continue")
        await person.press("c")
        await person.sees("✓ complete", "continued once")
        await person.press("tab")
        await person.sees("Up earlier", "y copy")
        assert "c continue" not in person.sight


async def test_a_complete_answer_has_no_rest(demo: DemoServer) -> None:
    async with play(demo, "demo-echo", size=SMALL) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        asked = len(demo.asked)
        await person.press("ctrl+g")
        await person.sees("The last answer was not cut")
        assert len(demo.asked) == asked


async def test_a_code_block_is_continued_inside_its_block(demo: DemoServer) -> None:
    def part(text: str, reason: str) -> bytes:
        choice = {"delta": {"content": text}, "finish_reason": reason}
        return f"data: {json.dumps({'choices': [choice]})}\n\n".encode()

    demo.script("code", raw(part("```python\nfirst = 1\n", "length")))
    async with play(demo, "code") as person:
        await person.asks("Code")
        await person.sees("first = 1", "c continues")
        demo.script("code", raw(part("```python\nsecond = 2\n```\nDone.", "stop")))
        await person.press("c")
        await person.sees("second = 2", "Done.", "✓ complete")
        assert "```" not in person.sight
