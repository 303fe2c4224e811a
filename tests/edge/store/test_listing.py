"""Lists of conversations."""

from pathlib import Path

from tests.edge.store.said import NOTHING, answer, question
from tui.core.chats import Facts
from tui.edge.store import Store


async def titles(store: Store, **how: object) -> list[str]:
    archived, title = bool(how.get("archived")), str(how.get("title", ""))
    return [each.title for each in await store.chats(archived=archived, title=title)]


async def test_pinned_ones_come_first_then_the_newest(path: Path) -> None:
    clock = [0.0]
    store = Store(path, now=lambda: clock[0])
    for name in ("one", "two", "three"):
        clock[0] += 10
        await store.save(name, question(f"{name}\nquestion"), NOTHING)
    assert await titles(store) == ["three question", "two question", "one question"]
    await store.change("one", is_pinned=True)
    assert await titles(store) == ["one question", "three question", "two question"]
    clock[0] += 10
    await store.save("two", answer("Yes"), NOTHING)
    assert await titles(store) == ["one question", "two question", "three question"]
    assert await store.last() == "two"
    assert [each.id for each in await store.chats(limit=1, offset=1)] == ["two"]
    await store.aclose()


async def test_archived_ones_are_listed_when_asked_for(store: Store) -> None:
    await store.save("abc", question("Hi"), NOTHING)
    await store.change("abc", is_archived=True)
    assert await titles(store) == []
    assert await titles(store, archived=True) == ["Hi"]


async def test_a_title_is_found_by_its_words(store: Store) -> None:
    await store.save("abc", question("Hi"), Facts(title="Über den Wolken"))
    await store.save("def", question("unter wolken, 100%"), NOTHING)
    assert await titles(store, title="WOLKEN über") == ["Über den Wolken"]
    assert await titles(store, title="%") == ["unter wolken, 100%"]
    assert await titles(store, title="'\"_") == []


async def test_a_draft_alone_is_listed_until_it_is_emptied(store: Store) -> None:
    await store.change("abc", draft="Dear")
    assert [each.id for each in await store.chats()] == ["abc"]
    await store.change("abc", draft="")
    assert await store.chats() == []
    assert await store.last() is None
