"""A picture that was made ready to be sent: the image, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.image_kinds import NAMES
from tui.core.image_size import Size
from tui.core.image_tokens import image_tokens
from tui.core.images import Image


@dataclass(frozen=True, slots=True)
class Wish:
    """How a picture is to be made ready."""

    longest: int | None = None
    """Pixels that its longer side may have; None leaves it as large as it is."""

    keeps_metadata: bool = False
    """Whether place, camera and comments stay in it."""

    detail: str = "auto"
    """How closely the model should look: auto, low or high."""

    kinds: frozenset[str] = frozenset(NAMES)
    """The media types that the endpoint takes; a picture of another one is written as one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a picture's file is."""

    kind: str
    """Its media type."""

    byte_count: int
    """Bytes of the file."""

    size: Size
    """Pixels as it is seen, upright."""

    def __str__(self) -> str:
        return f"{NAMES[self.kind]}, {self.size}, {in_bytes(self.byte_count)}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be sent."""

    image: Image
    """What is sent: a data URL."""

    facts: Facts
    """What is sent, as a file."""

    original: Facts
    """What it was made from."""

    removed: tuple[str, ...] = ()
    """What is no longer in it, in words."""

    @property
    def saved_bytes(self) -> int:
        """Bytes that need not be sent; below zero where it grew."""
        return self.original.byte_count - self.facts.byte_count

    def saved_tokens(self, model: str) -> int | None:
        """Tokens that the smaller size saves; None where the model's rule is not known."""
        detail = self.image.detail
        before = image_tokens(model, self.original.size, detail)
        after = image_tokens(model, self.facts.size, detail)
        return None if before is None or after is None else before - after

    def changes(self, model: str = "") -> str:
        """What was done to it, in a sentence; empty where it is sent as it was."""
        said = []
        if self.removed:
            said.append(f"Removed: {', '.join(self.removed)}.")
        if self.facts.kind != self.original.kind:
            said.append(f"Written as {NAMES[self.facts.kind]}.")
        if self.facts.size != self.original.size:
            sizes = f"from {self.original.size} to {self.facts.size}"
            said.append(f"Scaled {sizes}: {self._saving(model)}.")
        return " ".join(said)

    def _saving(self, model: str) -> str:
        saved = in_bytes(abs(self.saved_bytes))
        said = f"{saved} {'less' if self.saved_bytes >= 0 else 'more'} to send"
        tokens = self.saved_tokens(model)
        return said if tokens is None else f"{said}, {tokens:,} tokens saved"


def in_bytes(count: int) -> str:
    """A number of bytes for people."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
