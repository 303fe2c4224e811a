"""The flags of `rillet completion`."""

from __future__ import annotations

import argparse

from tui.arguments.grammar import Grammar, Run

SHELLS = ("bash", "zsh", "fish")
"""The shells that a script is written for."""

KINDS = ("models", "chats", "prompts", "themes", "endpoints", "described")
"""What the scripts ask for when Tab is pressed, by `rillet completion --words`."""

MORE = """\
where it goes:
  bash   eval "$(rillet completion bash)" in ~/.bashrc
  zsh    rillet completion zsh > a folder of $fpath, as _rillet
  fish   rillet completion fish > ~/.config/fish/completions/rillet.fish
"""


def add_completion(to: Grammar, run: Run) -> None:
    """Flags of `completion`."""
    to.tell(
        "Print the script by which a shell completes rillet's commands, flags and values.",
        "rillet completion bash >> ~/.bashrc",
        "rillet completion zsh > ~/.zfunc/_rillet",
        "rillet completion fish > ~/.config/fish/completions/rillet.fish",
        more=MORE,
    )
    to.set_defaults(run=run)
    to.add_argument("shell", nargs="?", choices=SHELLS, help="the shell")
    to.add_argument("--words", choices=KINDS, help=argparse.SUPPRESS)
