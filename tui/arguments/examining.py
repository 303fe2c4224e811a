"""The flags of `rillet doctor`, `models` and `paths`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.arguments.common import add_common
from tui.arguments.grammar import Grammar, Run


def add_doctor(to: Grammar, run: Run) -> None:
    """Flags of `doctor`."""
    to.tell(
        "Tell what is used and where that came from, whether the endpoint answers, what the "
        "terminal can do, where files are, and which versions are installed. Keys are not told.",
        "rillet doctor",
        "rillet doctor --base-url http://127.0.0.1:11434/v1",
        "rillet doctor --json | jq .endpoint",
    )
    to.set_defaults(run=run, theme=None)
    add_common(to, default=argparse.SUPPRESS)
    to.add_argument("--json", action="store_true", help="print one JSON object")


def add_models(to: Grammar, run: Run) -> None:
    """Flags of `models`."""
    to.tell(
        "List the models that the endpoint has: names alone in a pipe, and what is known of them "
        "on a terminal.",
        "rillet models",
        "rillet models | grep -i mini",
        "rillet models --json",
    )
    to.set_defaults(run=run)
    add_common(to, default=argparse.SUPPRESS)
    to.add_argument("--json", action="store_true", help="print one JSON list")


def add_paths(to: Grammar, run: Run) -> None:
    """Flags of `paths`."""
    to.tell(
        "List where Rillet's files are, or would be.",
        "rillet paths",
        "$EDITOR $(rillet paths --json | jq -r .config)",
    )
    to.set_defaults(run=run)
    to.add_argument(
        "--config",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="FILE",
        help="another configuration file",
    )
    to.add_argument("--json", action="store_true", help="print one JSON object")
