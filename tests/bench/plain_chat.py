"""The chat that tutorials show: Textual's own Markdown stream and the SDK's typed stream."""

import sys
from typing import ClassVar

from openai import AsyncOpenAI
from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Markdown


class PlainChat(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+q", "quit", "quit")]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="log"):
            yield Markdown("Rillet's neighbour")
        yield Input()

    def on_mount(self) -> None:
        self.client = AsyncOpenAI(base_url=sys.argv[1], api_key="none")
        self.query_one("#log", VerticalScroll).anchor()
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def ask(self, event: Input.Submitted) -> None:
        self.stream_reply(event.value)

    @work
    async def stream_reply(self, text: str) -> None:
        reply = Markdown()
        await self.query_one("#log").mount(reply)
        stream = Markdown.get_stream(reply)
        chunks = await self.client.chat.completions.create(
            model=sys.argv[2], messages=[{"role": "user", "content": text}], stream=True
        )
        async for chunk in chunks:
            if chunk.choices and (words := chunk.choices[0].delta.content):
                await stream.write(words)
        await stream.stop()


if __name__ == "__main__":
    PlainChat().run()
