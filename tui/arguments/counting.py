"""The flags of `rillet tokens`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.argument_types import AddImage
from tui.arguments.common import add_detail
from tui.arguments.grammar import Grammar, Run


def add_tokens(to: Grammar, run: Run) -> None:
    """Flags of `tokens`."""
    to.tell(
        "Count tokens as the app counts them: those of a file, of a pipe, of images.",
        "rillet tokens README.md --model gpt-4o",
        "git diff | rillet tokens --json",
        "rillet tokens --image 1024x768 --detail high --model gpt-4o",
    )
    to.set_defaults(run=run)
    to.add_argument(
        "file", nargs="?", default="", metavar="FILE", help="the text; - or nothing reads a pipe"
    )
    to.add_argument(
        "--model", default=argparse.SUPPRESS, metavar="NAME", help="the model that counts"
    )
    to.add_argument(
        "--image",
        action=AddImage,
        default=[],
        metavar="FILE|WxH",
        help="add an image, or one of this size (repeatable)",
    )
    add_detail(to)
    to.add_argument("--json", action="store_true", help="print one JSON object")
    to.add_argument(
        "--config",
        default=argparse.SUPPRESS,
        type=Path,
        metavar="FILE",
        help="another configuration file",
    )
