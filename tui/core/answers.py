"""What a terminal answers when it is asked for its background, told from what is typed.

Two questions are put: for the background (xterm, OSC 11), which not every terminal answers, and
then for what the terminal is (ECMA-48, DA1), which they all do. The answers come as if they were
typed, in order, at any time and cut anywhere, so they have to be taken out of what is. Until the
second one is there, the beginning of an answer is held back; whoever reads gives it up (`release`)
when nothing follows at once, since it is the Escape key then, or Alt and a bracket.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

QUESTIONS = "\x1b]11;?\x07\x1b[c"
"""Both, in that order."""

OF_BACKGROUND = r"\x1b\]11;(?P<said>[^\x07\x1b]{0,60})(?:\x07|\x1b\\)"
OF_KIND = r"\x1b\[\?[\d;]{0,60}c"

ANSWER = re.compile(f"{OF_BACKGROUND}|(?P<kind>{OF_KIND})")
BEGUN = re.compile(r"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]{0,60}\x1b?)?)?)?|\[(?:\?[\d;]{0,60})?)?\Z")
COLOUR = re.compile(
    r"rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})(?:/[0-9a-f]{1,4})?", re.IGNORECASE
)

LIGHT_NAMES = frozenset({"7", *map(str, range(9, 16))})
"""The numbers of light colours among the sixteen."""


class Answers:
    """Takes what came from the terminal, gives what was typed."""

    def __init__(self) -> None:
        self._held = ""
        self.is_due = True
        """Whether more answers are to come."""
        self.is_light: bool | None = None
        """Whether the background is light; None while that was not told."""

    @property
    def is_holding(self) -> bool:
        """Whether something is held back."""
        return bool(self._held)

    def take(self, text: str) -> str:
        """What of it was typed."""
        return self._typed(self.release() + text) if self.is_due else text

    def release(self) -> str:
        """What was held back: nothing followed, so it was typed."""
        given, self._held = self._held, ""
        return given

    def _typed(self, text: str) -> str:
        text = ANSWER.sub(self._heard, text)
        begun = BEGUN.search(text)
        if begun is None or not self.is_due:
            return text
        self._held = text[begun.start() :]
        return text[: begun.start()]

    def _heard(self, answer: re.Match[str]) -> str:
        if answer["kind"]:
            self.is_due = False
        else:
            self.is_light = is_light(answer["said"])
        return ""


def is_light(said: str) -> bool | None:
    """Whether a colour, as a terminal names it, is light; None where it names none."""
    found = COLOUR.fullmatch(said.strip())
    if found is None:
        return None
    red, green, blue = (_share(part) for part in found.groups())
    return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5


def _share(part: str) -> float:
    """How much of a colour it is, 0 to 1."""
    return int(part, 16) / int("f" * len(part), 16)


def said_light(environ: Mapping[str, str]) -> bool | None:
    """What the environment says of the background: COLORFGBG, as rxvt and Konsole set it."""
    number = environ.get("COLORFGBG", "").rpartition(";")[2]
    return number in LIGHT_NAMES if number.isdecimal() else None
