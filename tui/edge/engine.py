"""What runs in the engine's child process: llama.cpp and its own OpenAI-compatible server.

    python -m tui.edge.engine [--gguf FILE]

It is reached on a loopback port that the system chooses, by those who have the key. One slot: a
second request waits for the first. Two facts shape the rest.

- llama.cpp looks for clients that left only between batches of a prompt. Its batch of 2,048
  tokens would hold a cancelled request's slot for 20 seconds on one core; small ones let go
  within two, at hardly a cost on a processor.
- Its threads wait for each other by spinning. As soon as one of them has to share its core with
  the app, all of them crawl, so one core is the app's.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tui.edge.child import ChildFailed, Parent
from tui.edge.local import MEND_MODEL, OTHERWISE, SHA256, Model, check_engine, model_for

CONTEXT = 4096
"""Tokens of prompt and reply together; 94 MB of memory for the model that comes with Rillet."""

BATCH = 64
"""Tokens of a prompt between two looks at whether anybody still waits for it."""

MOST_THREADS = 8
"""More than these add little: reading the weights is what takes the time."""

REMEMBERED = 256
"""Megabytes for the processed prompts of other conversations."""

PING = 5
"""Seconds between comments on a stream whose prompt is still being read."""


class Engine(Protocol):
    """What is used of llama.cpp's server; it serves until it is collected."""

    @property
    def listening_address(self) -> str:
        """Its URL without a path."""
        ...


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until the parent is gone."""
    parent = Parent()
    options = argparse.ArgumentParser(prog="python -m tui.edge.engine")
    options.add_argument("--gguf", type=Path)
    gguf = options.parse_args(arguments).gguf
    try:
        check_engine()
        model = model_for(gguf)
        parent.progress("checking the model file")
        check_hash(model)
        parent.progress(f"loading {model.name} ({size(model.path)})")
        server = load(model, parent.key)
    except ChildFailed as failure:
        parent.failed(failure.title, failure.detail)
    parent.ready(f"{server.listening_address}/v1", [model.name])
    parent.outlast()


def check_hash(model: Model) -> None:
    """Check that the file is whole, where its hash is known; 98 MB take 0.1 to 0.4 seconds.

    Raises:
        ChildFailed: It is not.
    """
    if not model.sha256:
        return
    with model.path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != model.sha256:
        raise ChildFailed(
            "The model file is damaged",
            f"{model.path} is not the file that was published. "
            f"Run `{MEND_MODEL}` to get it anew. {OTHERWISE}",
        )


def load(model: Model, key: str) -> Engine:
    """Load the model and serve it; the interpreter lock is held until that is done.

    Raises:
        ChildFailed: llama.cpp cannot be imported here, or cannot load this file.
    """
    try:
        import xllamacpp
    except ImportError as error:
        raise ChildFailed(
            "The engine does not run here",
            f"llama.cpp could not be imported: {error}. `rillet --demo` shows Rillet without one.",
        ) from error
    params = xllamacpp.CommonParams()
    ...
