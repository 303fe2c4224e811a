"""Code coloured line by line, with the lexer's state kept from line to line.

A state is a value: colouring a line that is not complete yet, and throwing the result away, costs
nothing else. How each kind of Pygments lexer is run over one line stands in `tokenizers`.

Lines of more than `LONG` characters are plain, and so is a line that a lexer fails on.
"""

import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from tui.markdown.code_styles import code_style
from tui.markdown.pieces import Span, Spans, shared
from tui.markdown.starts import LONG
from tui.markdown.tokenizers import State, Tokenizer, tokenizer

if TYPE_CHECKING:
    from tui.markdown.tokenizers import Tokens

_COMPILING = threading.Lock()  # Pygments compiles a lexer at its first use, for one thread only
_NAME = re.compile(r"[\w+#][\w+#.-]*")
_ALIASES = {"jsx": "javascript", "tsx": "typescript", "jsonc": "json", "zsh": "bash"}
_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "output"})


class LineLexer(Protocol):
    """Colours one line at a time."""

    def line(self, text: str, state: State | None) -> tuple[Spans, State | None]:
        """The spans of a line without its line break, and the state behind it."""


@lru_cache(maxsize=128)
def line_lexer(language: str) -> LineLexer:
    """The lexer of a language by any of its names; plain text for names that are not known."""
    match = _NAME.search(language.lower())
    name = match[0] if match else ""
    if name in _PLAIN:
        return Plain()
    from pygments.util import ClassNotFound

    with _COMPILING:
        try:
            return Coloured(tokenizer(_ALIASES.get(name, name)))
        except ClassNotFound:
            return Plain()


def warm(languages: Iterable[str]) -> None:
    """Import and compile lexers, in a thread if need be: the first use of one takes up to 0.1 s."""
    for language in languages:
        line_lexer(language).line("x", None)


class Plain:
    """No colours."""

    def line(self, text: str, state: State | None) -> tuple[Spans, State | None]:
        """The line as one span."""
        return ((Span(text),) if text else ()), state


class Coloured:
    """A lexer that must neither stall nor fail: foreign code on half a program."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def line(self, text: str, state: State | None) -> tuple[Spans, State | None]:
        """The line in colours; plain if it is too long, or if the tokens are not its text."""
        plain = Plain().line(text, state)
        if len(text) > LONG:
            return plain
        try:
            tokens, after = self._tokenizer.tokens(f"{text}\n", state)
        except Exception:  # whatever a lexer raises, the code itself must be shown
            return plain
        spans = _spans(tokens)
        return (spans, after) if "".join(span.text for span in spans) == text else plain


def _spans(tokens: "Tokens") -> Spans:
    """Neighbours of one style become one span; the line break is left out."""
    runs: list[tuple[str, list[str]]] = []
    for token, value in tokens:
        style = code_style(token)
        if runs and (runs[-1][0] == style or value.isspace()):
            runs[-1][1].append(value)
        else:
            runs.append((style, [value]))
    spans = [("".join(values).rstrip("\n"), style) for style, values in runs]
    return tuple(Span(text, shared((style,)) if style else ()) for text, style in spans if text)
