"""The flags of the commands that serve: `rillet serve`, `demo` and `replay`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.argument_types import port, speed, whole
from tui.arguments.common import add_common
from tui.arguments.grammar import Grammar, Run

TOKEN = """\
who may ask:
  programs on this machine, at /v1, without more; the page, /stream and everyone else
  with the token behind the # of the printed address: Authorization: Bearer TOKEN

environment:
  RILLET_SERVE_TOKEN   this token, instead of a new one each time
"""


def add_serve(to: Grammar, run: Run) -> None:
    """Flags of `serve`."""
    to.tell(
        "Serve a page to chat on in the browser, and OpenAI's API for other programs.",
        "rillet serve                  # for this machine alone",
        "rillet serve --demo --port 8123",
        "rillet serve --expose --host 0.0.0.0 --allow-host my.example",
        more=TOKEN,
    )
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
    to.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (127.0.0.1)"
    )
    to.add_argument("--port", type=port, default=0, metavar="N", help="0 takes a free one (0)")
