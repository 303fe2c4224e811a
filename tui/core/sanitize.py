"""Foreign text on its way to a terminal: everything that could steer it is made visible.

Model output, error bodies, model names and pasted text can hold escape sequences (which write
the clipboard, change the title, hide text), C1 controls, bidi overrides and piles of combining
marks. A control character becomes a sign that shows it, so an escape sequence becomes harmless
text. That needs no state: a sequence that is cut across deltas never was one without its ESC.

The raw text is what is stored and sent; only what is shown passes through here.
Sources: ECMA-48 (C0, C1), Unicode 16 chapter 23.2 (bidi controls), UAX 9.
"""

from __future__ import annotations

import re

_TABLE: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20)}
_TABLE |= {ord("\n"): "\n", ord("\t"): "\t", 0x7F: "␡"}
_TABLE |= dict.fromkeys(range(128, 160), "�")
_TABLE |= {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_TABLE |= dict.fromkeys(range(55296, 57344), "�")
_TABLE |= dict.fromkeys((65279, 8206, 8207, 1564, *range(8288, 8293)), "")
_TABLE |= dict.fromkeys(range(917504, 917632), "")
_TABLE |= dict(
    zip(
        (*range(0x202A, 0x202F), *range(0x2066, 0x206A)),
        ("⟨LRE⟩", "⟨RLE⟩", "⟨PDF⟩", "⟨LRO⟩", "⟨RLO⟩", "⟨LRI⟩", "⟨RLI⟩", "⟨FSI⟩", "⟨PDI⟩"),
        strict=True,
    )
)

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILE = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")


def clean(text: str) -> str:
    """Text that a terminal can be given: line breaks and tabs kept, nothing that steers."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").translate(_TABLE)
    return text if text.isascii() else _PILE.sub(r"\1", text)


class Cleaner:
    """Cleans text that comes in pieces: a line break of CR and LF may be cut in two."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> str:
        """The next piece, clean."""
        text = self._held + text
        self._held = "\r" if text.endswith("\r") else ""
        return clean(text.removesuffix("\r"))


def one_line(text: str, most: int = 200) -> str:
    """Clean text on one line, cut with an ellipsis after `most` characters."""
    words = " ".join(clean(text[: most * 4]).split())
    return words if len(words) <= most else words[: most - 1] + "…"


def shortened(text: str, most: int) -> str:
    """The text with its middle left out where it is longer than `most` characters."""
    if len(text) <= most:
        return text
    head = (most - 1) * 2 // 3
    return f"{text[:head]}…{text[len(text) - (most - 1 - head) :]}"


def redact(text: str, *secrets: str) -> str:
    """Text without any of the secrets, also where a provider shows them in part."""
    for secret in secrets:
        if len(secret) >= 4:
            text = text.replace(secret, "•••")
    return re.sub(r"\bsk-[A-Za-z0-9_\-*]{6,}", "sk-•••", text)
