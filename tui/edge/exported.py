"""An exported conversation on the disk: its file and, for Markdown, a folder of its pictures."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from tui.core.chats import Chat
from tui.core.errors import UsageError
from tui.core.exporting import Form, Looks, written
from tui.core.exporting.pictures import Placing, file_name, pictures
from tui.core.image_kinds import kind_of
from tui.core.images import BadImage, Image
from tui.core.references import Carried
from tui.edge.new_file import check, write_new
from tui.edge.pictures.reading import read

FOLDER = "-images"
"""How the folder is called, behind the name of the file without its suffix."""


def write_chat(
    path: Path, chat: Chat, form: Form, looks: Looks, *, is_forced: bool = False
) -> Path | None:
    """Write a conversation to a file that is not there yet; gives the folder of its pictures.

    Args:
        path: The file.
        chat: The conversation.
        form: In which form.
        looks: What it looks like as a page and as a picture.
        is_forced: Whether a file that is there is replaced.

    Raises:
        UsageError: If that cannot be; then neither the file nor the folder is there.
    """
    found = pictures(chat) if form is Form.MARKDOWN else {}
    if not found:
        write_new(path, written(chat, form, looks), is_forced=is_forced)
        return None
    check(path, is_forced)
    folder = path.with_name(path.stem + FOLDER)
    made = list[Path]()
    try:
        _make(folder)
        for name, each in found.items():
            if _write(folder / name, each):
                made.append(folder / name)
        parts = written(chat, form, looks, Placing(folder.name))
        write_new(path, parts, is_forced=is_forced)
    except BaseException:
        for file in made:
            file.unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()
        raise
    return folder


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {error.strerror}.") from None


def _write(path: Path, picture: Carried) -> bool:
    """Write a picture; False if it is there already, by an earlier export."""
    with suppress(OSError):
        if path.is_file() and path.read_bytes() == picture.content:
            return False
    write_new(path, (picture.content,))
    return True


def pictures_beside(path: Path) -> Callable[[str], Image | None]:
    """Looks up the pictures that a Markdown file in this place names.

    A foreign file can name anything, so only what `write_chat` could have put there is opened: a
    file in a folder beside, called by what is in it.
    """

    def look_up(target: str) -> Image | None:
        folder, between, name = unquote(target).partition("/")
        if not between or "/" in name or "\\" in target or folder in ("", ".", ".."):
            return None
        if not folder.endswith(FOLDER):
            return None
        with suppress(BadImage, ValueError):
            content = read(path.parent / folder / name)
            kind = kind_of(content)
            if kind and file_name(Carried(kind, content)) == name:
                return Image(Carried(kind, content).url)
        return None

    return look_up
