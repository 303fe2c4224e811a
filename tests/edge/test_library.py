"""The library reads whatever lies in its folder, and never waits for it."""

import os
import socket
import stat
import tempfile
from pathlib import Path

import pytest

from tests.attacks import ATTACKS
from tui.cli import parser
from tui.core.errors import UsageError
from tui.core.library import Kind, Text
from tui.core.sanitize import clean
from tui.edge.library import MOST, MOST_FILES, library_folder, read_library, save, system_prompt
from tui.settings import settings_from


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    folder = tmp_path / "config" / "rillet" / "prompts"
    folder.mkdir(parents=True)
    return folder


def read(prompts: Path) -> dict[str, Text]:
    return {text.name: text for text in read_library(prompts.parent).texts}


def test_prompts_and_snippets_are_listed_by_name(prompts: Path) -> None:
    (prompts.parent / "snippets").mkdir()
    (prompts.parent / "snippets" / "a.md").write_text("{{x}}\n")
    for name in ("Zoo.md", "alp.md", "notes.txt", ".hidden.md", "b.md~"):
        (prompts / name).write_text("\ufeffWords.\r\n\r\nMore.\r\n", encoding="utf-8")
    found = read_library(prompts.parent)
    assert found.texts == (
        Text(Kind.SYSTEM, "alp", "Words.\n\nMore."),
        Text(Kind.SYSTEM, "Zoo", "Words.\n\nMore."),
        Text(Kind.SNIPPET, "a", "{{x}}"),
    )
    assert found.troubles == ()
    assert found.matching(Kind.SYSTEM, "zO") == (found.texts[1],)


def test_without_a_folder_there_is_nothing(tmp_path: Path) -> None:
    assert read_library(tmp_path / "no").texts == ()
    assert read_library(None).texts == ()
    assert library_folder({}) is None


def test_what_is_no_plain_file_is_told_and_never_waited_for(prompts: Path) -> None:
    os.mkfifo(prompts / "pipe.md")
    (prompts / "folder.md").mkdir()
    (prompts / "device.md").symlink_to("/dev/zero")
    (prompts / "nowhere.md").symlink_to("gone")
    (prompts / "round.md").symlink_to("round.md")
    (prompts / "latin.md").write_bytes(b"gr\xfc\xdfe")
    (prompts / "empty.md").write_text("\n")
    (prompts / "huge.md").write_text("x" * (MOST + 1))
    with (prompts / "hole.md").open("wb") as file:
        file.truncate(1 << 40)
    found = read(prompts)
    assert {name: text.trouble for name, text in found.items()} == {
        "pipe": "It cannot be read: it is no plain file.",
        "folder": "It cannot be read: it is a folder.",
        "device": "It cannot be read: it is no plain file.",
        "nowhere": "It cannot be read: it leads to nothing.",
        "round": "It cannot be read: Too many levels of symbolic links.",
        "latin": "It is not UTF-8 text.",
        "empty": "There is nothing in it.",
        "huge": "It cannot be read: it is longer than 256 KB, or all are too long together.",
        "hole": "It cannot be read: it is longer than 256 KB, or all are too long together.",
    }
    assert not any(text.text for text in found.values())


def test_a_socket_is_told() -> None:
    with tempfile.TemporaryDirectory() as short:  # a socket's path is short
        (Path(short) / "prompts").mkdir()
        with socket.socket(socket.AF_UNIX) as there:
            there.bind(f"{short}/prompts/s.md")
            assert "no plain file" in read_library(Path(short)).texts[0].trouble


def test_a_link_is_followed_wherever_it_leads(prompts: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("Linked.")
    (prompts / "linked.md").symlink_to(tmp_path / "elsewhere")
    assert read(prompts)["linked"].text == "Linked."


def test_the_longest_file_is_read_whole(prompts: Path) -> None:
    (prompts / "long.md").write_text("x" * MOST)
    assert len(read(prompts)["long"].text) == MOST


def test_of_too_many_files_the_first_are_listed(prompts: Path) -> None:
    for number in range(MOST_FILES + 3):
        (prompts / f"{number:04}.md").write_text("x")
    found = read_library(prompts.parent)
    assert len(found.texts) == MOST_FILES
    assert found.texts[-1].name == f"{MOST_FILES - 1:04}"
    assert found.troubles == (f"3 more are not listed in {prompts}.",)


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "prompts").write_text("")
    found = read_library(tmp_path)
    assert found.troubles == (f"{tmp_path / 'prompts'} cannot be read: Not a directory.",)


@pytest.mark.parametrize("attack", ATTACKS.values())
def test_what_is_read_hides_nothing(prompts: Path, attack: str) -> None:
    (prompts / "a.md").write_bytes(attack.encode("utf-8", "replace"))
    text = read(prompts)["a"].text
    assert text
    assert clean(text) == text


def test_a_name_that_is_no_text_is_listed(prompts: Path) -> None:
    (prompts / os.fsdecode(b"\xff\x1b[2J.md")).write_text("Words.")
    assert [text.text for text in read(prompts).values()] == ["Words."]


# Saving


def test_what_is_saved_is_read_again_by_its_owner_alone(tmp_path: Path) -> None:
    path = save(tmp_path / "rillet", Kind.SNIPPET, " my snippet.md ", "Say {{it}}.\n\n")
    assert path == tmp_path / "rillet" / "snippets" / "my snippet.md"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_library(tmp_path / "rillet").texts == (
        Text(Kind.SNIPPET, "my snippet", "Say {{it}}."),
    )


def test_a_name_that_is_taken_keeps_its_text(prompts: Path) -> None:
    (prompts / "a.md").write_text("mine")
    (prompts / "b.md").symlink_to("nowhere")
    for name in ("a", "a.md", "b"):
        with pytest.raises(FileExistsError):
            save(prompts.parent, Kind.SYSTEM, name, "yours")
    assert (prompts / "a.md").read_text() == "mine"
    assert not (prompts / "nowhere").exists()


@pytest.mark.parametrize("name", ["", " ", ".md", "../x", "/x", ".x", "a\x1b", "a\nb", "x" * 101])
def test_what_is_no_name_is_refused(prompts: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        save(prompts.parent, Kind.SYSTEM, name, "words")
    assert list(prompts.iterdir()) == []


# By name


def settings(prompts: Path, *arguments: str) -> str:
    """The system prompt that flags, environment and file give."""
    environ = {"XDG_CONFIG_HOME": str(prompts.parent.parent)}
    return settings_from(parser().parse_args(arguments), environ).system


def test_a_prompt_is_named_on_the_command_line(prompts: Path) -> None:
    (prompts / "terse.md").write_text("Be brief.\n")
    assert settings(prompts, "--prompt", "terse") == "Be brief."
    assert settings(prompts, "ask", "--prompt", "terse", "Hi") == "Be brief."
    (prompts.parent / "config.toml").write_text('system = "Be long."')
    assert settings(prompts, "--prompt", "terse") == "Be brief."
    assert settings(prompts) == "Be long."


def test_a_name_that_is_not_there_lists_what_is(prompts: Path) -> None:
    for name in ("a", "b\x1b"):
        (prompts / f"{name}.md").write_text("x")
    with pytest.raises(UsageError, match=r"no 'c' in .*prompts\. There are: a, b␛\."):
        settings(prompts, "--prompt", "c")
    with pytest.raises(UsageError, match=r"no '\.\./prompts/a' in"):
        settings(prompts, "--prompt", "../prompts/a")
    with pytest.raises(UsageError, match="There are: none"):
        system_prompt("a", {})


def test_one_that_cannot_be_read_says_why(prompts: Path) -> None:
    (prompts / "a.md").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="--prompt a: It is not UTF-8 text"):
        settings(prompts, "--prompt", "a")


def test_a_prompt_and_a_text_exclude_each_other(prompts: Path) -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        settings(prompts, "--prompt", "a", "--system", "b")
