"""The grammar of the command line: flags, their help, and what they take; a file for each group."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui import __version__
from tui.arguments.asking import add_ask
from tui.arguments.common import add_common
from tui.arguments.completing import add_completion
from tui.arguments.counting import add_tokens
from tui.arguments.drawing import add_manner
from tui.arguments.examining import add_doctor, add_models, add_paths
from tui.arguments.grammar import Grammar, Run, parsed
from tui.arguments.serving import add_demo, add_replay, add_serve
from tui.arguments.shelf import add_chats, add_export, add_import

__all__ = ["Grammar", "Run", "grammar", "parsed"]

MORE = """\
environment:
  OPENAI_API_KEY    the key of the endpoint, where the configuration file names no other
  OPENAI_BASE_URL   the endpoint; without it a key means api.openai.com
  NO_COLOR          no colours
  TEXTUAL_ANIMATIONS   none is as --reduced-motion
  HTTPS_PROXY       and NO_PROXY, SSL_CERT_FILE: how the endpoint is reached
  VISUAL, EDITOR    the editor of Ctrl+E
  XDG_CONFIG_HOME   where rillet/config.toml is (~/.config); a flag wins over the
                    environment, the environment over the file
  XDG_DATA_HOME     where rillet/chats.db is, the conversations (~/.local/share)
  XDG_STATE_HOME    where reports of a fault are written (~/.local/state)
Without an endpoint, a key or a flag, replies come from the model on this machine.

exit codes:
  0 done, 1 failed, 2 a command line that cannot be carried out, 130 cancelled,
  141 the reader of stdout went away

`rillet COMMAND --help` tells of a command, with examples.
"""


COMMANDS: dict[str, tuple[Callable[[Grammar, Run], None], str]] = {
    "ask": (add_ask, "ask once, without a screen"),
    "serve": (add_serve, "a page in the browser, and OpenAI's API"),
    "tokens": (add_tokens, "count the tokens of a file or a pipe"),
    "chats": (add_chats, "list the conversations, or find some"),
    "export": (add_export, "hand on a conversation as a file"),
    "import": (add_import, "take in conversations from a file"),
    "models": (add_models, "list the models that there are"),
    "paths": (add_paths, "list where files are"),
    "doctor": (add_doctor, "what is used, and whether it works"),
    "demo": (add_demo, "run the scripted demo server"),
    "replay": (add_replay, "serve what --record wrote"),
    "completion": (add_completion, "complete rillet's words in your shell"),
}
"""The commands in the order of the help: what adds their flags, and what they are for."""


def grammar(runs: Mapping[str, Run]) -> Grammar:
    """The parser; `runs` has what each command does, the app's own under the empty name."""
    root = Grammar(prog="rillet")
    root.tell(
        "A chat that streams, in your terminal. Without a command it opens the app.",
        "rillet                        # the app, with what the environment says",
        "rillet --demo                 # two minutes with a server that needs no model",
        "rillet --base-url http://127.0.0.1:11434/v1 --model llama3",
        "rillet --endpoint work --temperature 0.2",
        "rillet --theme rillet-high-contrast --reduced-motion",
        "rillet --screen-reader        # the conversation as lines, nothing is drawn",
        'rillet ask "What is a rillet?"',
        'git diff | rillet ask "Write a commit message"',
        more=MORE,
    )
    root.set_defaults(run=runs[""])
    root.add_argument("--version", action="version", version=f"rillet {__version__}")
    root.add_argument(
        "--theme", metavar="NAME", help="colours of the app (dark or light, as the terminal)"
    )
    add_manner(root)
    root.add_argument(
        "--private", action="store_true", help="keep nothing of this run's conversations"
    )
    add_common(root, default=None)
    commands = root.add_subparsers(title="commands", metavar="COMMAND")
    for name, (add, told) in COMMANDS.items():
        add(commands.add_parser(name, help=told), runs[name])
    return root
