"""The parameters of requests that the command line sets."""

from __future__ import annotations

import argparse

from tui.core.errors import UsageError
from tui.core.levels import FLAGGED
from tui.core.options import Options
from tui.core.parameters import BY_NAME, NEEDED, BadParameter, with_member


def flagged(arguments: argparse.Namespace) -> Options:
    """What the flags say, those of `--option` last.

    Raises:
        UsageError: If something cannot be.
    """
    options = Options()
    try:
        for name in FLAGGED:
            if (value := getattr(arguments, name)) is not None:
                options = options.with_value(name, BY_NAME[name].checked(value))
        for name, value in arguments.option or ():
            options = _with(options, name, value)
    except BadParameter as error:
        raise UsageError(f"--option: {error}") from None
    return options


def _with(options: Options, name: str, value: object) -> Options:
    """With one by its name in the API; null leaves it out."""
    if value is None and name not in NEEDED:
        return options.with_value(name, None)
    return with_member(options, name, value)
