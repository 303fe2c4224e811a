"""A file that was damaged is moved aside, and what can be read of it goes on."""

import asyncio
import re
import sqlite3
from pathlib import Path

import pytest

from tests.edge.store.damage import cool, destroy, filled, letter, moved_aside, pages_of
from tests.edge.store.process import running
from tests.edge.store.said import NOTHING, answer, question, search, texts
from tests.waiting import until
from tui.edge.store import Store, mending


async def test_a_damaged_page_costs_what_was_on_it(path: Path) -> None:
    await filled(path)
    pages = pages_of(path, "message")
    destroy(path, pages[len(pages) // 2])
    store = Store(path)
    (said,) = await store.open()
    found = re.match(
        r"The file of conversations was damaged\. (\d+) of 80 messages in 40 conversations "
        r"could be read and are in a new one; "
        r"the damaged one is kept as chats\.db\.damaged-\d{8}-\d{4}\.",
        said,
    )
    assert found is not None
    assert 70 <= int(found[1]) < 80
    assert len(moved_aside(path)) == 1
    assert len(await store.chats()) == 40
    assert await texts(store, "chat0")
    assert len(await store.search("question")) + len(await store.search("answer")) == int(found[1])
    await store.save("chat0", question("More", 3, at=5.0), NOTHING)
    assert (await texts(store, "chat0"))[-1] == "More"
    await store.aclose()
    again = Store(path)
    assert await again.open() == []
    await again.aclose()


@pytest.mark.parametrize("table", ["chat", "found_data", "sqlite_autoindex_message_1"])
async def test_no_message_is_lost_with_a_page_of_something_else(path: Path, table: str) -> None:
    await filled(path)
    destroy(path, pages_of(path, table)[0])
    store = Store(path)
    (said,) = await store.open()
    assert "80 messages in 40 conversations" in said
    assert len(await search(store, '"answer 7"')) == 1
    assert store.trouble == ""
    await store.aclose()


@pytest.mark.parametrize("harm", [b"\0" * 100, b"\xff" * 60, b"not a database at all"])
async def test_a_lost_header_costs_nothing(path: Path, harm: bytes) -> None:
    await filled(path)
    with path.open("r+b") as file:
        file.write(harm)
    store = Store(path)
    (said,) = await store.open()
    assert "80 messages in 40 conversations" in said
    assert (await texts(store, "chat7"))[1].startswith("answer 7 ")
    kept = moved_aside(path)
    assert kept[0].read_bytes().startswith(harm)
    await store.aclose()


async def test_what_is_no_database_is_kept_and_a_new_one_begins(path: Path) -> None:
    letter(path, b"a letter to my mother\n" * 1000)
    store = Store(path)
    (said,) = await store.open()
    assert "nothing in it could be read" in said
    assert moved_aside(path)[0].read_bytes().startswith(b"a letter")
    await store.save("abc", question("Hi"), NOTHING)
    assert await texts(store, "abc") == ["Hi"]
    await store.aclose()


async def test_an_empty_file_is_moved_aside(path: Path) -> None:
    letter(path, b"")
    store = Store(path)
    (said,) = await store.open()
    assert said.startswith("The file of conversations was empty. It is kept as chats.db.damaged-")
    await store.save("abc", question("Hi"), NOTHING)
    assert await texts(store, "abc") == ["Hi"]
    await store.aclose()


async def test_damage_that_a_list_meets_is_mended_while_running(path: Path) -> None:
    await filled(path)
    store = Store(path)
    assert await store.open() == []
    told = list[str]()
    store.tell = lambda: told.append(store.trouble)
    for page in pages_of(path, "chat"):
        destroy(path, page)
    assert len(await store.chats()) == 40
    await until(lambda: told)
    (said,) = store.news()
    assert "80 messages in 40 conversations" in said
    assert store.trouble == ""
    await store.aclose()


async def test_damage_that_a_write_meets_is_mended_and_the_words_are_there(path: Path) -> None:
    await filled(path)
    store = Store(path)
    assert await store.open() == []
    store.stream("chat3", answer("", 4, at=9.0), NOTHING)
    await store.save("chat3", question("Go on", 3, at=8.0), NOTHING)
    await store.change("chat3", draft="x")
    cool(path)
    for page in pages_of(path, "sqlite_autoindex_chat_1"):
        destroy(path, page)
    for number in range(41, 60):
        await store.save(f"chat{number}", question("Hi"), NOTHING)
    store.hear("chat3", 4, "All is well")
    await store.save("chat3", answer("All is well.", 4, at=9.0), NOTHING)
    assert (await texts(store, "chat3"))[2:] == ["Go on", "All is well."]
    assert len(await store.chats()) == 59
    assert len(store.news()) == 1
    await store.aclose()


async def test_a_large_file_is_checked_beside_the_work_after_a_kill(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(path)
    with running("stream", path, "abc") as process:
        assert process.stdout is not None
        for _ in range(40):
            await asyncio.to_thread(process.stdout.readline)
        process.kill()
        await asyncio.to_thread(process.wait)
    cool(path)
    monkeypatch.setattr(mending, "SMALL", 0)
    destroy(path, pages_of(path, "message")[-1])
    store = Store(path)
    told = list[str]()
    store.tell = lambda: told.append(store.trouble)
    assert await store.open() == [
        "One answer was interrupted when Rillet ended; its words are kept."
    ]
    await until(lambda: told)
    assert "could be read and are in a new one" in store.news()[0]
    assert len(await store.chats()) == 41
    await store.aclose()


async def test_a_database_of_something_else_is_left_alone(path: Path) -> None:
    letter(path, b"")
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE chat (songs TEXT)")
    db.close()
    store = Store(path)
    (said,) = await store.open()
    assert said.startswith("Conversations can be read but not saved: ")
    await store.save("abc", question("Hi"), NOTHING)
    assert await texts(store, "abc") == ["Hi"]
    assert len(await store.chats()) == 1
    assert store.unsaved()
    await store.aclose()


async def test_a_second_window_follows_when_the_file_is_moved_aside(path: Path) -> None:
    await filled(path)
    one, other = Store(path), Store(path)
    assert await one.open() == await other.open() == []
    for page in pages_of(path, "chat"):
        destroy(path, page)
    await one.chats()
    assert len(one.news()) == 1
    await other.save("abc", question("Hi from the other"), NOTHING)
    assert await texts(one, "abc") == ["Hi from the other"]
    assert len(moved_aside(path)) == 1
    await one.aclose()
    await other.aclose()
