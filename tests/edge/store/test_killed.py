"""Processes that are killed, and processes that write at the same time."""

import asyncio
import os
import sqlite3
from itertools import pairwise
from pathlib import Path

from tests.edge.store.process import running
from tests.edge.store.said import NOTHING, answer, question, search, texts
from tui.core.chats import Facts, State
from tui.core.deltas import Outcome
from tui.edge.store import Store

SECONDS = 60 if os.environ.get("RILLET_LONG_TESTS") else 3


def is_whole(path: Path) -> bool:
    db = sqlite3.connect(path)
    try:
        return bool(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    finally:
        db.close()


async def test_a_killed_process_loses_half_a_second_at_most(path: Path) -> None:
    seen = list[tuple[int, float]]()
    with running("stream", path, "abc") as process:
        assert process.stdout is not None
        while len(seen) < 120:
            number, when = (await asyncio.to_thread(process.stdout.readline)).split()
            seen.append((int(number), float(when)))
        process.kill()
        seen += [(int(n), float(t)) for n, t in map(str.split, process.stdout.readlines())]
    store = Store(path)
    assert await store.open() == [
        "One answer was interrupted when Rillet ended; its words are kept."
    ]
    chat = await store.load("abc")
    assert chat is not None
    kept = chat.conversation.messages[1]
    words = kept.text.split()
    assert words == [str(number) for number in range(len(words))]
    lost = [when for number, when in seen if number >= len(words)]
    assert not lost or seen[-1][1] - lost[0] < 0.5
    assert kept.outcome is Outcome.INTERRUPTED
    assert [each.state for each in await store.chats()] == [State.INTERRUPTED]
    assert len(await search(store, f'"{words[-2]} {words[-1]}"')) == 1
    await store.aclose()
    assert is_whole(path)
    assert {each.name for each in path.parent.iterdir()} == {"chats.db", "chats.db.lock"}


async def test_an_answer_of_a_process_that_lives_is_left_alone(path: Path) -> None:
    with running("stream", path, "abc") as process:
        assert process.stdout is not None
        for _ in range(40):
            await asyncio.to_thread(process.stdout.readline)
        store = Store(path)
        assert await store.open() == []
        assert [each.state for each in await store.chats()] == [State.STREAMING]
        await store.aclose()


async def test_two_write_in_one_conversation_at_once_and_lose_nothing(path: Path) -> None:
    with (
        running("write", path, "abc", SECONDS, "A") as one,
        running("write", path, "abc", SECONDS, "B") as other,
    ):
        ends = [await asyncio.to_thread(each.communicate) for each in (one, other)]
    counts = [int(out.split()[0]) for out, _ in ends]
    assert all(len(out.split()) == 1 for out, _ in ends), "neither had any trouble"
    assert min(counts) > 5
    store = Store(path)
    assert await store.open() == []
    chat = await store.load("abc")
    assert chat is not None
    messages = chat.conversation.messages
    said = [message.text for message in messages]
    for mark, count in zip("AB", counts, strict=True):
        mine = [message for message in messages if message.text.startswith(mark)]
        questions = [f"{mark} asks {n}" for n in range(count)]
        assert [each.text for each in mine if each.role == "user"] == questions
        for before, after in pairwise(mine):
            assert after.parent == before.id, "each follows what its own window said before"
    assert len(said) == len(set(said)) == 2 * sum(counts)
    assert [each.id for each in messages] == sorted({each.id for each in messages})
    summary = await store.summary("abc")
    assert summary is not None
    assert (summary.messages, summary.size) == (len(said), sum(map(len, said)))
    await store.aclose()
    assert is_whole(path)


async def test_a_second_window_gets_another_number_and_both_are_kept(
    store: Store, path: Path
) -> None:
    await store.save("abc", question("Hi"), NOTHING)
    other = Store(path)
    await other.load("abc")
    await store.save("abc", answer("From one", at=2.0), NOTHING)
    other.stream("abc", answer("", at=3.0), NOTHING)
    other.hear("abc", 2, "From")
    await other.save("abc", answer("From the other", at=3.0), NOTHING)
    await other.save("abc", question("Go on", 3, at=4.0), NOTHING)
    chat = await store.load("abc")
    assert chat is not None
    found = [(each.id, each.parent, each.text) for each in chat.conversation.messages]
    assert found == [
        (1, 0, "Hi"),
        (2, 1, "From one"),
        (3, 1, "From the other"),
        (4, 3, "Go on"),
    ]
    again = await other.load("abc")
    assert again == chat
    await other.save("abc", answer("Then", 5, at=5.0, parent=4), NOTHING)
    assert await texts(store, "abc") == ["Hi", "From one", "From the other", "Go on", "Then"]
    await other.aclose()


async def test_an_answer_that_streams_here_is_replaced_even_with_another_time(store: Store) -> None:
    await store.save("abc", question("Hi"), NOTHING)
    store.stream("abc", answer("", at=3.0), NOTHING)
    await store.save("abc", answer("Hello", at=3.5), NOTHING)
    assert await texts(store, "abc") == ["Hi", "Hello"]
    other = Store(store.path)
    other.stream("abc", answer("", at=4.0), NOTHING)
    await other.save("abc", answer("From the other", at=4.5), NOTHING)
    assert await texts(store, "abc") == ["Hi", "Hello", "From the other"]
    await other.aclose()


async def test_the_path_of_a_second_window_ends_at_its_own_message(
    store: Store, path: Path
) -> None:
    await store.save("abc", question("Hi"), NOTHING)
    other = Store(path)
    await store.save("abc", answer("From one", at=2.0), Facts(head=2))
    await other.save("abc", answer("From the other", at=3.0), Facts(head=2))
    for _ in range(2):
        chat = await store.load("abc")
        assert chat is not None
        assert [each.text for each in chat.conversation.path] == ["Hi", "From the other"]
        await other.change("abc", head=2)
    await other.aclose()
