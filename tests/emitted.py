"""What Rillet may write to a terminal, exactly; everything else is foreign.

The allowed sequences are those that Textual's driver and compositor write (`drivers/` and
`_compositor.py` of Textual 8): modes as often as one start and one end set them, moves to a place
on the screen, and the attributes and colours of styles. Between them there is text.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from tui.core.odd import FLAGS, Kind, kind_of

SEQUENCE = re.compile(
    r"\x1b\[(?P<row>\d{1,3});(?P<column>\d{1,3})H"
    r"|\x1b\[(?P<style>\d*(?:;\d+)*)m"
    r"|(?P<pointer>\x1b\]22;(?:default|pointer|text)\x07)"
    r"|\x1b\](?:2|9);(?P<words>[^\x00-\x1f\x7f-\x9f]*)\x07"
    r"|(?P<title>\x1b\[2[23];2t)"
    r"|(?P<mode>\x1b\[(?:\?\d+[hl]|\?\d+\$p|>25u|<u|c)|\x1b\]11;\?\x07)"
    r"|(?P<copied>\x1b\]52;c;[A-Za-z0-9+/=]*\x07)"
)
STYLE = re.compile(r"(?:(?:[0-479]|[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|[349]\d|10[0-7])(?:;|$))*")
MODES = Counter(
    {
        **dict.fromkeys(("\x1b[?1049h", "\x1b[?1049l", "\x1b[?25l", "\x1b[?25h"), 1),
        **dict.fromkeys(("\x1b[?1004h", "\x1b[?1004l", "\x1b[>25u", "\x1b[<u"), 1),
        **dict.fromkeys(("\x1b[?2004h", "\x1b[?2004l", "\x1b[?7l", "\x1b[?7h"), 1),
        **dict.fromkeys(("\x1b[?2026$p", "\x1b[?2048$p"), 1),
        **dict.fromkeys(("\x1b]11;?\x07", "\x1b[c"), 1),
        **{f"\x1b[?{mode}{way}": 2 for mode in (1000, 1003, 1006, 1015) for way in "hl"},
    }
)
"""How often each mode is set at the most."""

STEERS = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f"
    "\u061c\u3164\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]|\r(?!\n)"
)
UNFINISHED = re.compile(r"\x1b(?:\[[\d;?]*)?\Z")
"""What was being written when the test looked."""

PILE = 8
"""The most marks on one character."""


FRAME = re.compile(rb"\r?\x1b\[\?(?:2026|25|7)[hl]|\r\x1b\[J|\x1b\[\d+A\r")
"""What `rillet ask` draws a frame with: shown at once, without a cursor, over the one before."""


def undrawn(output: bytes) -> bytes:
    """What `rillet ask` wrote on a terminal, without what it draws its frames with."""
    return FRAME.sub(b"", output)


def foreign(output: bytes, width: int, height: int, copies: int = 0) -> list[str]:
    """Everything in the output that is neither an allowed sequence nor harmless text."""
    text = codecs.getincrementaldecoder("utf-8")("strict").decode(bytes(output))
    text = UNFINISHED.sub("", text)
    modes: Counter[str] = Counter()
    found, parts, done = [], [], 0
    for match in SEQUENCE.finditer(text):
        parts.append(text[done : match.start()])
        done = match.end()
        if match["mode"] or match["copied"]:
            modes[match["mode"] or "copied"] += 1
        elif match["words"]:
            parts.append(f"\n{match['words']}\n")
        elif match["row"]:
            parts.append("\n")
            if int(match["row"]) > height or int(match["column"]) > width:
                found.append(match[0])
        elif match["style"] is not None and not STYLE.fullmatch(match["style"]):
            found.append(match[0])
    left = modes - (MODES + Counter(copied=copies))
    plain = "".join([*parts, text[done:]])
    return [*found, *map(repr, left), *_odd(plain)]


def _odd(plain: str) -> Iterator[str]:
    """The text's parts that steer, hide or pile."""
    for flag in FLAGS:
        plain = plain.replace(flag, "🏴")
    for match in STEERS.finditer(plain):
        yield repr(plain[max(0, match.start() - 30) : match.end() + 20])
    marks = 0
    for char in plain:
        marks = marks + 1 if kind_of(char) in (Kind.MARK, Kind.LETTERED) else 0
        if marks > PILE:
            yield f"{marks} marks"
