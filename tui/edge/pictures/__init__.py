"""Pictures from files: read, checked, made ready to be sent, and kept.

Only what the user named is opened: nothing that a model wrote, nothing that merely stands in a
paste. A file is read after its kind and length are known, decoded after its pixels are, and always
away from the event loop, since a large one takes a second.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path

from tui.core.dropped import path_in
from tui.core.images import BadImage, Image, image_from
from tui.core.pictures import Picture, Wish
from tui.edge.pictures.preparing import prepared
from tui.edge.pictures.reading import read

URL = re.compile(r"data:|file:|[a-z][a-z0-9+.-]*://", re.IGNORECASE)
"""How a URL begins; anything else is the name of a file."""


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
