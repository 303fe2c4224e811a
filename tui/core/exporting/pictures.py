"""The pictures that a conversation carries, for files that are looked at.

Only PNG, JPEG, GIF and WebP are shown, and the first bytes say which of them it is, not the URL: an
SVG could hold what no picture should. Everything else is named.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from tui.core.chats import Chat
from tui.core.image_kinds import GIF, JPEG, PNG, WEBP, kind_of
from tui.core.images import DATA_URL, Image
from tui.core.references import Carried

SUFFIXES = {PNG: "png", JPEG: "jpg", GIF: "gif", WEBP: "webp"}
"""How the files are called."""

HEAD = 16
"""Digits of the hash that a name has."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the pictures of a Markdown file are."""

    folder: str = ""
    """The name of the folder beside the file that has them; empty where there is none."""

    is_embedded: bool = True
    """Whether the file has them itself, where there is no folder; otherwise they are named only."""


EMBEDDED = Placing()

NAMED = Placing(is_embedded=False)


def picture(image: Image) -> Carried | None:
    """The picture that an image carries; None for what is not shown."""
    found = DATA_URL.match(image.url)
    if found is None:
        return None
    try:
        content = base64.b64decode(found[2], validate=True)
    except (binascii.Error, ValueError):
        return None
    kind = kind_of(content)
    return Carried(kind, content) if kind else None


def label(carried: Carried) -> str:
    """What a picture is called, by what is in it: no text can guess it, so none can take it."""
    return sha256(carried.content).hexdigest()[:HEAD]


def file_name(carried: Carried) -> str:
    """What its file is called."""
    return f"{label(carried)}.{SUFFIXES[carried.kind]}"


def pictures(chat: Chat) -> dict[str, Carried]:
    """The pictures of what is shown of a conversation, each once, by the names of their files."""
    images = (image for message in chat.conversation.path for image in message.images)
    return {file_name(each): each for image in images if (each := picture(image))}


def missing(chat: Chat) -> str:
    """A sentence on the images that are not there any more; empty where all are."""
    images = (image for message in chat.conversation.messages for image in message.images)
    count = sum(image.is_missing for image in images)
    if not count:
        return ""
    if count == 1:
        return "One image is missing: what was kept of it is gone or damaged."
    return f"{count:,} images are missing: what was kept of them is gone or damaged."
