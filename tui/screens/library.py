"""The library of prompts: a list to filter, the text of each beside it, one is chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.core.library import Kind, Library, Text
from tui.core.sanitize import clean, one_line
from tui.screens.dialog import Dialog

NARROW = 100
"""Columns below which the text stands below the list."""

MOST_SHOWN = 4000
"""Characters of a text that are shown."""

NONE_YET = (
    "There are no prompts yet. Put a system prompt into {0}/prompts/NAME.md and a snippet, which "
    "may have {{{{placeholders}}}}, into {0}/snippets/NAME.md; or save one from here."
)


class Task(Enum):
    """Something else to do than to choose a text; the value is how it is listed."""

    WRITE = "✎ write the system prompt"
    REMOVE = "× no system prompt"
    SAVE_SYSTEM = "+ save the system prompt as …"
    SAVE_DRAFT = "+ save the draft as a snippet …"


Choice = Text | Task


class LibraryScreen(Dialog[Choice | None]):
    """Lists system prompts and snippets; gives what is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "close", show=False),
        Binding("f5", "dismiss", "close", show=False, id="prompts"),
        Binding("up", "move('cursor_up')", "up", show=False),
        Binding("down", "move('cursor_down')", "down", show=False),
        Binding("pageup", "scroll_text('page_up')", "text up", show=False),
        Binding("pagedown", "scroll_text('page_down')", "text down", show=False),
        Binding("s", "save('SAVE_SYSTEM')", "save the system prompt", show=False),
        Binding("d", "save('SAVE_DRAFT')", "save the draft", show=False),
    ]

    AUTO_FOCUS = "#library-filter"

    def __init__(self, read: Callable[[], Library], where: str, system: str, draft: str) -> None:
        """Begin.

        Args:
            read: Reads the library; it takes time.
            where: The folder, in words.
            system: The system prompt as it is.
            draft: What is typed and not sent yet, which could be kept.
        """
        super().__init__()
        self._read = read
        self._where = where
        self._system = system
        self._draft = draft
        self._tasks = [Task.WRITE]
        self._tasks += [Task.REMOVE, Task.SAVE_SYSTEM] if system else []
        self._tasks += [Task.SAVE_DRAFT] if draft.strip() else []
        self._library: Library | None = None
        self._listed: list[Choice | None] = []

    def compose(self) -> ComposeResult:
        """The filter, the list, the text."""
        with Vertical(id="library") as frame:
            frame.border_title = Content("Prompts")
            frame.border_subtitle = Content(self._keys())
            yield Input(placeholder="type to filter", id="library-filter", compact=True)
            with Horizontal(id="library-both"):
                yield OptionList(id="library-list", markup=False, compact=True)
                with VerticalScroll(id="library-text"):
                    yield Static("Reading …", id="library-words", markup=False)

    def _keys(self) -> str:
        """The keys that do something now."""
        saves = {Task.SAVE_SYSTEM: "s the prompt", Task.SAVE_DRAFT: "d the draft"}
        keys = ", ".join(said for task, said in saves.items() if task in self._tasks)
        middle = [f"Tab, then {keys.replace(' ', ' saves ', 1)}"] if keys else []
        return " · ".join(["Enter chooses", *middle, "Esc closes"])

    def on_mount(self) -> None:
        """Read; a cursor that blinks would draw for nothing."""
        self.query_one(Input).cursor_blink = False
        self._fill()

    def on_resize(self, event: Resize) -> None:
        """The text goes where there is room."""
        self.set_class(event.size.width < NARROW, "-narrow")

    @work(exclusive=True)
    async def _fill(self) -> None:
        self._library = await asyncio.to_thread(self._read)
        self._narrow(self.query_one(Input).value)
        for trouble in self._library.troubles:
            self.notify(trouble, severity="warning", markup=False)

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show what matches."""
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        library = self._library
        if library is None:
            return
        words = typed.casefold().split()
        tasks = [each for each in self._tasks if all(word in each.value for word in words)]
        rows: list[tuple[Choice | None, Content]] = []
        for kind in Kind:
            if found := library.matching(kind, typed):
                rows.append((None, Content.styled(kind.value, "bold $primary")))
                rows += [(text, self._row(text)) for text in found]
        own: list[tuple[Choice | None, Content]] = [(each, Content(each.value)) for each in tasks]
        rows = rows + own if words else own + rows
        self._listed = [choice for choice, _ in rows]
        listing = self.query_one(OptionList)
        listing.clear_options()
        listing.add_options(Option(row, disabled=choice is None) for choice, row in rows)
        listing.highlighted = self._first()
        self._show()

    def _row(self, text: Text) -> Content:
        sign = "✗ " if text.trouble else "● " if self._is_set(text) else "  "
        return Content(sign + one_line(text.name, 80))

    def _first(self) -> int | None:
        """The row to begin with: the system prompt that is set, else the first text, else any."""
        rows = [(row, choice) for row, choice in enumerate(self._listed) if choice is not None]
        texts = [(row, text) for row, text in rows if isinstance(text, Text)]
        now = [row for row, text in texts if self._is_set(text)]
        good = [row for row, text in texts if not text.trouble]
        return next(
            iter([*now, *good, *(row for row, _ in texts), *(row for row, _ in rows)]), None
        )

    def _is_set(self, text: Text) -> bool:
        return text.kind is Kind.SYSTEM and text.text == self._system != ""

    @property
    def _chosen(self) -> Choice | None:
        row = self.query_one(OptionList).highlighted
        return self._listed[row] if row is not None and row < len(self._listed) else None

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        """Show the text in question."""
        self.query_one("#library-words", Static).update(Content(self._words(self._chosen)))
        self.query_one("#library-text").scroll_home(animate=False)

    def _words(self, choice: Choice | None) -> str:
        match choice:
            case Text(trouble=str(trouble)) if trouble:
                return trouble
            case Text(text=text):
                return _beginning(text)
            case Task.WRITE if self._library is not None and not self._library.texts:
                return NONE_YET.format(self._where)
            case Task.SAVE_DRAFT:
                return _beginning(clean(self._draft))
            case Task():
                return _beginning(clean(self._system)) or "There is no system prompt now."
            case _:
                return "Nothing has this name."

    # Choosing

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def choose(self) -> None:
        """This one, if it can be read."""
        chosen = self._chosen
        if chosen is not None and not (isinstance(chosen, Text) and chosen.trouble):
            self.dismiss(chosen)

    async def action_move(self, way: str) -> None:
        """Go up or down in the list while the keys go to the filter."""
        await self.query_one(OptionList).run_action(way)

    def action_scroll_text(self, way: str) -> None:
        """Scroll the text while the keys go elsewhere."""
        text = self.query_one("#library-text", VerticalScroll)
        if way == "page_up":
            text.scroll_page_up(animate=False)
        else:
            text.scroll_page_down(animate=False)

    def action_save(self, name: str) -> None:
        """Keep the system prompt or the draft, if there is one."""
        task = Task[name]
        if task in self._tasks:
            self.dismiss(task)
        else:
            what = "system prompt" if task is Task.SAVE_SYSTEM else "draft"
            self.notify(f"There is no {what} to save.", markup=False)


def _beginning(text: str) -> str:
    more = len(text) - MOST_SHOWN
    return f"{text[:MOST_SHOWN]}…\n\n({more:,} characters more)" if more > 0 else text
