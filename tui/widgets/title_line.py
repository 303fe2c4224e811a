"""The line at the top: what this is, what it is about, and what answers."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.sanitize import one_line, shortened


class TitleLine(Widget):
    """One line: the conversation's title on the left, the model on the right."""

    subject: reactive[str] = reactive("")
    """What the conversation is about; empty while nothing was asked."""

    model: reactive[str] = reactive("")
    """What answers, and where."""

    trouble: reactive[str] = reactive("")
    """What is wrong with the disk; empty while all is well."""

    def render(self) -> Content:
        """The line, the subject cut where there is no room."""
        name = Content.assemble((" ≋ Rillet", "bold $primary"), "  ")
        right = Content.styled(f"{shortened(one_line(self.model), 60)} ", "$foreground 65%")
        if self.trouble:
            right = Content.styled(f"✗ {self.trouble} ", "bold $error")
        room = self.size.width - name.cell_length - right.cell_length - 1
        left = Content(one_line(self.subject)).truncate(max(0, room), ellipsis=True)
        gap = " " * max(1, room - left.cell_length + 1)
        return Content.assemble(name, left, gap, right)
