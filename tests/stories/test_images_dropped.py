"""Files dropped on the terminal arrive as a paste: pictures are attached, the rest stays text."""

import asyncio
import os
from functools import partial
from pathlib import Path

import pytest

from tests.edge.pictures.made import painted, photo, saved
from tests.play import play
from tests.stories.test_images import ask, bytes_of, has
from tests.waiting import until
from tui.edge.demo import DemoServer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose name has a blank in it, with a screenshot and a photo."""
    folder = tmp_path / "home" / "my pics"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(saved(painted(), "PNG"))
    (folder / "b c.jpg").write_bytes(photo(6, 800, 600))
    return folder


@pytest.mark.parametrize(
    "written",
    [
        "{0}/a.png",
        "'{0}/a.png'",
        '"{0}/a.png" ',
        "{1}/a.png\n",
        "file://{2}/a.png\r\n",
        "~/'my pics'/a.png",
    ],
)
async def test_a_dropped_picture_is_attached_however_the_terminal_writes_it(
    demo: DemoServer, folder: Path, written: str
) -> None:
    ways = (str(folder), str(folder).replace(" ", "\\ "), str(folder).replace(" ", "%20"))
    async with play(demo) as person:
        await person.pastes(written.format(*ways))
        await has(person, 1)
        await person.sees("1 image attached: a.png.", "Ctrl+_")
        assert person.prompt.text == ""
        images = await ask(person, demo)
        assert bytes_of(images[0]["url"]) == (folder / "a.png").read_bytes()


async def test_several_are_attached_in_order_and_what_was_removed_is_told(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo) as person:
        await person.types("Compare")
        await person.pastes(f"'{folder}/b c.jpg' '{folder}/a.png'")
        await person.types(" these")
        await has(person, 2)
        await person.reads("1. b c.jpg", "2. a.png")
        await until(lambda: "EXIF" in " ".join(person.sight.split()))
        assert person.prompt.text == "Compare these"


async def test_enter_right_after_a_drop_waits_for_the_picture(
    demo: DemoServer, folder: Path
) -> None:
    (folder / "large.jpg").write_bytes(photo(6, 4000, 3000))
    async with play(demo) as person:
        await person.types("See")
        pasting = asyncio.create_task(person.pastes(f"'{folder}/large.jpg'"))
        await asyncio.sleep(0)
        person.strike("enter")
        await pasting
        await person.sees("An image is still being read.")
        await has(person, 1)
        assert (person.prompt.text, demo.asked[-1].body) == ("See", {})
        await person.press("enter")
        await person.sees("data URL, image/jpeg", "✓ complete")


async def test_undo_makes_it_text_again(demo: DemoServer, folder: Path) -> None:
    async with play(demo) as person:
        await person.types("Look: ")
        await person.pastes(f"'{folder}/a.png'")
        await has(person, 1)
        await person.sees("1 image attached")
        await person.press("ctrl+underscore")
        await has(person, 0)
        await until(lambda: person.prompt.text == f"Look: '{folder}/a.png'")


async def test_after_more_was_typed_undo_takes_back_what_was_typed(
    demo: DemoServer, folder: Path
) -> None:
    async with play(demo) as person:
        await person.pastes(f"'{folder}/a.png'")
        await has(person, 1)
        await person.sees("1 image attached")
        await person.types("So")
        await person.press("ctrl+underscore")
        await until(lambda: person.prompt.text == "")
        await has(person, 1)


async def test_any_other_paste_stays_text_and_nothing_in_it_is_opened(
    demo: DemoServer, folder: Path
) -> None:
    (folder / "notes.png").write_text("Dear diary")
    os.mkfifo(folder / "pipe.png")
    pasted = (
        f"See '{folder}/a.png'",
        f"'{folder}/a.png' is what I mean",
        f"'{folder}/notes.png'",
        f"'{folder}/a.png' '{folder}/gone.png'",
        f"'{folder}'",
        f"'{folder}/pipe.png'",
        "/dev/zero",
        "a.png",
        "https://a.example/a.png",
    )
    async with play(demo) as person:
        for text in pasted:
            await person.pastes(text)
            await until(partial(lambda said: person.prompt.text == said, text))
            person.prompt.text = ""
        await has(person, 0)


async def test_a_damaged_picture_is_told_and_stays_text(demo: DemoServer, folder: Path) -> None:
    (folder / "cut.jpg").write_bytes(photo()[:-300])
    async with play(demo) as person:
        await person.pastes(f"'{folder}/cut.jpg'")
        await person.sees("damaged or cut off")
        await until(lambda: person.prompt.text == f"'{folder}/cut.jpg'")
        await has(person, 0)
