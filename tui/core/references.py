"""Images whose bytes are kept once, in a file, and are named by their hash where they are used.

In memory an image of a question carries its bytes, as a `data:` URL. Where it is kept, the URL is
`rillet-image:SHA256;image/png`, and the bytes are elsewhere. Such a URL is seen in memory only if
these could not be found: the image is missing then, and says so.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from typing import NamedTuple

from tui.core.conversation import Message
from tui.core.errors import Failure
from tui.core.images import MISSING

REFERENCE = re.compile(rf"{MISSING}([0-9a-f]{{64}});(image/[a-z0-9.+-]{{1,99}})")

CARRYING = re.compile(r"data:(image/[a-z0-9.+-]{1,99});base64,([A-Za-z0-9+/]+={0,2})")
"""A data URL as Rillet itself writes it."""


class Carried(NamedTuple):
    """What a data URL carries."""

    kind: str
    """The media type."""

    content: bytes
    """The bytes."""

    @property
    def url(self) -> str:
        """The data URL."""
        return f"data:{self.kind};base64,{base64.b64encode(self.content).decode()}"


class Named(NamedTuple):
    """What a reference names."""

    name: str
    """The SHA-256 of the bytes, in hexadecimal digits."""

    kind: str
    """The media type."""

    @property
    def url(self) -> str:
        """The reference."""
        return f"{MISSING}{self.name};{self.kind}"


def carried(url: str) -> Carried | None:
    """What the URL carries; None unless it could be made again from that, letter by letter."""
    found = CARRYING.fullmatch(url)
    if found is None:
        return None
    try:
        content = base64.b64decode(found[2], validate=True)
    except binascii.Error:
        return None
    made = Carried(found[1], content)
    return made if content and made.url == url else None


def named(url: str) -> Named | None:
    """What the URL refers to; None if it is no reference."""
    found = REFERENCE.fullmatch(url)
    return Named(found[1], found[2]) if found else None


def lost(messages: Iterable[Message]) -> Failure | None:
    """Why these messages cannot be sent; None if no image of theirs is missing."""
    count = sum(image.is_missing for message in messages for image in message.images)
    if not count:
        return None
    title = "An image is missing" if count == 1 else f"{count:,} images are missing"
    return Failure(
        title,
        "What was kept of it is gone or damaged, so nothing was sent. Edit the question that has "
        "it (e): without the image, or with the image added again, it can be sent.",
        can_help_again=False,
    )
