"""The flags of the commands that serve: `rillet serve`, `demo` and `replay`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.argument_types import port, speed, whole
from tui.arguments.common import add_common
from tui.arguments.grammar import Run


def add_serve(to: argparse.ArgumentParser, run: Run) -> None:
    """Flags of `serve`."""
    to.set_defaults(run=run)
    add_common(to, default=argparse.SUPPRESS)
    to.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="where to listen (127.0.0.1: this machine alone)",
    )
    to.add_argument(
        "--port", type=port, default=8765, metavar="N", help="0 takes a free one (8765)"
    )
    to.add_argument(
        "--expose", action="store_true", help="let others ask, with the token, at your cost"
    )
    to.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name by which it may be asked (repeatable)",
    )
    to.add_argument(
        "--max-streams", type=whole(1), default=32, metavar="N", help="answers at once (32)"
    )
    to.add_argument("--no-log", action="store_true", help="no line for each request on stderr")


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
