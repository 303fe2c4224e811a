"""What is saved is there again, exactly, in this process and in the next."""

import asyncio
import errno
import sqlite3
import stat
import string
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.core.test_kept import MESSAGES
from tests.edge.store.said import NOTHING, answer, question, texts
from tui.core.chats import Chat, Facts, State
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Outcome
from tui.edge.store import Store, locks, new_id


async def again(store: Store, now: Callable[[], float] = time.time) -> Store:
    """The store of the next start."""
    await store.aclose()
    return Store(store.path, now=now)


async def test_a_conversation_is_there_at_the_next_start(store: Store) -> None:
    asked, answered = question("Why is the sky blue?"), answer("It scatters.")
    facts = Facts("Sky", "gpt-5", "Be kind.", 2, "And the sea")
    await store.save("abc", asked, NOTHING)
    await store.save("abc", answered, facts)
    next_store = await again(store)
    chat = await next_store.load("abc")
    assert chat is not None
    assert chat.conversation == Conversation("Be kind.", (asked, answered), 2)
    assert (chat.title, chat.model, chat.draft) == ("Sky", "gpt-5", "And the sea")
    await next_store.aclose()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MESSAGES)
async def test_every_message_survives(path: Path, message: Message) -> None:
    store = Store(path)
    kept = replace(message, id=abs(message.id) % 1000 + 1, parent=0, at=1.5)
    chat = new_id()
    await store.save(chat, kept, NOTHING)
    found = await store.load(chat)
    assert found is not None
    assert repr(found.conversation.messages) == repr((kept,))
    await store.aclose()


@pytest.mark.parametrize("text", ["half \ud83d", "a\0b", "", "\ufeff\u202e", "x" * 1_000_000])
async def test_odd_text_survives(store: Store, text: str) -> None:
    await store.save("abc", question(text), Facts(title=text, draft=text, system=text))
    chat = await store.load("abc")
    assert chat is not None
    assert [message.text for message in chat.conversation.messages] == [text]
    assert (chat.title, chat.draft, chat.conversation.system) == (text, text, text)


async def test_a_message_is_replaced_and_not_doubled(store: Store) -> None:
    await store.save("abc", question("Hi"), NOTHING)
    await store.save("abc", answer("Hel"), NOTHING)
    await store.save("abc", answer("Hello, you"), NOTHING)
    assert await texts(store, "abc") == ["Hi", "Hello, you"]
    summary = await store.summary("abc")
    assert summary is not None
    assert (summary.messages, summary.size) == (2, 12)


async def test_a_deleted_message_counts_no_more_nor_does_what_follows_from_it(
    store: Store,
) -> None:
    first = question("Hi")
    for message in (first, answer("Hello"), question("More", 3)):
        await store.save("abc", message, NOTHING)
    await store.save("abc", replace(first, is_deleted=True), NOTHING)
    summary = await store.summary("abc")
    assert summary is not None
    assert (summary.messages, summary.size) == (0, 0)
    await store.save("abc", first, NOTHING)
    summary = await store.summary("abc")
    assert summary is not None
    assert (summary.messages, summary.size) == (3, 11)


async def test_a_list_tells_how_the_latest_answer_stands(store: Store) -> None:
    await store.save("abc", question("Hi"), NOTHING)
    assert [each.state for each in await store.chats()] == [State.EMPTY]
    store.stream("abc", answer(""), NOTHING)
    await store.change("abc", draft="x")
    assert [each.state for each in await store.chats()] == [State.STREAMING]
    await store.save("abc", replace(answer("No"), outcome=Outcome.STALLED), NOTHING)
    assert [each.state for each in await store.chats()] == [State.STALLED]


async def test_what_is_not_said_of_a_conversation_stays_as_it_was(store: Store) -> None:
    await store.save("abc", question("Hi"), Facts("Name", "gpt-5", "Be kind.", 1, "dr"))
    await store.save("abc", answer("Hello"), Facts(head=2))
    await store.change("abc", is_pinned=True)
    chat = await store.load("abc")
    assert chat is not None
    assert (chat.title, chat.model, chat.draft, chat.is_pinned) == ("Name", "gpt-5", "dr", True)
    assert (chat.conversation.system, chat.conversation.head) == ("Be kind.", 2)


async def test_a_whole_conversation_is_put_and_never_over_another(store: Store) -> None:
    messages = (question("Old"), answer("Older"))
    chat = Chat("abc", "Old", "m", 10.0, 20.0, True, True, "dr", Conversation("s", messages, 2))
    assert await store.put(chat) == "abc"
    assert await store.load("abc") == chat
    other = await store.put(chat)
    assert other != "abc"
    assert await store.load(other) == replace(chat, id=other)


async def test_a_deleted_conversation_can_be_restored_for_thirty_days(path: Path) -> None:
    clock = [1_000_000.0]
    store = Store(path, now=lambda: clock[0])
    await store.save("abc", question("Hi"), NOTHING)
    await store.delete("abc")
    assert (await store.chats(), await store.load("abc"), await store.last()) == ([], None, None)
    clock[0] += 29 * 86400
    store = await again(store, lambda: clock[0])
    await store.restore("abc")
    assert await store.last() == "abc"
    await store.delete("abc")
    await store.aclose()
    late = Store(path, now=lambda: clock[0] + 31 * 86400)
    await late.restore("abc")
    assert await texts(late, "abc") == []
    assert await late.search("Hi") == []
    await late.aclose()


async def test_files_are_for_their_owner_only(store: Store, path: Path) -> None:
    await store.save("abc", question("Hi"), NOTHING)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert {"chats.db", "chats.db-wal", "chats.db-shm"} <= modes.keys()
    assert set(modes.values()) == {0o600}


async def test_nothing_but_the_database_stays_behind(store: Store, path: Path) -> None:
    await store.save("abc", question("Hi"), NOTHING)
    await store.chats()
    await store.aclose()
    assert {each.name for each in path.parent.iterdir()} == {"chats.db", "chats.db.lock"}


async def test_who_gives_up_waiting_does_not_take_the_words_back(store: Store) -> None:
    saving = asyncio.create_task(store.save("abc", question("Hi"), NOTHING))
    await asyncio.sleep(0)
    saving.cancel()
    await asyncio.gather(saving, return_exceptions=True)
    await store.change("abc", draft="x")
    assert await texts(store, "abc") == ["Hi"]


async def test_what_cannot_be_kept_anywhere_is_refused_and_stops_nothing(store: Store) -> None:
    with pytest.raises(OverflowError):
        await store.save("abc", question("Hi", 1 << 70), NOTHING)
    await store.save("abc", question("Hi"), NOTHING)
    assert await texts(store, "abc") == ["Hi"]
    assert (store.trouble, store.unsaved()) == ("", False)


async def test_a_message_of_a_kind_that_is_not_known_keeps_its_words(store: Store) -> None:
    await store.save("abc", question("Hi"), NOTHING)
    db = sqlite3.connect(store.path)
    db.execute("UPDATE message SET role = 'oracle', data = '{\"outcome\": \"ASCENDED\"}'")
    db.commit()
    db.close()
    assert await texts(store, "abc") == ["Hi"]
    assert len(await store.chats()) == 1


async def test_where_files_cannot_be_locked_there_is_no_shared_log(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(locks, "_lock", refuse)
    one, other = Store(path), Store(path)
    assert await one.open() == await other.open() == []
    await asyncio.gather(
        *(one.save("abc", question(f"{n}", n, at=n), NOTHING) for n in range(1, 30)),
        *(other.save("def", question(f"{n}", n, at=n), NOTHING) for n in range(1, 30)),
    )
    assert len(await texts(other, "abc")) == len(await texts(one, "def")) == 29
    assert not path.with_name("chats.db-wal").exists()
    await one.aclose()
    await other.aclose()


def test_an_id_has_eight_letters() -> None:
    assert len(new_id()) == 8
    assert set(new_id()) <= set(string.ascii_lowercase + "234567")
