"""Where a copied text goes, and that the sentence says so."""

import stat
from pathlib import Path

import pytest

from tui.edge.clipboard import LONGEST_OSC52, copy


def test_without_a_desktop_the_terminal_is_asked() -> None:
    asked: list[str] = []
    assert "OSC 52" in copy("words", asked.append, {})
    assert asked == ["words"]


def test_over_ssh_the_far_desktop_is_left_alone(tmp_path: Path) -> None:
    asked: list[str] = []
    environ = {"DISPLAY": ":0", "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}
    assert "OSC 52" in copy("words", asked.append, environ)
    assert asked == ["words"]


def test_what_no_terminal_takes_goes_to_a_file_of_ours_alone(tmp_path: Path) -> None:
    asked: list[str] = []
    said = copy("日" * LONGEST_OSC52, asked.append, {})
    path = Path(said.rpartition("written to ")[2])
    assert asked == []
    assert path.read_text(encoding="utf-8") == "日" * LONGEST_OSC52
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_desktop_without_a_clipboard_program_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    asked: list[str] = []
    assert "OSC 52" in copy("words", asked.append, {"DISPLAY": ":99"})
    assert asked == ["words"]
