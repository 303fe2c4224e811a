"""The parameters of requests that the command line sets; most runs set none."""

from __future__ import annotations

import argparse

from tui.core.errors import UsageError
from tui.core.levels import FLAGGED
from tui.core.options import Options


def flagged(arguments: argparse.Namespace) -> Options:
    """What the flags say, those of `--option` last.

    Raises:
        UsageError: If something cannot be.
    """
    given = [(name, value) for name in FLAGGED if (value := getattr(arguments, name)) is not None]
    given += arguments.option or ()
    return _told(given) if given else Options()


def _told(given: list[tuple[str, object]]) -> Options:
    """Null leaves a parameter out, whatever is said farther away."""
    from tui.core.extra import NEEDED
    from tui.core.parameters import BadParameter, with_member

    options = Options()
    try:
        for name, value in given:
            if value is None and name not in NEEDED:
                options = options.with_value(name, None)
            else:
                options = with_member(options, name, value)
    except BadParameter as error:
        raise UsageError(f"--option: {error}") from None
    return options
