"""The flags of `rillet ask`."""

from __future__ import annotations

import argparse

from tui.argument_types import AddImage, whole
from tui.arguments.common import add_common, add_detail
from tui.arguments.grammar import Run


def add_ask(to: argparse.ArgumentParser, run: Run) -> None:
    """Flags of `ask`."""
    to.set_defaults(run=run)
    to.add_argument("text", nargs="*", help="the question; - or nothing reads standard input")
    add_common(to, default=argparse.SUPPRESS)
    to.add_argument(
        "--image",
        action=AddImage,
        default=[],
        metavar="FILE|URL",
        help="add an image (repeatable); a file goes without its place, camera and comments",
    )
    add_detail(to)
    to.add_argument(
        "--fit",
        type=whole(1),
        metavar="PIXELS",
        help="scale larger image files down to this longer side",
    )
    to.add_argument(
        "--keep-metadata", action="store_true", help="send image files with all that is in them"
    )
    to.add_argument("--no-stream", action="store_true", help="ask for the whole answer at once")
    to.add_argument("--json", action="store_true", help="print one JSON object at the end")
    to.add_argument(
        "--safe",
        action="store_true",
        help="show control characters as signs in a pipe too, as on a terminal",
    )
