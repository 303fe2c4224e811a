"""Image URLs: which ones can be sent, and how they are named on a screen.

An image goes with a question as an `image_url` content part (OpenAI API reference, 'Create chat
completion'). The URL is an http(s) one, which the provider fetches, or a `data:` URL that
carries the bytes. Rillet fetches none by itself: only for a look that the user asks for.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

DATA_URL = re.compile(r"data:(image/[a-z0-9.+-]+);base64,(.*)", re.IGNORECASE | re.DOTALL)

WEB_SCHEMES = ("http", "https")

MISSING = "rillet-image:"
"""How the URL of an image begins whose bytes are kept elsewhere, and are not there."""


@dataclass(frozen=True, slots=True)
class Image:
    """One image of a question."""

    url: str
    """An http, https or data URL; what is left of one where its bytes are missing."""

    detail: str = "auto"
    """How closely the model should look: auto, low or high."""

    @property
    def is_missing(self) -> bool:
        """Whether its bytes were kept, and are not there any more."""
        return self.url.startswith(MISSING)

    @property
    def name(self) -> str:
        """The URL for people: data URLs by their type and size."""
        if self.is_missing:
            return f"{self.url.partition(';')[2] or 'an image'}, which is missing"
        found = DATA_URL.match(self.url)
        if not found:
            return self.url
        return f"{found[1]} in the message ({bytes_in(self.url):,} bytes)"


def bytes_in(url: str) -> int:
    """The bytes of the image that a data URL carries; of others none."""
    found = DATA_URL.match(url)
    if not found:
        return 0
    start, end = found.span(2)  # the group itself would be a copy of megabytes
    return (end - start) * 3 // 4 - url.count("=", max(start, end - 2), end)


class BadImage(ValueError):
    """The text is no image URL; the exception's text is a sentence that says why."""


def image_from(text: str) -> Image:
    """The image that a typed or given URL names.

    Raises:
        BadImage: If it cannot be sent; the text says why and what would do.
    """
    url = text.strip()
    if url[:5].lower() == "data:":
        _check_data(url)
    else:
        _check_web(url)
    return Image(url)


def _check_data(url: str) -> None:
    found = DATA_URL.match(url)
    if not found:
        raise BadImage("A data URL for an image starts with data:image/png;base64, or alike.")
    try:
        content = base64.b64decode(found[2], validate=True)
    except binascii.Error:
        raise BadImage("The data URL's base64 is damaged or cut off.") from None
    if not content:
        raise BadImage("The data URL holds no bytes.")


def _check_web(url: str) -> None:
    if not url:
        raise BadImage("Type an image URL: https://... or data:image/...")
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        raise BadImage("A URL has no blanks in it.")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadImage("This is not a whole URL: its host or port cannot be read.") from None
    if parts.scheme.lower() not in WEB_SCHEMES:
        raise BadImage("An image URL starts with https://, http:// or data:image/.")
    if not host:
        raise BadImage("The URL names no host: https://HOST/PICTURE.png")
