"""The image panel: files and URLs, what it says of them, what its keys do, what is sent."""

import base64
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.edge.pictures.made import SECRETS, bomb, moving, painted, photo, saved
from tests.edge.plain import Plain, http
from tests.edge.test_fetch import Names, trusting
from tests.play import SMALL, Person, play
from tests.waiting import until
from tui.edge.demo import DemoServer, saying


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a screenshot, a photo, and an animation."""
    home = tmp_path / "home"
    (home / "pics").mkdir(parents=True)
    (home / "plain.png").write_bytes(saved(painted(), "PNG"))
    (home / "pics" / "my photo.jpg").write_bytes(photo(6, 800, 600))
    (home / "pics" / "moving.gif").write_bytes(moving("GIF"))
    monkeypatch.chdir(home)
    return home


def sent(demo: DemoServer) -> list[Mapping[str, str]]:
    """The images of the last question, as they went over the wire."""
    messages = demo.asked[-1].body["messages"]
    assert isinstance(messages, list)
    content = messages[-1]["content"]
    return [] if isinstance(content, str) else [each["image_url"] for each in content[1:]]


def bytes_of(url: str) -> bytes:
    return base64.b64decode(url.partition(";base64,")[2], validate=True)


async def has(person: Person, count: int) -> None:
    """Wait until so many images are attached."""
    await until(lambda: len(person.chat._side.images) == count)


async def add(person: Person, *names: str) -> None:
    """Add images in the panel, one after the other."""
    if not person.chat.query_one("#image-url").has_focus:
        await person.press("f3")
    for count, name in enumerate(names, 1):
        await person.types(name)
        await person.press("enter")
        await has(person, count)


async def ask(person: Person, demo: DemoServer) -> list[Mapping[str, str]]:
    """Ask with what is attached."""
    await person.press("escape")
    await person.asks("See")
    await person.sees("✓ complete")
    return sent(demo)


# Ways in


async def test_a_photo_is_added_by_its_path_upright_and_without_its_place(
    demo: DemoServer, folder: Path
) -> None:
    demo.script("gpt-4o", saying("A flag."))
    async with play(demo, "gpt-4o") as person:
        await person.press("f3")
        await person.types("~/pics/my photo.jpg")
        await person.reads("Enter adds it")
        await person.press("enter")
        await person.reads("1. my photo.jpg", "auto ≈765", "JPEG 600x800", "kB")
        await person.reads("my photo.jpg: Removed: EXIF with the place, XMP, comments.")
        assert person.chat.query_one("#image-url").has_focus
        content = bytes_of((await ask(person, demo))[0]["url"])
    assert not [secret for secret in SECRETS if secret in content]


async def test_a_relative_path_a_file_url_and_a_data_url_are_taken(
    demo: DemoServer, folder: Path
) -> None:
    plain = saved(painted(), "PNG")
    data = f"data:image/png;base64,{base64.b64encode(plain).decode()}"
    async with play(demo) as person:
        await add(person, "pics/moving.gif", (folder / "plain.png").as_uri())
        await person.pastes(data)
        await person.press("enter")
        await person.reads("1. moving.gif", "2. plain.png", "3. image", "PNG 60x40")
        urls = [each["url"] for each in await ask(person, demo)]
    assert bytes_of(urls[0]).startswith(b"\x89PNG")
    assert urls[1:] == [data, data]


async def test_names_are_suggested_and_completed_by_tab(demo: DemoServer, folder: Path) -> None:
    async with play(demo) as person:
        await person.press("f3")
        await person.types("~/pi")
        await person.reads("~/pics/")
        await person.press("tab", "m", "tab")
        await person.reads("moving.gif · my photo.jpg")
        await person.types("y")
        await person.reads("~/pics/my photo.jpg")
        await person.press("tab", "enter")
        await person.reads("1. my photo.jpg")


async def test_tab_leaves_a_field_with_nothing_to_complete(demo: DemoServer, folder: Path) -> None:
    async with play(demo) as person:
        await add(person, "plain.png")
        await person.types("https://a.example/1")
        await person.press("tab")
        await until(lambda: person.chat.query_one("#image-list").has_focus)
        await person.press("shift+tab")
        await person.press(*["backspace"] * 19)
        await person.types("plain.png")
        await person.press("tab")
        await until(lambda: person.chat.query_one("#image-list").has_focus)


async def test_files_that_are_dropped_on_the_field_are_added(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo) as person:
        await person.press("f3")
        await person.pastes(f"'{folder}/pics/my photo.jpg' {folder}/plain.png")
        await person.reads("1. my photo.jpg", "2. plain.png")


async def test_a_picture_that_is_pasted_whole_needs_no_enter(demo: DemoServer) -> None:
    plain = saved(painted(600, 400), "PNG", compress_level=0)
    async with play(demo) as person:
        await person.press("f3")
        await person.pastes(f"data:image/png;base64,{base64.b64encode(plain).decode()}")
        await person.reads("1. image", "PNG 600x400")
        await person.pastes(f"data:image/png;base64,{'A' * 5000}?")
        await person.reads("✗ The data URL's base64 is damaged or cut off.")
        await has(person, 1)


# Refusals


async def test_what_cannot_be_sent_is_told_and_the_field_keeps_it(
    demo: DemoServer, folder: Path
) -> None:
    (folder / "bomb").write_bytes(bomb(2**31 - 1, 2**31 - 1))
    (folder / "cut.jpg").write_bytes(photo()[:-300])
    (folder / "notes.png").write_text("Dear diary")
    (folder / "drawing.svg").write_text("<svg></svg>")
    (folder / "empty").write_bytes(b"")
    with (folder / "huge").open("wb") as huge:
        huge.truncate(60_000_000)
    os.mkfifo(folder / "pipe")
    async with play(demo) as person:
        await person.press("f3")
        for name, why in (
            ("bomb", "80 million are the most."),
            ("cut.jpg", "damaged or cut off."),
            ("notes.png", "This is no PNG, JPEG, GIF or WebP."),
            ("drawing.svg", "This is an SVG drawing."),
            ("empty", "The file is empty."),
            ("huge", "The file has 60.0 MB; 50.0 MB are the most."),
            ("pipe", "This is no plain file, so it is not opened."),
            ("pics", "This is a folder. Name a file in it."),
            ("gone.png", "The file cannot be read: No such file or directory."),
            ("/dev/zero", "This is no plain file, so it is not opened."),
            ("file://elsewhere/a.png", "This file: URL names no file of this machine."),
        ):
            await person.types(name)
            await person.press("enter")
            await person.reads(name, f"✗ {why}" if why[0].isupper() else why)
            await person.press(*["backspace"] * len(name))
        assert person.chat._side.images == ()


# The list


async def test_detail_and_order_are_set_by_key_and_go_over_the_wire(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo) as person:
        await add(person, "plain.png", "pics/moving.gif", "https://a.example/cat.png")
        await person.press("tab", "d")
        await person.reads("3. cat.png low")
        await person.press("d", "shift+up", "shift+up")
        await person.reads("1. cat.png high", "2. plain.png auto", "3. moving.gif auto")
        await person.press("down", "d", "ctrl+down")
        await person.reads("2. moving.gif auto", "3. plain.png low")
        images = await ask(person, demo)
    assert images[0] == {"url": "https://a.example/cat.png", "detail": "high"}
    assert (images[1].get("detail"), images[2].get("detail")) == (None, "low")
    assert bytes_of(images[2]["url"]) == (folder / "plain.png").read_bytes()


async def test_an_image_is_scaled_down_in_steps_and_back_and_the_saving_is_told(
    demo: DemoServer, folder: Path
) -> None:
    (folder / "large.png").write_bytes(saved(painted(3000, 1500), "PNG"))
    async with play(demo, "gpt-4.1-mini") as person:
        await add(person, "large.png")
        await person.reads("1. large.png auto", "PNG 3000x1500")
        await person.press("tab", "s")
        await person.reads("PNG 2048x1024", "Scaled from 3000x1500 to 2048x1024:", "to send")
        await person.press("s")
        await person.reads("PNG 1024x512", "tokens saved.")
        await person.press("s")
        await person.reads("PNG 512x256")
        await person.press("s")
        await person.reads("PNG 3000x1500", "It is as large as it was.")
        await person.press("s", "d")
        await person.reads("1. large.png low", "PNG 2048x1024")
        await person.press("escape", "f3", "tab", "delete")
        await until(lambda: person.chat._side.images == ())


async def test_what_is_small_or_elsewhere_is_not_scaled(demo: DemoServer, folder: Path) -> None:
    async with play(demo) as person:
        await add(person, "plain.png", "https://a.example/cat.png")
        await person.press("tab", "s")
        await person.reads("The provider fetches this URL by itself")
        await person.press("up", "s")
        await person.reads("It is small already")


async def test_a_url_is_fetched_only_for_a_look(demo: DemoServer) -> None:
    async with Plain(http(200, saved(painted(), "PNG"))) as server:
        url = f"http://pictures.example:{server.port}/a.png"
        fetch = trusting(Names(pictures_example="127.0.0.1")).fetch
        async with play(demo, fetch=fetch) as person:
            await add(person, url)
            assert server.heard == []
            await person.press("tab", "p")
            await person.reads("There is a picture: PNG, 60x40", "1. a.png", "PNG 60x40")
            assert len(server.heard) == 1
            assert [each["url"] for each in await ask(person, demo)] == [url]


async def test_a_look_at_this_machine_is_refused(demo: DemoServer) -> None:
    async with Plain(http(200, saved(painted(), "PNG"))) as server, play(demo) as person:
        await add(person, f"http://127.0.0.1:{server.port}/a.png")
        await person.press("tab", "p")
        await person.reads("✗ 127.0.0.1 is not on the public internet, so nothing is fetched")
        assert server.heard == []


async def test_in_80_columns_the_prompt_tells_how_many_images_go_along(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo, size=SMALL) as person:
        await add(person, "plain.png", "pics/moving.gif")
        await person.reads("2. moving.gif auto", "PNG 60x40")
        await person.press("escape")
        await person.sees_no("moving.gif")
        await person.sees("▣ 2 images")


async def test_an_image_put_aside_for_an_edit_keeps_its_name(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo) as person:
        await person.asks("One")
        await person.sees("✓ complete")
        await add(person, "pics/my photo.jpg")
        await person.press("escape", "tab", "up", "e")
        await person.sees("editing a question")
        await person.sees_no("1. my photo.jpg")
        await person.press("escape")
        await person.reads("1. my photo.jpg")


async def test_what_was_said_of_an_image_goes_with_it_where_a_question_is_edited(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo) as person:
        await person.asks("One")
        await person.sees("✓ complete")
        await add(person, "pics/my photo.jpg")
        await person.reads("Removed: EXIF")
        await person.press("escape", "tab", "up", "e")
        await person.sees("editing a question")
        await person.sees_no("Removed: EXIF")
