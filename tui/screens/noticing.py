"""What is seen of Rillet while one looks elsewhere: the window's title, a bell, a notification."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.core.notices import BRING_BACK, PUT_ASIDE, entitled, has_title, told
from tui.core.phase import ending
from tui.core.sanitize import shortened
from tui.core.settings import Settings
from tui.screens.commanding import CommandingScreen
from tui.screens.tools import Tools

if TYPE_CHECKING:
    from tui.screens.exchange import Exchange

LONGEST = 60
"""Characters of what a conversation is about."""

TOLD_PRIVATELY = "a conversation"
"""What a conversation is called that is to be known to nobody else."""


class NoticingScreen(CommandingScreen):
    """A screen that tells of itself outside."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._has_title = settings.notices.title and has_title(os.environ)
        self._titled = ""

    def _tell_terminal(self, sequence: str) -> None:
        """Write what draws nothing."""
        driver = self.app._driver
        if driver is not None and sequence:
            driver.write(sequence)

    # The title

    def on_mount(self) -> None:
        """Put the terminal's own title aside, and again after it was lent to somebody else."""
        self.app.app_suspend_signal.subscribe(self, lambda _: self._end_titles())
        self.app.app_resume_signal.subscribe(self, lambda _: self._entitle())
        self._entitle()

    async def on_unmount(self) -> None:
        """Leave the terminal as it was."""
        self._end_titles()

    def _end_titles(self) -> None:
        """Bring the terminal's own title back; one without a memory of it has none then."""
        if self._titled:
            self._titled = ""
            self._tell_terminal(entitled("") + BRING_BACK)

    def _entitle(self) -> None:
        """Let the title say what this is about, and how that stands."""
        title = " – ".join(filter(None, (self._about, self._phase, self.app.title)))
        if self._has_title and title != self._titled:
            self._tell_terminal(("" if self._titled else PUT_ASIDE) + entitled(title))
            self._titled = title

    @property
    def _about(self) -> str:
        """The conversation; a private one is not named, since titles are seen by others."""
        subject = self._keeping.title or self.conversation.title
        if subject and self._keeping.store is None:
            return TOLD_PRIVATELY
        return shortened(subject, LONGEST)

    @property
    def _phase(self) -> str:
        """How the last turn of this conversation stands; nothing before the first one."""
        if self._comparing is not None:
            return self._comparing.phase
        if self._exchange is None:
            return ""
        reply = self._exchange.reply
        return ending(reply.message()).words if reply.finished else reply.phase.value

    # The end of a reply

    def _conclude(self, exchange: Exchange) -> None:
        """Call whoever looks elsewhere, where the user turned that on."""
        super()._conclude(exchange)
        self._call(exchange)

    def _heard(self, exchange: Exchange) -> None:
        """The same when the last of several answers has ended."""
        super()._heard(exchange)
        self._entitle()
        if self._comparing is not None and self._comparing.is_over:
            self._call(exchange)

    def _call(self, exchange: Exchange) -> None:
        took = exchange.reply.timings.total_s(self._tools.clock()) or 0.0
        notices = self._settings.notices
        if not self.app.app_focus and took >= notices.after:
            words = f"{self._phase}: {self._about}"
            self._tell_terminal(told(words, notices.ended, os.environ))
