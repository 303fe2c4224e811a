"""What all parsers of the command line have in common."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NoReturn

from tui.core.sanitize import clean

Run = Callable[[argparse.Namespace], int]
"""Carries a command out; gives the exit code."""


class Grammar(argparse.ArgumentParser):
    """A parser whose complaints can be shown, whatever stands on the command line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end with the code for that."""
        super().error(clean(message))
