"""Where a copied text goes, and that the sentence says so."""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.clipboards import needs_desktop, needs_tmux
from tui.edge.clipboard import DESKTOP, DOUBTED, LONGEST_OSC52, TERMINAL, TMUX, copy


def copied_on(display: str, text: str, **env: str) -> str:
    """What is said of a text that is copied on a desktop; pyperclip looks for it once a run."""
    program = "import os, sys; from tui.edge.clipboard import copy; "
    program += "print(copy(sys.argv[1], print, os.environ))"
    there = {"DISPLAY": display, "WAYLAND_DISPLAY": "", "SSH_CONNECTION": "", "SSH_TTY": "", **env}
    command = (sys.executable, "-c", program, text)
    # xclip lives on and would hold a pipe open
    with tempfile.TemporaryFile() as said:
        subprocess.run(command, env={**os.environ, **there}, stdout=said, check=True, timeout=60)
        said.seek(0)
        return said.read().decode().strip()


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


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    said = copy("x" * (LONGEST_OSC52 + 1), print, {})
    assert said.startswith("It was not copied: too long for the terminal's clipboard, and no file")


@needs_tmux
def test_in_tmux_its_buffer_is_filled_and_looked_at(tmux: dict[str, str]) -> None:
    asked: list[str] = []
    text = "wörds, 日本語\n" * 10_000  # more than OSC 52 takes
    assert copy(text, asked.append, tmux) == TMUX
    assert asked == []
    shown = subprocess.run(("tmux", "show-buffer"), env=tmux, capture_output=True, check=True)
    assert shown.stdout.decode() == text


def test_a_tmux_that_has_gone_is_passed_over() -> None:
    asked: list[str] = []
    environ = {**os.environ, "TMUX": "/nowhere/tmux,1,0", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    assert copy("words", asked.append, environ) == TERMINAL
    assert asked == ["words"]


@needs_desktop
def test_a_desktop_gives_back_what_it_was_given(desktop: str) -> None:
    assert copied_on(desktop, "wörds\n日本語") == DESKTOP


def test_a_clipboard_that_changes_what_it_is_given_is_not_believed(
    tmp_path: Path,
) -> None:
    (tmp_path / "xclip").write_text(
        "#!/bin/sh\ncase $* in *-o*) echo other;; *) cat >/dev/null;; esac\n"
    )
    (tmp_path / "xclip").chmod(0o755)
    path = f"{tmp_path}:/usr/bin:/bin"
    assert copied_on(":0", "words", PATH=path) == DOUBTED


def test_a_desktop_without_a_clipboard_program_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    asked: list[str] = []
    assert "OSC 52" in copy("words", asked.append, {"DISPLAY": ":99"})
    assert asked == ["words"]
