"""`rillet serve` as a process: what it prints, whom it lets in, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest

from tests.waiting import until
from tests.web.bridges import body, events, reading
from tests.web.programs import ROOT, Program, running
from tui.edge.demo import DemoServer

API = r"OpenAI's API +(http://\S+)/v1"


@asynccontextmanager
async def serving(demo: DemoServer, *flags: str, **environ: str) -> AsyncIterator[Program]:
    command = ("-m", "tui", "serve", "--port", "0", "--base-url", demo.base_url, *flags)
    async with running(*command, says=API, environ=environ) as program:
        yield program


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as client:
        yield client


def refused(*flags: str, environ: Mapping[str, str] | None = None) -> str:
    """What is said where it cannot be carried out."""
    command = [sys.executable, "-m", "tui", "serve", "--demo", *flags]
    env = {**os.environ, **(environ or {})}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, timeout=60)
    assert done.returncode == 2, done
    return done.stderr


async def test_it_prints_where_the_page_and_the_api_are(
    demo: DemoServer, http: httpx2.AsyncClient
) -> None:
    async with serving(demo) as program:
        page = await program.says(r"a page for you +(\S+)")
        assert re.fullmatch(re.escape(program.url) + r"/#[\w-]{32}", page)
        assert (await http.get(page)).status_code == 200
        listed = await http.get(f"{program.url}/v1/models")
        assert [model["id"] for model in listed.json()["data"]] == demo.models
        await program.says(r"(GET /v1/models 200 \d+ ms)")


async def test_a_token_can_be_chosen(demo: DemoServer, http: httpx2.AsyncClient) -> None:
    token = "chosen-by-me-0123456789"
    async with serving(demo, "--no-log", RILLET_SERVE_TOKEN=token) as program:
        ask = {"prompt": "Hi"}
        right = {"authorization": f"Bearer {token}"}
        url = f"{program.url}/stream"
        assert (await http.post(url, json=ask)).status_code == 401
        assert (await http.post(url, json=ask, headers=right)).status_code == 201
        assert await program.stop() == 0
        assert "POST" not in program.written


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_at_its_end_what_runs_may_finish(
    demo: DemoServer, http: httpx2.AsyncClient, number: int
) -> None:
    async with serving(demo) as program:
        url = f"{program.url}/v1/chat/completions"
        coming = reading(http, "POST", url, body("demo-60t-20ps", stream=True))
        await coming.some()
        ending = asyncio.create_task(program.stop(number))
        status = 200
        while status == 200:
            status = (await http.post(url, json=body("demo-echo", max_tokens=1))).status_code
        assert status == 503
        assert (await coming.all()).endswith("data: [DONE]\n\n")
        assert await ending == 0
        assert "Traceback" not in program.written


async def test_what_does_not_finish_in_time_is_marked(
    demo: DemoServer, http: httpx2.AsyncClient
) -> None:
    async with serving(demo) as program:
        url = f"{program.url}/v1/chat/completions"
        coming = reading(http, "POST", url, body("demo-slow", stream=True))
        await coming.some()
        assert await program.stop(signal.SIGTERM) == 0
        text = await coming.all()
        assert "[DONE]" not in text
        assert "rillet serve is ending" in str(events(text)[-1]["error"])
        assert demo.gone == ["demo-slow"]


async def test_after_its_end_the_port_is_free_again(demo: DemoServer) -> None:
    async with serving(demo) as program:
        port = int(program.url.rpartition(":")[2])
        await program.stop()
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


async def test_others_are_let_in_by_a_flag_and_a_token_alone(
    demo: DemoServer, http: httpx2.AsyncClient
) -> None:
    assert "--expose" in refused("--host", "0.0.0.0", "--port", "0")
    assert "--expose" in refused("--host", "192.0.2.1", "--port", "0")
    flags = ("--host", "0.0.0.0", "--expose", "--allow-host", "box.example")
    async with serving(demo, *flags) as program:
        token = await program.says(r"the key for others +(\S+)")
        url = f"http://127.0.0.1:{program.url.rpartition(':')[2]}/v1/models"
        right = {"authorization": f"Bearer {token}"}
        assert (await http.get(url)).status_code == 401
        assert (await http.get(url, headers=right)).status_code == 200
        assert (await http.get(url, headers={**right, "host": "box.example"})).status_code == 200
        assert (await http.get(url, headers={**right, "host": "a.example"})).status_code == 421


def test_what_cannot_be_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"cannot listen on 127.0.0.1:{port}" in refused("--port", port)
    assert "16 to 200 letters" in refused("--port", "0", environ={"RILLET_SERVE_TOKEN": "short"})
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u, importlib\n"
        "find = u.find_spec\n"
        "u.find_spec = lambda name, within=None: name != 'fastapi' and find(name, within) or None\n"
    )
    said = refused("--port", "0", environ={"PYTHONPATH": f"{tmp_path}:{ROOT}"})
    assert 'pip install "rillet[web]"' in said


async def test_curl_shows_the_words_as_they_come(demo: DemoServer) -> None:
    async with serving(demo, "--no-log") as program:
        command = ("curl", "-sS", "--no-buffer", f"{program.url}/v1/chat/completions")
        asked = json.dumps(body("demo-slow", stream=True))
        process = await asyncio.create_subprocess_exec(
            *(*command, "-H", "Content-Type: application/json", "-d", asked),
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        came = b""
        async with asyncio.timeout(20):
            while came.count(b"data: ") < 3:
                came += await process.stdout.readline()
        assert demo.gone == []
        process.terminate()
        await process.wait()
        await until(lambda: demo.gone == ["demo-slow"], patience=2)
