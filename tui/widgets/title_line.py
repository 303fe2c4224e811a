"""The line at the top: what this is, what it is about, and what answers."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.sanitize import one_line, shortened

MOST_OF_SYSTEM = 18
"""Characters of what stands for the system prompt."""


class TitleLine(Widget):
    """One line: the conversation's title on the left, the model on the right."""

    subject: reactive[str] = reactive("")
    """What the conversation is about; empty while nothing was asked."""

    model: reactive[str] = reactive("")
    """What answers, and where."""

    system: reactive[str] = reactive("")
    """The name or the first words of the system prompt; empty is none."""

    trouble: reactive[str] = reactive("")
    """What is wrong with the disk; empty while all is well."""

    def render(self) -> Content:
        """The line, the subject cut where there is no room."""
        name = Content.assemble((" ≋ Rillet", "bold $primary"), "  ")
        told = shortened(one_line(self.model), 60)
        told += f" · system: {one_line(self.system, MOST_OF_SYSTEM)}" if self.system else ""
        right = Content.styled(f"{told} ", "$quiet")
        if self.trouble:
            right = Content.styled(f"✗ {self.trouble} ", "bold $error")
        room = self.size.width - name.cell_length - right.cell_length - 1
        left = Content(one_line(self.subject)).truncate(max(0, room), ellipsis=True)
        gap = " " * max(1, room - left.cell_length + 1)
        return Content.assemble(name, left, gap, right)
