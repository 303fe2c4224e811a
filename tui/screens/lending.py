"""Texts that are lent to the user's own editor, which has the terminal meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import SuspendNotSupported

from tui.core.sanitize import one_line
from tui.core.snippets import suffix
from tui.screens.reading import ReadingScreen


class LendingScreen(ReadingScreen):
    """A screen that hands a text to an editor."""

    def action_open_block(self) -> None:
        """Open the code in focus in the editor."""
        block = self._block_in_focus()
        if block is not None and (command := self._editor()):
            self._lend(command, self._code, suffix(block.fence.language))

    def _editor(self) -> Sequence[str]:
        """The command of the editor; empty where it cannot be opened now, which is told."""
        from tui.edge.snippets import editor

        command = editor()
        if not command:
            self.notify("No editor is set: VISUAL and EDITOR are empty.", markup=False)
        elif self._is_busy:
            self.notify("A reply is under way. The editor can open when it is over.", markup=False)
            return ()
        return command

    def _lend(self, command: Sequence[str], text: str, ending: str) -> str | None:
        """What the editor made of a text; None where it made nothing."""
        from tui.edge.snippets import edit

        made, trouble = None, ""
        try:
            with self.app.suspend():
                try:
                    made = edit(command, text, ending)
                except OSError as error:
                    trouble = f"The editor did not do it: {error.strerror}. It is {command[0]}."
                except ValueError as error:
                    trouble = f"The editor did not do it: {error}."
        except SuspendNotSupported:
            trouble = "An editor cannot be opened in this terminal."
        if trouble:
            self.notify(one_line(trouble, 300), severity="warning", markup=False)
        return made
