"""The images of a question in Markdown: lines before its words, as our own export writes them."""

from __future__ import annotations

import re
from collections.abc import Callable

from tui.core.images import BadImage, Image, image_from

LookUp = Callable[[str], Image | None]
"""Finds the picture of a file that the text names."""

_LINE = re.compile(
    r"!?\[image\](?:\((?P<target>[^()<>\s]+)\)|\[(?P<label>image-[0-9a-f]+)\])[ \t]*(?:\n+|\Z)"
)
_DEFINITION = re.compile(r"\[(image-[0-9a-f]+)\]: (data:image/\S+)\s*\Z")


def nowhere(target: str) -> Image | None:
    """There are no files."""
    return None


def defined(text: str) -> tuple[str, dict[str, str]]:
    """The text without the pictures at its end, and these as data URLs by their labels."""
    found = dict[str, str]()
    while match := _DEFINITION.fullmatch(text, text.rfind("\n", 0, len(text.rstrip())) + 1):
        found[match[1]] = match[2]
        text = text[: match.start()]
    return text, found


def pictured(text: str, look_up: LookUp) -> tuple[str, tuple[Image, ...]]:
    """The words of a question, and the images before them; a line that leads nowhere is words."""
    images, at = list[Image](), 0
    while match := _LINE.match(text, at):
        image = _image(match, look_up)
        if image is None:
            break
        images.append(image)
        at = match.end()
    return text[at:], tuple(images)


def _image(match: re.Match[str], look_up: LookUp) -> Image | None:
    target = match["target"] or match["label"]
    is_url = re.match(r"https?://|data:", target, re.IGNORECASE)
    return checked(target) if is_url else look_up(target)


def checked(url: str) -> Image | None:
    """The image of a URL; None where it is none that can be sent."""
    try:
        return image_from(url)
    except BadImage:
        return None
