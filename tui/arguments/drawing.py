"""The flags that say in which manner the app draws."""

from __future__ import annotations

import argparse


def add_manner(to: argparse.ArgumentParser) -> None:
    """Flags of the app; None where nothing was said, so that the file is asked."""
    group = to.add_argument_group("how it is drawn")
    group.add_argument(
        "--ascii",
        action=argparse.BooleanOptionalAction,
        help="signs and borders in ASCII (where the terminal has no others)",
    )
    group.add_argument(
        "--reduced-motion", action="store_true", default=None, help="nothing moves by itself"
    )
    group.add_argument(
        "--screen-reader",
        action="store_true",
        default=None,
        help="one column, words for signs, every ending announced; ASCII, and nothing moves",
    )
