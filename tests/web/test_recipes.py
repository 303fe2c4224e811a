"""The README's recipes, run as they are written, by the real frameworks on real servers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest

from tests.waiting import until
from tests.web.programs import Program, running
from tests.web.recipes import recipe
from tui.edge.demo import DemoServer, saying
from tui.edge.demo.models import models

SERVERS = {
    "FastAPI()": ("uvicorn", "recipe:app", "--port", "0"),
    "Flask(__name__)": ("flask", "--app", "recipe", "run", "--port", "0"),
}

LISTENS = r"[Rr]unning on (http://127\.0\.0\.1:\d+)"


@asynccontextmanager
async def served(of: str, demo: DemoServer, folder: Path) -> AsyncIterator[Program]:
    (folder / "recipe.py").write_text(recipe(of))
    environ = {"OPENAI_BASE_URL": demo.base_url, "PYTHONPATH": f"{folder}:{Path.cwd()}"}
    async with running("-m", *SERVERS[of], says=LISTENS, environ=environ, folder=folder) as found:
        yield found


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as client:
        yield client


@pytest.mark.parametrize("of", SERVERS)
async def test_a_recipe_streams_frames_and_leaving_it_cancels_the_request(
    of: str, demo: DemoServer, http: httpx2.AsyncClient, tmp_path: Path
) -> None:
    demo.script("demo-tour", saying("Rivers, 日本語, 🎉."))
    async with served(of, demo, tmp_path) as program:
        answer = await http.get(f"{program.url}/stream", params={"prompt": "Hi"})
        assert answer.headers["content-type"].startswith("text/event-stream")
        frames = [
            json.loads(line.removeprefix("data: ")) for line in answer.text.split("\n\n")[:-1]
        ]
        assert "".join(frame["content"] for frame in frames) == "Rivers, 日本語, 🎉."
        assert [frame["done"] for frame in frames] == [False] * (len(frames) - 1) + [True]
        assert frames[-1]["finish_reason"] == "stop"
        assert frames[-1]["error"] is None
        assert frames[-1]["usage"]["completion_tokens"] > 0
        await leaves_early(demo, http, program)


async def leaves_early(demo: DemoServer, http: httpx2.AsyncClient, program: Program) -> None:
    demo.script("demo-tour", models()["demo-slow"])
    url = f"{program.url}/stream"
    async with http.stream("GET", url, params={"prompt": "Hi"}) as answer:
        async for line in answer.aiter_lines():
            assert '"done": false' in line
            break
    await until(lambda: demo.gone)


async def test_the_plain_recipe_prints_the_answer_and_its_end(
    demo: DemoServer, tmp_path: Path
) -> None:
    demo.script("demo-tour", saying("A small stream."))
    (tmp_path / "plain.py").write_text(recipe("asyncio.run(main())"))
    environ = {"OPENAI_BASE_URL": demo.base_url}
    async with running("plain.py", says=r"(finished)", environ=environ, folder=tmp_path) as program:
        await asyncio.wait_for(program.process.wait(), 30)
        await program.stop()
        assert program.written == "A small stream.\n[finished, stop] \n"
