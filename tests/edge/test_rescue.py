"""Words that could go nowhere else."""

import stat
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest

from tui.crash import keep_unsaved
from tui.edge.rescue import keep

NOON = datetime(2026, 11, 22, 12, 0, 5)


def test_they_are_in_a_dated_file_that_nobody_else_reads(tmp_path: Path) -> None:
    path = keep("words \ud800", NOON)
    assert path == tmp_path / "state" / "rillet" / "crash-20261122-120005.md"
    assert path.read_text(encoding="utf-8") == "words ?"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_earlier_file_is_written_over(tmp_path: Path) -> None:
    assert [keep(f"words {number}", NOON).name for number in range(3)] == [
        *("crash-20261122-120005.md", "crash-20261122-120005-2.md", "crash-20261122-120005-3.md")
    ]


def test_a_link_that_lies_in_wait_is_not_followed(tmp_path: Path) -> None:
    first = keep("one", NOON)
    first.unlink()
    first.symlink_to(tmp_path / "elsewhere")
    assert keep("two", NOON) != first
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_cannot_be_made_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with pytest.raises(OSError, match=r"Not a directory|File exists"):
        keep("words", NOON)


def test_where_nothing_was_said_no_file_is_promised(tmp_path: Path) -> None:
    told = StringIO()
    keep_unsaved("Not saved: the disk is full. It is tried again.", lambda: "", told)
    assert told.getvalue() == "rillet: Not saved: the disk is full.\n"
    assert not (tmp_path / "state" / "rillet").exists()
