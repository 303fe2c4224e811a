"""Images are seen in the terminal: in the log below their question, and in the panel."""

import base64
import fcntl
import re
import struct
import sys
import termios
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from PIL import Image as PillowImage
from textual.containers import VerticalScroll

from tests.edge.pictures.made import painted, saved
from tests.play import Person, play
from tests.terminal import Terminal
from tests.waiting import until
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.images import Image
from tui.core.previews import Way
from tui.edge.demo import DemoServer
from tui.edge.paths import data_folder
from tui.edge.store import Store
from tui.markdown.pieces import Piece
from tui.widgets.gallery import MARKS, PLACEHOLDER
from tui.widgets.image_list import ImageList
from tui.widgets.preview import Preview

RILLET = (sys.executable, "-m", "tui")
PICTURE = Image(f"data:image/png;base64,{base64.b64encode(saved(painted(), 'PNG')).decode()}")
RED, LIME, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


async def keep(*images: Image, answer: str = "A picture of corners.") -> None:
    """Have a conversation of last time that has images."""
    talk = Conversation().asked("What is this?", images, 1000.0)
    talk = talk.answered(Message(0, "assistant", answer, at=1000.0))
    store = Store(data_folder() / "chats.db")
    await store.put(Chat("abcdefgh", created=1000.0, updated=1000.0, conversation=talk))
    await store.aclose()


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration file that a test writes."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    folder = tmp_path / "config" / "rillet"
    folder.mkdir(parents=True)
    return folder / "config.toml"


def say(file: Path, way: str) -> None:
    """Configure the way in which images are shown."""
    file.write_text(f'[images]\npreviews = "{way}"\n')


@asynccontextmanager
async def opened(
    demo: DemoServer, file: Path, way: str, env: dict[str, str] | None = None
) -> AsyncIterator[Terminal]:
    """The conversation of last time in a terminal, its picture drawn."""
    say(file, way)
    await keep(PICTURE)
    command = (*RILLET, "--base-url", demo.base_url, "--model", "demo-echo")
    deep = {"COLORTERM": "truecolor", **(env or {})}
    async with Terminal(*command, env=deep) as terminal:
        await terminal.sees("goes on with")
        terminal.type("\x0c")
        await terminal.sees("▣ image/png in the message", "A picture of corners.", "You ·")
        yield terminal


async def add(terminal: Terminal) -> None:
    """Put the picture into the panel."""
    terminal.press("f3")
    await terminal.sees("Enter choose, add")
    terminal.type(PICTURE.url)
    await terminal.sees("Enter adds it")
    terminal.press("enter")
    await terminal.sees("1. image", "PNG 60x40")


def seen(terminal: Terminal) -> set[bytes]:
    """The colours that the terminal was told of."""
    return set(re.findall(rb"[34]8;2;(\d+;\d+;\d+)", bytes(terminal.output)))


async def test_half_blocks_show_an_image_in_the_log_and_in_the_panel(
    demo: DemoServer, configured: Path
) -> None:
    async with opened(demo, configured, "blocks") as terminal:
        await until(lambda: "▀" * 6 in terminal.sight, patience=20)
        wanted = (b"255;0;0", b"0;255;0", b"0;0;255")
        await until(lambda: all(each in seen(terminal) for each in wanted))
        row = next(line for line in terminal.sight.split("\n") if "▀▀" in line)
        assert row.index("▀") < 80
        await add(terminal)
        await until(lambda: "▀▀" in "".join(line[80:] for line in terminal.sight.split("\n")))
        assert b"\x1b_G" not in terminal.output
        assert b"\x1bP" not in terminal.output


async def test_kitty_is_handed_the_image_and_placeholders_stand_for_it(
    demo: DemoServer, configured: Path
) -> None:
    async with opened(demo, configured, "kitty") as terminal:
        last = f"{PLACEHOLDER}{MARKS[7]}{MARKS[23]}".encode()
        await until(lambda: last in terminal.output, patience=20)
        output = bytes(terminal.output)
        sent = re.search(rb"\x1b_Ga=t,f=100,i=(\d+),q=2,m=0;([A-Za-z0-9+/=]+)\x1b\\", output)
        assert sent is not None
        assert base64.b64decode(sent[2]).startswith(b"\x89PNG")
        assert b"\x1b_Ga=p,U=1,i=%s,c=24,r=8,q=2\x1b\\" % sent[1] in output
        number = int(sent[1])
        colour = f"38;2;{number >> 16};{number >> 8 & 255};{number & 255}"
        assert re.search(
            rf"{colour}[;\d]*m{PLACEHOLDER}\u0305\u0305", output.decode(errors="ignore")
        )
        assert b"\xe2\x96\x80" * 3 not in output
        assert b"a=q" not in output, "the terminal is asked nothing"
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
        assert b"\x1b_Ga=d,d=I,i=%d,q=2\x1b\\" % number in terminal.output


async def test_sixels_are_drawn_in_the_panel_and_half_blocks_in_the_log(
    demo: DemoServer, configured: Path
) -> None:
    async with opened(demo, configured, "sixel") as terminal:
        size = struct.pack("HHHH", 40, 120, 120 * 9, 40 * 18)
        fcntl.ioctl(terminal._master, termios.TIOCSWINSZ, size)
        await until(lambda: "▀" * 6 in terminal.sight, patience=20)
        await add(terminal)
        whole = re.compile(rb"\x1b7\x1b\[\d+;\d+H\x1bP[^\x1b]*\x1b\\\x1b8")
        await until(lambda: whole.search(terminal.output))
        sixel = re.search(rb"\x1bP[^\"]*\"\d+;\d+;(\d+);(\d+)", terminal.output)
        assert sixel is not None
        assert int(sixel[1]) <= 32 * 9
        assert int(sixel[2]) <= 8 * 18


@pytest.mark.parametrize(
    ("way", "env"),
    [
        ("off", {}),
        ("kitty", {"NO_COLOR": "1"}),
        ("auto", {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22", "KITTY_WINDOW_ID": "1"}),
    ],
)
async def test_off_is_off(
    demo: DemoServer, configured: Path, way: str, env: dict[str, str]
) -> None:
    async with opened(demo, configured, way, env) as terminal:
        await add(terminal)
        terminal.press("escape")
        await terminal.sees("Enter send")
        terminal.type("Hello\r")
        await terminal.sees("✓ complete")
        shown = terminal.output.decode(errors="ignore")
        for sign in ("▀▀", PLACEHOLDER, "\x1b_G", "\x1bP"):
            assert sign not in shown


async def test_the_rows_of_a_picture_are_kept_free_before_it_is_drawn(demo: DemoServer) -> None:
    await keep(PICTURE)
    async with play(demo, previews=Way.BLOCKS) as person:
        await person.sees("goes on with")
        await person.press("ctrl+l")
        await person.sees("▣ image/png", "▀▀")
        rows = person.sight.split("\n")
        first = next(at for at, row in enumerate(rows) if "▀▀" in row)
        drawn = [row for row in rows if "▀▀" in row]
        assert "▣ image/png" in rows[first - 1]
        assert "What is this?" in rows[first + len(drawn)]
        assert len(drawn) == 8
        assert person.log.entries[0].height == 2 + 8 + 1 + 1


async def test_what_is_damaged_or_elsewhere_is_named_and_costs_nothing(demo: DemoServer) -> None:
    content = saved(painted(), "PNG")
    cut = Image(f"data:image/png;base64,{base64.b64encode(content[:-40]).decode()}")
    await keep(cut, Image("https://a.example/cat.png"))
    async with play(demo, previews=Way.BLOCKS) as person:
        await person.sees("goes on with")
        await person.press("ctrl+l")
        await person.sees("▣ image/png", "▣ https://a.example/cat.png")
        await until(lambda: not person.log.undrawn)
        await until(lambda: person.log.entries[0].height == 3 + 1 + 1)
        assert "▀" not in person.sight


async def test_a_picture_that_is_out_of_view_is_not_drawn_and_its_strips_are_kept(
    demo: DemoServer,
) -> None:
    await keep(PICTURE, answer="long " * 4000 + "end")
    async with play(demo, previews=Way.BLOCKS) as person:
        await person.sees("goes on with")
        await person.press("ctrl+l")
        await person.sees("long end")
        await person.press("tab")
        assert person.log.entries[0].undrawn, "nobody has seen it yet"
        await person.press("home")
        await person.sees("▀▀")
        before = person.log._strips(0, 10)
        assert all(a is b for a, b in zip(before, person.log._strips(0, 10), strict=True))


async def test_the_panel_shows_the_image_under_the_cursor(demo: DemoServer) -> None:
    async with play(demo, previews=Way.BLOCKS) as person:
        await person.press("f3")
        await person.types(PICTURE.url)
        await person.press("enter")
        preview = person.chat.query_one(Preview)
        await person.sees("▀▀▀")
        assert preview.size.height == 8
        await person.press("tab", "delete")
        await person.sees_no("▀▀▀")
        assert not preview.display


async def test_without_the_size_of_a_cell_there_are_half_blocks_in_place_of_sixels(
    demo: DemoServer, configured: Path
) -> None:
    async with opened(demo, configured, "sixel") as terminal:
        await add(terminal)
        await until(lambda: "▀▀" in "".join(line[80:] for line in terminal.sight.split("\n")))
        assert b"\x1bP" not in terminal.output


async def test_a_url_is_seen_after_the_user_has_had_a_look_at_it(demo: DemoServer) -> None:
    asked = list[str]()

    async def fetch(url: str) -> bytes:
        asked.append(url)
        return saved(painted(), "PNG")

    async with play(demo, previews=Way.BLOCKS, fetch=fetch) as person:
        await person.press("f3")
        await person.types("https://a.example/cat.png")
        await person.press("enter", "tab")
        await person.sees("1. cat.png")
        assert not person.chat.query_one(Preview).display
        assert asked == []
        await person.press("p")
        await person.sees("▀▀▀")
        assert asked == ["https://a.example/cat.png"]


async def test_a_row_of_a_picture_is_nothing_to_be_copied(demo: DemoServer) -> None:
    await keep(PICTURE)
    async with play(demo, previews=Way.BLOCKS) as person:
        await person.sees("goes on with")
        await person.press("ctrl+l")
        await person.sees("▀▀", "What is this?")
        await person.press("tab", "home", "v", "down", "down", "y")
        await until(lambda: person.copied)
        assert "▀" not in person.copied[0]


async def take(person: Person, image: Image) -> None:
    """Paste a picture into the field of the panel."""
    await person.press("f3")
    await person.pastes(image.url)
    await person.press("enter")


def of_panels(person: Person) -> tuple[int, int, bool]:
    """The rows of the preview, those free below the panels, and whether these have a bar."""
    side = person.chat.query_one("#side", VerticalScroll)
    free = side.size.height - max(panel.virtual_region.bottom for panel in side.children)
    return person.chat.query_one(Preview).region.height, free, side.show_vertical_scrollbar


@pytest.mark.parametrize(("height", "rows", "free"), [(32, 0, 2), (36, 6, 0), (40, 8, 2)])
async def test_a_preview_takes_the_rows_that_the_panels_leave(
    demo: DemoServer, height: int, rows: int, free: int
) -> None:
    async with play(demo, previews=Way.BLOCKS, size=(130, height)) as person:
        await take(person, PICTURE)
        await person.sees("1. image", "PNG 60x40")
        await until(lambda: of_panels(person) == (rows, free, False))


async def test_a_preview_gives_rows_back_and_takes_them_again(demo: DemoServer) -> None:
    async with play(demo, previews=Way.BLOCKS, size=(130, 40)) as person:
        await take(person, PICTURE)
        await until(lambda: of_panels(person) == (8, 2, False))
        await person.pilot.resize_terminal(130, 36)
        await until(lambda: of_panels(person) == (6, 0, False))
        await person.types("not an image")
        await person.sees("a file;")
        await until(lambda: of_panels(person)[0] == 4 and not of_panels(person)[2])
        await person.pilot.resize_terminal(130, 40)
        await person.press("ctrl+u")
        await until(lambda: of_panels(person) == (8, 2, False))


async def test_the_list_of_images_stays_in_two_rows_each_where_the_panels_overflow(
    demo: DemoServer,
) -> None:
    async with play(demo, previews=Way.BLOCKS, size=(130, 30)) as person:
        for number in range(1, 5):
            await take(person, PICTURE)
            await person.sees(f"{number}. image")
        await until(lambda: of_panels(person)[2])
        assert person.chat.query_one(ImageList).size == (33, 8)
        for number in range(1, 5):
            await person.sees(f"{number}. image                     auto")


def shown(rows: Iterable[Piece]) -> set[str]:
    """The colours of pictures among rows."""
    spans = (span for row in rows if row.kind == "picture" for span in row.spans)
    return {colour for span in spans for colour in span.styles[0].split(" on ")}


def is_seen_through(person: Person) -> bool:
    """Whether a clear picture shows the ground of the theme, in the log and in the panel."""
    ground = person.app.theme_variables["background"].lower()
    in_log, in_panel = person.log.entries[0].heading, person.chat.query_one(Preview)._rows
    return shown(in_log) == shown(in_panel) == {ground}


async def test_another_theme_is_seen_through_a_transparent_picture(demo: DemoServer) -> None:
    content = saved(PillowImage.new("RGBA", (60, 40)), "PNG")
    clear = Image(f"data:image/png;base64,{base64.b64encode(content).decode()}")
    await keep(clear)
    async with play(demo, previews=Way.BLOCKS) as person:
        await person.sees("goes on with")
        await person.press("ctrl+l")
        await take(person, clear)
        await until(lambda: of_panels(person)[0] == 8 and not person.log.undrawn)
        for theme in ("rillet-light", "rillet-dark"):
            person.app.theme = theme
            await until(partial(is_seen_through, person))
            await person.sees("▀▀▀")
