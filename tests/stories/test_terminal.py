"""The real program in a real terminal."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.edge.pictures.made import painted, saved
from tests.terminal import Terminal
from tests.waiting import until
from tui.edge.demo import DemoServer, saying
from tui.edge.local import find_model

RILLET = (sys.executable, "-m", "tui")


async def test_a_conversation_from_start_to_quit() -> None:
    async with Terminal(*RILLET, "--demo", "--model", "demo-echo") as terminal:
        await terminal.sees("≋ Rillet", "Ask anything", "demo-echo")
        terminal.type("Hello, 世界\r")
        await terminal.sees("You", "Hello, 世界", "✓ complete")
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
        assert terminal.output.rstrip().endswith(b"\x1b[?25h") or b"\x1b[?1049l" in terminal.output


async def test_letters_typed_while_it_starts_are_not_lost(demo: DemoServer) -> None:
    command = (*RILLET, "--base-url", demo.base_url, "--model", "demo-echo")
    async with Terminal(*command) as terminal:
        typed = "typed before anything was there and on until the prompt is there to take it"
        for letter in typed:
            terminal.type(letter)
            await asyncio.sleep(0.01)
        await terminal.sees("≋ Rillet", f"│ {typed}")
        terminal.press("enter")
        await terminal.sees("You", "✓ complete")


async def test_the_key_of_the_environment_goes_to_the_server_and_not_to_the_screen() -> None:
    key = "sk-very-secret-0123456789"
    async with DemoServer(key=key) as server:
        env = {"OPENAI_API_KEY": f" {key}\n", "OPENAI_BASE_URL": server.base_url}
        async with Terminal(*RILLET, "--model", "demo-echo", env=env) as terminal:
            await terminal.sees("Ask anything")
            terminal.type("Hi\r")
            await terminal.sees("✓ complete")
            assert b"very-secret" not in terminal.output


async def test_nothing_of_an_attack_reaches_the_terminal(demo: DemoServer) -> None:
    attack = "\x1b]52;c;aGFja2Vk\x07 \x1b]0;owned\x07 \x9b5n \u202e &#x202E; after"
    demo.script("bad", saying(attack))
    async with Terminal(*RILLET, "--base-url", demo.base_url, "--model", "bad") as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hi\r")
        await terminal.sees("✓ complete", "after")
        shown = terminal.output.decode(errors="ignore")  # the last character may be half there
        for part in ("\x1b]52", "\x1b]0;owned", "\x9b", "\u202e"):
            assert part not in shown


async def test_no_byte_of_the_keyboard_ends_it_and_no_paste_is_torn(demo: DemoServer) -> None:
    command = (*RILLET, "--base-url", demo.base_url, "--model", "demo-echo")
    async with Terminal(*command) as terminal:
        await terminal.sees("Ask anything")
        terminal.send(b"caf\xe9 \x1b[200~one \x1b[31mred\x1b[0m\rtwo\x1b[201~")
        await terminal.sees("caf� one ␛[31mred␛[0m", "│ two")
        assert not any(asked.path.endswith("completions") for asked in demo.asked)
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0


async def test_a_lone_escape_cancels_a_flood_and_an_arrow_is_none(demo: DemoServer) -> None:
    command = (*RILLET, "--base-url", demo.base_url, "--model", "demo-999999t")
    async with Terminal(*command) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hi\r")
        await terminal.sees("● streaming")
        terminal.press("up", "down")
        assert demo.gone == []
        terminal.press("escape")
        await until(lambda: demo.gone == ["demo-999999t"])
        await terminal.sees("■ cancelled by you")


async def test_a_picture_that_is_dropped_on_the_terminal_is_attached(
    demo: DemoServer, tmp_path: Path
) -> None:
    (tmp_path / "a cat.png").write_bytes(saved(painted(), "PNG"))
    command = (*RILLET, "--base-url", demo.base_url, "--model", "demo-echo")
    async with Terminal(*command, width=130) as terminal:
        await terminal.sees("Ask anything")
        terminal.type(f"\x1b[200~'{tmp_path}/a cat.png' \x1b[201~")
        await terminal.sees("1. a cat.png", "PNG 60x40", "1 image attached")
        terminal.type("See")
        await terminal.sees("See")
        terminal.press("enter")
        await terminal.sees("1. data URL, image/png, 139 bytes, detail auto")


async def test_without_colours_everything_is_still_told(demo: DemoServer) -> None:
    command = (*RILLET, "--base-url", demo.base_url, "--model", "demo-length")
    async with Terminal(*command, env={"NO_COLOR": "1"}, width=80, height=24) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hi\r")
        await terminal.sees("✂ cut at the token limit")


MINE = """
[models."demo-echo"]
context = 1234
max_output = 200
encoding = "cl100k_base"
input_price = 1000
output_price = 2000
"""


@pytest.mark.parametrize(("more", "is_told"), [("", True), ("cost = false", False)])
async def test_what_the_configuration_says_of_a_model_is_seen(
    tmp_path: Path, more: str, is_told: bool
) -> None:
    (tmp_path / "mine.toml").write_text(more + MINE)
    command = (*RILLET, "--demo", "--model", "demo-echo", "--config", str(tmp_path / "mine.toml"))
    async with Terminal(*command) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hello there")
        await terminal.sees("9 of 1,234", "<1 %")
        terminal.press("enter")
        await terminal.sees("✓ complete", "✓ │", "server")
        if is_told:
            await terminal.sees("cost ", "≈ $0.0")
        else:
            assert "cost " not in terminal.sight


@pytest.mark.skipif(find_model() is None, reason="the embedded model is not installed")
async def test_with_nothing_set_the_model_on_this_machine_answers() -> None:
    async with Terminal(*RILLET, "--max-tokens", "12") as terminal:
        await terminal.sees("on this machine", "nothing leaves it")
        terminal.type("What is a river?\r")
        await terminal.sees("SmolLM2-135M-Instruct", "✂ cut at the token limit", "12 ✓")
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
