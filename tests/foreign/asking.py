"""What a test asks a server, and what it hears: by the client's turn, or by `rillet ask`."""

from __future__ import annotations

import asyncio
import base64
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass

from tests.play import play
from tests.stories.test_images import add
from tui.core.conversation import Conversation
from tui.core.deltas import Delta, Finished, Outcome, Reasoning, Remark, Retrying, Text, ToolCall
from tui.core.request import Request
from tui.core.settings import Endpoint, Patience
from tui.edge.client import Client
from tui.turn import turn

QUESTION = "Where do the little rivers come from?"


@dataclass(frozen=True)
class Heard:
    """Everything that one turn handed out."""

    deltas: tuple[Delta, ...]
    """In their order."""

    @property
    def end(self) -> Finished:
        """The last one, of which there is one."""
        *before, last = self.deltas
        assert isinstance(last, Finished)
        assert not any(isinstance(delta, Finished) for delta in before)
        return last

    @property
    def outcome(self) -> Outcome:
        """Which of the five ways it ended."""
        return self.end.outcome

    @property
    def title(self) -> str:
        """What went wrong, in a few words; empty where nothing did."""
        return self.end.failure.title if self.end.failure else ""

    @property
    def text(self) -> str:
        """The answer's words."""
        return "".join(delta.text for delta in self.deltas if isinstance(delta, Text))

    @property
    def reasoning(self) -> str:
        """The words of the model's reasoning."""
        return "".join(delta.text for delta in self.deltas if isinstance(delta, Reasoning))

    @property
    def calls(self) -> dict[int, tuple[str, str]]:
        """Name and arguments of the tools that were called."""
        made: dict[int, tuple[str, str]] = {}
        for delta in self.deltas:
            if isinstance(delta, ToolCall):
                name, arguments = made.get(delta.index, ("", ""))
                made[delta.index] = (name + delta.name, arguments + delta.arguments)
        return made

    @property
    def remarks(self) -> list[str]:
        """Sentences about the stream."""
        return [delta.text for delta in self.deltas if isinstance(delta, Remark)]

    @property
    def waits(self) -> list[float]:
        """Seconds waited before each retry."""
        return [delta.wait for delta in self.deltas if isinstance(delta, Retrying)]


async def ask(
    url: str,
    model: str = "gpt-4o",
    patience: Patience | None = None,
    *,
    text: str = QUESTION,
    is_stream: bool = True,
) -> Heard:
    """Ask once, with a client of its own."""
    client = Client(Endpoint(url))
    request = Request(model, Conversation().asked(text).sent, is_stream=is_stream)
    try:
        async with aclosing(turn(client, request, patience)) as deltas:
            return Heard(tuple([delta async for delta in deltas]))
    finally:
        await client.aclose()


async def rillet_ask(url: str, *arguments: str) -> tuple[int, str, str]:
    """Run `rillet ask`; gives its exit code, its words and its notes."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tui", "ask", "--base-url", url, "--model", "gpt-4o"),
        *(*arguments, QUESTION),
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        env=dict(os.environ),
    )
    words, notes = await process.communicate()
    assert process.returncode is not None
    return process.returncode, words.decode(), notes.decode()


async def show_images(url: str, model: str) -> None:
    """Ask in the app with a URL that is to be looked at less closely, and a file behind it."""
    async with play(url, model) as person:
        await add(person, "plain.png", "https://a.example/cat.png")
        await person.press("tab", "d", "shift+up", "escape")
        await person.asks("See")
        await person.sees("✓ complete")


def shown(body: Mapping[str, object], picture: bytes) -> bool:
    """Whether a request shows the images in their order, as the API documents it."""
    data = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    url = {"url": "https://a.example/cat.png", "detail": "low"}
    content = [
        {"type": "text", "text": "See"},
        {"type": "image_url", "image_url": url},
        {"type": "image_url", "image_url": {"url": data}},
    ]
    return body["messages"] == [{"role": "user", "content": content}]
