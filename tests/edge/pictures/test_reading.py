"""Files that the user named: plain ones are read, and nothing else is even waited for."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.edge.pictures.made import bomb, painted, photo, saved
from tui.core.images import BadImage
from tui.core.pictures import Wish
from tui.edge.pictures import image_given, load_picture, picture_from
from tui.edge.pictures.reading import beginning, read


@pytest.fixture
def cat(tmp_path: Path) -> Path:
    path = tmp_path / "cat (1) é.txt"
    path.write_bytes(saved(painted(), "PNG"))
    return path


async def test_a_file_is_known_by_what_is_in_it_and_not_by_its_name(cat: Path) -> None:
    content = read(cat)
    picture = await load_picture(cat)
    assert str(picture.facts) == f"PNG, 60x40, {len(content)} bytes"


def test_home_links_and_file_urls_lead_to_it(
    cat: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "link").symlink_to(cat)
    whole, _ = image_given(str(cat), Wish())
    for name in ("~/link", f"~/{cat.name}", cat.as_uri(), f" {cat.as_uri()} "):
        assert image_given(name, Wish()) == (whole, "")


def test_a_pipe_does_not_hang_us(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadImage, match="no plain file"):
        read(tmp_path / "pipe")
    with pytest.raises(BadImage, match="no plain file"):
        beginning(tmp_path / "pipe", 10)


def test_a_pipe_that_took_the_files_place_does_not_hang_us_either(
    cat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = cat.stat()
    cat.unlink()
    os.mkfifo(cat)
    monkeypatch.setattr(Path, "stat", lambda self: stat)
    with pytest.raises(BadImage, match="no plain file"):
        read(cat)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("/dev/zero", "no plain file"),
        ("/dev/null", "no plain file"),
        ("/dev/tty", "no plain file"),
        ("/proc/self/environ", "The file is empty"),
        (".", "a folder"),
        ("no/such.png", "The file cannot be read: No such file"),
        ("a\0b", "this is no file's name"),
        ("x" * 300, "File name too long"),
        ("~nobody-here/a.png", "this is no file's name"),
        ("", "a folder"),
    ],
)
def test_what_is_no_plain_file_is_not_opened(name: str, why: str) -> None:
    with pytest.raises(BadImage, match=why):
        read(Path(name))


def test_a_socket_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        with pytest.raises(BadImage, match="no plain file"):
            read(Path("socket"))


def test_a_file_that_may_not_be_read_is_told(cat: Path) -> None:
    cat.chmod(0)
    if os.access(cat, os.R_OK):  # the owner of everything may read it all the same
        assert read(cat)
        return
    with pytest.raises(BadImage, match="Permission denied"):
        read(cat)


def test_a_large_file_is_not_read_at_all(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(BadImage, match=r"The file has 1099511\.6 MB; 50\.0 MB are the most"):
        read(path)
    assert beginning(path, 100) == bytes(100)


def test_the_limit_itself_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(100))
    assert len(read(path, most=100)) == 100
    with pytest.raises(BadImage, match="The file has 100 bytes; 99 bytes are the most"):
        read(path, most=99)


HOSTILE = {
    "2^31 pixels a side": (bomb(2**31 - 1, 2**31 - 1), "80 million are the most"),
    "a wide bomb": (bomb(70_000, 2), "80 million are the most"),
    "a bomb": (bomb(9000, 9000), "80 million are the most"),
    "fewer pixels than promised": (bomb(800, 600), "damaged or cut off"),
    "no pixels": (bomb(0, 600), "does not say its size"),
    "a signature": (b"\x89PNG\r\n\x1a\n", "does not say its size"),
    "cut off": (photo()[:-400], "damaged or cut off"),
    "an SVG": (b"<?xml version='1.0'?>\n<svg xmlns='x'/>", "an SVG drawing"),
    "a text": (b"Dear diary, today was", "no PNG, JPEG, GIF or WebP"),
    "a PDF": (b"%PDF-1.7\n", "a PDF document"),
    "a HEIC": (b"\0\0\0\x18ftypheic", "a HEIC photo"),
    "a BMP": (saved(painted(), "BMP"), "a BMP image"),
    "a TIFF": (saved(painted(), "TIFF"), "a TIFF image"),
    "a page": (b"<!DOCTYPE html><p>", "a web page"),
    "a script that begins like a GIF": (
        b"GIF89a/*" + b"=1;alert(1)//" * 9,
        "80 million are the most",
    ),
    "a PNG inside a GIF's head": (b"GIF89a" + saved(painted(), "PNG"), "damaged|million"),
    "a JPEG of markers": (b"\xff\xd8\xff" + b"\xff" * 9000, "does not say its size"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_sound_picture_is_told_in_a_sentence(name: str, tmp_path: Path) -> None:
    content, why = HOSTILE[name]
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    with pytest.raises(BadImage, match=why) as caught:
        picture_from(path)
    assert str(caught.value).endswith(".")


def test_a_bomb_is_refused_without_its_pixels_ever_being_made(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(bomb(2**31 - 1, 2**31 - 1))
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "from pathlib import Path\n"
        "from tui.edge.pictures import picture_from\n"
        "try: picture_from(Path(sys.argv[1]))\n"
        "except ValueError as error: print(error, 'PIL' in sys.modules)\n"
    )
    done = subprocess.run(
        (sys.executable, "-c", program, str(path)), capture_output=True, text=True, check=True
    )
    assert done.stdout == (
        "The picture has 2147483647x2147483647 pixels; 80 million are the most. False\n"
    )
