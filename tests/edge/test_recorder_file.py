"""Which files are recorded to, and which are left as they are."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.core.errors import UsageError
from tui.core.record import read
from tui.edge.recorder import recorder_to


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.jsonl"


def test_a_file_is_made_for_its_owner_only(path: Path) -> None:
    recorder_to(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_record_is_written_on_and_an_empty_file_is_taken(path: Path) -> None:
    path.touch()
    for _ in range(2):
        recorder_to(path).close()
    with path.open("a") as file:
        file.write('{"a note": "without a line break"}')
    recorder_to(path).close()
    assert path.read_text().count('{"rillet_record": 1') == 3
    assert read(path.read_bytes()).notes == {"a note": "without a line break"}


def _text(path: Path) -> None:
    path.write_text("precious\n")


def _json(path: Path) -> None:
    path.write_text('{"messages": []}\n')


def _bytes(path: Path) -> None:
    path.write_bytes(b"\xff\x00")


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (_text, "holds something that is no record"),
        (_json, "holds something that is no record"),
        (_bytes, "holds something that is no record"),
        (Path.mkdir, "cannot be written: Is a directory"),
        (os.mkfifo, "is no file"),
        (lambda path: path.symlink_to("/dev/full"), "is no file"),
        (lambda path: path.symlink_to("/nowhere/at/all"), "No such file or directory"),
    ],
)
def test_what_is_no_record_is_left_as_it_is(
    path: Path, prepare: Callable[[Path], object], said: str
) -> None:
    prepare(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(UsageError, match=said):
        recorder_to(path)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_two_do_not_write_to_one_file(path: Path) -> None:
    recorder = recorder_to(path)
    with pytest.raises(UsageError, match="another Rillet is recording to"):
        recorder_to(path)
    recorder.close()
    recorder_to(path).close()
