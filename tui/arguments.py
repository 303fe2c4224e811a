"""The grammar of the command line: flags, their help, and what they take."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

from tui import __version__
from tui.argument_types import (
    AddImage,
    SetDetail,
    port,
    seconds,
    speed,
    temperature,
    whole,
    written,
)
from tui.core.sanitize import clean

Run = Callable[[argparse.Namespace], int]
"""Carries a command out; gives the exit code."""

ENVIRONMENT = """\
environment:
  OPENAI_API_KEY    the key of the endpoint
  OPENAI_BASE_URL   the endpoint; without it a key means api.openai.com
  XDG_CONFIG_HOME   where rillet/config.toml is (~/.config); a flag wins over the
                    environment, the environment over the file
With none of them, and no flag, replies come from the model on this machine.
"""


class Grammar(argparse.ArgumentParser):
    """A parser whose complaints can be shown, whatever stands on the command line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end with the code for that."""
        super().error(clean(message))


def grammar(
    app: Run, ask: Run, demo: Run, tokens: Run, replay: Run, shelf: Run, serve: Run
) -> argparse.ArgumentParser:
    """The parser; the command's function is in `run` of what it gives."""
    root = Grammar(
        prog="rillet",
        description="A chat that streams, in your terminal. Without a command it opens the app.",
        epilog=ENVIRONMENT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.set_defaults(run=app)
    root.add_argument("--version", action="version", version=f"rillet {__version__}")
    root.add_argument("--theme", metavar="NAME", help="colours of the app (rillet-dark)")
    root.add_argument(
        "--private", action="store_true", help="keep nothing of this run's conversations"
    )
    _add_common(root, default=None)
    commands = root.add_subparsers(title="commands", metavar="COMMAND")
    _add_ask(commands.add_parser("ask", help="ask once, without a screen"), ask)
    _add_serve(commands.add_parser("serve", help="a page in the browser, and OpenAI's API"), serve)
    _add_tokens(commands.add_parser("tokens", help="count the tokens of a file or a pipe"), tokens)
    _add_chats(commands.add_parser("chats", help="list the conversations, or find some"), shelf)
    _add_export(commands.add_parser("export", help="hand on a conversation as a file"), shelf)
    _add_import(commands.add_parser("import", help="take in conversations from a file"), shelf)
    _add_demo(commands.add_parser("demo", help="run the scripted demo server"), demo)
    _add_replay(commands.add_parser("replay", help="serve what --record wrote"), replay)
    return root


def _add_common(to: argparse.ArgumentParser, default: object) -> None:
    """Flags of the app and of `ask`; below a command, one not given leaves the app's alone."""
    where = _adding(to, "where replies come from", default)
    where("--base-url", metavar="URL", help="an OpenAI-compatible API")
    where("--model", metavar="NAME", help="the model to ask")
    where("--gguf", type=Path, metavar="FILE", help="run this model on this machine")
    where("--demo", action="store_true", help="the scripted demo server")
    where("--config", type=Path, metavar="FILE", help="another configuration file")
    how = _adding(to, "how to ask", default)
    how("--system", metavar="TEXT", help="the system prompt")
    how("--prompt", metavar="NAME", help="the system prompt kept under this name")
    how("--max-tokens", type=whole(1), metavar="N", help="the longest answer")
    how("--temperature", type=temperature, metavar="T", help="0 to 2")
    wait = _adding(to, "how long to wait (seconds)", default)
    wait("--first-timeout", type=seconds, metavar="S", help="for the first word (120)")
    wait("--idle-timeout", type=seconds, metavar="S", help="between two words (60)")
    wait(
        "--retries",
        type=whole(0, 100),
        metavar="N",
        help="how often a refused request is sent again by itself (2)",
    )
    keep = _adding(to, "what is kept", default)
    keep(
        "--record",
        type=Path,
        metavar="FILE",
        help="write every stream to FILE as it comes, for `rillet replay`: all that is said "
        "is in it, keys are not",
    )


def _adding(
    to: argparse.ArgumentParser, title: str, default: object
) -> Callable[..., argparse.Action]:
    """Adds flags of one group, which have the same default."""
    return partial(to.add_argument_group(title).add_argument, default=default)


def _add_ask(to: argparse.ArgumentParser, run: Run) -> None:
    to.set_defaults(run=run)
    to.add_argument("text", nargs="*", help="the question; - or nothing reads standard input")
    _add_common(to, default=argparse.SUPPRESS)
    to.add_argument(
        "--image",
        action=AddImage,
        default=[],
        metavar="FILE|URL",
        help="add an image (repeatable); a file goes without its place, camera and comments",
    )
    _add_detail(to)
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


def _add_tokens(to: argparse.ArgumentParser, run: Run) -> None:
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
    _add_detail(to)
    to.add_argument("--json", action="store_true", help="print one JSON object")
    to.add_argument(
        "--config",
        default=argparse.SUPPRESS,
        type=Path,
        metavar="FILE",
        help="another configuration file",
    )


def _add_detail(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--detail",
        action=SetDetail,
        default="auto",
        choices=("low", "high", "auto"),
        help="how closely the model looks at the image before it; before the first, at all (auto)",
    )


def _add_chats(to: argparse.ArgumentParser, run: Run) -> None:
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


def _add_export(to: argparse.ArgumentParser, run: Run) -> None:
    to.set_defaults(run=run, what="export")
    to.add_argument(
        "id", metavar="ID", help="its id in `rillet chats`, or how that begins; or last"
    )
    to.add_argument(
        "--format",
        choices=("md", "json", "html"),
        help="Markdown or HTML of what is shown, or JSON of everything, which `rillet import` "
        "takes back (by the file's name, else md)",
    )
    to.add_argument(
        "-o", "--output", type=written, metavar="FILE", help="a new file; without it, stdout"
    )
    to.add_argument("--force", action="store_true", help="replace FILE if it is there")


def _add_import(to: argparse.ArgumentParser, run: Run) -> None:
    to.set_defaults(run=run, what="import")
    to.add_argument(
        "file",
        metavar="FILE",
        help="JSON or Markdown of `rillet export`, ChatGPT's conversations.json or its whole "
        "export .zip, or a transcript with headings like ## You; - reads standard input",
    )
    to.add_argument("--json", action="store_true", help="print one JSON object")


def _add_serve(to: argparse.ArgumentParser, run: Run) -> None:
    to.set_defaults(run=run)
    _add_common(to, default=argparse.SUPPRESS)
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


def _add_demo(to: argparse.ArgumentParser, run: Run) -> None:
    to.set_defaults(run=run)
    _add_address(to)


def _add_replay(to: argparse.ArgumentParser, run: Run) -> None:
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
