"""Files and pipes whose text is counted, and images whose size is looked up."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from tui.core.errors import UsageError
from tui.core.image_size import ENOUGH, Size, size_in_url, size_of
from tui.core.images import BadImage
from tui.edge.pictures.reading import beginning

CHUNK = 1_000_000
"""Bytes that are read at a time, so that a file of any length fits into memory."""

STDIN = "-"
"""The name of standard input."""


def text_of(name: str) -> Iterator[str]:
    """The text of a file or of standard input, a piece at a time.

    Raises:
        UsageError: If it cannot be read, or is no UTF-8 text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with _opened(name) as file:
            while chunk := file.read(CHUNK):
                yield decoder.decode(chunk)
            yield decoder.decode(b"", final=True)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        what = "standard input" if name == STDIN else name
        raise UsageError(f"{what} is not UTF-8 text, so it cannot be counted.") from None


def _opened(name: str) -> nullcontext[BinaryIO] | BinaryIO:
    return nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb")


def image_size(given: str) -> Size:
    """The size of an image that is given as a size (800x600), a file, or a data URL.

    Raises:
        UsageError: If it is none of these, or does not say its size.
    """
    if size := re.fullmatch(r"(\d{1,6})[xX×](\d{1,6})", given):
        width, height = int(size[1]), int(size[2])
        if width and height:
            return Size(width, height)
        raise UsageError(f"--image {given}: an image has at least one pixel each way.")
    if re.match("https?:", given, re.IGNORECASE):
        raise UsageError(
            "--image takes no web address, since Rillet fetches nothing: "
            "give a file, or the size as WIDTHxHEIGHT."
        )
    found = size_in_url(given) if given[:5].lower() == "data:" else size_of(_beginning(given))
    if found is None:
        raise UsageError(
            f"--image {given[:60]}: this is no PNG, JPEG, GIF or WebP that says its "
            "size. Give the size itself: --image 800x600."
        )
    return found


def _beginning(name: str) -> bytes:
    try:
        return beginning(Path(name), ENOUGH)
    except BadImage as error:
        raise UsageError(f"--image {name[:60]}: {error} A size is written as 800x600.") from None
