"""The image on the clipboard, by the desktop's tools: here scripts that stand on PATH."""

import base64
import os
import sys
from pathlib import Path

import pytest

from tests.edge.pictures.made import SECRETS, painted, photo, saved
from tests.play import Person, play
from tests.stories.test_images import ask, bytes_of, has
from tests.waiting import until
from tui.core.images import BadImage
from tui.edge import clipboard_image as clipboard
from tui.edge.clipboard_image import clipboard_image
from tui.edge.demo import DemoServer

PLAIN = saved(painted(), "PNG")


class Desk:
    """A desktop whose tools are scripts of Python."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    def has(self, name: str, script: str) -> None:
        """Let there be a tool; its script knows `ask`, the arguments, and `give`, which writes."""
        begin = (
            f"#!{sys.executable}\nimport sys, time, subprocess\nask = sys.argv[1:]\n"
            "give = sys.stdout.buffer.write\n"
        )
        path = self._folder / name
        path.write_text(begin + script)
        path.chmod(0o755)

    def put(self, content: bytes, name: str = "") -> str:
        """A file that a script can give; as an expression."""
        path = self._folder / f"content{name}"
        path.write_bytes(content)
        return f"open({str(path)!r}, 'rb').read()"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """X11 and nothing on PATH."""
    desk = Desk(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("DISPLAY", ":7")
    return desk


def xclip(desk: Desk, content: bytes, kinds: str = "TARGETS\nimage/png\nimage/jpeg") -> None:
    """Put a picture on the clipboard of X11."""
    desk.has(
        "xclip",
        f"assert ask[:2] == ['-selection', 'clipboard'] and ask[-1] == '-o'\n"
        f"if 'TARGETS' in ask: print({kinds!r})\n"
        f"elif 'image/png' in ask: give({desk.put(content)})\n"
        "else: sys.exit(1)\n",
    )


async def told(person: Person, words: str) -> None:
    """Wait for a toast that says this, however its lines break."""
    await until(lambda: words in " ".join(person.sight.replace("▌", " ").split()))


async def test_the_image_on_the_clipboard_goes_along(demo: DemoServer, desk: Desk) -> None:
    xclip(desk, PLAIN)
    async with play(demo) as person:
        await person.press("f6")
        await person.reads("1. from the clipboard", "PNG 60x40")
        assert person.prompt.has_focus
        images = await ask(person, demo)
    assert bytes_of(images[0]["url"]) == PLAIN


async def test_a_key_in_the_panel_takes_it_without_its_metadata(
    demo: DemoServer, desk: Desk
) -> None:
    xclip(desk, photo())
    async with play(demo) as person:
        await person.press("f3")
        await person.types("https://a.example/1")
        await person.press("enter", "tab", "v")
        await person.reads("2. from the clipboard", "Removed: EXIF with the place")
        url = person.chat._side.images[1].url
    assert not [secret for secret in SECRETS if secret in bytes_of(url)]


async def test_the_palette_has_it(demo: DemoServer, desk: Desk) -> None:
    xclip(desk, PLAIN)
    async with play(demo) as person:
        await person.press("ctrl+p")
        await person.types("paste im")
        await person.sees("Take the image on the clipboard")
        await person.press("enter")
        await has(person, 1)


async def test_where_there_is_none_that_is_told(demo: DemoServer, desk: Desk) -> None:
    xclip(desk, b"", "TARGETS\nUTF8_STRING")
    async with play(demo) as person:
        await person.press("f6")
        await told(person, "There is no picture on the clipboard.")


async def test_where_there_is_no_tool_it_is_named(demo: DemoServer, desk: Desk) -> None:
    async with play(demo) as person:
        await person.press("f6")
        await told(person, "Rillet needs xclip. Install it.")


async def test_without_a_desktop_that_is_told(
    demo: DemoServer, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")
    async with play(demo) as person:
        await person.press("f6")
        await told(person, "There is no desktop here whose clipboard could be asked.")


async def test_what_is_no_picture_after_all_is_told(demo: DemoServer, desk: Desk) -> None:
    xclip(desk, b"<html>")
    async with play(demo) as person:
        await person.press("f6")
        await told(person, "This is a web page.")


async def test_a_tool_that_hangs_is_ended_with_all_that_it_started(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clipboard, "PATIENCE", 1.0)
    mark = tmp_path / "pids"
    child = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(99)"
    desk.has("xclip", f"subprocess.run([{sys.executable!r}, '-c', {child!r}])\n")
    with pytest.raises(BadImage, match="xclip did not answer within 1 seconds"):
        await clipboard_image(os.environ)
    await until(lambda: not _runs(int(mark.read_text())))


async def test_a_tool_that_never_stops_giving_is_ended(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "MOST", 1_000_000)
    desk.has(
        "xclip", "print('image/png', flush=True)\nwhile 'TARGETS' not in ask: give(b'0' * 999)"
    )
    with pytest.raises(BadImage, match="has more than"):
        await clipboard_image(os.environ)


@pytest.mark.parametrize(
    ("tool", "platform", "environ", "script"),
    [
        ("wl-paste", "linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"},
         "if '--list-types' in ask: print('text/html\\nimage/png')\nelse: give({plain})"),
        ("pngpaste", "darwin", {}, "assert ask == ['-']; give({plain})"),
        ("osascript", "darwin", {},
         "print('«data PNGf' + {plain}.hex().upper() + '»')"),
        ("powershell.exe", "win32", {}, "give({base64} + b'\\r\\n')"),
        ("powershell.exe", "linux", {"WSL_DISTRO_NAME": "Debian"}, "give({base64} + b'\\r\\n')"),
    ],
)  # fmt: skip
async def test_each_platform_is_asked_by_its_tool(
    desk: Desk, tmp_path: Path, tool: str, platform: str, environ: dict[str, str], script: str
) -> None:
    plain = desk.put(PLAIN)
    encoded = desk.put(base64.encodebytes(PLAIN), "64")
    desk.has(tool, script.replace("{plain}", plain).replace("{base64}", encoded))
    environ = {**environ, "PATH": str(tmp_path / "bin"), "PYTHONIOENCODING": "utf-8"}
    assert await clipboard_image(environ, platform) == PLAIN


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
