"""Opening links: by real programs, and never a string that they could take for an option."""

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.core.errors import CannotOpen
from tui.edge.browser import browse

Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts programs on the path, and nothing else."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install(name: str, does: str) -> None:
        program = folder / name
        program.write_text(f"#!/bin/sh\n{does}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return install


def environ(**more: str) -> dict[str, str]:
    return {**os.environ, **more}


def test_the_desktop_is_handed_the_link_and_nothing_else(tmp_path: Path, install: Install) -> None:
    install("xdg-open", f'echo "$#:$1:$OPENAI_API_KEY" > {tmp_path}/got')
    url = "https://river.example/a%20b?x=1&y=$(touch${IFS}hacked);`id`"
    told = browse(url, environ(DISPLAY=":0", OPENAI_API_KEY="sk-secret"))
    assert told == "Handed to the browser (xdg-open)."
    assert (
        tmp_path / "got"
    ).read_text() == "1:https://river.example/a%20b?x=1&y=$(touch$%7BIFS%7Dhacked);%60id%60:\n"


def test_nothing_of_it_reaches_our_streams(
    install: Install, capfd: pytest.CaptureFixture[str]
) -> None:
    install("xdg-open", "echo loud; echo louder >&2; read line || exit 0")
    browse("https://river.example", environ(WAYLAND_DISPLAY="wayland-0"))
    assert capfd.readouterr() == ("", "")


def test_where_one_way_fails_the_next_is_tried(tmp_path: Path, install: Install) -> None:
    install("xdg-open", "exit 3")
    install("gio", f'echo "$@" > {tmp_path}/got')
    assert "(gio)" in browse("mailto:me@river.example", environ(DISPLAY=":0"))
    assert (tmp_path / "got").read_text() == "open mailto:me@river.example\n"


def test_the_users_own_choice_comes_first(tmp_path: Path, install: Install) -> None:
    install("mine", f'echo "$@" > {tmp_path}/got')
    install("xdg-open", "exit 0")
    told = browse("https://river.example", environ(BROWSER="gone:mine --new %s", DISPLAY=":0"))
    assert "(mine)" in told
    assert (tmp_path / "got").read_text() == "--new https://river.example\n"


def test_a_browser_that_stays_is_not_waited_for(install: Install) -> None:
    install("xdg-open", "exec /bin/sleep 8")
    began = time.monotonic()
    assert "Handed" in browse("https://river.example", environ(DISPLAY=":0"))
    assert time.monotonic() - began < 7


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, "No browser could be started here."),
        ({"DISPLAY": ":0"}, "No browser could be started here."),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1 2 3 4"}, "This is an SSH connection"),
        ({"BROWSER": "broken"}, "No browser could be started here."),
    ],
)
def test_where_there_is_no_browser_that_is_said(
    install: Install, more: dict[str, str], why: str
) -> None:
    install("broken", "exit 1")
    with pytest.raises(CannotOpen, match=why):
        browse("https://river.example", environ(**more))


@pytest.mark.parametrize("url", ["-https://a.example", "file:///etc/passwd", "javascript:x", ""])
def test_what_is_no_link_is_not_handed_on(install: Install, url: str) -> None:
    install("xdg-open", "exit 0")
    with pytest.raises(CannotOpen, match="no link"):
        browse(url, environ(DISPLAY=":0"))
