"""The conversation as a tree: editing, stepping between siblings, deleting and undoing."""

from __future__ import annotations

from itertools import takewhile

from tui.core.conversation import Conversation, Message
from tui.core.images import Image
from tui.core.settings import Settings
from tui.keeping import Keeping
from tui.markdown.passage import Passage
from tui.screens.picturing import PicturingScreen
from tui.screens.showing import entries
from tui.screens.tools import Tools
from tui.widgets import notice
from tui.widgets.entry import Entry
from tui.widgets.prompt import Prompt
from tui.widgets.side import Side

BUSY = "A reply is under way. Esc cancels it first."
EDITED = "A question is being edited already: Enter asks it, Esc leaves it."


class BranchesScreen(PicturingScreen):
    """A screen that shows one path of a tree of messages."""

    _prompt: Prompt
    _side: Side

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._model = settings.model
        self._keeping = Keeping(tools.store, self._warn)
        self._deleted: list[int] = []
        self._edited = 0
        self._put_aside: tuple[str, tuple[Image, ...]] = ("", ())

    def _warn(self, sentence: str) -> None:
        self.notify(sentence, severity="warning", markup=False)

    def _path_changed(self) -> None:
        """Another path is shown, or another conversation."""
        raise NotImplementedError

    def _tick(self) -> None:
        """Bring what stands round the conversation up to date."""
        raise NotImplementedError

    def _turn_to(self, talk: Conversation) -> None:
        """Show another path: what both have in common stays where it is."""
        before, self.conversation = self.conversation, talk
        path = talk.path
        pairs = zip(path, self._log.entries, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0].id == pair[1].message, pairs))
        self._log.replace(same, self._entries(talk, path[same:]) if path else [self._welcome()])
        pairs_of_old = zip(talk.messages, before.messages, strict=False)
        changed = [message for message, old in pairs_of_old if message is not old]
        self._keeping.keep(talk, self._model, changed)
        self._keeping.turn(talk)
        self._path_changed()

    def _entries(self, talk: Conversation, messages: tuple[Message, ...]) -> list[Entry]:
        made = entries(talk, messages, self._tools.now(), unfolds=self._unfolds)
        for entry, message in zip(made, messages, strict=True):
            if message.images:
                self._gallery.hang(entry, message.images)
        return made

    def _welcome(self) -> Entry:
        return Entry(0, notice.welcome(self._settings.source), Passage())

    def _is_free(self) -> bool:
        """Whether the tree may change now; says so where it may not."""
        if self._is_busy:
            self.notify(BUSY, markup=False)
        return not self._is_busy

    @property
    def _focused(self) -> Message | None:
        """The message that keys act on."""
        entry = self._log.focused_entry
        return self.conversation.message(entry.message) if entry else None

    # Siblings

    def action_sibling_before(self) -> None:
        """Show the version before this one of the focused message."""
        self._step_sibling(-1)

    def action_sibling_after(self) -> None:
        """Show the version after this one of the focused message."""
        self._step_sibling(1)

    def _step_sibling(self, by: int) -> None:
        if not self._is_free():
            return
        message = self._focused
        there = self.conversation.siblings(message.id) if message else ()
        if message is None or len(there) < 2:
            self.notify("There is one version of this message: r and e make others.", markup=False)
        else:
            self._turn_to(self.conversation.turned(message.id, by))
            self._focus_one_of(there)

    def _focus_one_of(self, siblings: tuple[Message, ...]) -> None:
        """Focus the sibling that is shown."""
        ids = {message.id for message in siblings}
        shown = [entry for entry in self._log.entries if entry.message in ids]
        if shown and self._log.has_focus:
            self._log.focus_entry(shown[0])

    # Deleting

    def action_delete(self) -> None:
        """Delete the focused message, and with it what follows from it."""
        if not self._is_free() or (message := self._focused) is None:
            return
        path = self.conversation.path
        count = len(path) - path.index(message) if message in path else 1
        self._deleted.append(message.id)
        self._turn_to(self.conversation.deleted(message.id))
        what = "1 message is" if count == 1 else f"{count:,} messages are"
        them = "it" if count == 1 else "them"
        self.notify(f"{what} deleted. u in the conversation brings {them} back.", markup=False)

    def action_undelete(self) -> None:
        """Bring back what was deleted last."""
        gone = [each.id for each in self.conversation.messages if each.is_deleted]
        gone = [number for number in gone if self._has_words(number)]
        if not gone:
            self.notify("Nothing was deleted here.", markup=False)
        elif self._is_free():
            number = self._deleted.pop() if self._deleted else gone[-1]
            self._turn_to(self.conversation.restored(number))
            self._focus_one_of(self.conversation.siblings(number))

    def _has_words(self, number: int) -> bool:
        """Whether there is anything to bring back: a failure that was asked again has nothing."""
        message = self.conversation.message(number)
        return message is not None and message.has_words

    # Editing

    def action_edit(self) -> None:
        """Take the focused question into the prompt; what is sent becomes its sibling."""
        if not self._is_free():
            return
        question = self._question()
        if question is None:
            self.notify("There is no question to edit.", markup=False)
        elif self._edited and self._prompt.unsent:
            self.notify(EDITED, markup=False)
            self._prompt.focus()
        else:
            self.leave_edit()
            self._take_up(question)

    def _take_up(self, question: Message) -> None:
        self._edited = question.id
        self._put_aside = self._prompt.unsent, self._side.images
        self._prompt.take(question.text, given=question.text)
        self._side.images = question.images
        self._tick()
        self._prompt.focus()

    def _question(self) -> Message | None:
        """The focused question, or the one to which the focused message is an answer."""
        message = self._focused
        while message is not None and message.role != "user":
            message = self.conversation.message(message.parent)
        return message

    def leave_edit(self) -> bool:
        """Put the draft back that was there before; tells whether anything was edited."""
        if self._edited and (words := self._prompt.unsent):
            self._prompt.keep(words)
        return self._put_back()

    def _put_back(self, after: str = "") -> bool:
        """Show the draft of before the edit, with what was typed after it."""
        if not self._edited:
            return False
        draft, self._side.images = self._put_aside
        self._prompt.take(f"{draft}\n{after}" if draft and after else draft or after)
        self._edited, self._put_aside = 0, ("", ())
        self._tick()
        return True

    @property
    def _unsent(self) -> str:
        """All that was typed and not sent: the draft, and the words of an edit beside it."""
        parts = (self._put_aside[0], self._prompt.unsent)
        return "\n\n".join(part for part in parts if part.strip())

    @property
    def _unsent_images(self) -> tuple[Image, ...]:
        """The images beside the draft; those of an edit are with its question."""
        return self._put_aside[1] if self._edited else self._side.images

    def _before_the_edit(self) -> Conversation:
        """What the next question follows: all that is shown, or what is before the edited one."""
        talk = self.conversation
        return talk.before(self._edited) if self._edited else talk

    def _asked(self, text: str, images: tuple[Image, ...]) -> Conversation:
        """The conversation with this question, in the place of the one that was edited."""
        return self._before_the_edit().asked(text, images, self._tools.now().timestamp())
