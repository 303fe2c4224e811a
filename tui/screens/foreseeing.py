"""What is counted beside the event loop: words that come, and what the next prompt would cost."""

from __future__ import annotations

from textual import on, work

from tui.core.settings import Settings
from tui.screens.accounts import Accounts
from tui.screens.naming import NamingScreen
from tui.screens.outlook import Foreseen, Next
from tui.screens.tools import Tools
from tui.widgets.prompt import Prompt


class ForeseeingScreen(NamingScreen):
    """A screen that counts what was said and what would be."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._accounts = Accounts(settings, tools.load)
        self._meter, self._outlook = self._accounts.meter, self._accounts.outlook

    def _look_at_meter(self) -> bool:
        """Count what came; gives whether some of it is left for a thread."""
        if self._meter.look():
            self._catch_up()
        return self._meter.is_behind

    @work(group="count on")
    async def _catch_up(self) -> None:
        await self._meter.catch_up()

    @work(group="outlook")
    async def _foresee(self) -> None:
        """The worker: it counts the next prompt, for as long as the screen is there."""
        async for budget in self._outlook.budgets(self._next):
            self.post_message(Foreseen(budget))

    def _next(self) -> Next:
        talk = self._before_the_edit()
        return self._accounts.next(self._model, talk, self._prompt.text)

    @on(Prompt.Changed)
    def look_ahead(self) -> None:
        """The next prompt is another one."""
        self._outlook.touch()
