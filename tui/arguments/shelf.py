"""The flags of `rillet chats`, `export` and `import`."""

from __future__ import annotations

import argparse

from tui.argument_types import whole, written
from tui.arguments.grammar import Run


def add_chats(to: argparse.ArgumentParser, run: Run) -> None:
    """Flags of `chats`."""
    to.set_defaults(run=run, what="chats")
    to.add_argument(
        "query", nargs="*", metavar="QUERY", help='words of it, or a "phrase"; nothing lists all'
    )
    to.add_argument("--archived", action="store_true", help="those in the archive too")
    to.add_argument(
        "--limit", type=whole(1), default=200, metavar="N", help="how many at most (200)"
    )
    to.add_argument(
        "--json", action="store_true", help="print one JSON list; times in Unix seconds"
    )


def add_export(to: argparse.ArgumentParser, run: Run) -> None:
    """Flags of `export`."""
    to.set_defaults(run=run, what="export")
    to.add_argument(
        "id", metavar="ID", help="its id in `rillet chats`, or how that begins; or last"
    )
    to.add_argument(
        "--format",
        choices=("md", "json", "html", "svg"),
        help="Markdown, HTML or an SVG picture of what is shown, or JSON of everything, which "
        "`rillet import` takes back (by the file's name, else md)",
    )
    to.add_argument(
        "-o", "--output", type=written, metavar="FILE", help="a new file; without it, stdout"
    )
    to.add_argument("--force", action="store_true", help="replace FILE if it is there")


def add_import(to: argparse.ArgumentParser, run: Run) -> None:
    """Flags of `import`."""
    to.set_defaults(run=run, what="import")
    to.add_argument(
        "file",
        metavar="FILE",
        help="JSON or Markdown of `rillet export`, ChatGPT's conversations.json or its whole "
        "export .zip, or a transcript with headings like ## You; - reads standard input",
    )
    to.add_argument("--json", action="store_true", help="print one JSON object")
