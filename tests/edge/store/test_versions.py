"""Files of older and newer versions."""

import stat
from pathlib import Path

from tests.edge.store.damage import filled
from tests.edge.store.older import make_version_1, set_version, version_of
from tests.edge.store.said import NOTHING, question, search, texts
from tui.core.deltas import Outcome
from tui.edge.store import Store
from tui.edge.store.schema import VERSION


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("chats.db.v*"))


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


async def test_version_1_becomes_the_newest_and_can_be_searched(path: Path) -> None:
    make_version_1(path)
    store = Store(path)
    assert await store.open() == [
        "One answer was interrupted when Rillet ended; its words are kept."
    ]
    chat = await store.load("abc")
    assert chat is not None
    messages = chat.conversation.messages
    assert [each.text for each in messages] == [
        "Why is the sky blue?",
        "It scatters.",
        "Half of it",
    ]
    assert (messages[1].model, messages[2].outcome) == ("gpt-5", Outcome.INTERRUPTED)
    assert await search(store, "sky") == ["Why is the sky blue?"]
    assert await search(store, "half") == ["Half of it"]
    await store.save("abc", question("And now?", 1, at=1000.0), NOTHING)
    assert await search(store, "sky") == []
    await store.aclose()
    assert version_of(path) == VERSION


async def test_a_copy_of_the_older_file_is_kept(path: Path) -> None:
    make_version_1(path)
    store = Store(path)
    await store.open()
    await store.aclose()
    (copy,) = copies(path)
    assert copy.name.startswith("chats.db.v1-")
    assert version_of(copy) == 1
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    again = Store(path)
    assert await again.open() == []
    await again.aclose()
    assert copies(path) == [copy]


async def test_a_newer_file_is_read_and_never_written(path: Path) -> None:
    await filled(path, 3)
    set_version(path, 99)
    before = bytes_of(path)
    store = Store(path)
    (said,) = await store.open()
    assert said.startswith("A newer Rillet wrote the conversations, so this one only reads them")
    assert len(await store.chats()) == 3
    assert (await texts(store, "chat1"))[0].startswith("question 1")
    await store.save("chat1", question("More", 3, at=9000.0), NOTHING)
    assert (await texts(store, "chat1"))[-1] == "More"
    assert store.trouble.startswith("Not saved: a newer Rillet wrote the file.")
    await store.aclose()
    assert bytes_of(path) == before
