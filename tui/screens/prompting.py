"""What a person does round the messages: see where they come from, choose what is sent before."""

from __future__ import annotations

from tui.core.origin import sections
from tui.core.rebuilt import rebuilt
from tui.screens.kept import KeptScreen


class PromptingScreen(KeptScreen):
    """A screen that tells of its messages' origins."""

    def action_provenance(self) -> None:
        """Show where the focused message comes from."""
        from tui.screens.provenance import ProvenanceScreen

        message = self._focused
        if message is None:
            self.notify("Its record is there when the answer has ended.", markup=False)
            return
        told = sections(message, self._tools.now().tzinfo)
        requests = rebuilt(self.conversation, message) if message.role == "assistant" else ()
        self.app.push_screen(ProvenanceScreen(told, requests, self._copy))
