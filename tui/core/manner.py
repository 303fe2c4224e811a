"""In which manner the app draws: with which signs, whether anything moves, for which reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOTIONS = ("full", "reduced")
"""What `motion` can be."""

UNICODE = ("utf-8", "utf8", "utf_8")


@dataclass(frozen=True, slots=True)
class Manner:
    """What is asked of every screen."""

    ascii: bool = False
    """Whether all signs and borders are ASCII; what is said in a conversation stays as it is."""

    still: bool = False
    """Whether nothing moves by itself."""

    linear: bool = False
    """Whether a screen reader reads: one column, words for signs, endings announced."""


def manner(
    *, ascii: bool | None, still: bool | None, linear: bool, environ: Mapping[str, str]
) -> Manner:
    """The manner that was asked for, or that the environment means.

    Args:
        ascii: What was said of it; None is nothing.
        still: What was said of it; None is nothing.
        linear: Whether a screen reader reads.
        environ: The environment.
    """
    plain = lacks_unicode(environ) if ascii is None else ascii
    calm = environ.get("TEXTUAL_ANIMATIONS", "").lower() == "none" if still is None else still
    return Manner(plain or linear, calm or linear, linear)


def lacks_unicode(environ: Mapping[str, str]) -> bool:
    """Whether the terminal shows no signs beyond ASCII, by what the environment says of it.

    The first of LC_ALL, LC_CTYPE and LANG that is set holds (POSIX, 'Internationalization
    Variables'). A locale without a coding is no proof: nearly all terminals show UTF-8.
    """
    if environ.get("TERM") == "linux":
        return True
    said = next(filter(None, map(environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    coding = said.partition(".")[2].partition("@")[0].lower()
    return bool(coding) and coding not in UNICODE
