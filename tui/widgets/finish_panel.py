"""How the turn stands: its phase, its times, and how it ended, in words."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from tui.core.pace import BEATS
from tui.core.phase import Phase
from tui.core.sanitize import one_line
from tui.widgets.panel import Facts, Panel


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is to say about the turn."""

    phase: Phase = Phase.IDLE
    """Where it stands."""

    sign: str = "○"
    """One cell that stands for it."""

    words: str = Phase.IDLE.value
    """The phase or the ending, in words."""

    first_token_s: float | None = None
    """Time to first token in seconds."""

    total_s: float | None = None
    """Seconds since the question."""

    tokens_per_s: float | None = None
    """The pace."""

    reason: str = ""
    """The server's finish reason."""

    pulse: str = ""
    """The pace of the last seconds, as a row of bars."""

    @property
    def line(self) -> str:
        """The standing on one line, for where there is no room for the panel."""
        seconds = f" · {self.total_s:.1f} s" if self.total_s is not None else ""
        pace = f" · {self.tokens_per_s:,.0f} tok/s" if self.tokens_per_s else ""
        return f"{self.sign} {one_line(self.words, 80)}{seconds}{pace}"


class FinishPanel(Panel):
    """Phase, times and ending."""

    TITLE = "Status"

    standing: var[Standing] = var(Standing())
    """What is shown."""

    def compose(self) -> ComposeResult:
        """A line in words and lines of figures."""
        yield Static("", id="finish-words", markup=False)
        yield Static("", id="finish-pulse", markup=False)
        yield Facts(id="finish-facts")

    def watch_standing(self, standing: Standing) -> None:
        """Show it."""
        words = Content(one_line(f"{standing.sign} {standing.words}"))
        self.query_one("#finish-words", Static).update(words, layout=False)
        pulse = Content(standing.pulse.rjust(BEATS))
        self.query_one("#finish-pulse", Static).update(pulse, layout=False)
        pace = standing.tokens_per_s
        self.query_one(Facts).facts = (
            ("first token", _seconds(standing.first_token_s, 2)),
            ("elapsed", _seconds(standing.total_s, 1)),
            ("pace", f"{pace:,.1f} tok/s" if pace else "–"),
            ("finish reason", one_line(standing.reason, 18) or "–"),
        )


def _seconds(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f} s"
