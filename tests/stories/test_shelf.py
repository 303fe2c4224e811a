"""`rillet chats`, `export` and `import`: real files, real processes, the real store."""

import asyncio
import io
import json
import os
import stat
import sys
import zipfile
from asyncio.subprocess import PIPE
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edge.store.disks import as_somebody, only_read, small_disk
from tests.exports.chats import FULL, NOON, only
from tests.exports.test_chatgpt import export as chatgpt
from tests.exports.test_chatgpt import node
from tests.terminal import Terminal
from tui import shelf
from tui.cli import parser
from tui.core.chats import Chat
from tui.core.conversation import Conversation
from tui.core.errors import UsageError
from tui.core.exporting import Form, written
from tui.core.images import Image
from tui.edge.paths import chats_file, data_folder
from tui.edge.store import Store
from tui.markdown.looks import LOOKS
from tui.shelf.output import Output

RILLET = (sys.executable, "-m", "tui")


async def run(*arguments: str | bytes | Path, stdin: bytes = b"") -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *RILLET, *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate(stdin)
    assert process.returncode is not None
    assert b"Traceback" not in err
    assert b"went wrong" not in err
    return process.returncode, out.decode(), err.decode()


async def keep(*chats: Chat) -> None:
    """Put conversations where the program will look for them."""
    store = Store(chats_file())
    await store.open()
    for chat in chats:
        assert await store.put(chat) == chat.id
    await store.aclose()


async def kept(name: str) -> Chat:
    store = Store(chats_file())
    await store.open()
    chat = await store.load(name)
    await store.aclose()
    assert chat is not None
    return chat


def names(folder: Path) -> list[str]:
    """The exports in a folder, half-written ones among them."""
    return [each.name for each in folder.iterdir() if "talk" in each.name]


def is_device(name: str) -> bool:
    return Path(name).is_char_device()


RIVERS = replace(only("How long is the Nile?", "Long."), id="riversaa", created=1.0, updated=NOON)
HILLS = replace(
    only("Which hill is \x1b[31mhigh\u202e?", "That one."),
    id="hillsaaa", title="山 \x1b]0;owned\x07", created=1.0, updated=NOON + 60,
)  # fmt: skip
OLD = replace(only("What was the Nile?"), id="oldaaaaa", updated=1.0, is_archived=True)


async def test_conversations_are_listed_the_newest_first() -> None:
    await keep(RIVERS, HILLS, OLD)
    assert await run("chats") == (
        0,
        "ID        LAST USED         MESSAGES  STATE     MODEL  TITLE\n"
        "hillsaaa  2023-11-14 22:14         2  finished         山 ␛]0;owned␇\n"
        "riversaa  2023-11-14 22:13         2  finished         How long is the Nile?\n",
        "",
    )


async def test_a_question_without_an_answer_is_not_called_empty() -> None:
    await run("import", "-", stdin=b"## You\n\nWhere does it begin?\n")
    _, listed, _ = await run("chats")
    assert "  no answer  " in listed
    assert "empty" not in listed


async def test_the_list_for_programs_is_json() -> None:
    await keep(RIVERS, HILLS, OLD)
    code, out, err = await run("chats", "--json")
    first, second = json.loads(out)
    assert (code, err) == (0, "")
    assert first["title"] == "山 \x1b]0;owned\x07"
    assert second == {
        "id": "riversaa",
        "title": "How long is the Nile?",
        "model": "",
        "created": 1.0,
        "updated": NOON,
        "messages": 2,
        "state": "finished",
    }


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("nile",), ["riversaa"]),
        (("nile", "--archived"), ["riversaa", "oldaaaaa"]),
        (("--archived",), ["hillsaaa", "riversaa", "oldaaaaa"]),
        (("That", "one"), ["hillsaaa"]),
        (('"one That"',), []),
        (("山",), ["hillsaaa"]),
        (("nothing like it",), []),
        ((b"\xff",), []),
    ],
)
async def test_conversations_are_found_by_title_and_by_what_was_said(
    arguments: tuple[str | bytes, ...], ids: list[str]
) -> None:
    await keep(RIVERS, HILLS, OLD)
    code, out, err = await run("chats", *arguments, "--json")
    assert (code, [each["id"] for each in json.loads(out)]) == (0, ids)
    assert ("no conversation has" in err) == (not ids)


@pytest.mark.parametrize("form", ["md", "json"])
async def test_images_leave_with_a_conversation_and_come_back_with_it(
    tmp_path: Path, form: str
) -> None:
    url = "data:image/png;base64,iVBORw0KGgo="
    asked = Conversation().asked(
        "A cat?", (Image(url), Image(f"rillet-image:{'0' * 64};image/png"))
    )
    await keep(Chat("petsaaaa", conversation=asked))
    path = tmp_path / f"talk.{form}"
    code, out, err = await run("export", "petsaaaa", "-o", path)
    beside = f", its images in {tmp_path / 'talk-images'}" if form == "md" else ""
    assert (code, out) == (0, "")
    assert "One image is missing: what was kept of it is gone or damaged." in err
    assert f"petsaaaa is in {path}{beside}" in err
    chats_file().unlink()
    code, out, err = await run("import", path)
    assert code == 0
    images = (await kept(out.split()[0])).conversation.messages[0].images
    assert images[0] == Image(url)
    code, out, err = await run("export", "last")
    assert out.endswith(f"]: {url}\n"), "in a pipe they are in it"


async def test_a_list_that_is_cut_says_so() -> None:
    await keep(RIVERS, HILLS)
    code, out, err = await run("chats", "--limit", "1", "--json")
    assert (code, len(json.loads(out))) == (0, 1)
    assert "there are more than 1" in err


async def test_before_the_first_conversation_that_is_said_and_nothing_is_made() -> None:
    assert await run("chats") == (0, "", "rillet: no conversations yet\n")
    assert await run("chats", "--json") == (0, "[]\n", "rillet: no conversations yet\n")
    assert await run("export", "last") == (2, "", "rillet: there are no conversations yet.\n")
    assert not data_folder().exists()


async def test_a_terminal_gets_no_control_and_titles_that_fit() -> None:
    await keep(replace(HILLS, title="\x1b[31m" + "long " * 40))
    async with Terminal(*RILLET, "chats", width=70, height=10) as terminal:
        await terminal.sees("hillsaaa", "␛[31mlong", "…")
        assert await terminal.ends() == 0
    assert b"\x1b" not in terminal.output
    assert sum("long" in line for line in terminal.sight.split("\n")) == 1


async def test_an_export_on_a_terminal_has_no_control_and_in_a_pipe_it_has_all() -> None:
    await keep(replace(RIVERS, title="\x9b31mred"))
    _, out, _ = await run("export", "last", "--format", "json")
    assert json.loads(out)["title"] == "\x9b31mred"
    assert "\x9b31mred" in out
    async with Terminal(*RILLET, "export", "last", "--format", "json") as terminal:
        await terminal.sees("riversaa", "31mred")
        assert await terminal.ends() == 0
    assert "\x9b" not in terminal.output.decode()


@pytest.mark.parametrize("form", list(Form))
async def test_a_conversation_leaves_in_every_form(form: Form) -> None:
    await keep(FULL)
    there = await kept(FULL.id)
    assert await run("export", "abcdefgh", "--format", form.value) == (
        0,
        "".join(written(there, form, LOOKS)),
        "",
    )


async def test_without_a_format_it_is_markdown_even_where_letters_are_rare() -> None:
    await keep(replace(RIVERS, title="山"))
    process = await asyncio.create_subprocess_exec(
        *RILLET, "export", "last", stdout=PIPE, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    out, _ = await process.communicate()
    assert out.decode().startswith('---\ntitle: "山"\n')


async def test_what_is_exported_comes_back_equal_in_another_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "talk.json"
    await keep(FULL)
    assert (await run("export", "last", "-o", file))[0] == 0
    there = await kept(FULL.id)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    code, out, err = await run("import", file)
    assert (code, out, err) == (0, "abcdefgh  Why?\n", "rillet: 1 conversation was imported\n")
    assert await kept("abcdefgh") == there


async def test_a_file_is_its_owners_and_is_not_replaced_unless_asked(tmp_path: Path) -> None:
    await keep(RIVERS)
    file = tmp_path / "talk.html"
    file.write_text("mine")
    code, _, err = await run("export", "last", "-o", file)
    assert (code, file.read_text()) == (2, "mine")
    assert err == f"rillet: {file} is there already. With --force it is replaced.\n"
    code, _, err = await run("export", "last", "-o", file, "--force")
    assert (code, err) == (0, f"rillet: riversaa is in {file}\n")
    assert file.read_text().startswith("<!doctype html>")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert names(tmp_path) == ["talk.html"]


async def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    await keep(RIVERS)
    (tmp_path / "talk.md").symlink_to(tmp_path / "elsewhere.md")
    code, _, err = await run("export", "last", "-o", tmp_path / "talk.md")
    assert code == 2
    assert "is there already" in err
    assert not (tmp_path / "elsewhere.md").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("riversab", "no conversation is called riversab.\nThese are near:\n  riversaa  How long"),
        ("Nile", "no conversation is called Nile.\nThese are near:\n  riversaa  How long"),
        ("zzzz", "no conversation is called zzzz.\n`rillet chats` lists them."),
        ("", "no conversation is called that: it is empty."),
        ("h", "h could be one of 2:\n  hillsaaa  山 ␛]0;owned␇\n  hillsbbb  "),
        (b"\xff", "no conversation is called"),
    ],
)
async def test_a_conversation_that_is_not_there_is_told_with_those_that_are_near(
    name: str | bytes, said: str
) -> None:
    await keep(RIVERS, HILLS, replace(HILLS, id="hillsbbb", updated=1.0))
    code, out, err = await run("export", name)
    assert (code, out) == (2, "")
    assert said in err


async def test_the_beginning_of_an_id_is_enough() -> None:
    await keep(RIVERS, HILLS)
    code, out, _ = await run("export", "RIV", "--format", "json")
    assert (code, json.loads(out)["id"]) == (0, "riversaa")


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("talk.txt", "give --format, or a name that ends in .md, .json, .html or .svg."),
        ("none/talk.md", "cannot be written: No such file or directory."),
        ("/dev/null/talk.md", "cannot be written: Not a directory."),
    ],
)
async def test_a_file_that_cannot_be_written_gets_a_sentence(
    tmp_path: Path, to: str, said: str
) -> None:
    await keep(RIVERS)
    code, out, err = await run("export", "last", "-o", tmp_path / to)
    assert (code, out) == (2, "")
    assert said in err


async def test_a_device_is_not_replaced_by_a_file() -> None:
    await keep(RIVERS)
    code, _, err = await run("export", "last", "--format", "md", "-o", "/dev/null", "--force")
    assert (code, err) == (2, "rillet: /dev/null is no plain file, so it is not written to.\n")
    assert is_device("/dev/null")


async def test_what_is_imported_twice_is_there_once(tmp_path: Path) -> None:
    file = tmp_path / "talk.md"
    file.write_text("## You\n\nWhy?\n\n## Answer\n\nSo.\n")
    code, out, err = await run("import", file)
    assert (code, err) == (0, "rillet: 1 conversation was imported\n")
    name = out.split()[0]
    assert [each.text for each in (await kept(name)).conversation.path] == ["Why?", "So."]
    assert (await kept(name)).created > NOON
    code, out, err = await run("import", file)
    assert (code, out) == (0, "")
    assert err.endswith("rillet: 1 conversation was here already\n")
    assert len(json.loads((await run("chats", "--json"))[1])) == 1


async def test_another_conversation_of_the_same_name_gets_its_own(tmp_path: Path) -> None:
    await keep(RIVERS)
    file = tmp_path / "talk.json"
    file.write_text("".join(written(replace(FULL, id=RIVERS.id), Form.JSON)))
    _, out, _ = await run("import", "--json", file)
    (new,) = json.loads(out)["imported"]
    assert new["id"] != RIVERS.id
    assert (await kept(RIVERS.id)).conversation == RIVERS.conversation
    assert (await kept(new["id"])).conversation == FULL.conversation


async def test_what_chatgpt_exports_comes_in_whole_as_a_file_a_pipe_and_an_archive(
    tmp_path: Path,
) -> None:
    said = [
        chatgpt(node("q", None, "user", f"Question {number}"), conversation_id=str(number))
        for number in range(3)
    ]
    code, out, err = await run("import", "-", stdin=json.dumps(said[:1]).encode())
    assert (code, err) == (0, "rillet: 1 conversation was imported\n")
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("chat.html", "<html>")
        opened.writestr("conversations-000.json", json.dumps(said[:2]))
        opened.writestr("conversations-001.json", json.dumps(said[2:]))
    code, out, err = await run("import", archive)
    assert code == 0
    assert len(out.splitlines()) == 2
    assert err == "rillet: 2 conversations were imported\nrillet: 1 conversation was here already\n"


async def test_a_damaged_conversation_is_named_and_the_others_come_in(tmp_path: Path) -> None:
    file = tmp_path / "conversations.json"
    file.write_text(
        json.dumps([{**chatgpt(), "title": "Odd"}, chatgpt(node("q", None, "user", "Hi"))])
    )
    code, out, err = await run("import", file)
    assert (code, len(out.splitlines())) == (1, 1)
    assert "Conversation 1 (Odd) was left out: there is no message in it" in err


def zipped(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.json", text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "standard input is empty."),
        (b"\xff\xfe", "standard input is not UTF-8 text"),
        (b'{"rillet": 1,', "standard input is damaged JSON: "),
        (b"[" * 100_000, "standard input is nested too deeply"),
        (b'{"a": 1}', "neither a conversation of Rillet nor ChatGPT's"),
        (b'{"rillet": 9}', "it was written by a newer Rillet."),
        (b"PK\x03\x04" + b"x" * 100, "standard input is a damaged ZIP archive: "),
        (zipped(conversations="[1]")[:-30], "standard input is a damaged ZIP archive: "),
        (zipped(chat="[]"), "a ZIP archive without a conversations.json in it."),
        (zipped(conversations="{"), "conversations.json in standard input is damaged JSON: "),
    ],
)
async def test_what_is_no_conversation_is_refused_and_nothing_is_made(
    data: bytes, said: str
) -> None:
    code, out, err = await run("import", "-", stdin=data)
    assert (code, out) == (2, "")
    assert said in err
    assert not data_folder().exists()


async def test_where_nothing_can_be_kept_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    code, out, err = await run("import", "-", stdin=b"## You\nHi")
    assert (code, out) == (2, "")
    assert "rillet: not all could be kept: not a directory. 0 conversations were imported" in err
    assert await run("chats") == (0, "", "rillet: no conversations yet\n")


async def test_a_full_disk_takes_whole_conversations_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "conversations.json"
    small, large = only("small"), replace(only("large " * 200_000), id="largeaaa")
    file.write_text(f"[{','.join(''.join(written(chat, Form.JSON)) for chat in (small, large))}]")
    with small_disk(tmp_path / "disk"):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "disk"))
        await keep(RIVERS)
        code, out, err = await run("import", file)
        assert (code, out) == (2, "")
        assert err.startswith("rillet: not all could be kept: the disk ")
        assert err.endswith(". 1 conversation was imported before that.\n")
        _, out, _ = await run("chats", "--json")
        assert {each["id"] for each in json.loads(out)} == {"riversaa", small.id}


def test_a_folder_that_can_only_be_read_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(*arguments: str) -> tuple[str, str]:
        words, notes = io.StringIO(), io.StringIO()
        try:
            shelf.run(parser().parse_args(arguments), Output(words, notes))
        except UsageError as error:
            notes.write(str(error))
        return words.getvalue(), notes.getvalue()

    with as_somebody() as home:
        monkeypatch.setenv("XDG_DATA_HOME", str(home))
        asyncio.run(keep(RIVERS))
        (home / "talk.md").write_text("## You\nHi")
        with only_read(data_folder()):
            assert "riversaa" in told("chats")[0]
            out, err = told("export", "last")
            assert "How long is the Nile?" in out
            assert err.startswith("rillet: Conversations can be read but not saved: ")
            assert "memory" not in err
            out, err = told("import", str(home / "talk.md"))
            assert out == ""
            assert "not all could be kept: " in err


async def test_a_closed_pipe_ends_quietly() -> None:
    await keep(only(*(["word " * 5000] * 40)))
    process = await asyncio.create_subprocess_shell(
        f"{sys.executable} -m tui export last | head -c 1; exit ${{PIPESTATUS[0]}}",
        stdout=PIPE, stderr=PIPE, executable="/bin/bash",
    )  # fmt: skip
    out, err = await process.communicate()
    assert (process.returncode, out, err) == (141, b"-", b"")
