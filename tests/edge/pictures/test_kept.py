"""Pictures on disk: once each, whole, and readable by their owner only."""

import hashlib
import multiprocessing
from pathlib import Path

import pytest

from tests.edge.pictures.made import painted, saved
from tui.edge.paths import images_folder
from tui.edge.pictures.kept import Kept

PICTURE = saved(painted(), "PNG")
HASH = hashlib.sha256(PICTURE).hexdigest()


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_picture_is_kept_once_under_its_hash() -> None:
    kept = Kept(images_folder())
    assert kept.put(PICTURE) == kept.put(PICTURE) == HASH
    assert files(images_folder()) == [images_folder() / HASH[:2] / HASH[2:]]
    assert kept.get(HASH) == PICTURE
    assert list(kept.names()) == [HASH]


def test_only_its_owner_reads_it() -> None:
    Kept(images_folder()).put(PICTURE)
    (path,) = files(images_folder())
    assert path.stat().st_mode & 0o777 == 0o600
    for folder in (path.parent, images_folder(), images_folder().parent):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_one_that_is_removed_is_gone_and_may_be_removed_again() -> None:
    kept = Kept(images_folder())
    kept.remove(kept.put(PICTURE))
    kept.remove(HASH)
    assert kept.get(HASH) is None
    assert files(images_folder()) == []


def test_one_that_was_damaged_is_not_given_and_is_put_again() -> None:
    kept = Kept(images_folder())
    kept.put(PICTURE)
    (path,) = files(images_folder())
    path.write_bytes(PICTURE[:-1])
    assert kept.get(HASH) is None
    kept.put(PICTURE)
    assert kept.get(HASH) == PICTURE


@pytest.mark.parametrize("name", ["", "../../secret", HASH[:-1], HASH.upper(), f"{HASH}\n", "a/b"])
def test_nothing_but_a_hash_names_one(name: str) -> None:
    kept = Kept(images_folder())
    for use in (kept.get, kept.remove):
        with pytest.raises(ValueError, match="SHA-256"):
            use(name)


def test_a_disk_that_says_no_leaves_nothing_half() -> None:
    images_folder().parent.mkdir(parents=True)
    images_folder().write_text("in the way")
    with pytest.raises(OSError, match=r"File exists|Not a directory"):
        Kept(images_folder()).put(PICTURE)
    assert files(images_folder().parent) == [images_folder()]


def _put(folder: Path) -> None:
    for number in range(50):
        Kept(folder).put(PICTURE + bytes([number]))


def test_two_programs_put_the_same_ones_without_harm() -> None:
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_put, args=(images_folder(),)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0, 0]
    kept = Kept(images_folder())
    assert len(files(images_folder())) == 50
    assert all(kept.get(name) for name in kept.names())
