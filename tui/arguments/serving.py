"""The flags of the commands that serve: `rillet demo` and `replay`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.argument_types import port, speed
from tui.arguments.grammar import Grammar, Run


def add_demo(to: Grammar, run: Run) -> None:
    """Flags of `demo`."""
    to.tell(
        "Run the scripted server that `rillet --demo` shows, for as long as it is wanted.",
        "rillet demo --port 8123       # then: rillet --base-url http://127.0.0.1:8123/v1",
    )
    to.set_defaults(run=run)
    _add_address(to)


def add_replay(to: Grammar, run: Run) -> None:
    """Flags of `replay`."""
    to.tell(
        "Serve what was recorded again, byte for byte and as slowly as it was.",
        'rillet ask --record bug.jsonl "Hi"',
        "rillet replay bug.jsonl --port 8123 --speed 10",
    )
    to.set_defaults(run=run)
    to.add_argument("file", type=Path, metavar="FILE", help="what --record wrote")
    to.add_argument(
        "--speed",
        type=speed,
        default=1.0,
        metavar="N",
        help="times as fast as it was; inf leaves out every pause (1)",
    )
    _add_address(to)


def _add_address(to: argparse.ArgumentParser) -> None:
    to.add_argument("--host", default="127.0.0.1", metavar="ADDRESS")
    to.add_argument("--port", type=port, default=0, metavar="N", help="0 takes a free one")
