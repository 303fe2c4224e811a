"""A Pygments `ExtendedRegexLexer`, which keeps its state in a context, run line by line."""

import copy
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from tui.markdown.stacked import change_states, take_unmatched
from tui.markdown.tokenizers import State

if TYPE_CHECKING:
    from pygments.lexer import ExtendedRegexLexer, LexerContext
    from pygments.token import _TokenType

    from tui.markdown.stacked import Change
    from tui.markdown.tokenizers import Tokens

    Found = Iterator[tuple[int, _TokenType, str]]
    Action = Callable[[ExtendedRegexLexer, re.Match[str], LexerContext], Found]
    Matcher = Callable[[str, int, int], re.Match[str] | None]
    Rule = tuple[Matcher, _TokenType | Action | None, Change]

_STUCK = 100


class Contextual:
    """The loop of `ExtendedRegexLexer.get_tokens_unprocessed`, which stops at the line's end."""

    def __init__(self, lexer: "ExtendedRegexLexer") -> None:
        self._lexer = lexer
        self._rules: dict[str, list[Rule]] = {**vars(type(lexer)), **vars(lexer)}["_tokens"]

    def tokens(self, text: str, state: State | None) -> "tuple[Tokens, State | None]":
        """The tokens, and a context that has seen the line."""
        context = cast("LexerContext", copy.deepcopy(state)) if state else self._fresh()
        context.text, context.pos, context.end = text, 0, len(text)
        out: Tokens = []
        stuck = 0
        while context.pos < len(text) and stuck < _STUCK:
            before = context.pos
            self._step(context, out)
            stuck = stuck + 1 if context.pos == before else 0
        return out, context

    def _step(self, context: "LexerContext", out: "Tokens") -> None:
        for match_at, action, change in self._rules[context.stack[-1]]:
            match = match_at(context.text, context.pos, context.end)
            if match is None:
                continue
            if isinstance(action, tuple):
                out.append((action, match[0]))
                context.pos = match.end()
            elif action is not None:
                found = action(self._lexer, match, context)
                out.extend((token, value) for _, token, value in found)
            change_states(context.stack, change)
            return
        context.pos = take_unmatched(context.text, context.pos, context.stack, out)

    def _fresh(self) -> "LexerContext":
        from pygments.lexer import LexerContext
        from pygments.lexers.data import YamlLexer, YamlLexerContext

        made = YamlLexerContext if isinstance(self._lexer, YamlLexer) else LexerContext
        return made("", 0)
