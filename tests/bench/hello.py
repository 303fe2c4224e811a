"""The smallest Textual app: what a first paint costs at the least."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Hello, first paint")


if __name__ == "__main__":
    Hello().run()
