"""Parameters from every level, as the server gets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stories.test_doctor import run
from tui.edge.demo import DemoServer

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
    await run("ask", "--config", str(there), "--base-url", demo.base_url, "Hi")
    _, out, _ = await run("chats", "--json")
    assert len(json.loads(out)) == kept
