"""Files and folders that can only be read: what is there is read, what is said stays in memory."""

from pathlib import Path

from tests.edge.store.damage import filled
from tests.edge.store.disks import as_somebody, only_read
from tests.edge.store.said import NOTHING, answer, question, search, texts
from tests.waiting import until
from tui.edge.store import Store


async def goes_on_in_memory(store: Store) -> None:
    """What was there is read, what is said is seen, and the user is told."""
    assert len(await store.chats()) == 5
    assert len(await store.search("question")) == 5
    await store.save("chat1", question("More", 3, at=5000.0), NOTHING)
    await store.save("new", question("Quite new"), NOTHING)
    assert store.trouble.startswith("Not saved: ")
    assert (await texts(store, "chat1"))[-1] == "More"
    assert len(await texts(store, "chat1")) == 3
    assert await search(store, "quite new") == ["Quite new"]
    assert len(await store.chats()) == 6
    assert store.unsaved()


async def is_saved_later(store: Store) -> None:
    await until(lambda: not store.trouble)
    await store.aclose()
    again = Store(store.path)
    assert await again.open() == []
    assert len(await texts(again, "chat1")) == 3
    assert len(await again.chats()) == 6
    await again.aclose()


async def test_a_folder_that_can_only_be_read(path: Path) -> None:
    with as_somebody() as home:
        path = home / "rillet" / "chats.db"
        await filled(path, 5)
        with only_read(path.parent):
            store = Store(path)
            (said,) = await store.open()
            assert said.startswith("Conversations can be read but not saved: ")
            assert said.endswith("What is said now is kept in memory only, until that changes.")
            await goes_on_in_memory(store)
        await is_saved_later(store)


async def test_a_file_that_can_only_be_read(path: Path) -> None:
    with as_somebody() as home:
        path = home / "rillet" / "chats.db"
        await filled(path, 5)
        with only_read(path):
            store = Store(path)
            (said,) = await store.open()
            assert said.startswith("Conversations can be read but not saved: ")
            await goes_on_in_memory(store)
        await is_saved_later(store)


async def test_a_folder_that_cannot_be_made() -> None:
    with as_somebody() as home, only_read(home):
        store = Store(home / "share" / "rillet" / "chats.db")
        (said,) = await store.open()
        assert said.startswith("Conversations cannot be saved: permission denied")
        await store.save("abc", question("Hi"), NOTHING)
        store.stream("abc", answer(""), NOTHING)
        store.hear("abc", 2, "Hello")
        await until(lambda: store.trouble)
        await store.save("abc", answer("Hello"), NOTHING)
        assert await texts(store, "abc") == ["Hi", "Hello"]
        assert [each.title for each in await store.chats()] == ["Hi"]
        assert await store.last() == "abc"
        await store.aclose()
