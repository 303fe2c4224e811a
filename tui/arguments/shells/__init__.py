"""Completion for shells, written from the grammar, so that nothing is said twice.

    flags   the grammar -> what can stand where
    bash    that, for bash alone: no package of helpers is needed
    zsh     that, for `_arguments`
    fish    that, as lines of `complete`

What only this machine knows (conversations, models, prompts) is asked of `rillet completion` when
Tab is pressed.
"""

from collections.abc import Callable, Sequence

from tui.arguments.shells import bash, fish, zsh
from tui.arguments.shells.flags import Command

WRITERS: dict[str, Callable[[Sequence[Command]], str]] = {
    "bash": bash.script,
    "zsh": zsh.script,
    "fish": fish.script,
}
"""What writes the script of a shell; the first command is `rillet` itself."""
