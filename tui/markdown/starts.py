"""What a line must look like to begin, end or interrupt a block.

The rules are those of CommonMark 0.31 (https://spec.commonmark.org/0.31.2/, sections 4 and 5) and
of GitHub's tables (https://github.github.com/gfm/#tables-extension-). Tabs are expanded before.
"""

import re
from dataclasses import dataclass
from functools import cache

LONG = 2048
"""A line longer than this is text: no heading, no table's row, no fence, no coloured code."""

_HEADING = re.compile(r"(#{1,6})(?: +(.*)|$)")
_RULE = re.compile(r"(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})(.*)")
_MARKER = re.compile(r"(?:[-+*]|(\d{1,9})[.)])(?= |$)")
_UNDERLINE = re.compile(r"(=+|-+) *$")
_DELIMITERS = re.compile(r"[-:|][-:| ]*$")
_TASK = re.compile(r"\[([ xX])\] +(?=\S)")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\] *$", re.IGNORECASE)
_DEFINITION = re.compile(
    r"\[(?P<label>(?!\^)(?:[^\[\]\\]|\\.)+)\]: *(?P<target><[^<>]*>|[^\s<]\S*)"
    r"(?P<title> +(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))? *$"
)
_FOOTNOTE = re.compile(r"\[[^\[\]]{1,100}\]: ")

STARTERS = frozenset("#`~<>-+*_=|:0123456789")
"""The first characters of all lines that are not plain text."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker of a list's item."""

    kind: str
    """Its character: one of - + * . and closing bracket; another one begins another list."""
    number: int
    """The number it was written with; 0 for a bullet."""
    padding: int
    """Columns from the marker's start to its text."""
    may_interrupt: bool
    """It may follow a paragraph without a blank line: it has text, and a number is 1."""


def heading(text: str) -> tuple[int, str] | None:
    """Level and text of a `#` heading."""
    match = _HEADING.match(text)
    if match is None or len(text) > LONG:
        return None
    words = (match[2] or "").rstrip(" ")
    without = words.rstrip("#")
    if without and not without.endswith(" "):
        without = words
    return len(match[1]), without.strip(" ")


def is_rule(text: str) -> bool:
    """Three or more stars, dashes or underscores."""
    return _RULE.match(text) is not None


def fence(text: str) -> tuple[str, str] | None:
    """The mark of a fence that opens, and its info string."""
    match = _FENCE.match(text) if len(text) <= LONG else None
    return (match[1], match[2].strip()) if match else None


def closes(text: str, mark: str) -> bool:
    """Whether a line closes the fence that the mark opened."""
    text = text.rstrip(" ")
    return text.startswith(mark) and len(text) <= LONG and not text.strip(mark[0])


def underline(text: str) -> int:
    """The level of the heading that this line makes of the paragraph above it; 0 for none."""
    match = _UNDERLINE.match(text)
    if match is None:
        return 0
    return 1 if text[0] == "=" else 2


def marker(text: str) -> Marker | None:
    """A bullet or a number that begins a list's item."""
    match = _MARKER.match(text)
    if match is None:
        return None
    behind = text[match.end() :]
    spaces = len(behind) - len(behind.lstrip(" "))
    is_empty = spaces == len(behind)
    padding = match.end() + (1 if is_empty or spaces > 4 else spaces)
    may_interrupt = not is_empty and int(match[1] or 1) == 1
    return Marker(match[0][-1], int(match[1] or 0), padding, may_interrupt)


def delimiters(text: str) -> list[str] | None:
    """The cells of a table's delimiter row, or None."""
    if not _DELIMITERS.match(text) or text.startswith("- ") or len(text) < 2 or len(text) > LONG:
        return None
    cells = [cell.strip() for cell in text.split("|")]
    inner = cells[not cells[0] : len(cells) - (not cells[-1])]
    return inner if inner and all(map(_is_delimiter, inner)) else None


def _is_delimiter(cell: str) -> bool:
    dashes = cell.removeprefix(":").removesuffix(":")
    return dashes != "" and not dashes.strip("-")


def task(text: str) -> tuple[str, str] | None:
    """The state of a task, a blank or an x, and the text behind its box."""
    match = _TASK.match(text)
    return (match[1].lower(), text[match.end() :]) if match else None


def alert(text: str) -> str:
    """The name of a GitHub alert that is alone on the first line of a quote."""
    match = _ALERT.match(text)
    return match[1].capitalize() if match else ""


def is_footnote(text: str) -> bool:
    """Whether the line begins a footnote, or defines a reference in the midst of a paragraph."""
    return _FOOTNOTE.match(text) is not None


def definition(text: str) -> re.Match[str] | None:
    """A reference definition that fills a line: groups label, target and title."""
    return _DEFINITION.match(text) if text.startswith("[") else None


def html_end(text: str, *, may_be_any_tag: bool) -> re.Pattern[str] | None:
    """What ends the HTML block that begins with this line; None if it begins none."""
    if not text.startswith("<"):
        return None
    for begin, end in _html_kinds()[: None if may_be_any_tag and len(text) <= LONG else -1]:
        if begin.match(text):
            return end
    return None


BLANK = re.compile(r" *$")
"""The end of an HTML block that a blank line ends."""


@cache
def _html_kinds() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Begin and end of each kind of HTML block; the last one interrupts no paragraph."""
    from markdown_it.common.html_blocks import block_names
    from markdown_it.common.html_re import HTML_OPEN_CLOSE_TAG_STR

    names = "|".join(block_names)
    raw = "script|pre|style|textarea"
    kinds = [
        (rf"<(?:{raw})(?:\s|>|$)", rf"</(?:{raw})>"),
        (r"<!--", r"-->"),
        (r"<\?", r"\?>"),
        (r"<![A-Za-z]", r">"),
        (r"<!\[CDATA\[", r"\]\]>"),
    ]
    flags = re.IGNORECASE
    return [
        *((re.compile(begin, flags), re.compile(end, flags)) for begin, end in kinds),
        (re.compile(rf"</?(?:{names})(?:\s|/?>|$)", flags), BLANK),
        (re.compile(HTML_OPEN_CLOSE_TAG_STR + r"\s*$"), BLANK),
    ]
