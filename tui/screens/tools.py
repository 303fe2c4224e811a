"""What the screens are given of the world outside, so that they reach for none of it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.errors import CannotOpen
from tui.core.images import BadImage
from tui.core.server import Server

if TYPE_CHECKING:
    from tui.core.settings import Settings
    from tui.edge.config_edit import ConfigFile
    from tui.edge.store import Store
from tui.meter import Load

Copy = Callable[[str, Callable[[str], None]], str]
"""Copies a text (and may hand it to the terminal); gives a sentence that names the route."""


Browse = Callable[[str], str]
"""Opens a link in the browser; gives a sentence that names the way, or raises CannotOpen."""


def no_browser(url: str) -> str:
    """Opens nothing."""
    raise CannotOpen("No browser could be started here.")


async def no_clipboard() -> bytes:
    """There is no clipboard."""
    raise BadImage("There is no clipboard here.")


async def no_fetching(url: str) -> bytes:
    """Fetches nothing."""
    raise BadImage("Nothing is fetched here.")


@dataclass(frozen=True, slots=True)
class Tools:
    """What the screen is given of the world outside."""

    server: Server
    """Where replies come from."""

    load: Load
    """Gives a tokenizer."""

    copy: Copy
    """Copies a text."""

    clock: Callable[[], float] = time.monotonic
    """Seconds of a clock that never goes back."""

    now: Callable[[], datetime] = datetime.now
    """The time of day where the user is."""

    browse: Browse = no_browser
    """Opens a link."""

    clipboard_image: Callable[[], Awaitable[bytes]] = no_clipboard
    """Gives the file of the picture on the clipboard, or raises BadImage."""

    fetch: Callable[[str], Awaitable[bytes]] = no_fetching
    """Gives the file of the picture at a URL that the user wants to see, or raises BadImage."""

    store: Store | None = None
    """Where conversations are kept; None keeps nothing."""

    config: ConfigFile | None = None
    """The configuration file, which may not be there yet; None where there is no place for it."""

    reread: Callable[[], Settings] | None = None
    """Gives the settings as flags, environment and file say now, or raises UsageError."""

    overruled: Mapping[str, str] = field(default_factory=dict)
    """Settings of the file that a flag or the environment overrules, and what does."""

    is_first: bool = False
    """Whether this is the very first start, with nothing chosen and nothing kept."""

    library: Path | None = None
    """The folder of system prompts and snippets; None has none."""


def warm_markdown() -> None:
    """Load what the first reply would wait for: the turn, the parser, the common languages."""
    for name in ("tui.turn", "tui.screens.exchange"):
        import_module(name)
    from tui.markdown.growing import warm

    warm()
