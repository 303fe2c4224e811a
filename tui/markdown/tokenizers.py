"""Pygments lexers run over one line at a time.

Pygments lexes a whole text at once. Its `RegexLexer` is a stack of states and a list of patterns
for each; what a line does to the stack is nearly all that the next line needs to know, so
`stacked` runs that loop over one line and hands the stack on; `contextual` does so for lexers that
keep more than a stack (YAML, Ruby). Others (JSON, consoles, templates) take each line by itself.
"""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

    Tokens = list[tuple[_TokenType, str]]

State = object
"""What a lexer remembers between two lines; never changed in place."""


class Tokenizer(Protocol):
    """Cuts a line, its line break included, into tokens."""

    def tokens(self, text: str, state: State | None) -> "tuple[Tokens, State | None]":
        """The tokens, and the state behind them."""


def tokenizer(name: str) -> Tokenizer:
    """The tokenizer of a language; ClassNotFound of Pygments if there is none of that name."""
    from pygments.lexer import ExtendedRegexLexer, RegexLexer
    from pygments.lexers import get_lexer_by_name

    from tui.markdown.contextual import Contextual
    from tui.markdown.stacked import Stacked

    lexer = get_lexer_by_name(name)
    if isinstance(lexer, ExtendedRegexLexer):
        return Contextual(lexer)
    if isinstance(lexer, RegexLexer):
        return Stacked(lexer)
    return Lonely(lexer)


class Lonely:
    """A lexer that knows nothing of the line before."""

    def __init__(self, lexer: "Lexer") -> None:
        self._lexer = lexer

    def tokens(self, text: str, state: State | None) -> "tuple[Tokens, State | None]":
        """The tokens of the line alone."""
        found = self._lexer.get_tokens_unprocessed(text)
        return [(token, value) for _, token, value in found], state
