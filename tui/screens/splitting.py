"""From the chat to several answers side by side, and back with the one that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.core.commands import rekeyed
from tui.core.conversation import Conversation
from tui.core.sanitize import one_line
from tui.core.settings import Settings
from tui.screens.queueing import QueueingScreen
from tui.screens.tools import Tools

if TYPE_CHECKING:
    from tui.screens.comparing import Compared, ComparingScreen
    from tui.screens.exchange import Exchange

KEY = "Ctrl+T"

SHOWN = 200
"""Characters of the question that the sheet shows."""

NOTHING = "There is nothing to ask yet: type a question, then Ctrl+T asks it of several models."


class SplittingScreen(QueueingScreen):
    """A screen that asks several models at once."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._compared: tuple[str, ...] = ()
        self._comparing: ComparingScreen | None = None

    @property
    def _is_busy(self) -> bool:
        return super()._is_busy or self._comparing is not None

    def action_compare(self) -> None:
        """Choose who is asked, then ask them."""
        if not self._is_free():
            return
        if not (self._draft or self._last_question):
            self.notify(rekeyed(NOTHING), markup=False)
        else:
            self._compare()

    @property
    def _draft(self) -> str:
        """What is typed and could be asked."""
        text = self._prompt.text.strip("\n")
        return text if text.strip() else ""

    @property
    def _last_question(self) -> str:
        """The question that would be asked again; empty where there is none."""
        talk = self._before_the_answer()
        asked = talk.message(talk.head)
        is_question = asked is not None and asked.role == "user"
        return asked.text or "(images)" if asked is not None and is_question else ""

    @work(group="compare", exclusive=True)
    async def _compare(self) -> None:
        from tui.screens.models import ModelsScreen

        listed = self._side.listed or await self._list()
        marked = self._compared or ((self._model,) if self._model else ())
        sheet = ModelsScreen(listed, marked, self._told())
        models = await self.app.push_screen_wait(sheet)
        if not models or not self._is_free():
            return
        self._compared = models
        talk = self._made_ready(models)
        if talk is None:
            return
        self._turn_to(talk)
        self.workers.cancel_group(self, "name")  # a question goes before a name
        self._comparing = screen = self._side_by_side(models)
        self._tick()
        try:
            compared = await self.app.push_screen_wait(screen)
        finally:
            self._comparing = None
        self._take(compared)

    async def _list(self) -> list[str]:
        """What the endpoint lists, where that is not known yet."""
        from tui.core.errors import RequestFailed

        try:
            return await self._tools.server.models()
        except RequestFailed:
            return []  # names can be typed all the same

    def _told(self) -> str:
        """What is going to be asked, in words."""
        draft = self._draft
        words = one_line(draft or self._last_question, SHOWN)
        return f"Asks: {words}" if draft else f"Asks again: {words}"

    def _made_ready(self, models: tuple[str, ...]) -> Conversation | None:
        """The conversation with the question; None where something speaks against it."""
        key, text = rekeyed(KEY), self._draft
        if not text:
            again = self._before_the_answer()
            return None if self._objects_to_again(again, key, *models) else again
        if self._objects_to_prompt(key, *models):
            return None
        talk = self._asked(text, self._side.take_images())
        self._prompt.text = ""
        self._prompt.remember(text)
        self._put_back(self._prompt.text)
        return talk

    def _side_by_side(self, models: tuple[str, ...]) -> ComparingScreen:
        from tui.screens.answering import Around
        from tui.screens.comparing import ComparingScreen

        talk = self.conversation
        around = Around(
            settings=self._settings,
            tools=self._tools,
            keeping=self._keeping,
            accounts=self._accounts,
            model=self._model,
            copy=self._copy,
            ended=self._heard,
        )
        return ComparingScreen(around, talk, models, self._entries(talk, talk.path))

    def _heard(self, exchange: Exchange) -> None:
        """One of several answers has ended."""

    def _take(self, compared: Compared) -> None:
        """Go on from the answer that was kept."""
        self._exchange = None
        if compared.model and compared.model != self._model:
            self._model = compared.model
            self._show_model()
        self._turn_to(compared.conversation)
        self._accounts.recall(self.conversation)
        self._tick()
        self._log.move("end")
        self._prompt.focus()
        self._tell_kept(compared)

    def _tell_kept(self, compared: Compared) -> None:
        answer = compared.conversation.last_answer
        name = one_line(answer.model, 40) if answer else ""
        rest = "Tab, then < and > show the others."
        if count := compared.cancelled:
            was = "1 was cancelled, its" if count == 1 else f"{count} were cancelled, their"
            rest = f"{rest} {was} words are there."
        self.notify(f"Shown: {name}. {rest}", markup=False)

    def last_words(self) -> str:
        """Everything that was said and typed, of all the answers that come."""
        from tui.core.transcript import in_markdown

        if self._comparing is None:
            return super().last_words()
        return in_markdown(self._comparing.last_words(), self._unsent)
