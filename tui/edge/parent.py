"""The child's end of the line to Rillet; `tui.edge.child` has the other end and the protocol."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from typing import NoReturn


class Parent:
    """The child's end of the line. Make it first of all, before anything can print."""

    def __init__(self) -> None:
        self._line = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        self.key = _first_line(0)
        """The API key that requests must carry."""
        self._watch = threading.Thread(target=_outlive_nobody, daemon=True)
        self._watch.start()

    def progress(self, words: str) -> None:
        """Say what the start-up is doing."""
        self._tell({"progress": words})

    def ready(self, base_url: str, models: Iterable[str]) -> None:
        """Say where requests are answered, and under which names."""
        self._tell({"ready": {"base_url": base_url, "models": list(models)}})

    def failed(self, title: str, detail: str) -> NoReturn:
        """Say why there will be no server, and end."""
        self._tell({"failed": {"title": title, "detail": detail}})
        os._exit(1)

    def outlast(self) -> None:
        """Wait for the end of the parent, which ends this process too."""
        self._watch.join()

    def _tell(self, message: dict[str, object]) -> None:
        self._line.write(json.dumps(message) + "\n")
        self._line.flush()


def _first_line(descriptor: int) -> str:
    """Read up to a line's end, and not a byte further as `sys.stdin` might."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(descriptor, 1)
        if not byte:
            os._exit(0)
        line += byte
    return line.decode().strip()


def _outlive_nobody() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)
