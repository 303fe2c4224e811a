"""The side: model, images, tokens, status; at home in 160 columns, a key away in 80."""

import pytest
from textual.widgets import Input

from tests.play import SMALL, WIDE, play
from tests.waiting import until
from tui.core.tokens import count
from tui.edge.demo import DemoServer
from tui.edge.ranks import load
from tui.screens.dialog import Dialog
from tui.widgets.model_panel import ModelPanel
from tui.widgets.token_panel import TokenPanel


async def test_a_model_is_found_by_typing_and_asked_from_then_on(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("One")
        await person.sees("✓ complete")
        await person.press("f2")
        await person.sees("demo-tour", "demo-slow")
        await person.types("reas")
        await person.sees_no("demo-slow")
        await person.press("enter")
        await person.sees("demo-reasoning · 127.0.0.1")
        assert person.prompt.has_focus
        await person.asks("Two")
        await until(lambda: demo.asked[-1].body.get("model") == "demo-reasoning")


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_what_is_typed_right_after_the_key_goes_into_the_field_that_it_opens(
    demo: DemoServer, size: tuple[int, int]
) -> None:
    async with play(demo, size=size) as person:
        await until(lambda: bool(person.chat.query_one(ModelPanel).listed))
        person.strike("f3", *"cat")
        await until(lambda: person.app.screen.query_one("#image-url", Input).value == "cat")
        person.strike("f2", *"slow", "enter")
        await person.sees("demo-slow · 127.0.0.1")
        assert not person.prompt.text


async def test_a_name_that_is_not_listed_can_be_typed(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("f2")
        await person.types("my/own-model")
        await person.press("enter")
        await person.asks("Hi")
        await person.sees("The server does not know this model", "my/own-model")


async def test_the_list_is_walked_with_the_arrows(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("f2")
        await person.sees("demo-slow")
        await person.press("tab", "down", "enter")
        await person.sees("demo-tour · 127.0.0.1")


async def test_a_server_that_came_up_late_is_asked_for_its_models_again() -> None:
    async with DemoServer() as gone:
        url = gone.base_url
    async with play(url) as person:
        await person.sees("✗ Nothing answers")
        port = int(url.rpartition(":")[2].removesuffix("/v1"))
        async with DemoServer(port=port):
            await person.press("f2")
            await person.sees("demo-tour", "demo-slow")


async def test_an_image_is_checked_listed_sent_and_shown(demo: DemoServer) -> None:
    url = "https://a.example/cat.png"
    async with play(demo) as person:
        await person.press("f3")
        await person.types("ftp://x")
        await person.sees("✗ An image URL starts with")
        await person.press("enter")
        await person.sees("ftp://x", "✗ An image URL starts with")
        await person.press(*["backspace"] * 7)
        await person.types(url)
        await person.sees("Enter adds it")
        await person.press("enter")
        await person.sees("1. cat.png", url)
        await person.press("escape")
        await person.asks("What is this?")
        await person.sees(f"▣ {url}", "✓ complete")
        await person.sees_no("1. cat.png")
    assert demo.asked[-1].body["messages"] == [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is this?"},
                {"type": "image_url", "image_url": {"url": url}},
            ],
        }
    ]


async def test_an_image_can_be_removed(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("f3")
        for name in ("a", "b"):
            await person.types(f"https://x.example/{name}")
            await person.press("enter")
        await person.sees("1. a", "2. b", "https://x.example/b")
        await person.press("tab", "up", "delete")
        await person.sees("1. b", "https://x.example/b")
        await person.sees_no("x.example/a")


async def test_the_count_is_exact_while_it_streams(demo: DemoServer) -> None:
    async with play(demo, "demo-300t-60ps") as person:
        await person.asks("Hi")
        await person.sees("● streaming")
        panel = person.chat.query_one(TokenPanel)
        seen: set[int] = set()

        def is_exact() -> bool:
            exchange = person.chat._exchange
            assert exchange is not None
            if panel.count is None or not panel.count.completion:
                return False
            now = person.chat._meter.count.completion
            if now == count(exchange.reply.text, load("o200k_base")):
                seen.add(now)  # else words came since it was counted, a tenth of a second ago
            return len(seen) >= 10

        await until(is_exact)
        await person.press("escape")
        await person.sees("completion", "≈")


async def test_the_servers_own_count_is_shown_when_it_comes(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await until(lambda: person.sight.count(" ✓ │") == 3)
        await person.sees("prompt", "completion", "total", "ours ≈")


async def test_the_status_tells_times_and_the_finish_reason(demo: DemoServer) -> None:
    async with play(demo, "demo-length") as person:
        await person.asks("Hi")
        await person.sees("✂ cut at the token limit", "finish reason", "length")
        row = next(row for row in person.sight.split("\n") if "first token" in row)
        assert row.rstrip(" │").endswith(" s")


async def test_in_80_columns_the_side_is_a_key_away(demo: DemoServer) -> None:
    async with play(demo, size=SMALL) as person:
        assert "Tokens" not in person.sight
        await person.press("f4")
        await person.sees("Model", "Images", "Tokens", "Status", "finish reason")
        await person.press("escape")
        await person.sees_no("Tokens")
        await person.asks("Hi")
        await person.sees("✓ complete", "tokens ─╯")


async def test_help_shows_every_key(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("f1")
        await person.sees("Keys", "Ctrl+J", "PgUp PgDn")
        await person.press("end")
        await person.sees("Unfold or fold the reasoning of the answer")
        await person.press("escape")
        await person.sees_no("Unfold or fold the reasoning")
        assert person.prompt.has_focus


@pytest.mark.parametrize("key", ["f1", "f5", "f7"])
async def test_rillet_can_be_left_from_a_dialog_too(demo: DemoServer, key: str) -> None:
    async with play(demo) as person:
        await person.press(key)
        await until(lambda: isinstance(person.app.screen, Dialog))
        person.strike("ctrl+q")
        await until(lambda: person.app._exit)


async def test_the_palette_finds_a_command(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("ctrl+p")
        await person.types("images")
        await person.sees("Add images to the next prompt.")
        await person.press("enter")
        await until(lambda: person.app.focused is not None and person.app.focused.id == "image-url")


async def test_names_that_look_like_markup_are_shown_as_they_are(demo: DemoServer) -> None:
    async with play(demo, "[/INST]") as person:
        await person.asks("[bold]Hi[/]")
        await person.sees("[bold]Hi[/]", "[/INST]", "does not know this model")
