"""Pictures are kept once, beside the conversations, for as long as one of these uses them."""

import asyncio
import base64
import hashlib
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edge.store.disks import Disk, as_somebody, only_read, quota, small_disk
from tests.edge.store.older import URL, make_with_image, version_of
from tests.edge.store.said import NOTHING, answer, question
from tests.waiting import until
from tui.core.chats import Chat, Facts
from tui.core.conversation import Conversation, Message
from tui.core.images import Image
from tui.edge.store import Store
from tui.edge.store.schema import VERSION

CAT, DOG = b"\x89PNG\r\n\x1a\ncat" * 1000, b"\x89PNG\r\n\x1a\ndog" * 1000
DAY = 24 * 3600


def image(content: bytes) -> Image:
    return Image(f"data:image/png;base64,{base64.b64encode(content).decode()}", "high")


def shown(*images: Image, id: int = 1, text: str = "What is this?") -> Message:
    return replace(question(text, id), images=images)


def folder(path: Path) -> Path:
    return path.parent / "images"


def file_of(path: Path, content: bytes) -> Path:
    name = hashlib.sha256(content).hexdigest()
    return folder(path) / name[:2] / name[2:]


def files(path: Path) -> set[Path]:
    return {each for each in folder(path).rglob("*") if each.is_file()}


def age(path: Path, seconds: float = 2 * DAY) -> None:
    """As if all pictures had been put there so long ago."""
    for each in files(path):
        os.utime(each, (time.time() - seconds,) * 2)


def spoil(path: Path, count: int) -> None:
    """Overwrite the first bytes of a file."""
    with path.open("r+b") as file:
        file.write(b"\xa5" * count)


def rows(path: Path, asked: str) -> list[tuple[object, ...]]:
    db = sqlite3.connect(path)
    try:
        return db.execute(asked).fetchall()
    finally:
        db.close()


async def images_of(store: Store, chat: str) -> list[tuple[Image, ...]]:
    found = await store.load(chat)
    return [] if found is None else [each.images for each in found.conversation.messages]


async def start(path: Path, now: Callable[[], float] = time.time) -> list[str]:
    """A start and an end; gives what was said at the start."""
    store = Store(path, now=now)
    said = await store.open()
    await store.aclose()
    return said


async def moved(path: Path, count: int) -> None:
    """A start, and an end once no row has bytes in it."""
    inside = "SELECT 1 FROM picture_use WHERE name = ''"
    store = Store(path)
    await store.open()
    await until(lambda: len(files(path)) == count and not rows(path, inside))
    await store.aclose()


async def test_an_image_is_kept_once_and_comes_back_the_same(store: Store, path: Path) -> None:
    asked = shown(image(CAT), Image("https://a.example/1.png"), image(DOG), image(CAT))
    await store.save("abc", asked, NOTHING)
    await store.save("def", shown(image(CAT)), NOTHING)
    assert await images_of(store, "abc") == [asked.images]
    assert files(path) == {file_of(path, CAT), file_of(path, DOG)}
    assert file_of(path, CAT).read_bytes() == CAT
    for each in (file_of(path, CAT), file_of(path, CAT).parent, folder(path)):
        assert stat.S_IMODE(each.stat().st_mode) == (0o600 if each.is_file() else 0o700)
    ((data,),) = rows(path, "SELECT data FROM message WHERE data LIKE '%example%'")
    assert "base64" not in str(data)
    assert f"rillet-image:{hashlib.sha256(CAT).hexdigest()};image/png" in str(data)


@pytest.mark.parametrize(
    "url",
    [
        "DATA:image/png;base64,AAAA",
        "data:Image/PNG;base64,AAAA",
        "data:image/png;base64,AAB=",  # bits that nobody needs: it would come back as AAA=
        "data:image/png;base64,AAAA\n",
        "data:image/png;base64,",
        "rillet-image:../../etc/passwd;image/png",
        f"rillet-image:{'0' * 64};image/png",
    ],
)
async def test_a_url_that_would_come_back_otherwise_stays_as_it_is(
    store: Store, path: Path, url: str
) -> None:
    await store.save("abc", shown(Image(url)), NOTHING)
    assert await images_of(store, "abc") == [(Image(url),)]
    assert files(path) == set()


async def test_a_message_that_is_changed_and_one_that_is_restored_have_their_images(
    store: Store, path: Path
) -> None:
    asked = shown(image(CAT))
    await store.save("abc", asked, NOTHING)
    await store.save("abc", replace(asked, is_deleted=True), NOTHING)
    await store.aclose()
    age(path)
    await start(path, lambda: time.time() + 400 * DAY)
    again = Store(path)
    assert await images_of(again, "abc") == [(image(CAT),)]
    await again.save("abc", asked, NOTHING)
    assert await images_of(again, "abc") == [(image(CAT),)]
    await again.aclose()


async def test_a_picture_goes_for_good_with_the_last_conversation_that_uses_it(
    store: Store, path: Path
) -> None:
    await store.save("abc", shown(image(CAT), image(DOG)), NOTHING)
    await store.save("def", shown(image(DOG)), NOTHING)
    await store.delete("abc")
    await store.restore("abc")
    await store.delete("abc")
    await store.aclose()
    age(path)
    await start(path, lambda: time.time() + 29 * DAY)
    assert files(path) == {file_of(path, CAT), file_of(path, DOG)}, "it can still be restored"
    await start(path, lambda: time.time() + 31 * DAY)
    assert files(path) == {file_of(path, DOG)}
    again = Store(path)
    assert await images_of(again, "def") == [(image(DOG),)]
    await again.aclose()


async def test_what_a_crash_left_is_swept_once_it_is_a_day_old(store: Store, path: Path) -> None:
    await store.save("abc", shown(image(CAT)), NOTHING)
    await store.aclose()
    orphan, half = file_of(path, DOG), folder(path) / "ab" / f".{'0' * 16}"
    for left in (orphan, half, folder(path) / "ab" / "notes.txt"):
        left.parent.mkdir(exist_ok=True)
        left.write_bytes(DOG)
    await start(path)
    assert {orphan, half} < files(path), "they may be another's who is about to name them"
    age(path)
    await start(path)
    assert files(path) == {file_of(path, CAT), folder(path) / "ab" / "notes.txt"}


async def test_a_second_window_that_starts_takes_nothing_from_the_first(
    store: Store, path: Path
) -> None:
    file_of(path, CAT).parent.mkdir(parents=True)
    file_of(path, CAT).write_bytes(CAT)
    age(path)
    saving = asyncio.create_task(store.save("abc", shown(image(CAT)), NOTHING))
    await asyncio.gather(saving, *(start(path) for _ in range(5)))
    assert await images_of(store, "abc") == [(image(CAT),)]


async def test_a_picture_that_is_gone_or_damaged_is_missing_and_heals(
    store: Store, path: Path
) -> None:
    asked = shown(image(CAT), image(DOG))
    await store.save("abc", asked, NOTHING)
    await store.save("abc", answer("A cat and a dog."), NOTHING)
    file_of(path, CAT).unlink()
    file_of(path, DOG).write_bytes(DOG[:-1])
    (missing, other), _ = await images_of(store, "abc")
    assert missing.is_missing
    assert other.is_missing
    assert missing.name == "image/png, which is missing"
    found = await store.load("abc")
    assert found is not None
    await store.save("abc", found.conversation.messages[0], NOTHING)
    file_of(path, CAT).write_bytes(CAT)
    await store.save("def", shown(image(DOG)), NOTHING)
    assert (await images_of(store, "abc"))[0] == asked.images


@pytest.mark.parametrize("version", [1, 2])
async def test_images_of_older_versions_are_moved_into_files(path: Path, version: int) -> None:
    make_with_image(path, version)
    await moved(path, 1)
    assert version_of(path) == VERSION
    (only,) = files(path)
    assert only.read_bytes() == b"\x89PNG\r\n\x1a\n"
    ((data,),) = rows(path, "SELECT data FROM message WHERE number = 256001")
    assert "base64" not in str(data)
    assert '"mood":"sunny"' in str(data), "what a newer Rillet wrote stays"
    store = Store(path)
    assert (await images_of(store, "abc"))[0] == (
        Image(URL, "high"),
        Image("https://a.example/1.png"),
    )
    await store.aclose()
    age(path)
    await start(path)
    assert files(path) == {only}


async def test_an_older_file_that_can_only_be_read_shows_its_images() -> None:
    with as_somebody() as home:
        path = home / "rillet" / "chats.db"
        make_with_image(path, 2)
        with only_read(path.parent):
            store = Store(path)
            await store.open()
            assert (await images_of(store, "abc"))[0][0] == Image(URL, "high")
            assert len(await store.chats()) == 1
            await store.save("abc", shown(image(CAT), id=9), NOTHING)
            assert (await images_of(store, "abc"))[-1] == (image(CAT),)
        await until(lambda: not store.trouble)
        await store.aclose()
        assert file_of(path, CAT).read_bytes() == CAT


async def test_a_folder_of_images_that_can_only_be_read_costs_no_image() -> None:
    with as_somebody() as home:
        path = home / "rillet" / "chats.db"
        store = Store(path)
        assert await store.open() == []
        folder(path).mkdir(mode=0o700)
        with only_read(folder(path)):
            await store.save("abc", shown(image(CAT)), Facts(draft_images=(image(DOG),)))
            assert store.trouble == ""
            assert store.news() == [
                f"The folder of images cannot be written: permission denied ({folder(path)}). "
                "Images are kept in the file of conversations until that changes."
            ]
            found = await store.load("abc")
            assert found is not None
            assert found.draft_images == (image(DOG),)
            await store.aclose()
            assert files(path) == set()
        await moved(path, 2)
        assert files(path) == {file_of(path, CAT), file_of(path, DOG)}
        again = Store(path)
        assert await images_of(again, "abc") == [(image(CAT),)]
        await again.aclose()


@pytest.mark.parametrize("full", [small_disk, quota])
async def test_a_full_disk_loses_no_image(
    tmp_path: Path, full: Callable[[Path], AbstractContextManager[Disk]]
) -> None:
    with full(tmp_path / "disk") as disk:
        path = disk.folder / "rillet" / "chats.db"
        store = Store(path)
        await store.open()
        await store.save("abc", shown(), NOTHING)
        disk.fill()
        large = image(os.urandom(400_000))
        await store.save("abc", shown(large, id=2), NOTHING)
        assert store.trouble.startswith("Not saved: ")
        assert await images_of(store, "abc") == [(), (large,)]
        disk.empty()
        await until(lambda: not store.trouble)
        assert len(files(path)) == 1
        assert await images_of(store, "abc") == [(), (large,)]
        await store.aclose()


async def test_no_picture_goes_while_a_damaged_file_may_name_it(store: Store, path: Path) -> None:
    await store.save("abc", shown(image(CAT)), NOTHING)
    await store.aclose()
    spoil(path, 8192)
    (said,) = await start(path)
    assert "was damaged" in said
    age(path)
    await start(path)
    assert files(path) == {file_of(path, CAT)}
    next(each for each in path.parent.iterdir() if "damaged" in each.name).unlink()
    await start(path)
    assert files(path) == set()


async def test_what_could_be_read_of_a_damaged_file_has_its_images(
    store: Store, path: Path
) -> None:
    await store.save("abc", shown(image(CAT)), Facts(draft_images=(image(DOG),)))
    await store.aclose()
    spoil(path, 100)
    await start(path)
    for each in path.parent.glob("*damaged*"):
        each.unlink()
    age(path)
    await start(path)
    again = Store(path)
    found = await again.load("abc")
    assert found is not None
    assert found.conversation.messages[0].images == (image(CAT),)
    assert found.draft_images == (image(DOG),)
    await again.aclose()


async def test_images_of_a_draft_are_kept_and_go_with_it(store: Store, path: Path) -> None:
    await store.change("abc", draft="", draft_images=(image(CAT), Image("https://a.example/1.png")))
    assert [each.id for each in await store.chats()] == ["abc"], "a draft may be images alone"
    found = await store.load("abc")
    assert found is not None
    assert found.draft_images == (image(CAT), Image("https://a.example/1.png"))
    await store.save("abc", shown(image(CAT)), Facts(draft="", draft_images=()))
    found = await store.load("abc")
    assert found is not None
    assert found.draft_images == ()
    await store.change("def", draft_images=(image(DOG),))
    await store.change("def", draft_images=())
    assert [each.id for each in await store.chats()] == ["abc"]
    await store.aclose()
    age(path)
    await start(path)
    assert files(path) == {file_of(path, CAT)}


async def test_a_whole_conversation_is_put_with_its_images(store: Store, path: Path) -> None:
    talk = Conversation(messages=(shown(image(CAT)),), head=1)
    name = await store.put(Chat("abc", conversation=talk, draft_images=(image(DOG),)))
    found = await store.load(name)
    assert found is not None
    assert (found.conversation, found.draft_images) == (talk, (image(DOG),))
    assert files(path) == {file_of(path, CAT), file_of(path, DOG)}
