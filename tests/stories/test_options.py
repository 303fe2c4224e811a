"""Parameters from every level, as the server gets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.play import play
from tests.stories.test_doctor import run
from tests.waiting import until
from tui.core.levels import Levels
from tui.core.options import Options
from tui.edge.demo import DemoServer, raw

FILE = """
[options]
temperature = 0.1
seed = 1
extra = {{ top_k = 40 }}

[models."demo-echo".options]
unset = ["seed"]
stop = "END"

[models."demo-tour".options]
max_tokens = 3

[endpoints."mine"]
base_url = "{url}"
system = "Be brief."

[endpoints."mine".options]
temperature = 0.2
reasoning_effort = "low"
"""


@pytest.fixture
def file(demo: DemoServer, tmp_path: Path) -> str:
    """A configuration file that describes the demo server."""
    there = tmp_path / "mine.toml"
    there.write_text(FILE.format(url=demo.base_url))
    return str(there)


def parameters(demo: DemoServer) -> dict[str, object]:
    """What the server got beside the question."""
    usual = ("model", "messages", "stream", "stream_options")
    return {name: value for name, value in demo.asked[-1].body.items() if name not in usual}


async def test_the_server_gets_what_holds_and_nothing_else(demo: DemoServer, file: str) -> None:
    flags = ("--config", file, "--endpoint", "mine", "--model", "demo-echo")
    code, _, err = await run("ask", *flags, "Hi")
    assert (code, err) == (0, "")
    assert parameters(demo) == {
        "temperature": 0.2,
        "stop": ["END"],
        "reasoning_effort": "low",
        "top_k": 40,
    }
    assert demo.asked[-1].body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hi"},
    ]
    more = ("--temperature", "0", "--option", "top_k=null", "--option", "reasoning_effort=null")
    await run("ask", *flags, *more, "--stop", "a", "--stop", "b", "--option", 'x={"y":[1]}', "Hi")
    assert parameters(demo) == {"temperature": 0, "stop": ["a", "b"], "x": {"y": [1]}}


async def test_a_model_that_nobody_named_has_the_parameters_of_its_table(
    demo: DemoServer, file: str
) -> None:
    code, _, _ = await run("ask", "--config", file, "--base-url", demo.base_url, "Hi")
    assert code == 0
    assert demo.asked[-1].body["model"] == "demo-tour"
    assert parameters(demo) == {
        "max_tokens": 3,
        "temperature": 0.2,
        "seed": 1,
        "reasoning_effort": "low",
        "top_k": 40,
    }


@pytest.mark.parametrize(("said", "kept"), [("true", 1), ("false", 0)])
async def test_the_file_says_whether_ask_keeps_conversations(
    demo: DemoServer, tmp_path: Path, said: str, kept: int
) -> None:
    there = tmp_path / "mine.toml"
    there.write_text(f"[ask]\nsave = {said}")
    where = ("--base-url", demo.base_url, "--model", "demo-echo")
    await run("ask", "--config", str(there), *where, "Hi")
    _, out, _ = await run("chats", "--json")
    assert len(json.loads(out)) == kept


LEVELS = Levels(flags=Options(temperature=0.5, seed=1), file=Options(top_p=0.1))
OWN = Options(temperature=0.9, extra={"top_k": 40}, unset=("seed",))


async def test_what_is_set_in_a_conversation_goes_before_all_and_stays_with_it(
    demo: DemoServer,
) -> None:
    async with play(demo, levels=LEVELS) as person:
        person.chat.set_options(OWN)
        await person.asks("About boats")
        await person.sees("✓ complete")
        assert parameters(demo) == {"temperature": 0.9, "top_p": 0.1, "top_k": 40}
        person.chat.set_options(OWN.without("temperature"))
        await person.press("ctrl+n")
        await person.asks("About bread")
        await person.sees("About bread", "✓ complete")
        assert parameters(demo) == {"temperature": 0.5, "seed": 1, "top_p": 0.1}
    async with play(demo, levels=LEVELS) as person:
        await person.press("ctrl+o")
        await person.sees("About boats")
        await person.press("down", "down", "enter")
        await person.sees("You ·", "About boats")
        await person.asks("Once more")
        await person.sees("Sent: 3 messages.")
        assert parameters(demo) == {"temperature": 0.5, "top_p": 0.1, "top_k": 40}


async def test_what_was_set_for_a_draft_is_back_with_it(demo: DemoServer) -> None:
    async with play(demo) as person:
        person.chat.set_options(OWN)
        await person.types("half a question")
    async with play(demo) as person:
        await person._look(lambda: person.prompt.text == "half a question", "it never came back")
        await person.press("enter")
        await person.sees("✓ complete")
        assert parameters(demo) == {"temperature": 0.9, "top_k": 40}


async def test_the_record_of_an_answer_tells_what_went_along(demo: DemoServer) -> None:
    async with play(demo, levels=LEVELS) as person:
        person.chat.set_options(OWN.with_value("frequency_penalty", 0.5))
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.press("i")
        await person.sees(
            "temperature", "0.9", "top p", "0.1", "frequency penalty  0.5", "top_k", "40"
        )


async def test_going_on_from_a_pipe_keeps_to_the_conversation_and_a_flag_to_the_question(
    demo: DemoServer,
) -> None:
    async with play(demo) as person:
        person.chat.set_options(OWN)
        await person.asks("About boats")
        await person.sees("✓ complete")
    flags = ("ask", "--base-url", demo.base_url, "-c")
    await run(*flags, "--top-p", "0.2", "Go on")
    assert parameters(demo) == {"temperature": 0.9, "top_k": 40, "top_p": 0.2}
    await run(*flags, "--temperature", "0", "Go on")
    assert parameters(demo) == {"temperature": 0, "top_k": 40}
    said = {"error": {"message": "Unsupported parameter: 'top_p'", "param": "top_p"}}
    demo.script("no", raw(json.dumps(said).encode(), status=400, content_type="application/json"))
    _, _, err = await run(*flags, "--top-p", "0.2", "--model", "no", "Go on")
    assert "The model does not take top_p" in err
    assert "top_p = 0.2 comes from --top-p: leave that out." in err
    _, out, _ = await run("export", "last", "--format", "json")
    assert json.loads(out)["options"] == {
        "temperature": 0.9,
        "extra": {"top_k": 40},
        "unset": ["seed"],
    }


async def test_a_conversation_begins_with_the_system_prompt_of_its_model(demo: DemoServer) -> None:
    systems = {"demo-tour": "Show me round.", "demo-echo": "Echo me."}
    async with play(demo, system="Usual.", systems=systems) as person:
        await person.sees("system: Echo me.")
        for model, shown in (("demo-tour", "Show me round."), ("demo-fast", "Usual.")):
            await person.press("f2")
            await person.types(model)
            await person.press("enter")
            await person.sees(f"system: {shown}")
        await person.press("f2")
        await person.types("demo-echo")
        await person.press("enter")
        await person.sees("system: Echo me.")
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("f2")
        await person.types("demo-tour")
        await person.press("enter")
        await person.sees("demo-tour", "system: Echo me.")
