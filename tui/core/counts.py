"""The tokens of a turn, counted here and by the server, and how they are written.

`1,234` was counted with the model's own tokenizer, `≈1,234` with a stand-in or with images in it,
`1,234 ✓` by the server.
"""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.deltas import Usage


@dataclass(frozen=True, slots=True)
class Count:
    """The tokens of one turn."""

    prompt: int = 0
    """Tokens sent, as counted here."""

    completion: int = 0
    """Tokens that came, as counted here."""

    is_own: bool = False
    """Whether the tokenizer is the model's own; else the counts are a stand-in's."""

    has_images: bool = False
    """Whether there are images in the prompt, which are only estimated here."""

    usage: Usage | None = None
    """What the server reported."""

    is_running: bool = False
    """Whether the server goes on reporting while it answers."""

    is_over: bool = False
    """Whether the turn has ended."""

    def reported(self, name: str) -> int | None:
        """The server's count, where it is one of all that has come.

        A count of the answer that comes in its middle is out of date with the next word, unless
        it is one of many.
        """
        usage = self.usage
        if usage is None:
            return None
        if name == "prompt":
            return usage.prompt
        if not (self.is_over or self.is_running):
            return None
        return usage.completion if name == "completion" else usage.total

    def best(self, name: str) -> int:
        """The server's count, else ours."""
        if name == "total":
            return self.best("prompt") + self.best("completion")
        reported = self.reported(name)
        ours = self.prompt if name == "prompt" else self.completion
        return ours if reported is None else reported

    def shown(self, name: str) -> str:
        """One count, with the sign of who counted."""
        if self.reported(name) is not None:
            return f"{self.best(name):,} ✓"
        is_estimate = not self.is_own or (self.has_images and name != "completion")
        return f"{'≈' if is_estimate else ''}{self.best(name):,}"

    @property
    def line(self) -> str:
        """The counts on one line, for where there is no room for the panel."""
        return f"{self.shown('total')} tokens"

    @property
    def both(self) -> str:
        """Prompt and answer, as the end of an answer tells them; empty where nothing came."""
        prompt, completion = self.best("prompt"), self.best("completion")
        if not completion and self.usage is None:
            return ""
        mark = " ✓" if self.reported("total") is not None else ""
        wave = "≈" if "≈" in self.shown("total") else ""
        return f"{wave}{prompt:,} + {completion:,} tokens{mark}"

    @property
    def parts(self) -> str:
        """What the server tells of the parts of its counts; empty where it tells nothing."""
        usage = self.usage or Usage()
        parts = (("cached", usage.cached), ("reasoning", usage.reasoning))
        return " · ".join(f"{name} {number:,}" for name, number in parts if number)

    @property
    def beside(self) -> str:
        """Our count beside the server's, once the turn has ended."""
        if not self.is_over:
            return ""
        server = self.reported("total")
        if server is None:
            return "not reported by the server"
        return f"ours {self.ours.shown('total')} · server {server:,}"

    @property
    def ours(self) -> Count:
        """The same by our count alone."""
        return Count(self.prompt, self.completion, self.is_own, self.has_images)
