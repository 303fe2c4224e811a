"""A full disk: the words are kept in memory, and saved when there is room again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.edge.store.disks import Disk, quota, small_disk
from tests.edge.store.said import NOTHING, answer, question, search, texts
from tests.waiting import until
from tui.core.chats import Facts
from tui.edge.store import Store

TROUBLES = {
    "Not saved: the disk is full. The words are kept in memory and tried again.",
    "Not saved: the disk cannot be written. The words are kept in memory and tried again.",
}


@pytest.mark.parametrize("full", [small_disk, quota])
async def test_a_full_disk_loses_nothing(
    tmp_path: Path, full: Callable[[Path], AbstractContextManager[Disk]]
) -> None:
    with full(tmp_path / "disk") as disk:
        path = disk.folder / "rillet" / "chats.db"
        store = Store(path)
        told = list[str]()
        store.tell = lambda: told.append(store.trouble)
        assert await store.open() == []
        await store.save("abc", question("Hi"), NOTHING)
        await store.save("def", question("Something else"), NOTHING)
        store.stream("abc", answer(""), NOTHING)
        store.hear("abc", 2, "One ")
        await until(lambda: not store.unsaved())
        disk.fill()
        for word in ("two ", "three "):
            store.hear("abc", 2, word)
            await until(lambda: store.trouble)
        assert store.trouble in TROUBLES
        assert store.unsaved()
        await store.save("abc", answer("One two three"), Facts(head=2))
        await store.save("abc", question("long " * 20_000, 3), Facts(head=3, title="Full"))
        await store.save("new", question("Meanwhile"), NOTHING)
        await store.delete("def")
        said = ["Hi", "One two three", "long " * 20_000]
        assert await texts(store, "abc") == said, "it reads as if it had been saved"
        assert {each.title for each in await store.chats()} == {"Full", "Meanwhile"}
        assert await search(store, "three") == ["One two three"]
        assert await search(store, "else") == []
        assert await store.last() == "new"
        assert store.unsaved()
        disk.empty()
        await until(lambda: not store.trouble)
        assert not store.unsaved()
        assert told == [told[0], ""]
        assert await texts(store, "abc") == said
        await store.aclose()
        again = Store(path)
        assert await again.open() == []
        assert await texts(again, "abc") == said
        assert {each.title for each in await again.chats()} == {"Full", "Meanwhile"}
        assert await search(again, "three") == ["One two three"]
        await again.aclose()


async def test_a_start_on_a_full_disk_is_no_end(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        (disk.folder / "rillet").mkdir()
        (disk.folder / "first").touch()
        disk.fill()
        store = Store(disk.folder / "rillet" / "chats.db")
        (said,) = await store.open()
        assert said.startswith("Conversations cannot be saved: ")
        await store.save("abc", question("Hi"), NOTHING)
        assert store.trouble in TROUBLES
        assert await texts(store, "abc") == ["Hi"]
        disk.empty()
        await until(lambda: not store.trouble)
        await store.aclose()
        again = Store(store.path)
        assert await again.open() == []
        assert await texts(again, "abc") == ["Hi"]
        await again.aclose()
