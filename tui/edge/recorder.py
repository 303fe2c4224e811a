"""Writes a record: a line of JSON at a time, each in one write, so that a crash loses none.

What goes wrong here never reaches the stream that is recorded: the recording stops, says so once,
and takes back the line that it could not finish.
"""

from __future__ import annotations

import fcntl
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tui import __version__
from tui.core.errors import UsageError
from tui.core.record import (
    Answered,
    Asked,
    BadRecord,
    Ended,
    Ending,
    Line,
    Piece,
    Run,
    decode,
    encode,
)
from tui.core.redactor import Redactor
from tui.core.sanitize import clean

BEGINNING = 4096
"""How many bytes of a file are looked at to know whether it is a record."""

DONE = b"[DONE]"
"""The last that a stream says."""

TAIL = 64
"""How many bytes at a body's end are looked at for it."""


class Recorder:
    """Writes what every stream brings to one file, until `close`."""

    def __init__(
        self, file: int, name: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin a run; see `recorder_to` for how a file is opened.

        Args:
            file: The descriptor of a file that is written at its end.
            name: The file for people.
            clock: Gives seconds and never goes back.

        Raises:
            OSError: If not even the first line can be written.
        """
        self.tell: Callable[[str], None] = _to_stderr
        """Is told, once and in sentences, why no more is recorded."""
        self.clock = clock
        """Gives the time."""
        self._file = file
        self._name = name
        self._numbers = count(1)
        self._size = os.fstat(file).st_size
        self._is_open = True
        date = datetime.now(UTC).isoformat(timespec="seconds")
        self._append(encode(Run(__version__, date)).encode())

    def begin(self, key: str) -> Take:
        """One more stream, in which this key is hidden."""
        return Take(self, next(self._numbers), Redactor(key))

    def write(self, line: Line) -> None:
        """Write a line, unless the recording has stopped."""
        if self._is_open:
            self._append(encode(line).encode())

    @contextmanager
    def harmless(self) -> Iterator[None]:
        """Round everything that is recorded: what goes wrong ends the recording, nothing else."""
        try:
            yield
        except Exception as error:
            self._stop(error)

    def close(self) -> None:
        """Let go of the file."""
        if self._is_open:
            self._is_open = False
            os.close(self._file)

    def _append(self, line: bytes) -> None:
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(self._file, rest) :]
        self._size += len(line)

    def _stop(self, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) else type(error).__name__
        with suppress(OSError):
            os.ftruncate(self._file, self._size)
        with suppress(OSError):
            self.close()
        with suppress(Exception):
            self.tell(
                f"The recording to {self._name} has stopped: {reason}. "
                "The answer goes on, and what was recorded before is kept."
            )


class Take:
    """One stream that is being recorded."""

    def __init__(self, recorder: Recorder, number: int, redactor: Redactor) -> None:
        self._recorder = recorder
        self._number = number
        self._redactor = redactor
        self._hider = redactor.hider()
        self._began = recorder.clock()
        self._tail = b""
        self._has_ended = False

    def asked(
        self, method: str, url: str, headers: Iterable[tuple[str, str]], content: bytes
    ) -> None:
        """The request, just before it is sent."""
        hide = self._redactor
        with self._recorder.harmless():
            fields, body = hide.headers(headers), hide.body(content)
            self._recorder.write(Asked(self._number, 0.0, method, hide.url(url), fields, body))

    def answered(self, status: int, headers: Iterable[tuple[str, str]]) -> None:
        """The status and the header fields have come."""
        with self._recorder.harmless():
            fields = self._redactor.headers(headers)
            self._recorder.write(Answered(self._number, self._now, status, fields))

    def piece(self, data: bytes) -> None:
        """A piece of the body has come."""
        with self._recorder.harmless():
            self._tail = (self._tail + data[-TAIL:])[-TAIL:]
            self._write_pieces(self._hider.feed(self._now, data))

    def ended(self, how: Ending, why: str = "") -> None:
        """The stream has ended; only its first end counts."""
        if self._has_ended:
            return
        self._has_ended = True
        if how is Ending.LEFT and self._tail.rstrip().endswith(DONE):
            how = Ending.DONE
        with self._recorder.harmless():
            self._write_pieces(self._hider.flush())
            self._recorder.write(Ended(self._number, self._now, how, self._redactor.text(why)))

    @property
    def _now(self) -> float:
        return round(self._recorder.clock() - self._began, 4)

    def _write_pieces(self, pieces: Iterable[tuple[float, bytes]]) -> None:
        for at, data in pieces:
            self._recorder.write(Piece(self._number, at, data))


def recorder_to(path: Path) -> Recorder:
    """A recorder that writes to this file; a record that is there is written on.

    Raises:
        UsageError: If that cannot be, or if the file holds something else.
    """
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise UsageError(f"--record: {path} cannot be written: {error.strerror}.") from None
    try:
        _check(file, path)
        return Recorder(file, str(path))
    except OSError as error:
        os.close(file)
        raise UsageError(f"--record: {path} cannot be written: {error.strerror}.") from None
    except UsageError:
        os.close(file)
        raise


def _check(file: int, path: Path) -> None:
    """See that the file is ours to write on, and that its last line is whole."""
    if not stat.S_ISREG(os.fstat(file).st_mode):
        raise UsageError(f"--record: {path} is no file that can hold a record.")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(f"--record: another Rillet is recording to {path}.") from None
    except OSError:
        pass  # some file systems have no locks; to record is worth more
    size = os.fstat(file).st_size
    if size and not _is_record(os.pread(file, BEGINNING, 0)):
        raise UsageError(
            f"--record: {path} holds something that is no record, so it is left as it is. "
            "Name another file."
        )
    if size and os.pread(file, 1, size - 1) != b"\n":
        os.write(file, b"\n")


def _is_record(beginning: bytes) -> bool:
    try:
        return isinstance(decode(beginning.partition(b"\n")[0].decode())[0], Run)
    except (BadRecord, UnicodeDecodeError):
        return False


def _to_stderr(words: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"rillet: {clean(words)}\n")
        sys.stderr.flush()
