"""Names of files complete themselves: folders and pictures, and nothing is opened."""

import os
from pathlib import Path

import pytest

from tui.edge.completion import completion


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    (home / "pics").mkdir(parents=True)
    for name in ("cat.png", "car.JPG", "notes.txt", ".hidden.png", "only.txt"):
        (home / name).touch()
    monkeypatch.chdir(home)
    return home


def test_pictures_and_folders_are_offered_and_what_is_certain_is_completed(folder: Path) -> None:
    found = completion(f"{folder}/ca")
    assert found.names == ("car.JPG", "cat.png")
    assert (found.certain, found.first) == (f"{folder}/ca", f"{folder}/car.JPG")
    assert completion("~/").names == ("car.JPG", "cat.png", "pics/")
    assert completion("~/p").certain == "~/pics/"
    assert completion("pi").certain == "pics/"
    assert completion("~").certain == "~/"


def test_other_files_are_offered_where_no_picture_begins_so(folder: Path) -> None:
    assert completion("on").certain == "only.txt"


def test_hidden_names_are_offered_to_whoever_types_a_dot(folder: Path) -> None:
    assert completion(".h").certain == ".hidden.png"


def test_a_whole_name_has_no_more_to_complete(folder: Path) -> None:
    assert not completion("cat.png").has_more


@pytest.mark.parametrize("typed", ["gone/", "cat.png/", "a\0b/", "~nobody-here/x", "/dev/null/"])
def test_where_nothing_can_be_listed_nothing_is_offered(folder: Path, typed: str) -> None:
    found = completion(typed)
    assert (found.names, found.certain, found.has_more) == ((), typed, False)


def test_nothing_is_opened_and_what_steers_a_terminal_is_not_offered(folder: Path) -> None:
    os.mkfifo(folder / "waits.png")
    (folder / "wait\x1b[31m.png").touch()
    assert completion("wai").names == ("waits.png",)


def test_a_link_that_leads_nowhere_is_offered_as_a_file(folder: Path) -> None:
    (folder / "lost.png").symlink_to("nowhere")
    assert completion("lo").certain == "lost.png"
