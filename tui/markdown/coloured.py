"""A whole block of code in colours, for pages that are no screen."""

from collections.abc import Iterator

from tui.markdown.lexing import line_lexer

MOST = 200_000
"""Characters of a block; of a longer one no colour is worth the wait."""


def coloured(code: str, language: str) -> Iterator[tuple[str, str]]:
    """The code in runs of one style: the style's name, empty for plain text, and the words."""
    if len(code) > MOST:
        yield "", code
        return
    lexer, state, before = line_lexer(language), None, ""
    for line in code.split("\n"):
        if before:
            yield "", before
        spans, state = lexer.line(line, state)
        yield from ((next(iter(span.styles), ""), span.text) for span in spans)
        before = "\n"
