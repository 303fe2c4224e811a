"""A file that is there whole or not at all, and that only its owner reads."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from tui.core.errors import UsageError

NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What a file system answers that knows no second name for a file."""


def write_new(path: Path, parts: Iterable[str | bytes], *, is_forced: bool = False) -> None:
    """Write the parts, beside the place at first; what is there already stays as it is.

    Args:
        path: Where to.
        parts: What; words in UTF-8.
        is_forced: Whether a file that is there is replaced.

    Raises:
        UsageError: If that cannot be.
    """
    check(path, is_forced)
    beside = path.with_name(f".{path.name[:100]}.{token_hex(4)}")
    try:
        try:
            _write(beside, parts)
            _place(beside, path, is_forced)
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None


def check(path: Path, is_forced: bool) -> None:
    """Say before anything is written what is known before.

    Raises:
        UsageError: If the file is there and stays.
    """
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is no plain file, so it is not written to.")
    if not is_forced and (path.exists() or path.is_symlink()):
        raise _taken(path)


def _taken(path: Path) -> UsageError:
    return UsageError(f"{path} is there already. With --force it is replaced.")


def _write(path: Path, parts: Iterable[str | bytes]) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        for part in parts:
            file.write(part.encode("utf-8", "replace") if isinstance(part, str) else part)
        file.flush()
        os.fsync(number)


def _place(beside: Path, path: Path, is_forced: bool) -> None:
    """Give it its name; a second name, unlike a new one, never takes that of another file."""
    if not is_forced:
        try:
            path.hardlink_to(beside)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            check(path, is_forced)
        else:
            return
    beside.replace(path)
