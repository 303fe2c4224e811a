"""An image that waits to go with the next prompt, and what a person is told of it meanwhile.

What goes over the wire is the `Image` alone. Its name, what was done to it, and how large it was
before it was scaled down stay beside it for as long as Rillet runs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from tui.core.image_kinds import NAMES
from tui.core.image_size import Size, size_in_url
from tui.core.image_tokens import image_tokens
from tui.core.images import DATA_URL, Image, bytes_in
from tui.core.pictures import Picture, in_bytes

DETAILS = ("auto", "low", "high")
"""How closely a model can be asked to look (OpenAI API reference, `image_url.detail`)."""

STEPS = (2048, 1024, 512)
"""Pixels of the longer side to which a picture is scaled down, one after the other."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One image of the next prompt."""

    image: Image
    """What is sent."""

    name: str
    """What it is called: its file, or the last part of its URL."""

    kind: str = ""
    """Its type for people; empty where it is not known, as of a URL that nobody looked at."""

    size: Size | None = None
    """Its pixels, where they are known."""

    byte_count: int = 0
    """The bytes of its file; 0 where they are not known."""

    note: str = ""
    """What was done to it, in a sentence; empty where it is as it was."""

    whole: Image | None = None
    """What it was before it was scaled down; None where it was not."""

    seen: Image | None = None
    """What was found at its URL when the user had a look; it is not what is sent."""

    @property
    def is_here(self) -> bool:
        """Whether its bytes go along; those of a URL are fetched by the provider."""
        return self.image.url[:5].lower() == "data:"

    @property
    def facts(self) -> str:
        """What its file is: `JPEG 4032x3024`; empty where nothing is known."""
        return " ".join(filter(None, (self.kind, str(self.size or ""))))

    @property
    def weight(self) -> str:
        """The bytes of its file, for people; empty where they are not known."""
        return in_bytes(self.byte_count) if self.byte_count else ""

    def tokens(self, model: str) -> str:
        """What it costs, for people: `≈765`; empty where that is not known."""
        count = image_tokens(model, self.size, self.image.detail)
        return "" if count is None else f"≈{count:,}"

    @property
    def turned(self) -> Attachment:
        """The same image, looked at as closely as comes next."""
        known = DETAILS.index(self.image.detail) if self.image.detail in DETAILS else -1
        detail = DETAILS[(known + 1) % len(DETAILS)]
        whole = replace(self.whole, detail=detail) if self.whole else None
        return replace(self, image=replace(self.image, detail=detail), whole=whole)

    @property
    def next_side(self) -> int | None:
        """The longer side to which it is scaled down next; None where it is small already."""
        if not self.is_here or self.size is None:
            return None
        longest = max(self.size)
        return next((step for step in STEPS if step < longest), None)

    @property
    def restored(self) -> Attachment:
        """The image as it was before it was scaled down."""
        if self.whole is None:
            return self
        return attached(self.whole, self.name, "It is as large as it was.")

    def scaled(self, picture: Picture, model: str) -> Attachment:
        """The image scaled down from what it was at first."""
        whole = self.whole or self.image
        smaller = attached(picture.image, self.name, picture.changes(model))
        return replace(smaller, whole=whole)

    def looked_at(self, found: Image, note: str) -> Attachment:
        """The same URL, of which is known now what is there."""
        there = attached(found)
        return replace(
            self,
            kind=there.kind,
            size=there.size,
            byte_count=there.byte_count,
            note=note,
            seen=found,
        )


def attached(image: Image, name: str = "", note: str = "") -> Attachment:
    """An image for the next prompt, with what can be known of it from itself."""
    found = DATA_URL.match(image.url)
    if not found:
        known = image.name if image.is_missing else name_of(image.url)
        return Attachment(image, name or known, note=note)
    kind = found[1].lower()
    return Attachment(
        image,
        name or "image",
        NAMES.get(kind, kind.removeprefix("image/")),
        size_in_url(image.url),
        bytes_in(image.url),
        note,
    )


def name_of(url: str) -> str:
    """What an image at a URL is called: the last part of its path, else its host."""
    try:
        parts = urlsplit(url)
        return unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or url
    except ValueError:
        return url
