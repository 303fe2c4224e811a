"""The configuration file is edited: one setting changes, comments and everything else stay.

The file belongs to its user, who may have it open in an editor, under version control, or as a link
into a folder of such files. So it is read again right before it is written; what would come of the
change is read as the next start will read it, and refused if that would refuse it; it is written
beside its place, synced, and takes that place in one step. The link, the mode and a byte order
mark stay. Whatever fails, the file is as it was before. What edits TOML is imported when something
is changed: the first paint is not to wait for it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from tui.core.config import Config
from tui.core.errors import UsageError
from tui.core.sanitize import one_line
from tui.edge.config import bytes_of, config_in, text_of

MARK = b"\xef\xbb\xbf"

TRIES = 3
"""How often a change is made anew because the file was written meanwhile."""

Change = tuple[tuple[str, ...], object]
"""A setting by the names of its tables and its own, and its value; None is without it."""


class ConfigFile:
    """One configuration file, which may not be there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        """Where it is."""

    def config(self) -> Config:
        """What it says now; without a file, nothing.

        Raises:
            UsageError: If it cannot be read or holds what cannot be.
        """
        return config_in(self.path, self._text(self._bytes()))

    def held(self) -> Mapping[str, object]:
        """The same as its tables, which keep nothing of what the settings are for.

        Raises:
            UsageError: As above.
        """
        import tomllib

        text = self._text(self._bytes())
        config_in(self.path, text)
        return tomllib.loads(text)

    def begin(self) -> None:
        """Make the file, empty, where it is not there.

        Raises:
            UsageError: If that cannot be.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            return
        except OSError as error:
            raise UsageError(f"{self._shown} cannot be made: {error.strerror}.") from None

    def change(self, *changes: Change) -> None:
        """Set, and unset, in one step.

        Raises:
            UsageError: If that cannot be; the file is as it was.
        """
        for _ in range(TRIES):
            before = self._bytes()
            if self._put(before, self._text(before), changes):
                return
        raise UsageError(f"{self._shown} is being written by another program. Nothing is changed.")

    def _put(self, before: bytes, text: str, changes: tuple[Change, ...]) -> bool:
        """Write it, unless it has become another one meanwhile."""
        from tui.core.toml_edit import CannotEdit, with_value, without

        config_in(self.path, text)
        made = text
        try:
            for path, value in changes:
                made = without(made, path) if value is None else with_value(made, path, value)
        except CannotEdit as error:
            raise UsageError(f"{self._shown}: {error}") from None
        config_in(self.path, made)
        if made == text:
            return True
        mark = MARK if before.startswith(MARK) else b""
        try:
            return self._replace(mark + made.encode(), lambda: self._bytes() == before)
        except OSError as error:
            why = error.strerror or str(error)
            raise UsageError(f"{self._shown} cannot be written: {why}. It is as it was.") from None

    def _replace(self, content: bytes, is_as_before: Callable[[], bool]) -> bool:
        target = self.path.resolve()
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o600
        if not mode & 0o222 or (target.exists() and not os.access(target, os.W_OK)):
            raise PermissionError(errno.EACCES, "it may only be read")
        beside = target.with_name(f".{target.name[:100]}.{token_hex(4)}")
        try:
            _write(beside, content, mode)
            if not is_as_before():
                return False
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink()
        _sync(target.parent)
        return True

    def _text(self, held: bytes) -> str:
        return text_of(self.path, held)

    def _bytes(self) -> bytes:
        try:
            return bytes_of(self.path)
        except FileNotFoundError:
            return b""

    @property
    def _shown(self) -> str:
        return one_line(str(self.path), 300)


def _write(path: Path, content: bytes, mode: int) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        path.chmod(mode)
        file.write(content)
        file.flush()
        os.fsync(number)


def _sync(folder: Path) -> None:
    """Let the name last, too; a file system that cannot do that needs no telling."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
