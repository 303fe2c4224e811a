"""Lists of conversations."""

from pathlib import Path

from tests.edge.store.said import NOTHING, answer, question
from tui.core.chats import Facts
from tui.core.conversation import Conversation
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


async def test_a_conversation_is_called_by_its_first_question_that_is_there(store: Store) -> None:
    talk = Conversation().asked("first").answered(answer("1")).asked("below")
    both = talk.before(1).asked("second")
    for message in both.messages:
        await store.save("abc", message, NOTHING)
    for number, name in ((1, "second"), (4, "")):
        gone = both.deleted(number).message(number)
        assert gone is not None
        await store.save("abc", gone, NOTHING)
        found = await store.summary("abc")
        assert found is not None
        assert found.title == name == both.deleted(1).deleted(number).title


async def test_the_latest_questions_of_all_conversations_are_known(store: Store) -> None:
    for number in range(5):
        await store.save(f"chat{number}", question(f"q{number}", at=1 + number), NOTHING)
        await store.save(f"chat{number}", answer("a", at=1.5 + number), NOTHING)
    await store.delete("chat3")
    assert await store.asked(3) == ["q1", "q2", "q4"]
