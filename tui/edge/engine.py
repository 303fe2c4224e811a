"""What runs in the engine's child process: llama.cpp and its own OpenAI-compatible server.

    python -m tui.edge.engine [--gguf FILE]

It is reached on a loopback port that the system chooses, by those who have the key. One slot: a
second request waits for the first. Two facts shape the rest.

- llama.cpp looks for clients that left only between batches of a prompt. Its batch of 2,048
  tokens would hold a cancelled request's slot for 20 seconds on one core; small ones let go
  within two, at hardly a cost on a processor.
- Its threads wait for each other by spinning. As soon as one of them has to share its core, all
  of them crawl, so one core is left to the app, and they may not spin for long.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol

from tui.edge.child import ChildFailed
from tui.edge.local import MEND_MODEL, OTHERWISE, SHA256, Model, check_engine, model_for
from tui.edge.parent import Parent

CONTEXT = 4096
"""Tokens of prompt and reply together; 94 MB of memory for the model that comes with Rillet."""

BATCH = 64
"""Tokens of a prompt between two looks at whether anybody still waits for it."""

MOST_THREADS = 8
"""More than these add little: reading the weights is what takes the time."""

REMEMBERED = 128
"""Megabytes for the processed prompts of other conversations."""

SPINS = "1000"
"""How often a thread of OpenMP looks before it sleeps; its own number makes them crawl when
another program wants their cores."""


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
        if model.sha256:
            parent.progress("checking the model file")
            check_hash(model)
        parent.progress(f"loading {model.name} ({size(model.path)})")
        server = load(model, parent.key)
    except ChildFailed as failure:
        parent.failed(failure.title, failure.detail)
    parent.ready(f"{server.listening_address}/v1", [model.name])
    parent.outlast()


def check_hash(model: Model) -> None:
    """Check that the file is the one that was published; 98 MB take 0.1 to 0.4 seconds.

    Raises:
        ChildFailed: It is not.
    """
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
        ChildFailed: llama.cpp does not run here, or cannot load this file.
    """
    llama = imported()
    params = llama.CommonParams()
    params.model.path = str(model.path)
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads(cores())
    for where, values in ((params, serving(model, key)), (params.sampling, sampling(model))):
        for name, value in values.items():
            setattr(where, name, value)
    try:
        server: Engine = llama.Server(params)
    except RuntimeError as error:
        raise ChildFailed(
            "The model could not be loaded",
            f"{model.path} may be damaged, of a kind that this llama.cpp does not know, "
            f"or too big for the memory. {OTHERWISE}",
        ) from error
    take_signals_back()
    return server


def imported() -> ModuleType:
    """Import llama.cpp.

    Raises:
        ChildFailed: It was not built for this machine, or the system lacks a library.
    """
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)
    try:
        return import_module("xllamacpp")
    except ImportError as error:
        raise ChildFailed(
            "The engine does not run here",
            f"llama.cpp could not be imported: {error}. `rillet --demo` shows Rillet without one.",
        ) from error


def serving(model: Model, key: str) -> dict[str, object]:
    """Return how to serve, in llama.cpp's words."""
    return {
        "model_alias": {model.name},
        "hostnames": ["127.0.0.1"],
        "port": 0,
        "api_keys": [key],
        "cors_origins": "",
        "n_ctx": CONTEXT,
        "n_parallel": 1,
        "n_batch": BATCH,
        "n_ubatch": BATCH,
        "cache_ram_mib": REMEMBERED,
        "offline": True,
        "ui": False,
        "verbosity": 1,
    }


def sampling(model: Model) -> dict[str, object]:
    """Return how to choose tokens where a request says nothing.

    The card of Rillet's own model advises temperature 0.2 and top_p 0.9; the penalty keeps so
    small a model out of loops. Other models stay with what their file or llama.cpp says.
    """
    if model.sha256 != SHA256:
        return {}
    return {"temp": 0.2, "top_p": 0.9, "penalty_repeat": 1.1}


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads(cores: int) -> int:
    """Return how many of them compute: one is left to the app."""
    return min(max(cores - 1, 1), MOST_THREADS)


def size(path: Path) -> str:
    """Return a file's size for people, in powers of ten."""
    megabytes = path.stat().st_size / 1e6
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"


def take_signals_back() -> None:
    """Take the signals back: llama.cpp's handler stops the server but not the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


if __name__ == "__main__":
    main()
