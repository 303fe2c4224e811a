"""How text is cut into words for the index, and what the user looks for into a query for it.

SQLite's own cutting takes a run of letters for a word, so it finds nothing inside the scripts that
put no blanks between words. There every pair of neighbouring characters is a word, and what is
looked for is the phrase of its pairs: any part of a sentence is found, and pairs are rare enough
to be found fast. Each character of these scripts stands once at the end, so that a single one is
found too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d"  # Japanese
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese
    "\uac00-\ud7af"  # Korean
)
"""Scripts that put no blanks between words, and Korean, which joins small words to others."""

RUN = re.compile(f"[{DENSE}]+")

WANTED = re.compile(r'"([^"]*)"?|([^\s"]+)')
"""A phrase in quotation marks, the last of which may be missing, or a word."""


TYPED = 3
"""Letters from which on a word may be the beginning of another."""


def indexed(text: str) -> str:
    """The text as it goes into the index.

    What leaves the index again must be the same, since it holds no text to compare with: a change
    here takes one more step in the schema, which makes the index anew.
    """
    if text.isascii():
        return text.replace("\0", " ")
    whole = text.encode("utf-8", "replace").decode().replace("\0", " ")
    singles = sorted(set("".join(RUN.findall(whole))))
    return RUN.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", whole) + " ".join(["", *singles])


def query(wanted: str) -> str:
    """What the index is asked for; empty if there is nothing in it that could be found.

    All words must occur, those in quotation marks side by side. The last word may be the
    beginning of one, since it may still be being typed; from three letters on, for the words that
    begin with fewer are half of all there are.
    """
    is_open = not wanted[-1:].isspace()
    parts = [part for part in terms(wanted) if any(map(_is_letter, part[0]))]
    return " ".join(
        _phrase(text, is_open and not is_quoted and part is parts[-1])
        for part in parts
        for text, is_quoted in [part]
    )


def terms(wanted: str) -> list[tuple[str, bool]]:
    """The words and the phrases, and whether it is a phrase."""
    return [(found[1] or found[2] or "", found[1] is not None) for found in WANTED.finditer(wanted)]


def _phrase(text: str, may_go_on: bool) -> str:
    """Strings of the query language; nothing in them has a meaning but the quotation marks.

    It is one but where a character of a dense script stands alone, which has no place in the text.
    """
    whole = text.encode("utf-8", "replace").decode().replace("\0", " ")
    groups = [list[str]()]
    for part in _parts(whole):
        if not RUN.match(part):
            groups[-1].append(part)
        elif len(part) > 1:
            groups[-1].extend(_pairs(part))
        else:
            groups += [[part], []]
    said = [f'"{" ".join(group)}"' for group in groups if any(map(_is_letter, "".join(group)))]
    last = re.split(r"[\W_]+", whole)[-1]
    is_beginning = may_go_on and len(last) >= TYPED and not RUN.match(last[-1])
    return " ".join(said) + ("*" if is_beginning else "")


def _parts(text: str) -> Iterator[str]:
    """Dense runs, and what is between them."""
    end = 0
    for run in RUN.finditer(text):
        yield from text[end : run.start()].split()
        yield run[0]
        end = run.end()
    yield from text[end:].split()


def _pairs(run: str) -> Iterator[str]:
    return (run[at : at + 2] for at in range(len(run) - 1))


@cache
def _is_letter(char: str) -> bool:
    """Whether the index has it; all else only stands between words there."""
    return unicodedata.category(char)[0] in "LNM" or unicodedata.category(char) == "Co"
