"""What a person does round the messages: see where they come from, choose what is said before."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.options import Options
from tui.core.sanitize import clean, one_line
from tui.core.settings import Settings
from tui.screens.choosing import ChoosingScreen
from tui.screens.tools import Tools
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.core.library import Kind, Text
    from tui.screens.library import Choice

MOST_ASKED = 30
"""The most placeholders that a form asks for."""


class PromptingScreen(ChoosingScreen):
    """A screen that tells of its messages' origins, and has a library of prompts."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._names = {settings.system: settings.prompt} if settings.prompt else {}
        self._left_open: dict[tuple[str, str], str] = {}  # what was typed into forms and not used

    def action_provenance(self) -> None:
        """Show where the focused message comes from."""
        from tui.core.origin import sections
        from tui.core.rebuilt import rebuilt
        from tui.screens.provenance import ProvenanceScreen

        message = self._focused
        if message is None:
            why = "Its record is there when the answer has ended."
            self.notify(why if self._is_busy else "There is no message yet.", markup=False)
            return
        told = sections(message, self._tools.now().tzinfo)
        requests = rebuilt(self.conversation, message) if message.role == "assistant" else ()
        self.app.push_screen(ProvenanceScreen(told, requests, self._copy))

    # The editor

    def action_edit_prompt(self) -> None:
        """Open the prompt in the editor, and take what that makes of it."""
        if command := self._editor():
            text = self._lend(command, self._prompt.text, ".md")
            if text is not None:
                self._prompt.replace_all(clean(text))
            self._prompt.focus()

    # The library

    def action_prompts(self) -> None:
        """Show the library."""
        from tui.edge.library import read_library
        from tui.screens.library import LibraryScreen

        folder = self._tools.library
        where = one_line(str(folder), 300) if folder else "the configuration's folder"
        read = partial(read_library, folder)
        library = LibraryScreen(read, where, self.conversation.system, self._prompt.text)
        self.app.push_screen(library, self._do)

    def _do(self, choice: Choice | None) -> None:
        """What was chosen in the library."""
        from tui.core.library import Kind, Text
        from tui.screens.instructions import InstructionsScreen
        from tui.screens.library import Task

        match choice:
            case Text(kind=Kind.SYSTEM, name=name, text=text):
                self._names[text] = name
                self._instruct(text)
            case Text():
                self._fill_in(choice)
            case Task.WRITE:
                self.app.push_screen(InstructionsScreen(self.conversation.system), self._instruct)
            case Task.REMOVE:
                self._instruct("")
            case Task.SAVE_SYSTEM:
                self._save(Kind.SYSTEM, self.conversation.system)
            case Task.SAVE_DRAFT:
                self._save(Kind.SNIPPET, self._prompt.text)

    # The system prompt

    def _instruct(self, system: str | None) -> None:
        """Another system prompt for what is asked from now on; None is none chosen."""
        if system is None or system == self.conversation.system:
            return
        self.conversation = replace(self.conversation, system=system)
        self._keeping.turn(self.conversation)
        self._path_changed()
        told = f"now {self._system_in_words()}" if system else "removed"
        self.notify(f"The system prompt is {told}.", markup=False)

    def _ask_of(self, model: str) -> None:
        """Ask another model; a conversation that has not begun takes up its system prompt."""
        talk, before = self.conversation, self._settings.system_for(self._model)
        self._model = model
        if not talk.messages and talk.system == before:
            self.conversation = replace(talk, system=self._settings.system_for(model))

    def set_options(self, options: Options) -> None:
        """Other parameters for what is asked in this conversation from now on; they are kept."""
        self.conversation = replace(self.conversation, options=options)
        self._keeping.turn(self.conversation)
        self._path_changed()

    def _system_in_words(self) -> str:
        """The name of the system prompt, else its first words; empty where there is none."""
        system = self.conversation.system
        return one_line(self._names.get(system, system), 60)

    def _show_system(self) -> None:
        words = self._system_in_words()
        self._side.show_system(words)
        self.query_one(TitleLine).system = words

    # Snippets

    def _fill_in(self, snippet: Text) -> None:
        """Ask for what a snippet leaves open, if anything, and insert it."""
        from tui.core.placeholders import placeholders
        from tui.screens.filling import FillingScreen

        asked = placeholders(snippet.text)
        if len(asked) > MOST_ASKED:
            told = f"It has {len(asked):,} placeholders, too many to ask for: they are left."
            self.notify(told, markup=False)
        if 0 < len(asked) <= MOST_ASKED:
            self.app.push_screen(FillingScreen(snippet, self._left_open), self._insert)
        else:
            self._insert(snippet.text)

    def _insert(self, text: str | None) -> None:
        """Put a text where the cursor is."""
        if text:
            self._prompt.insert(clean(text), maintain_selection_offset=False)
            self._prompt.focus()

    # Saving

    def _save(self, kind: Kind, text: str) -> None:
        from tui.screens.saving import SavingScreen

        screen = SavingScreen(self._tools.library, kind, text)
        self.app.push_screen(screen, partial(self._tell_saved, kind, text))

    def _tell_saved(self, kind: Kind, text: str, path: Path | None) -> None:
        from tui.core.library import Kind

        self._tell_written(path)
        if path is not None and kind is Kind.SYSTEM:
            self._names[text] = path.stem
            self._show_system()
