"""The flags of `rillet chats`, `export` and `import`."""

from __future__ import annotations

from tui.argument_types import whole, written
from tui.arguments.grammar import Grammar, Run


def add_chats(to: Grammar, run: Run) -> None:
    """Flags of `chats`."""
    to.tell(
        "List the conversations that are kept, or find those with certain words in them.",
        "rillet chats                  # all, the newest first",
        "rillet chats boats            # those with this word in them",
        "rillet chats --json --limit 5 | jq '.[].title'",
    )
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


def add_export(to: Grammar, run: Run) -> None:
    """Flags of `export`."""
    to.tell(
        "Hand on a conversation as Markdown, HTML, JSON or an SVG picture.",
        "rillet export last            # Markdown, to stdout",
        "rillet export abcd -o talk.html",
        "rillet export last --format json | jq .",
    )
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


def add_import(to: Grammar, run: Run) -> None:
    """Flags of `import`."""
    to.tell(
        "Take in conversations, each whole or not at all.",
        "rillet import conversations.json",
        "rillet export last --format json | ssh host rillet import -",
    )
    to.set_defaults(run=run, what="import")
    to.add_argument(
        "file",
        metavar="FILE",
        help="JSON or Markdown of `rillet export`, ChatGPT's conversations.json or its whole "
        "export .zip, or a transcript with headings like ## You; - reads standard input",
    )
    to.add_argument("--json", action="store_true", help="print one JSON object")
