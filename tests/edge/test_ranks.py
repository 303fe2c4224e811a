"""The packed ranks are the published ones, and need no network."""

import base64
import hashlib
import importlib
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FunctionType

import pytest

from tests.tools.pack_ranks import pack
from tui.edge import ranks

ENCODINGS = ("o200k_base", "cl100k_base")

WITHOUT_THE_WORLD = """
import sys

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.")) and event != "socket.__new__":
        raise SystemExit(f"network: {event}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise SystemExit(f"writes: {arguments[0]}")

sys.dont_write_bytecode = True
sys.addaudithook(refuse)
from tui.edge.ranks import load
print(*[len(load(name).encode("Hello, world")) for name in sys.argv[1:]])
"""


def published(name: str) -> dict[str, object]:
    """What tiktoken says of an encoding, and the hash that it pins, with nothing fetched."""
    said: dict[str, object] = {}

    def pinned(url: str, expected_hash: str) -> dict[bytes, int]:
        said["sha256"] = expected_hash
        return {}

    scope = vars(importlib.import_module("tiktoken_ext.openai_public")).copy()
    scope["load_tiktoken_bpe"] = pinned
    for function in ("o200k_base", "cl100k_base", "o200k_harmony"):
        scope[function] = FunctionType(scope[function].__code__, scope)
    said |= scope[name]()
    return said


@pytest.mark.parametrize("name", ENCODINGS)
def test_the_published_file_can_be_rebuilt(name: str) -> None:
    lines = [
        b"%s %d\n" % (base64.b64encode(token), rank)
        for rank, token in enumerate(ranks.tokens(name))
    ]
    assert hashlib.sha256(b"".join(lines)).hexdigest() == published(name)["sha256"]


@pytest.mark.parametrize("name", [*ENCODINGS, *ranks.SAME_RANKS])
def test_text_is_cut_as_tiktoken_cuts_it(name: str) -> None:
    same = ranks.SAME_RANKS.get(name, name)
    assert ranks.PATTERNS[same] == published(name)["pat_str"]
    assert published(same)["sha256"] == published(name)["sha256"]


def test_packing_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_rank = [bytes((value,)) for value in range(256)] + [b"  ", b"the", b"\xff" * 128]
    lines = [b"%s %d\n" % (base64.b64encode(token), rank) for rank, token in enumerate(by_rank)]
    packed = pack(b"".join(lines))
    (tmp_path / "little.xz").write_bytes(packed)
    monkeypatch.setattr(ranks, "FOLDER", tmp_path)
    monkeypatch.setitem(ranks.PACKED, "little", hashlib.sha256(packed).hexdigest())
    assert ranks.tokens("little") == by_rank


def test_ranks_with_a_gap_are_not_packed() -> None:
    with pytest.raises(ValueError, match="in this order"):
        pack(b"YQ== 0\nYg== 2\n")


def test_loading_needs_no_network_and_writes_nothing() -> None:
    command = [sys.executable, "-c", WITHOUT_THE_WORLD, *ENCODINGS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["3", "3"]


def test_importing_the_loader_loads_nothing_heavy() -> None:
    code = "import sys, tui.edge.ranks; print({'tiktoken', 'lzma'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_an_encoding_is_built_once_by_however_many_threads() -> None:
    with ThreadPoolExecutor(8) as threads:
        loaded = list(threads.map(ranks.load, ["cl100k_base"] * 8))
    assert all(encoding is loaded[0] for encoding in loaded)


def test_harmony_shares_the_ranks_of_o200k() -> None:
    assert ranks.load("o200k_harmony").encode("Hello, world") == [13225, 11, 2375]


def cut_short(file: Path) -> None:
    file.write_bytes((ranks.FOLDER / file.name).read_bytes()[:-100])


def altered(file: Path) -> None:
    content = bytearray((ranks.FOLDER / file.name).read_bytes())
    content[1_000] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [cut_short, altered, Path.mkdir, Path])
def test_a_damaged_table_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], object]
) -> None:
    damage(tmp_path / "cl100k_base.xz")
    monkeypatch.setattr(ranks, "FOLDER", tmp_path)
    with pytest.raises(ranks.RanksDamaged, match=r"cl100k_base\.xz .* install Rillet again"):
        ranks.tokens("cl100k_base")


def test_an_unknown_encoding_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        ranks.load("p50k_base")
