"""Tokens: what was sent, what came, and both; live, and the server's own count at the end."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.reactive import var

from tui.core.deltas import Usage
from tui.widgets.panel import Facts, Panel


@dataclass(frozen=True, slots=True)
class Count:
    """The tokens of one turn."""

    prompt: int = 0
    """Tokens sent, as counted here."""

    completion: int = 0
    """Tokens that came, as counted here."""

    is_own: bool = False
    """Whether the tokenizer is the model's own; else the counts are a stand-in's."""

    usage: Usage | None = None
    """What the server reported."""

    def shown(self, name: str) -> str:
        """One count: the server's with a tick, ours plain, a stand-in's with a wave."""
        reported = getattr(self.usage, name) if self.usage else None
        if reported is not None:
            return f"{reported:,} ✓"
        ours = self.prompt + self.completion if name == "total" else getattr(self, name)
        return f"{ours:,}" if self.is_own else f"≈{ours:,}"

    @property
    def line(self) -> str:
        """The counts on one line, for where there is no room for the panel."""
        return f"{self.shown('total')} tokens"


class TokenPanel(Panel):
    """The token counts of the turn."""

    TITLE = "Tokens"

    count: var[Count | None] = var(None)
    """What is shown; None is 'nothing counted yet'."""

    def compose(self) -> ComposeResult:
        """Three lines."""
        yield Facts(id="token-facts")

    def watch_count(self, count: Count | None) -> None:
        """Show the counts."""
        names = ("prompt", "completion", "total")
        shown = tuple((name, count.shown(name) if count else "–") for name in names)
        self.query_one(Facts).facts = shown
