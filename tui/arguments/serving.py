"""The flags of the commands that serve: `rillet demo` and `replay`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.argument_types import port, speed
from tui.arguments.grammar import Run


def add_demo(to: argparse.ArgumentParser, run: Run) -> None:
    """Flags of `demo`."""
    to.set_defaults(run=run)
    _add_address(to)


def add_replay(to: argparse.ArgumentParser, run: Run) -> None:
    """Flags of `replay`."""
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
