"""What all dialogs have in common."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType]):
    """A screen over another one, which goes once.

    Two keys may come before the first has taken the dialog away; the second would take the
    screen below.
    """

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Go, and hand on the result."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
