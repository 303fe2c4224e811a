"""A model that asks for a tool: name and arguments are seen as they come, and kept."""

import json

from tests.play import play
from tests.waiting import until
from tui.edge.demo import Delta, DemoServer, Reply, replying, words

ARGUMENTS = json.dumps({"place": "the brook behind the mill", "note": "deep " * 150 + "water"})


async def test_name_and_arguments_are_seen_while_they_come(demo: DemoServer) -> None:
    call = [Delta("tool", "water_level"), *words(ARGUMENTS, "arguments")]
    demo.script("caller", replying(lambda _: Reply(call, "tool_calls", rate=60)))
    async with play(demo, "caller") as person:
        await person.asks("How deep?")
        await person.sees("● streaming", "→ water_level(", "the brook behind")
        await person.press("escape")
        await person.sees("■ cancelled by you", "→ water_level(", "the brook behind")


async def test_at_the_end_all_of_it_is_there_to_read_and_to_copy(demo: DemoServer) -> None:
    call = [Delta("tool", "water_level"), *words(ARGUMENTS, "arguments")]
    demo.script("caller", replying(lambda _: Reply(call, "tool_calls")))
    async with play(demo, "caller") as person:
        await person.asks("How deep?")
        await person.sees("→ water_level(", 'deep water"})', "→ asks for a tool to be called")
        await person.press("tab", "y")
        await until(lambda: person.copied)
        assert person.copied == [f"water_level({ARGUMENTS})"]
