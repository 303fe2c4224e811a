"""`rillet tokens`: the tokens of a file, a pipe and images, by the counts of the app.

The number goes to stdout and nothing else does; what there is to say about it goes to stderr.
A text of any length is taken piece by piece: memory stays the same, but for a text without a
space or a line break in it, which is kept whole until one comes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TextIO

from tui.core.image_size import Size
from tui.core.image_tokens import image_tokens
from tui.core.sanitize import one_line
from tui.core.tokens import GrowingCount, Tokenizer

UNNAMED = "each model counts images by a rule of its own: name one with --model"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, as it would be sent."""

    width: int
    """Pixels from left to right."""

    height: int
    """Pixels from top to bottom."""

    detail: str
    """How closely the model should look: auto, low or high."""

    tokens: int | None
    """What it costs; None where nobody says how the model counts."""

    def __str__(self) -> str:
        cost = "not counted" if self.tokens is None else f"≈{self.tokens:,} tokens"
        return f"{self.width}x{self.height}, detail {self.detail}: {cost}"


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted."""

    tokens: int
    """Of the text and of the images that can be counted."""

    state: str
    """`exact` where the model's own tokenizer counted and there are no images, else `estimate`."""

    encoding: str
    """The name of the encoding that counted."""

    images: tuple[Picture, ...] = ()
    """The images, in order."""


def picture(size: Size, detail: str, model: str) -> Picture:
    """An image with what it costs."""
    return Picture(*size, detail, image_tokens(model, size, detail))


def tally(
    pieces: Iterable[str],
    pictures: tuple[Picture, ...],
    tokenizer: Tokenizer,
    encoding: str,
    *,
    is_own: bool,
) -> Tally:
    """Count a text that comes in pieces, and images.

    Args:
        pieces: The text.
        pictures: The images.
        tokenizer: Counts the text.
        encoding: The name of its encoding.
        is_own: Whether that is the model's own.
    """
    growing = GrowingCount(tokenizer)
    for piece in pieces:
        growing.take(piece)
    images = sum(picture.tokens or 0 for picture in pictures)
    state = "exact" if is_own and not pictures else "estimate"
    return Tally(growing.count + images, state, encoding, pictures)


def report(counted: Tally, model: str, out: TextIO, notes: TextIO, *, is_json: bool) -> None:
    """Hand the count on: as one JSON object, or as a number with notes for people."""
    if is_json:
        out.write(json.dumps(asdict(counted)) + "\n")
        return
    for image in counted.images:
        notes.write(f"rillet: {image}\n")
    if not model and any(image.tokens is None for image in counted.images):
        notes.write(f"rillet: {UNNAMED}\n")
    if counted.state == "estimate" and not counted.images:
        whose = f"the tokenizer of {one_line(model, 80)} is not known" if model else "no --model"
        notes.write(f"rillet: an estimate: {whose}, so {counted.encoding} stands in\n")
    out.write(f"{counted.tokens}\n")
