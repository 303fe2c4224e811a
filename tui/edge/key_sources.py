"""Fetches the key that the file names: from the environment, a command, or the keyring.

A command is run without a shell and away from the terminal, which the app has; what it prints is
bounded, and so is the time that it may take: a password manager may wait for somebody who has
left. Of what it prints the first line is the key, and it is repeated nowhere.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib import import_module

from tui.core.errors import Failure, RequestFailed
from tui.core.hosts import origin
from tui.core.key_source import Keeper, KeySource
from tui.core.sanitize import one_line, redact
from tui.core.settings import Endpoint
from tui.edge.keys import can_be_sent
from tui.edge.logs import hide

WITHIN = 10.0
"""Seconds that a command may take."""

UNLOCKED_WITHIN = 60.0
"""Seconds that a keyring may take: it can ask for a password."""

LOOK = 0.05
"""Seconds between two looks at whether somebody still waits."""

MOST = 64 * 1024
"""Bytes that a command may print."""


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a key is waited for."""

    command: float = WITHIN
    """Seconds that a command may take."""

    keyring: float = UNLOCKED_WITHIN
    """Seconds that the keyring may take."""

    leaving: threading.Event = field(default_factory=threading.Event)
    """Is set when nobody waits any more."""

    def on(self, seconds: float, work: Callable[[], bytes]) -> bytes | None:
        """What the work gives; None if it takes longer, and then it is left alone.

        Raises:
            Exception: What the work raises.
        """
        given: list[bytes | Exception] = []

        def run() -> None:
            try:
                given.append(work())
            except Exception as error:
                given.append(error)

        thread, end = threading.Thread(target=run, daemon=True), time.monotonic() + seconds
        thread.start()
        while thread.is_alive() and time.monotonic() < end and not self.leaving.is_set():
            thread.join(LOOK)
        if not given:
            return None
        if isinstance(given[0], Exception):
            raise given[0]
        return given[0]


def with_key(endpoint: Endpoint, wait: Wait | None = None) -> Endpoint:
    """The endpoint with its key, fetched where that has not been done yet; this can take time.

    Args:
        endpoint: Who will be asked.
        wait: How long the key is waited for.

    Raises:
        RequestFailed: If there is none to be had, or it is for somebody else.
    """
    source = endpoint.key_from
    if source is None:
        return endpoint
    if origin(source.base_url) != origin(endpoint.base_url):
        raise _failed(source, f"It is for {origin(source.base_url)[1]} and goes nowhere else.")
    if not (endpoint.key or source.held):
        source.held = _checked(source, _fetched(source, wait or Wait()))
    hide(endpoint.key or source.held)
    return replace(endpoint, key=endpoint.key or source.held)


def _fetched(source: KeySource, wait: Wait) -> str:
    match source.keeper:
        case Keeper.ENVIRONMENT:
            return os.environ.get(source.name, "").strip()
        case Keeper.COMMAND:
            return _printed(source, wait)
        case Keeper.KEYRING:
            return _in_keyring(source, wait)


def _checked(source: KeySource, key: str) -> str:
    if not key:
        said = "It is not set." if source.keeper is Keeper.ENVIRONMENT else "No key is there."
        raise _failed(source, said)
    if not can_be_sent(key):
        raise _failed(source, "What is there has a blank, a quote or a sign that no key has.")
    return key


def _failed(source: KeySource, why: str, cause: str = "") -> RequestFailed:
    return RequestFailed(
        Failure(
            "The key could not be fetched",
            f"{one_line(source.words, 200)}, which the configuration file names for "
            f"{one_line(origin(source.base_url)[1], 100)}: {why}",
            cause=one_line(redact(cause), 200),
        )
    )


# A command


def _printed(source: KeySource, wait: Wait) -> str:
    """The first line that the command prints."""
    child = _started(source)
    text = wait.on(wait.command, lambda: _read(child))
    if text is None or len(text) > MOST:
        _end(child)
    if text is None:
        raise _failed(source, f"It was not done after {wait.command:g} seconds.")
    if len(text) > MOST:
        raise _failed(source, f"It printed more than {MOST // 1024} KB, so that is no key.")
    if child.returncode:
        raise _failed(source, f"It ended with the code {child.returncode}.")
    first, _, _ = text.partition(b"\n")
    return first.decode("utf-8", "replace").strip()


def _started(source: KeySource) -> subprocess.Popen[bytes]:
    words = shlex.split(source.name)
    nothing = subprocess.DEVNULL
    try:
        return subprocess.Popen(
            words, stdin=nothing, stdout=subprocess.PIPE, stderr=nothing, start_new_session=True
        )
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no name of a program"
        raise _failed(source, f"{one_line(words[0], 100)} cannot be run: {why}.") from None


def _read(child: subprocess.Popen[bytes]) -> bytes:
    """All that is printed until the command has ended, or too much."""
    assert child.stdout is not None
    with child.stdout as printed:
        text = printed.read(MOST + 1)
    if len(text) <= MOST:
        child.wait()
    return text


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the command and what it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()


# The keyring


def _in_keyring(source: KeySource, wait: Wait) -> str:
    """What the system's keyring has under this service and user."""
    service, _, user = source.name.rpartition("/")
    try:
        keyring = import_module("keyring")
    except ImportError:
        told = "Rillet needs the package keyring for it: pip install 'rillet[keyring]'."
        raise _failed(source, told) from None
    try:
        found = wait.on(wait.keyring, lambda: (keyring.get_password(service, user) or "").encode())
    except Exception as error:  # backends raise what they like
        raise _failed(source, "The keyring cannot be read.", type(error).__name__) from None
    if found is None:
        raise _failed(source, f"The keyring did not answer within {wait.keyring:g} seconds.")
    return found.decode().strip()
