"""Parameters of a conversation in the store: kept, changed, taken away, and new in older files."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.edge.store.damage import cool, destroy, pages_of
from tests.edge.store.disks import as_somebody, only_read
from tests.edge.store.older import VERSION_1, VERSION_2, VERSION_3, make, version_of
from tests.edge.store.said import NOTHING, answer, question
from tests.waiting import until
from tui.core.chats import Chat, Facts
from tui.core.conversation import Conversation
from tui.core.options import Options
from tui.edge.store import Store
from tui.edge.store.schema import VERSION

OURS = Options(50, 0.5, stop=("a\n",), extra={"x": {"y": [1, "z"]}}, unset=("seed",))


async def options_of(store: Store, chat: str = "abc") -> Options:
    found = await store.load(chat)
    assert found is not None
    return found.conversation.options


async def test_they_are_kept_with_a_message_and_changed_without_one(path: Path) -> None:
    store = Store(path)
    await store.save("abc", question("Hi"), Facts(options=OURS))
    await store.save("abc", answer("Yes"), NOTHING)
    await store.save("def", question("Hi"), NOTHING)
    await store.aclose()
    store = Store(path)
    assert await options_of(store) == OURS
    assert await options_of(store, "def") == Options()
    await store.change("abc", options=Options(seed=1))
    assert await options_of(store) == Options(seed=1)
    await store.change("abc", title="Another")
    assert await options_of(store) == Options(seed=1)
    await store.change("abc", options=Options())
    assert await options_of(store) == Options()
    await store.aclose()


async def test_a_draft_has_them_too(store: Store) -> None:
    await store.change("abc", draft="Half a", options=OURS)
    assert await options_of(store) == OURS


async def test_a_whole_conversation_brings_its_own(store: Store) -> None:
    talk = Conversation(messages=(question("Hi"),), head=1, options=OURS)
    name = await store.put(Chat("abc", conversation=talk))
    assert await options_of(store, name) == OURS


@pytest.mark.parametrize("older", [VERSION_1, VERSION_2, VERSION_3])
async def test_older_files_get_a_place_for_them(path: Path, older: Iterable[str]) -> None:
    make(path, older)
    store = Store(path)
    await store.open()
    assert await options_of(store) == Options()
    found = await store.load("abc")
    assert found is not None
    assert len(found.conversation.messages) == 3
    await store.change("abc", options=OURS)
    await store.aclose()
    assert version_of(path) == VERSION
    store = Store(path)
    assert await options_of(store) == OURS
    await store.aclose()


async def test_an_older_file_that_can_only_be_read_takes_them_in_memory() -> None:
    with as_somebody() as home:
        path = home / "rillet" / "chats.db"
        make(path, VERSION_3)
        with only_read(path.parent):
            store = Store(path)
            await store.open()
            assert await options_of(store) == Options()
            await store.change("abc", options=OURS)
            assert store.trouble
            assert await options_of(store) == OURS
        await until(lambda: not store.trouble)
        await store.aclose()
        store = Store(path)
        assert await options_of(store) == OURS
        await store.aclose()


async def test_what_cannot_be_saved_keeps_those_that_were(path: Path) -> None:
    with as_somebody() as home:
        path = home / "rillet" / "chats.db"
        store = Store(path)
        await store.save("abc", question("Hi"), Facts(options=OURS))
        await store.aclose()
        with only_read(path):
            store = Store(path)
            await store.open()
            await store.save("abc", answer("Yes"), NOTHING)
            assert await options_of(store) == OURS
        await until(lambda: not store.trouble)
        await store.aclose()


async def test_they_are_read_from_a_damaged_file(path: Path) -> None:
    store = Store(path)
    await store.save("abc", question("Hi"), Facts(options=OURS))
    for number in range(40):
        await store.save("abc", question("word " * 300, number + 2), NOTHING)
    await store.aclose()
    destroy(path, pages_of(path, "message")[0])
    store = Store(path)
    (said,) = await store.open()
    assert "damaged" in said
    assert await options_of(store) == OURS
    await store.aclose()


@pytest.mark.parametrize("data", ["{", "[]", '{"seed": "x"}', '{"extra": [1]}', "[" * 5000])
async def test_what_is_damaged_within_them_costs_nothing_else(path: Path, data: str) -> None:
    store = Store(path)
    await store.save("abc", question("Hi"), Facts(options=OURS))
    await store.aclose()
    db = sqlite3.connect(path)
    with db:
        db.execute("UPDATE chat_options SET options = ?", (data,))
    db.close()
    cool(path)
    store = Store(path)
    assert await options_of(store) == Options()
    await store.aclose()
