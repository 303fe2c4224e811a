"""What was said is found again."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.edge.store.said import NOTHING, answer, question, search
from tui.core.chats import Chat
from tui.core.conversation import Conversation
from tui.edge.store import Store

TEXT = (
    "Zoë's café serves crème brûlée; 東京の天気は晴れです。"
    "ภาษาไทยง่ายมาก 한국어를 배웁니다 foo-bar_baz"
)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "café",
            "CAFE",
            "cafe serv",
            "zoe",
            '"serves creme"',
            '"creme brulee',
            "foo-bar",
            "baz",
            "caf",
            "bar_baz",
        ),
        *(
            "東",
            "京",
            "東京",
            "天気は",
            "晴れ zoë",
            "ไทย",
            "ง่าย",
            "한국",
            "배웁",
            "국어",
        ),
        *("foo -", "foo 🎉", "*foo", "foo*", "foo)", "foo^", "+foo"),
    ],
)
async def test_these_words_find_it(store: Store, words: str) -> None:
    await store.save("abc", question(TEXT), NOTHING)
    assert len(await store.search(words)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "tea",
        '"creme serves"',
        "afe",
        "🎉",
        '"',
        "*",
        "-",
        "北京",
        "NEAR",
        "fo ",
        "ca",
    ],
)
async def test_these_do_not(store: Store, words: str) -> None:
    await store.save("abc", question(TEXT), NOTHING)
    assert await store.search(words) == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from('ab"*-+^():{}NEAROT ,\0\ud83d東é🎉\n\\'), max_size=12))
async def test_no_query_is_an_error(store: Store, words: str) -> None:
    await store.search(words)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="東京天気晴 ab", min_size=1, max_size=20), st.data())
async def test_any_part_of_a_dense_text_finds_it(
    store: Store, text: str, data: st.DataObject
) -> None:
    runs = text.replace("a", " ").replace("b", " ").split()
    await store.save("abc", question(text), NOTHING)
    if runs:
        run = data.draw(st.sampled_from(runs))
        begin = data.draw(st.integers(0, len(run) - 1))
        end = data.draw(st.integers(begin + 1, len(run)))
        assert len(await store.search(run[begin:end])) == 1


async def test_the_newest_come_first_imported_ones_too(store: Store) -> None:
    await store.save("new", question("needle new", at=5000.0), NOTHING)
    await store.save("newer", question("needle newer", at=6000.0), NOTHING)
    old = Conversation(
        messages=(question("needle old", at=50.0), question("needle mid", 2, 5500.0))
    )
    await store.put(Chat("old", conversation=old))
    found = ["needle newer", "needle mid", "needle new", "needle old"]
    assert await search(store, "needle") == found
    assert [hit.excerpt for hit in await store.search("needle", limit=2)] == found[:2]


async def test_what_was_replaced_is_found_no_more(store: Store) -> None:
    await store.save("abc", question("東京 first"), NOTHING)
    await store.save("abc", question("京都 second"), NOTHING)
    assert await search(store, "first") == []
    assert await search(store, "東京") == []
    assert await search(store, "京都") == ["京都 second"]


async def test_what_is_deleted_is_left_out_with_what_follows_from_it(store: Store) -> None:
    first = question("needle one")
    await store.save("abc", first, NOTHING)
    await store.save("abc", answer("needle two"), NOTHING)
    await store.save("abc", replace(first, is_deleted=True), NOTHING)
    assert await search(store, "needle") == []
    await store.save("abc", first, NOTHING)
    assert await search(store, "needle") == ["needle two", "needle one"]
    await store.delete("abc")
    assert await search(store, "needle") == []


async def test_a_hit_is_a_line_with_marks(store: Store) -> None:
    text = "word " * 100 + "the Café\nis here, cafés too " + "more " * 100
    await store.save("abc", question(text), NOTHING)
    (hit,) = await store.search('cafe "is here"')
    assert "\n" not in hit.excerpt
    assert hit.excerpt.startswith("…")
    assert hit.excerpt.endswith("…")
    assert [hit.excerpt[a:b] for a, b in hit.marks] == ["Café", "is here", "café"]
    assert (hit.message, hit.role, hit.chat.id) == (1, "user", "abc")


async def test_many_messages_of_one_second_are_kept_apart(store: Store, path: Path) -> None:
    many = tuple(question(f"needle {n}", n, at=7.0) for n in range(1, 1500))
    await store.put(Chat("abc", conversation=Conversation(messages=many)))
    assert len(await store.search("needle", limit=2000)) == 1499
