"""Odd characters: those that steer a terminal, that nobody sees, or that change their neighbours.

    SIGN       shown as something else: controls, bidi, fillers, tags, what is no character
    UNSEEN     left out: it shapes nothing that a terminal draws
    JOINER     kept between the letters that it shapes, and in emoji
    SELECTOR   kept once, behind a character that has such variants
    TONE       an emoji's skin, kept once, behind an emoji
    MARK       drawn onto what is before it, of no script of its own
    LETTERED   drawn onto what is before it, in the writing that it belongs to
    PLAIN      as it is

Sources: ECMA-48 (C0, C1), Unicode 16 chapters 23.2 to 23.9 (controls, joiners, selectors, tags),
UAX 9 (bidi), UTS 51 (emoji).
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache, lru_cache

from tui.core.marks import MARKS
from tui.core.ranges import Ranges

ZWJ = "\u200d"
"""The zero width joiner."""

FLAG = "\U0001f3f4"
"""The black flag, which tags can make the flag of a region."""

FLAGS = tuple(
    FLAG + "".join(chr(0xE0000 + ord(letter)) for letter in region) + "\U000e007f"
    for region in ("gbeng", "gbsct", "gbwls")
)
"""England, Scotland and Wales: all that tags are used for (UTS 51, annex C)."""


class Kind(Enum):
    """What there is to think of before a character is shown."""

    SIGN = auto()
    UNSEEN = auto()
    JOINER = auto()
    SELECTOR = auto()
    TONE = auto()
    MARK = auto()
    LETTERED = auto()
    PLAIN = auto()


_SIGN = Ranges(
    "0-8 B-1F 7F-9F 115F-1160 2028-202E 2066-2069 3164 D800-DFFF FDD0-FDEF FFA0 FFF9-FFFB "
    "FFFE-FFFF E0000-E007F"
)
_UNSEEN = Ranges(
    "AD 34F 61C 17B4-17B5 200E-200F 2060-2065 206A-206F FEFF FFF0-FFF8 13430-13440 1BCA0-1BCA3 "
    "1D173-1D17A E0080-E00FF E01F0-E0FFF"
)
_JOINER = Ranges("180E 200B-200D")
_SELECTOR = Ranges("180B-180D 180F FE00-FE0F E0100-E01EF")
_TONE = Ranges("1F3FB-1F3FF")
_MARK = Ranges("300-36F 483-489 1AB0-1AFF 1DC0-1DFF 20D0-20FF FE20-FE2F")
_LETTERED = Ranges(MARKS)

_KINDS = (
    (Kind.SIGN, _SIGN),
    (Kind.UNSEEN, _UNSEEN),
    (Kind.JOINER, _JOINER),
    (Kind.SELECTOR, _SELECTOR),
    (Kind.TONE, _TONE),
    (Kind.MARK, _MARK),
    (Kind.LETTERED, _LETTERED),
)

_NEAR = 0xFFFF
_FAR = "\U00010000-\U0010ffff"
ODD = re.compile(f"[{''.join(those.inside(_NEAR) for _, those in _KINDS)}{_FAR}]+")
"""A run of characters to be looked at; all beyond the Basic Multilingual Plane are, since a set
with many ranges there is slow to search for."""

_SHAPED = Ranges("600-109F 1700-1CFF A800-ABFF FB50-FDCF FE70-FEFC 10A00-11FFF 1E900-1E95F")
_PICTURE = Ranges("A9 AE 203C-2BFF 3030 303D 3297 3299 1F000-1FAFF")
_SELECTED = (
    (Ranges("FE0E-FE0F"), Ranges("23 2A 30-39 A9 AE 203C-3299 1F000-1FAFF")),
    (Ranges("FE00-FE0D"), Ranges("1000-109F 2000-ABFF F900-FAFF FF00-FFEF 10000-3FFFF")),
    (Ranges("E0100-E01EF"), Ranges("3400-9FFF F900-FAFF 20000-3FFFF")),
    (Ranges("180B-180F"), Ranges("1820-18AA")),
)
"""Selectors, and the characters that have variants for them to select."""

_BIDI = ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
_NAMES = dict(zip("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", _BIDI, strict=True))


@lru_cache(maxsize=4096)
def kind_of(char: str) -> Kind:
    """The kind of a character."""
    if ord(char) & 0xFFFE == 0xFFFE:  # the last two of every plane are no characters
        return Kind.SIGN
    return next((kind for kind, those in _KINDS if char in those), Kind.PLAIN)


def are_marks(run: str) -> bool:
    """Whether a run is marks and nothing else, as far as the Basic Multilingual Plane goes."""
    return _some_marks().fullmatch(run) is not None


@cache
def _some_marks() -> re.Pattern[str]:
    return re.compile(f"[{_MARK.inside()}{_LETTERED.inside(_NEAR)}]+")


def sign_of(char: str) -> str:
    """What a character of the kind SIGN is shown as."""
    if char < " ":
        return chr(0x2400 + ord(char))
    if char in _NAMES:
        return f"⟨{_NAMES[char]}⟩"
    if char in "\x85\u2028\u2029":
        return "\n"
    if char in "\u115f\u1160\u3164\uffa0":
        return "␣"
    return "␡" if char == "\x7f" else "�"


def can_select(before: str, selector: str) -> bool:
    """Whether a character has variants for this selector."""
    if not before or kind_of(before) is not Kind.PLAIN:
        return False
    return any(selector in those and before in bases for those, bases in _SELECTED)


def is_picture(char: str) -> bool:
    """Whether a character can be an emoji, without anything behind it."""
    return char != "" and char in _PICTURE and kind_of(char) is Kind.PLAIN


def joins_pictures(before: str, after: str) -> bool:
    """Whether a joiner between the two makes one emoji of them."""
    return before != "" and (before == "\ufe0f" or before in _PICTURE) and is_picture(after)


def shapes(before: str) -> bool:
    """Whether a joiner behind this character shapes letters, or parts words without a space."""
    return before != "" and before in _SHAPED and kind_of(before) is not Kind.JOINER
