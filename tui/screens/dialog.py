"""What all dialogs have in common."""

from __future__ import annotations

from typing import ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, ScreenResultType

from tui.core.commands import Place


class Dialog(ModalScreen[ScreenResultType]):
    """A screen over another one, which goes once.

    Two keys may come before the first has taken the dialog away; the second would take the
    screen below.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "app.quit", "quit", show=False, priority=True, id="quit"),
    ]

    PLACE: ClassVar[Place | None] = None
    """Where commands of the table work here; None is nowhere."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Go, and hand on the result."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
