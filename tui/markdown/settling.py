"""Inline text that grows at its end: what is settled is never parsed again.

A place in the text is *settled* when everything before it parses the same, whatever follows: at a
space between two words, with no bracket, backtick, star or tag open before it. Then the parse of
the whole is the parse of what is before and the parse of what is after, one behind the other.

Places are tried at distances that depend on the text alone, never on how it was cut into deltas,
so the spans of a text are the same however it came. A mark that is still open after `REACH`
characters is given up as plain text; this is the one place where the result differs from that of
a parse of the whole paragraph, and it bounds what hostile text can cost.
"""

import re
from typing import TYPE_CHECKING

from tui.markdown.inline import to_spans
from tui.markdown.parser import Environment, inline_tokens
from tui.markdown.pieces import Spans, joined

if TYPE_CHECKING:
    from markdown_it.token import Token

STEP = 256
"""Characters from one settled place to the first try of the next."""
REACH = 2048
"""Characters within which an opened mark must be closed."""
PART = 3072
"""Characters after which a long paragraph is cut into parts, at a sentence's end if it can be."""
WINDOW = 512
"""Characters in which a space, or a sentence's end, is looked for."""

_MARKS = r"\s`*_~\[\]<>!\\$"
_SPACE = re.compile(rf"(?<=[^{_MARKS}])(?: (?=[^{_MARKS}(])|\n(?=[A-Za-z0-9]))")
_SENTENCE = re.compile(
    r"(?<=[.!?…:;])(?: (?=[A-Z0-9])|\n(?=[A-Za-z0-9]))|(?<=[。！？；])(?=[^\W_])"
)
_LETTERS = re.compile(r"(?<=[^\W_])(?=[^\W_])")
_PAIRED = re.compile(r"\[[^\[\]]*\]")
_OPEN = re.compile(r"`|\]\(|~~|\$\$|<[A-Za-z/!?]|\*+(?![\s*])|(?<!\w)_+(?![\s_])|_$")
_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)
_ANCHOR = re.compile(r"</?a[\s>]", re.IGNORECASE)


class Settling:
    """One paragraph's text as it grows; the text is handed in whole each time."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.reset()

    def reset(self) -> None:
        """Forget what was settled."""
        self._seen = ""  # the text that every decision so far was made on
        self._settled = self._tried = self._start = 0
        self._done: list[Spans] = []  # parts that are long enough; the last ends at _start
        self._part: list[Spans] = []  # what is settled behind them

    def parts(self, text: str) -> list[Spans]:
        """The spans of the text, part by part; only what is not settled is parsed."""
        self._advance(text)
        tail = to_spans(inline_tokens(text[self._settled :], self._environment))
        return [*self._done, _chained([*self._part, tail])]

    def shed(self, text: str) -> tuple[list[Spans], str]:
        """The parts that are complete, and the text behind them, which is handed in from now on."""
        self._advance(text)
        done, cut = self._done, self._start
        self._done, self._start = [], 0
        self._seen, self._settled = self._seen[cut:], self._settled - cut
        return done, text[cut:]

    def _advance(self, text: str) -> None:
        """Settle as many places as the text allows."""
        if not text.startswith(self._seen):
            self.reset()
        while (place := self._next_place(text)) is not None:
            self._try(text, place)

    def _next_place(self, text: str) -> int | None:
        """The next place to try; None if the text does not tell yet."""
        at = self._settled + max(STEP, min(2 * self._tried, REACH))
        if len(text) <= at + 1:
            return None
        if at - self._start >= PART:
            sentence = _SENTENCE.search(text, at, at + WINDOW)
            if sentence or len(text) <= at + WINDOW:
                return sentence.end() if sentence else None
        space = _SPACE.search(text, at, at + WINDOW)
        if space or len(text) <= at + 2 * WINDOW:
            return space.end() if space else None
        letters = _LETTERS.search(text, at + WINDOW, at + 2 * WINDOW)
        return letters.end() if letters else at + 2 * WINDOW

    def _try(self, text: str, place: int) -> None:
        self._seen = text[: place + 1]
        before = text[self._settled : place]
        tokens = inline_tokens(before, self._environment)
        if not (_is_closed(tokens, before) or len(before) >= REACH):
            self._tried = len(before)
            return
        self._part.append(to_spans(tokens))
        self._settled, self._tried = place, 0
        if place - self._start >= PART:
            self._done.append(_chained(self._part))
            self._start, self._part = place, []


def _chained(parts: list[Spans]) -> Spans:
    return joined([span for spans in parts for span in spans])


def _is_closed(tokens: "list[Token]", text: str) -> bool:
    """Whether nothing in the text could still become a mark's beginning."""
    if not text[-1].isspace() and _ADDRESS.search(text):
        return False
    left = "".join(token.content if token.type == "text" else "\0" for token in tokens)
    if _OPEN.search(left):
        return False
    for _ in range(3):
        left = _PAIRED.sub("\0", left) if "[" in left else left
    return "[" not in left and not any(_stays_open(token) for token in tokens)


def _stays_open(token: "Token") -> bool:
    """An escaped bracket may begin maths; a tag of a link changes what follows."""
    if token.type == "text_special":
        return token.content in ("(", "[")
    return token.type == "html_inline" and _ANCHOR.match(token.content) is not None


def inline_spans(text: str, environment: Environment) -> Spans:
    """The spans of a text that does not grow."""
    if len(text) <= REACH:
        return to_spans(inline_tokens(text, environment))
    return _chained(Settling(environment).parts(text))
