"""Questions that are sent while a reply streams wait in line, where they are seen and changed.

The first one leaves when the reply is complete. After any other ending it waits on: the person
may want to continue or to ask again before. What waits belongs to the draft, so it is kept on the
disk with that, and no question is lost however Rillet ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on

from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.images import Image
from tui.core.phase import ending
from tui.core.settings import Settings
from tui.screens.asking import AskingScreen
from tui.screens.attaching import READING
from tui.screens.tools import Tools
from tui.widgets.entry import Entry
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.screens.exchange import Exchange
    from tui.widgets.queue import Queue, Waiting

SOON = "sent when the reply is complete"
HELD = "waits: Enter sends it"
EDITED = "A question is being edited. What waits can be sent after that."


class QueueingScreen(AskingScreen):
    """A screen where the next questions can be asked before the last one is answered."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._waiting: tuple[Waiting, ...] = ()
        self._is_next_due = False

    # Into the line

    def _put_in_line(self, text: str) -> None:
        """Keep a question until the reply is over."""
        from tui.widgets.queue import Waiting

        if self._reading:
            self._prompt.give_back(text)
            self._warn(READING)
            return
        self._wait_with(*self._waiting, Waiting(text, self._side.take_attached()))
        self._prompt.remember(text)

    def _wait_with(self, *waiting: Waiting) -> None:
        """These wait from now on; the rows that show them come and go with them."""
        from tui.widgets.queue import Queue

        self._waiting = waiting
        self._prompt.leads_up = bool(waiting)
        self.write_soon()
        queue = next(iter(self.query(Queue)), None)
        if queue is None and waiting:
            queue = Queue(id="queue")
            self.mount(queue, before=self._prompt)
        if queue is not None:
            queue.waiting, queue.display = waiting, bool(waiting)
            if queue.has_focus and not waiting:
                self._prompt.focus()
        self._tell_when()

    def _tell_when(self) -> None:
        from tui.widgets.queue import Queue

        for queue in self.query(Queue):
            queue.note = SOON if self._is_busy or self._is_next_due else HELD

    # Out of it

    def _begin(self, entry: Entry, answer: Message, *, continues: bool = False) -> None:
        super()._begin(entry, answer, continues=continues)
        self._is_next_due = False
        if self._waiting:
            self._tell_when()

    def _conclude(self, exchange: Exchange) -> None:
        """The next question is due if this answer is all that the model had to say."""
        super()._conclude(exchange)
        if self._waiting:
            self._is_next_due = ending(exchange.answer).is_complete
            self._tell_when()
            self._ticker.resume()

    def _settle(self) -> None:
        """All is told of the last answer: there is room for the next question."""
        super()._settle()
        if self._is_next_due:
            self.call_next(self._send_due)

    def _send_due(self) -> None:
        if self._is_next_due:
            self._is_next_due = False
            self._send_next()

    @on(Prompt.Bare)
    def _send_next(self) -> None:
        """Ask what waits first; what speaks against it is told, and it waits on."""
        if not self._waiting or self._is_busy or self._is_closed:
            return
        first, *others = self._waiting
        if self._edited:
            self.notify(EDITED, markup=False)
        elif not self._objects(self.conversation, first.images, "Up goes to the question", "Enter"):
            self._turn_to(self._asked(first.text, first.images))
            self._answer()
            self._wait_with(*others)
        self._tell_when()

    # What a person changes

    @on(Prompt.Up)
    def _go_to_line(self) -> None:
        from tui.widgets.queue import Queue

        queue = self.query_one(Queue)
        queue.place = len(self._waiting) - 1
        queue.focus()

    def leave(self) -> bool:
        """From the line, Esc goes back to the prompt."""
        from tui.widgets.queue import Queue

        if any(queue.has_focus for queue in self.query(Queue)):
            self._prompt.focus()
            return True
        return super().leave()

    def action_leave_line(self) -> None:
        """Go back to the prompt."""
        self._prompt.focus()

    def on_queue_asked(self, event: Queue.Asked) -> None:
        """Do what a key asks for with one of the questions."""
        deed, chosen, others = event.deed, event.chosen, list(self._waiting)
        place = next((at for at, each in enumerate(others) if each is chosen), None)
        if place is None:
            return  # it has left
        del others[place]
        if deed == "edit":
            self._prompt.put_before(chosen.text)
            self._side.give_attached(chosen.attached)
            self._prompt.focus()
        elif deed == "remove":
            self._prompt.keep(chosen.text)
            what = "It is not sent, nor are its images." if chosen.attached else "It is not sent."
            self.notify(f"{what} Up in the prompt still knows the words.", markup=False)
        else:
            others.insert(max(0, place + (-1 if deed == "up" else 1)), chosen)
        self._wait_with(*others)

    # What is kept

    @property
    def _unsent(self) -> str:
        """The draft begins with what waits."""
        parts = (*(each.text for each in self._waiting), super()._unsent)
        return "\n\n".join(part for part in parts if part.strip())

    @property
    def _unsent_images(self) -> tuple[Image, ...]:
        return (
            *(image for each in self._waiting for image in each.images),
            *super()._unsent_images,
        )

    def _open(self, chat: Chat, entries: list[Entry], message: int) -> None:
        """What waits stays behind, in the draft of the conversation that is left."""
        if self._waiting:
            self._wait_with()
        super()._open(chat, entries, message)

    def _show(self, talk: Conversation, entries: Iterable[Entry] = ()) -> None:
        """What waits was meant for the conversation that is left: it waits for Enter here."""
        self._is_next_due = False
        super()._show(talk, entries)
        self._tell_when()
