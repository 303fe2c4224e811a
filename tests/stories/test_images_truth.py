"""What a model or an endpoint does not take is told before it is sent, and the draft stays."""

import base64
from pathlib import Path

import pytest

from tests.edge.pictures.made import painted, saved
from tests.edge.plain import Plain, http
from tests.play import SMALL, play
from tests.stories.test_images import add, folder, has, sent
from tests.stories.test_images_clipboard import told
from tests.waiting import until
from tui.core.catalog import Profile
from tui.edge.demo import DemoServer

BLIND = {"demo-echo": Profile(sees=False)}

__all__ = ["folder"]


def questions(demo: DemoServer) -> int:
    return sum("messages" in asked.body for asked in demo.asked)


async def test_a_model_that_takes_no_images_is_told_of_before_anything_is_sent(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo, known=BLIND) as person:
        await add(person, "plain.png")
        await person.press("escape")
        await person.asks("See")
        await told(person, "demo-echo takes no images. F2 changes the model, F3 and Del remove")
        assert (person.prompt.text, len(person.chat._side.images)) == ("See", 1)
        assert questions(demo) == 0
        await person.press("enter")
        await person.sees("✓ complete")
        assert len(sent(demo)) == 1
        await person.asks("And now?")
        await until(lambda: questions(demo) == 2)


async def test_images_of_earlier_questions_count_too(demo: DemoServer, folder: Path) -> None:
    async with play(demo, "demo-empty", known=BLIND) as person:
        await add(person, "plain.png")
        await person.press("escape")
        await person.asks("See")
        await until(lambda: questions(demo) == 1)
        await person.sees("ended without a word")
        await person.press("f2")
        await person.types("demo-echo")
        await person.press("enter")
        await person.asks("And now?")
        await told(person, "Ctrl+N begins without those so far. Enter once more")
        assert (questions(demo), person.prompt.text) == (1, "And now?")


async def test_asking_again_is_objected_to_once_too(demo: DemoServer, folder: Path) -> None:
    async with play(demo, "demo-empty", known=BLIND) as person:
        await add(person, "plain.png")
        await person.press("escape")
        await person.asks("See")
        await person.sees("ended without a word")
        await person.press("f2")
        await person.types("demo-echo")
        await person.press("enter", "ctrl+r")
        await told(person, "x asks without images. The same key once more sends it all the same.")
        assert questions(demo) == 1
        await person.press("ctrl+r")
        await person.sees("data URL, image/png", "✓ complete")


async def test_what_is_not_sent_is_given_back_with_the_cursor_where_it_was(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo, known=BLIND) as person:
        await add(person, "plain.png")
        await person.press("escape")
        await person.types("Sond")
        await person.press("left", "left", "enter")
        await told(person, "demo-echo takes no images")
        await person.types("ec")
        assert person.prompt.text == "Soecnd"


async def test_without_the_image_it_goes_at_once(demo: DemoServer, folder: Path) -> None:
    async with play(demo, known=BLIND, size=SMALL) as person:
        await add(person, "plain.png")
        await person.press("escape")
        await person.asks("See")
        await told(person, "demo-echo takes no images")
        await person.press("f3", "tab", "delete", "escape", "enter")
        await person.sees("✓ complete")
        assert sent(demo) == []


async def test_what_the_endpoints_list_says_of_images_counts(
    demo: DemoServer, folder: Path
) -> None:
    demo.describe("demo-echo", architecture={"input_modalities": ["text"]})
    demo.describe("demo-fast", architecture={"input_modalities": ["text", "image"]})
    async with play(demo) as person:
        await until(lambda: person.chat._accounts.sees("demo-echo") is False)
        await add(person, "plain.png")
        await person.press("escape")
        await person.asks("See")
        await told(person, "demo-echo takes no images")
        await person.press("f2")
        await person.types("demo-fast")
        await person.press("enter", "enter")
        await until(lambda: questions(demo) == 1)
        assert len(sent(demo)) == 1


async def test_what_the_endpoint_would_refuse_is_told_in_the_panel_and_not_sent(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Plain(http()) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        async with play("http://api.groq.com/openai/v1", "m") as person:
            await add(person, *["plain.png"] * 6)
            await person.reads("✗ These are 6 images; the endpoint takes 5 in one request.")
            await person.press("escape")
            await person.asks("See")
            await told(person, "the endpoint takes 5 in one request. In the images (F3), s scales")
            assert person.prompt.text == "See"
            await person.press("f3", "tab", "delete")
            await has(person, 5)
            await until(lambda: "These are 6" not in person.side)
            assert not [heard for heard in proxy.heard if heard.method == "POST"]
            await person.press("escape", "enter")
            await until(lambda: any(heard.method == "POST" for heard in proxy.heard))


async def test_a_type_that_the_endpoint_does_not_take_is_told_and_a_file_is_written_as_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving = (folder / "pics" / "moving.gif").read_bytes()
    async with Plain(http()) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        async with play("http://generativelanguage.googleapis.com/v1beta/openai", "m") as person:
            await add(person, "pics/moving.gif")
            await person.reads("moving.gif: Removed: all but the first of 3 pictures.", "as PNG.")
            await person.pastes(f"data:image/gif;base64,{base64.b64encode(moving).decode()}")
            await person.press("enter")
            await person.reads("✗ Image 2 is of type GIF; the endpoint takes PNG, JPEG, WebP.")


async def test_an_image_that_is_too_large_for_the_endpoint_can_be_scaled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "wide.png").write_bytes(saved(painted(9000, 10), "PNG"))
    async with Plain(http()) as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        async with play("http://api.anthropic.com/v1", "m") as person:
            await add(person, "wide.png")
            await person.reads("✗ The image has 9000x10 pixels; the endpoint takes up to 8,000")
            await person.press("tab", "s")
            await person.reads("PNG 2048x2")
            await until(lambda: "9000x10 pixels" not in person.side)


async def test_where_the_server_refuses_images_a_key_asks_without_them(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo, "demo-no-images") as person:
        await add(person, "plain.png")
        await person.press("escape")
        await person.asks("See")
        await person.sees("The model takes no images", "x asks without images · r asks again")
        await person.sees("x without images   Ctrl+R ask again")
        await person.press("x")
        await person.sees("✓ complete", "2/2")
        assert sent(demo) == []
        await person.press("tab", "up", "less_than_sign")
        await person.sees("▣ image/png", "The model takes no images")


async def test_earlier_images_are_left_out_too_and_their_answers_stay(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo) as person:
        await add(person, "plain.png")
        await person.press("escape")
        await person.asks("First")
        await person.sees("✓ complete")
        await person.press("tab", "x")
        await until(lambda: questions(demo) == 2)
        await person.sees("✓ complete")
        messages = demo.asked[-1].body["messages"]
        assert messages == [{"role": "user", "content": "First"}]
