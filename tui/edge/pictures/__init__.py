"""Pictures from files: read, checked, made ready to be sent, and kept.

Only what the user named is opened: nothing that a model wrote, nothing that merely stands in a
paste. A file is read after its kind and length are known, decoded after its pixels are, and always
away from the event loop, since a large one takes a second.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tui.core.dropped import URL, path_in
from tui.core.image_kinds import kind_of
from tui.core.images import DATA_URL, BadImage, Image, image_from
from tui.core.pictures import Picture, Wish
from tui.edge.pictures.preparing import prepared
from tui.edge.pictures.reading import beginning, read

ENOUGH = 64
"""Bytes of a file that tell its kind."""


def picture_from(path: Path, wish: Wish | None = None) -> Picture:
    """The picture in a file that the user named; takes up to seconds, so it wants a thread.

    Raises:
        BadImage: If it cannot be sent; the text says why.
    """
    return prepared(read(path), wish or Wish())


async def load_picture(path: Path, wish: Wish | None = None) -> Picture:
    """The picture in a file that the user named, read and prepared beside the event loop.

    Raises:
        BadImage: If it cannot be sent; the text says why.
    """
    return await asyncio.to_thread(picture_from, path, wish)


def are_pictures(paths: Sequence[Path]) -> bool:
    """Whether all of these are files that begin as a picture does; it wants a thread."""
    try:
        return all(kind_of(beginning(path, ENOUGH)) for path in paths)
    except BadImage:
        return False


async def picture_in(content: bytes, wish: Wish | None = None) -> Picture:
    """The picture that these bytes are the file of, prepared beside the event loop.

    Raises:
        BadImage: If it cannot be sent; the text says why.
    """
    return await asyncio.to_thread(prepared, content, wish or Wish())


async def scaled(image: Image, longest: int, kinds: frozenset[str]) -> Picture:
    """A picture that is sent as a data URL, made smaller beside the event loop.

    Raises:
        BadImage: If it cannot be read or written; the text says why.
    """
    return await asyncio.to_thread(_scaled, image, Wish(longest, False, image.detail, kinds))


def _scaled(image: Image, wish: Wish) -> Picture:
    found = DATA_URL.match(image.url)
    if found is None:
        raise BadImage("Only an image that is here can be scaled down.")
    return prepared(base64.b64decode(image.url[found.start(2) :]), wish)


def image_given(text: str, wish: Wish, model: str = "") -> tuple[Image, str]:
    """The image that a command line names, and a sentence on what was changed about it.

    A file is made ready; a URL stays one and is not fetched.

    Args:
        text: A file's name or a URL.
        wish: How to make it ready.
        model: The model whose tokens are counted.

    Raises:
        BadImage: If it cannot be sent; the text says why.
    """
    url = text.strip()
    if not URL.match(url):
        picture = picture_from(Path(text), wish)
    elif url[:5].lower() == "file:":
        picture = picture_from(_path_in(url), wish)
    else:
        return replace(image_from(url), detail=wish.detail), ""
    return picture.image, picture.changes(model)


def _path_in(url: str) -> Path:
    path = path_in(url)
    if path is None:
        raise BadImage("This file: URL names no file of this machine.")
    return path
