"""The flags of `rillet ask`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.argument_types import AddImage, seconds, whole
from tui.arguments.common import add_common, add_detail
from tui.arguments.grammar import Grammar, Run

MORE = """\
On a terminal Markdown is drawn while it streams; a pipe gets the words as they are. What was
asked for goes to stdout and nothing else does; notes and troubles go to stderr.

exit codes:
  0 finished, 1 failed, interrupted or stalled, or no code for --code, 2 a command line
  that cannot be carried out, 130 cancelled, 141 the reader of stdout went away
"""


def add_ask(to: Grammar, run: Run) -> None:
    """Flags of `ask`."""
    to.tell(
        "Ask a model once, without a screen.",
        'rillet ask "What is a rillet?"',
        'cat log | rillet ask "Why did it stop?" | less',
        'rillet ask --file a.py --file b.py "What differs?"',
        'rillet ask -c "And in short?"              # goes on with the last conversation',
        'rillet ask --chat abc "Once more"          # with that one',
        'rillet ask --code "A one-liner that counts lines" > count.sh',
        'rillet ask --image photo.jpg --fit 1024 "What is on it?"',
        'rillet ask --seed 7 --top-p 0.5 --stop END --option top_k=40 "Say a word"',
        'rillet ask --reasoning-effort low --option temperature=null "Think"',
        'rillet ask --json "Hi" | jq .tokens',
        'rillet ask --jsonl "Hi" | jq -j "select(.type == \\"text\\").text"',
        'rillet ask --timeout 30 --quiet "Hi" || echo "no answer"',
        more=MORE,
    )
    to.set_defaults(run=run)
    to.add_argument("text", nargs="*", help="the question; - or nothing reads standard input")
    add_common(to, default=argparse.SUPPRESS)
    to.add_argument(
        "--timeout", type=seconds, metavar="S", help="for the whole answer, in seconds (no end)"
    )
    to.add_argument(
        "--file",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="add a text file (repeatable), between the question and standard input; up to 4 MB",
    )
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
    _add_conversation(to)
    _add_form(to)


def _add_conversation(to: argparse.ArgumentParser) -> None:
    group = to.add_argument_group("conversations")
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "-c",
        "--continue",
        dest="go_on",
        action="store_true",
        help="go on with the conversation in which something was said last",
    )
    which.add_argument(
        "--chat",
        default="",
        metavar="ID",
        help="go on with this one: its id in `rillet chats`, or how that begins; or last",
    )
    group.add_argument(
        "--save",
        action=argparse.BooleanOptionalAction,
        help="keep the conversation, or do not; without either it is kept where the answer goes "
        "to a terminal, and where it goes on with one that is kept",
    )


def _add_form(to: argparse.ArgumentParser) -> None:
    group = to.add_argument_group("what is printed")
    form = group.add_mutually_exclusive_group()
    form.add_argument(
        "--plain", action="store_true", help="the words as they are, on a terminal too"
    )
    form.add_argument(
        "--code", action="store_true", help="the first fenced block of code and nothing else"
    )
    form.add_argument("--json", action="store_true", help="one JSON object at the end")
    form.add_argument(
        "--jsonl", action="store_true", help="a line of JSON for every delta, then the end"
    )
    group.add_argument(
        "--safe",
        action="store_true",
        help="show control characters as signs in a pipe too, as on a terminal",
    )
    group.add_argument(
        "-q", "--quiet", action="store_true", help="no notes on stderr but what went wrong"
    )
