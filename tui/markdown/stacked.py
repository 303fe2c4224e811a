"""A Pygments `RegexLexer` that goes on where the line before ended.

Two things are not in its stack of states, and are kept beside it:

- Comments and strings that the lexer matches with one pattern over several lines, as `/* */` in C.
  Which pairs it treats so is found out by trying each once. Here-documents and the like are not
  among them: their text is coloured as code.
- Scripts and sheets in HTML, which its lexer hands to another one in one go; here that other
  lexer gets them line by line too.

Patterns that look at the next line do not see it; the stack is cut when it grows without end.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.markdown.code_styles import code_style
from tui.markdown.tokenizers import State, Tokenizer, tokenizer

if TYPE_CHECKING:
    from pygments.lexer import RegexLexer
    from pygments.token import _TokenType

    from tui.markdown.tokenizers import Tokens

    Action = Callable[[RegexLexer, re.Match[str]], Iterator[tuple[int, _TokenType, str]]]
    Change = tuple[str, ...] | str | int | None
    Rule = tuple[Callable[[str, int], re.Match[str] | None], _TokenType | Action | None, Change]

_PAIRS = (
    ("/*", "*/"),
    ("<!--", "-->"),
    ('"""', '"""'),
    ("'''", "'''"),
    ("--[[", "]]"),
    ("{-", "-}"),
    ("(*", "*)"),
    ("<#", "#>"),
    ("#=", "=#"),
    ("#|", "|#"),
    ("`", "`"),
    ("'", "'"),
    ('"', '"'),
)
_EMBEDDED = {
    "script-content": ("javascript", re.compile(r"<\s*/\s*script\b", re.IGNORECASE)),
    "style-content": ("css", re.compile(r"<\s*/\s*style\b", re.IGNORECASE)),
}
_QUOTES = ("'", '"')
_QUOTES_OVER_LINES = frozenset(
    (
        "Bash",
        "Fish",
        "Perl",
        "PHP",
        "PowerShell",
        "S",
        "SQL",
        "MySQL",
        "PostgreSQL SQL dialect",
    )
)
_DEEPEST = 60
_STUCK = 100


@dataclass(frozen=True, slots=True)
class Opened:
    """A comment or a string that goes on over the end of the line."""

    token: "_TokenType"
    """Its token type."""
    end: str
    """What ends it."""


@dataclass(frozen=True, slots=True)
class Stack:
    """What is known behind a line."""

    states: tuple[str, ...] = ("root",)
    """The names of the lexer's states, the innermost last."""
    opened: Opened | None = None
    """What has begun and not ended."""
    embedded: State | None = None
    """The state of the lexer for a language within this one."""


class Stacked:
    """The loop of `RegexLexer.get_tokens_unprocessed` over one line."""

    def __init__(self, lexer: "RegexLexer") -> None:
        self._lexer = lexer
        self._rules: dict[str, list[Rule]] = {**vars(type(lexer)), **vars(lexer)}["_tokens"]
        self._pairs: dict[str, Opened] = {}
        kinds = {pair: self._kind(*pair) for pair in _PAIRS}
        self._pairs = {begin: Opened(kind, end) for (begin, end), kind in kinds.items() if kind}
        self._inner: dict[str, Tokenizer] = {}

    def tokens(self, text: str, state: State | None) -> "tuple[Tokens, State | None]":
        """The tokens, and the stack behind the line."""
        stack = state if isinstance(state, Stack) else Stack()
        out: Tokens = []
        pos = 0
        while pos < len(text):
            if stack.opened:
                pos, stack = _close(text, pos, stack, stack.opened, out)
            elif (end := _embedded_end(text, pos, stack)) > pos:
                stack = self._embedded(text[pos:end], stack, out)
                pos = end
            else:
                pos, stack = self._run(text, pos, stack, out)
        return out, stack

    def _run(self, text: str, pos: int, stack: Stack, out: "Tokens") -> tuple[int, Stack]:
        """Apply the patterns until the line ends or another language begins."""
        states = list(stack.states)
        pairs = [begin for begin in self._pairs if begin in text]
        stuck = 0
        while pos < len(text):
            if pairs and (opened := self._opens(text, pos, pairs, states[-1])):
                out.append((opened.token, text[pos:]))
                return len(text), Stack(tuple(states), opened)
            after = self._step(text, pos, states, out)
            stuck = stuck + 1 if after == pos else 0
            pos = after + (stuck > _STUCK)
            if states[-1] in _EMBEDDED:
                break
        del states[1:-_DEEPEST]
        return pos, Stack(tuple(states))

    def _step(self, text: str, pos: int, states: list[str], out: "Tokens") -> int:
        """One token by the first pattern that matches; a character if none does."""
        for match_at, action, change in self._rules[states[-1]]:
            match = match_at(text, pos)
            if match is None:
                continue
            if isinstance(action, tuple):
                out.append((action, match[0]))
            elif action is not None:
                out.extend((token, value) for _, token, value in action(self._lexer, match))
            change_states(states, change)
            return match.end()
        return take_unmatched(text, pos, states, out)

    def _opens(self, text: str, pos: int, pairs: list[str], state: str) -> Opened | None:
        """A pair that begins here and does not end in this line."""
        for begin in pairs:
            if text.startswith(begin, pos) and "string" not in state and state != "comment":
                opened = self._pairs[begin]
                return None if _find(text, pos + len(begin), opened.end) >= 0 else opened
        return None

    def _kind(self, begin: str, end: str) -> "_TokenType | None":
        """What the lexer takes this pair for, if it matches it by one pattern over two lines."""
        if begin in _QUOTES and self._lexer.name not in _QUOTES_OVER_LINES:
            return None
        sample = f"{begin} x\ny {end}"
        for _, token, value in self._lexer.get_tokens_unprocessed(f"{sample}\n"):
            if value == sample and code_style(token) in ("code-comment", "code-string"):
                return None if self._has_state_for(begin) else token
        return None

    def _has_state_for(self, begin: str) -> bool:
        """Whether the lexer also has a state for what begins so."""
        _, stack = self._run(f"{begin} x\n", 0, Stack(), [])
        return len(stack.states) > 1

    def _embedded(self, text: str, stack: Stack, out: "Tokens") -> Stack:
        language, _ = _EMBEDDED[stack.states[-1]]
        inner = self._inner.setdefault(language, tokenizer(language))
        tokens, state = inner.tokens(text, stack.embedded)
        out.extend(tokens)
        return replace(stack, embedded=state)


def _embedded_end(text: str, pos: int, stack: Stack) -> int:
    """Where the other language ends that this place is in; -1 if it is in none."""
    if stack.states[-1] not in _EMBEDDED:
        return -1
    end_tag = _EMBEDDED[stack.states[-1]][1].search(text, pos)
    return end_tag.start() if end_tag else len(text)


def _close(text: str, pos: int, stack: Stack, opened: Opened, out: "Tokens") -> tuple[int, Stack]:
    """Go on with what is open, up to its end or the line's."""
    end = _find(text, pos, opened.end)
    after = end + len(opened.end) if end >= 0 else len(text)
    out.append((opened.token, text[pos:after]))
    return after, (replace(stack, opened=None) if end >= 0 else stack)


def _find(text: str, start: int, end: str) -> int:
    """The next end of a pair that has no backslash before it."""
    place = text.find(end, start)
    while place > 0 and text[place - 1] == "\\" and len(end) == 1:
        place = text.find(end, place + 1)
    return place


def change_states(states: list[str], change: "Change") -> None:
    """What a pattern does to the stack; the lowest state always stays."""
    if isinstance(change, int):
        del states[max(len(states) + change, 1) :]
        return
    for state in (change,) if isinstance(change, str) else change or ():
        if state == "#pop":
            del states[max(len(states) - 1, 1) :]
        else:
            states.append(states[-1] if state == "#push" else state)


def take_unmatched(text: str, pos: int, states: list[str], out: "Tokens") -> int:
    """A character that no pattern knows; the line's end leads back to the lowest state."""
    from pygments.token import Error, Whitespace

    is_end = text[pos] == "\n"
    if is_end:
        states[:] = ["root"]
    out.append((Whitespace if is_end else Error, text[pos]))
    return pos + 1
