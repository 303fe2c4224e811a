"""The command line: which command is meant, and what is said where it cannot be carried out.

A command's module is imported when the command was given; Textual, openai and tiktoken by what
needs them, when it needs them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module

from tui.arguments import Grammar, Run, grammar, parsed
from tui.commands import FAILED
from tui.core.errors import UsageError
from tui.core.sanitize import clean
from tui.edge.keys import key_in
from tui.edge.logs import hidden, redact_logs
from tui.edge.stdout import close_quietly, notes, words

USAGE = 2
"""The exit code for a command line that cannot be carried out."""

CANCELLED = 130
"""The exit code after Ctrl-C: 128 + SIGINT, as shells count."""

BROKEN_PIPE = 141
"""The exit code when whoever read stdout went away: 128 + SIGPIPE."""


def main() -> None:
    """Run `rillet`."""
    sys.stderr = notes()
    redact_logs(key_in(os.environ))
    arguments = parsed(parser())
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        code = run(arguments)
    except UsageError as error:
        sys.stderr.write(f"rillet: {clean(str(error))}\n")
        code = USAGE
    except BrokenPipeError:
        close_quietly()
        code = BROKEN_PIPE
    except OSError as error:
        close_quietly()
        sys.stderr.write(f"rillet: the words could not be written: {error.strerror}\n")
        code = FAILED
    except KeyboardInterrupt:
        code = CANCELLED
    except Exception as fault:
        from tui.core.crash import report

        sys.stderr.write(f"rillet: {report(fault, *hidden())}")
        code = FAILED
    sys.exit(code)


def parser() -> Grammar:
    """The grammar of the command line, with what each command does."""
    return grammar(
        {
            "": _later("opening", "open_app"),
            "ask": _later("asking", "ask_once"),
            "serve": _later("bridging", "serve_bridge"),
            "tokens": _later("counting", "count_tokens"),
            "chats": _shelf,
            "export": _shelf,
            "import": _shelf,
            "models": _later("naming", "list_models"),
            "paths": _later("naming", "list_paths"),
            "doctor": _later("examining", "examine"),
            "demo": _later("serving", "serve_demo"),
            "replay": _later("serving", "serve_record"),
            "completion": _complete,
        }
    )


def _later(module: str, name: str) -> Run:
    """What carries a command out, imported when it is given."""

    def run(arguments: argparse.Namespace) -> int:
        found: Run = getattr(import_module(f"tui.commands.{module}"), name)
        return found(arguments)

    return run


def _shelf(arguments: argparse.Namespace) -> int:
    from tui.shelf import run
    from tui.shelf.output import Output

    return run(arguments, Output(words(), sys.stderr))


def _complete(arguments: argparse.Namespace) -> int:
    from tui.commands.completing import complete

    return complete(arguments, parser())
