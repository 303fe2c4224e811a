"""Foreign text on its way to a terminal: everything that could steer it is made visible.

Model output, error bodies, model names and pasted text can hold escape sequences (which write
the clipboard, change the title, hide text), C1 controls, bidi overrides, piles of combining
marks and characters that nobody sees. A control character becomes a sign that shows it, so an
escape sequence becomes harmless text: it never was one without its ESC. Of what is invisible,
that which shapes real writing stays, once and where it shapes something.

How a character is shown depends on what stands before it, and of three on what follows.
`Cleaner` remembers the one and waits for the other, so text may be cut anywhere: its pieces are
always shown as the whole is. Most text is passed over by one search for odd characters; only runs
of those are looked at one by one.

The raw text is what is stored and sent; only what is shown passes through here.
"""

from __future__ import annotations

import re

from tui.core.odd import (
    FLAG,
    FLAGS,
    ODD,
    ZWJ,
    Kind,
    are_marks,
    can_select,
    is_picture,
    joins_pictures,
    kind_of,
    shapes,
    sign_of,
)

MOST_MARKS = {Kind.MARK: 4, Kind.LETTERED: 8}
"""The most marks on one character. In 11 million characters of the CLDR, in all living scripts,
there are 4 at most; Burmese words have up to 6, and Tibetan stacks 8 to write Sanskrit."""

MOST_JOINS = 3
"""The most pictures or letters joined to one: a family of four has three joiners."""

_WAITS = re.compile(f"(?:\r|{ZWJ}|{FLAG}[\U000e0020-\U000e007e]{{0,5}})\\Z")
"""The end of a piece that only the next one can explain."""


def clean(text: str) -> str:
    """Text that a terminal can be given: line breaks and tabs kept, nothing that steers."""
    if text.isascii() and text.isprintable():
        return text
    cleaner = Cleaner()
    return cleaner.feed(text) + cleaner.flush()


class Cleaner:
    """Cleans text that comes in pieces: they are shown as the whole would be."""

    def __init__(self) -> None:
        self._held = ""
        self._before = ""  # the character shown last
        self._marks = 0  # on it
        self._joins = 0  # in the chain that it belongs to

    def feed(self, text: str) -> str:
        """The next piece, clean; what can only be understood with the next one waits for it."""
        text = self._held + text
        waiting = _WAITS.search(text, max(0, len(text) - 6))
        end = waiting.start() if waiting else len(text)
        self._held = text[end:]
        return self._shown(text, end)

    def flush(self) -> str:
        """What waited: nothing follows it."""
        text, self._held = self._held, ""
        return self._shown(text, len(text))

    def _shown(self, text: str, end: int) -> str:
        """The text up to `end`; what is behind it may be looked at."""
        if text.isascii() and text.replace("\n", "").isprintable():
            return self._plain(text)
        out, done = [], 0
        for odd in ODD.finditer(text, 0, end):
            out.append(self._plain(text[done : odd.start()]))
            done = odd.end()
            out.append(self._odd(odd[0], text[done : done + 1]))
        out.append(self._plain(text[done:end]))
        return "".join(out)

    def _plain(self, text: str) -> str:
        if text:
            is_joined = self._before == ZWJ and len(text) == 1
            self._before, self._marks = text[-1], 0
            self._joins = self._joins if is_joined else 0
        return text

    def _odd(self, run: str, after: str) -> str:
        """A run of odd characters; `after` is the character behind it."""
        if len(run) + self._marks <= MOST_MARKS[Kind.MARK] and are_marks(run):
            self._before, self._marks = run[-1], self._marks + len(run)
            return run
        out: list[str] = []
        place = 0
        while place < len(run):
            flag = next((flag for flag in FLAGS if run.startswith(flag, place)), "")
            char = run[place]
            place += len(flag) or 1
            out.append(self._plain(flag) or self._one(char, run[place : place + 1] or after))
        return "".join(out)

    def _one(self, char: str, after: str) -> str:
        """One odd character as it is shown here."""
        kind = kind_of(char)
        if kind in MOST_MARKS:
            if self._marks >= MOST_MARKS[kind]:
                return ""
            self._marks += 1
        elif kind is Kind.SIGN:
            return "" if char == "\r" and after == "\n" else self._plain(sign_of(char))
        elif kind is Kind.PLAIN:
            return self._plain(char)
        elif not self._is_kept(kind, char, after):
            return self._plain("�") if kind is Kind.TONE else ""
        self._before = char
        return char

    def _is_kept(self, kind: Kind, char: str, after: str) -> bool:
        """Whether what is not seen by itself does here what it is for."""
        match kind:
            case Kind.JOINER:
                return self._joins_here(char, after)
            case Kind.SELECTOR:
                return can_select(self._before, char)
            case Kind.TONE:
                return is_picture(self._before)
        return False

    def _joins_here(self, joiner: str, after: str) -> bool:
        """Whether a joiner does what it is for."""
        if joiner != ZWJ:
            return shapes(self._before)
        is_emoji = joins_pictures(self._before, after)
        if self._joins >= MOST_JOINS or not (is_emoji or shapes(self._before)):
            return False
        self._joins += 1
        return True


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
