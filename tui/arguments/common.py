"""The flags that the app and `rillet ask` share: where replies come from, how long to wait."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tui.argument_types import SetDetail, member, parameter, seconds, whole, words


def add_common(to: argparse.ArgumentParser, default: object) -> None:
    """Flags of the app and of `ask`; below a command, one not given leaves the app's alone."""
    where = _adding(to, "where replies come from", default)
    where("--base-url", type=words, metavar="URL", help="an OpenAI-compatible API")
    where("--endpoint", metavar="NAME", help="one that the configuration file describes")
    where("--model", type=words, metavar="NAME", help="the model to ask")
    where("--gguf", type=Path, metavar="FILE", help="run this model on this machine")
    where("--demo", action="store_true", help="the scripted demo server")
    where("--config", type=Path, metavar="FILE", help="another configuration file")
    how = _adding(to, "how to ask", default)
    how("--system", type=words, metavar="TEXT", help="the system prompt")
    how("--prompt", metavar="NAME", help="the system prompt kept under this name")
    _add_parameters(how)
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


def _add_parameters(how: Callable[..., argparse.Action]) -> None:
    """What goes along with a request."""
    how("--max-tokens", type=parameter("max_tokens"), metavar="N", help="the longest answer")
    how("--temperature", type=parameter("temperature"), metavar="T", help="0 to 2")
    how("--top-p", type=parameter("top_p"), metavar="P", help="0 to 1")
    how(
        "--stop",
        action="append",
        type=words,
        metavar="TEXT",
        help="where the answer ends; up to four times",
    )
    how("--seed", type=parameter("seed"), metavar="N", help="the same seed, the same answer")
    how(
        "--reasoning-effort",
        type=parameter("reasoning_effort"),
        metavar="WORD",
        help="how long the model thinks: low, medium, high",
    )
    how(
        "--option",
        action="append",
        type=member,
        metavar="NAME=JSON",
        help="anything else that the server takes, as in top_k=40; null leaves one out",
    )


def _adding(
    to: argparse.ArgumentParser, title: str, default: object
) -> Callable[..., argparse.Action]:
    """Adds flags of one group, which have the same default."""
    return partial(to.add_argument_group(title).add_argument, default=default)


def add_detail(to: argparse.ArgumentParser) -> None:
    """How closely the model looks at images."""
    to.add_argument(
        "--detail",
        action=SetDetail,
        default="auto",
        choices=("low", "high", "auto"),
        help="how closely the model looks at the image before it; before the first, at all (auto)",
    )
