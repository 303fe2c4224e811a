"""What all parsers of the command line have in common."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from textwrap import fill
from typing import NoReturn

from tui.core.sanitize import clean

Run = Callable[[argparse.Namespace], int]
"""Carries a command out; gives the exit code."""

WIDTH = 80
"""Columns of what is told in sentences."""


class Grammar(argparse.ArgumentParser):
    """A parser whose help has examples and whose complaints can be shown, whatever is typed."""

    examples: tuple[str, ...] = ()
    """Lines of a shell, each with what it is good for behind a `#`."""

    def tell(self, what: str, *examples: str, more: str = "") -> None:
        """Say in the help what it is for, how it is used, and what else is to be said."""
        self.description, self.examples = fill(what, WIDTH), examples
        self.formatter_class = argparse.RawDescriptionHelpFormatter
        self.set_defaults(grammar=self)
        shown = "\n".join(f"  {example}" for example in examples)
        self.epilog = "\n\n".join(part for part in (f"examples:\n{shown}", more) if part)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end with the code for that."""
        super().error(clean(message))


def parsed(root: Grammar, given: Sequence[str] | None = None) -> argparse.Namespace:
    """What the command line says; the command that is meant complains of what it does not know.

    Words of a question may stand behind flags too.
    """
    arguments, left = root.parse_known_args(given)
    if left and "text" in arguments and not any(word.startswith("-") for word in left):
        arguments.text = [*arguments.text, *left]
    elif left:
        grammar: Grammar = arguments.grammar
        grammar.error(f"unrecognized arguments: {' '.join(left)}")
    return arguments
