"""Reasoning is folded to a line above the answer, dimmed, and never sent back."""

from tests.play import play
from tests.waiting import until
from tui.edge.demo import Delta, DemoServer, Reply, replying, saying, words

THOUGHTS = "The question is how a reply reaches the screen."
ANSWER = "It comes word by word"


async def test_it_is_one_line_until_t_unfolds_it(demo: DemoServer) -> None:
    async with play(demo, "demo-reasoning") as person:
        await person.asks("How?")
        await person.sees("✓ complete", ANSWER, "▸ thought for", "t unfolds it")
        assert THOUGHTS not in person.sight
        await person.press("tab", "t")
        await person.sees("▾ thought for", THOUGHTS, ANSWER)
        await person.press("t")
        await person.sees_no(THOUGHTS)


async def test_its_last_words_are_seen_while_it_comes(demo: DemoServer) -> None:
    thoughts = words("First of all the bytes come in. ", "reasoning_content")
    demo.script("muse", replying(lambda _: Reply([*thoughts, Delta("content", "So.")], rate=10)))
    async with play(demo, "muse") as person:
        await person.asks("How?")
        await person.sees("▸ thinking · ", "s · First of all")
        await person.sees("▸ thought for", "So.", "✓ complete")


async def test_a_choice_to_see_it_holds_for_the_next_answer(demo: DemoServer) -> None:
    async with play(demo, "demo-reasoning") as person:
        await person.asks("How?")
        await person.sees("✓ complete")
        await person.pilot.click(person.log, offset=(6, 4))
        await person.sees(THOUGHTS)
        await person.press("ctrl+n")
        await person.asks("How?")
        await person.sees("✓ complete", "▾ thought for", THOUGHTS)


async def test_where_it_is_all_that_came_it_is_unfolded(demo: DemoServer) -> None:
    only = list(words("Nothing but thoughts.", "reasoning_content"))
    demo.script("only", replying(lambda _: Reply(only, "length")))
    async with play(demo, "only") as person:
        await person.asks("How?")
        await person.sees("✂ cut at the token limit", "Nothing but thoughts.", "r asks again")
        assert "c continues" not in person.sight


async def test_it_is_never_sent_back(demo: DemoServer) -> None:
    async with play(demo, "demo-reasoning") as person:
        await person.asks("How?")
        await person.sees("✓ complete")
        await person.asks("And then?")
        await until(lambda: len([a for a in demo.asked if a.method == "POST"]) == 2)
        assert "bytes" not in str(demo.asked[-1].body)


async def test_thoughts_in_tags_are_folded_too_and_never_sent_back(demo: DemoServer) -> None:
    demo.script("raw", saying("<think>\nFirst the bytes.\n</think>\n\nSo."))
    async with play(demo, "raw") as person:
        await person.asks("How?")
        await person.sees("▸ thought", "So.", "✓ complete")
        assert "bytes" not in person.sight
        await person.asks("And then?")
        await until(lambda: len([a for a in demo.asked if a.method == "POST"]) == 2)
        assert demo.asked[-1].body["messages"] == [
            {"role": "user", "content": "How?"},
            {"role": "assistant", "content": "So."},
            {"role": "user", "content": "And then?"},
        ]
