"""How many tokens an image costs, by OpenAI's published rules.

Models cut an image into tiles or into patches (OpenAI, 'Images and vision', sections 'Model sizing
behavior' and 'Calculating costs', the edition of autumn 2026;
https://developers.openai.com/api/docs/guides/images-vision).

- *Tiles*: the image is fitted into 2,048 x 2,048 pixels, then its shorter side to 768, never
  enlarged. Each square of 512 pixels costs a number of tokens, and the image a number besides;
  with low detail only the latter.
- *Patches*: the image is fitted into a number of pixels a side, then into a budget of squares of
  32 pixels, which depends on the detail. Their number, times a factor of the model's, is rounded
  up. What is billed can differ by one.

Models that the guide retires (gpt-5-mini, gpt-5-nano, gpt-4.1-nano, o4-mini) are no longer in its
table of sizes: theirs is the one of its edition of summer 2026, 1,536 patches whatever the detail.
That gave 1.62 and 2.46 for gpt-5-mini and gpt-5-nano; the bills have always said 1.2 and 1.5, and
so does the later edition (https://community.openai.com/t/1344040).

The rules of other makers are not known here: their images are counted by their servers alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil, floor, sqrt

from tui.core.catalog import bare, undated
from tui.core.image_size import Size

TILE_BOX, TILE_SIDE, TILE = 2048, 768, 512
PATCH = 32
LONGEST_SIDE = 65_535
"""Pixels that a side may have at all."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """The rule of a model that cuts images into tiles."""

    base: int
    """Tokens of any image."""

    tile: int
    """Tokens of a tile."""

    def tokens(self, size: Size | None, detail: str) -> int | None:
        """The tokens of an image, None where they depend on a size that is not known."""
        if detail == "low":
            return self.base
        if size is None:
            return None
        fitted = _fitted(size, TILE_BOX)
        shrink = min(1.0, TILE_SIDE / min(fitted))
        across, down = (max(1, ceil(floor(side * shrink) / TILE)) for side in fitted)
        return self.base + self.tile * across * down


@dataclass(frozen=True, slots=True)
class Box:
    """What a patch model fits an image into."""

    side: int
    """Pixels of the longest side."""

    patches: int | None
    """The most patches; None is as many as there are."""


@dataclass(frozen=True, slots=True)
class Patches:
    """The rule of a model that cuts images into patches."""

    factor: float
    """Tokens of a patch."""

    low: Box
    """For low detail."""

    high: Box
    """For high detail."""

    auto: Box
    """Where no detail is asked for."""

    def tokens(self, size: Size | None, detail: str) -> int | None:
        """The tokens of an image, None where its size is not known."""
        if size is None:
            return None
        box = {"low": self.low, "high": self.high}.get(detail, self.auto)
        patches = _patches(_fitted(size, box.side), box.patches)
        return ceil(round(patches * self.factor, 6))


Rule = Tiles | Patches

SMALL, WHOLE = Box(512, None), Box(LONGEST_SIDE, None)
COMMON, ROOMY = Box(2048, 2500), Box(2048, 6144)
RETIRED = Box(2048, 1536)

RULES: dict[str, Rule] = {
    r"gpt-4o-mini": Tiles(2833, 5667),
    r"gpt-4o|gpt-4-1|gpt-4-5-preview|gpt-4-turbo|chatgpt-4o": Tiles(85, 170),
    r"gpt-5(-1)?(-chat)?": Tiles(70, 140),
    r"o1(-pro)?|o3(-pro)?": Tiles(75, 150),
    r"gpt-6-astra": Patches(1.2, low=SMALL, high=Box(LONGEST_SIDE, 2500), auto=WHOLE),
    r"gpt-5-6-(sol|terra|luna)": Patches(1.2, low=SMALL, high=COMMON, auto=WHOLE),
    r"gpt-5-5": Patches(1.2, low=SMALL, high=COMMON, auto=Box(6000, 10_000)),
    r"gpt-5-4(-mini|-nano)?": Patches(1.2, low=ROOMY, high=COMMON, auto=COMMON),
    r"gpt-5-2(-chat)?": Patches(1.2, low=ROOMY, high=ROOMY, auto=ROOMY),
    r"gpt-4-1-mini": Patches(1.62, low=ROOMY, high=ROOMY, auto=ROOMY),
    r"gpt-4-1-nano": Patches(2.46, low=RETIRED, high=RETIRED, auto=RETIRED),
    r"gpt-5-mini": Patches(1.2, low=RETIRED, high=RETIRED, auto=RETIRED),
    r"gpt-5-nano": Patches(1.5, low=RETIRED, high=RETIRED, auto=RETIRED),
    r"o4-mini": Patches(1.72, low=RETIRED, high=RETIRED, auto=RETIRED),
}
"""By the whole of a bare, undated name."""


def image_tokens(model: str, size: Size | None, detail: str = "auto") -> int | None:
    """The tokens that an image costs.

    Args:
        model: The model's name, as the endpoint knows it.
        size: The image's size, if it is known.
        detail: How closely the model is asked to look: low, high or auto.

    Returns:
        The tokens; None where the size or the model's rule is not known.
    """
    name = undated(bare(model))
    for names, rule in RULES.items():
        if re.fullmatch(names, name):
            return rule.tokens(size, detail)
    return None


def _fitted(size: Size, box: int) -> Size:
    """The size fitted into a square, never enlarged."""
    shrink = min(1.0, box / max(size))
    return Size(*(max(1, round(side * shrink)) for side in size))


def _patches(size: Size, budget: int | None) -> int:
    """The patches that cover an image once it is fitted into the budget."""
    needed = _cover(size)
    if budget is None or needed <= budget:
        return needed
    shrink = sqrt(PATCH * PATCH * budget / (size.width * size.height))
    across, down = size.width * shrink / PATCH, size.height * shrink / PATCH
    shrink *= min(max(1, floor(count)) / count for count in (across, down))
    shrunk = Size(*(floor(round(side * shrink, 6)) for side in size))
    return min(_cover(shrunk), budget)


def _cover(size: Size) -> int:
    return max(1, ceil(size.width / PATCH)) * max(1, ceil(size.height / PATCH))
