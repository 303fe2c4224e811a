"""An answer that is being written is kept piece by piece."""

import sqlite3
from dataclasses import replace
from pathlib import Path

from tests.edge.store.said import NOTHING, answer, question, search, texts
from tests.waiting import until
from tui.core.deltas import Outcome
from tui.core.errors import Failure
from tui.edge.store import Store


def count(path: Path, table: str) -> int:
    with sqlite3.connect(path) as db:
        found: int = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    db.close()
    return found


async def test_words_are_on_the_disk_while_they_stream(store: Store, path: Path) -> None:
    await store.save("abc", question("Hi"), NOTHING)
    store.stream("abc", answer(""), NOTHING)
    store.hear("abc", 2, "Hel")
    store.hear("abc", 2, "lo", "thinking")
    await until(lambda: count(path, "piece") == 1)
    store.hear("abc", 2, ", you \ud83d")
    await until(lambda: count(path, "piece") == 2)
    chat = await store.load("abc")
    assert chat is not None
    last = chat.conversation.messages[-1]
    assert (last.text, last.reasoning) == ("Hello, you \ud83d", "thinking")
    assert last.outcome is Outcome.INTERRUPTED


async def test_the_end_writes_the_answer_whole_and_takes_the_pieces_away(
    store: Store, path: Path
) -> None:
    store.stream("abc", answer("", 1), NOTHING)
    store.hear("abc", 1, "Hel")
    await until(lambda: count(path, "piece"))
    store.hear("abc", 1, "lo")
    await store.save("abc", answer("Hello", 1), NOTHING)
    store.hear("abc", 1, "too late")
    await store.change("abc", draft="x")
    assert await texts(store, "abc") == ["Hello"]
    assert count(path, "piece") == 0
    assert await search(store, "hello") == ["Hello"]


async def test_an_answer_with_words_goes_on(store: Store, path: Path) -> None:
    begun = replace(answer("One, two", 1), outcome=Outcome.CANCELLED)
    await store.save("abc", begun, NOTHING)
    store.stream("abc", begun, NOTHING)
    store.hear("abc", 1, ", three")
    await until(lambda: count(path, "piece"))
    assert await texts(store, "abc") == ["One, two, three"]
    await store.save("abc", answer("One, two, three, four", 1), NOTHING)
    assert await search(store, "two four") == ["One, two, three, four"]
    assert len(await store.search("one")) == 1


async def test_closing_keeps_the_words_that_were_heard(store: Store) -> None:
    store.stream("abc", answer("", 1), NOTHING)
    store.hear("abc", 1, "Hello")
    assert store.unsaved()
    await store.aclose()
    other = Store(store.path)
    assert await other.open() == [
        "One answer was interrupted when Rillet ended; its words are kept."
    ]
    assert await texts(other, "abc") == ["Hello"]
    assert await search(other, "hello") == ["Hello"]
    await other.aclose()


async def test_an_answer_that_rillet_left_does_not_tell_of_an_earlier_trouble(store: Store) -> None:
    broke = replace(
        answer("One", 1),
        outcome=Outcome.INTERRUPTED,
        failure=Failure("The connection broke", "Ask."),
    )
    store.stream("abc", broke, NOTHING)
    store.hear("abc", 1, ", two")
    await store.aclose()
    other = Store(store.path)
    await other.open()
    chat = await other.load("abc")
    assert chat is not None
    (kept,) = chat.conversation.messages
    assert (kept.text, kept.outcome, kept.failure) == ("One, two", Outcome.INTERRUPTED, None)
    await other.aclose()
