"""The sheet of settings: the scopes, what holds for the one that is shown, and how to find it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.core.errors import RilletError, UsageError
from tui.core.sanitize import one_line
from tui.core.sheet import Known, rows, scopes
from tui.core.sheet_items import Scope
from tui.screens.dialog import Dialog
from tui.screens.settings_behind import Behind
from tui.widgets.setting_list import SettingList

KEYS = "Enter edits · Del unsets · ←→ other scope · / finds · e opens the file · Esc closes"
SHORT_KEYS = "Enter edits · Del unsets · Tab scope · / finds · Esc"

NARROW = 100
"""Columns below which keys are told in few words."""


class SheetScreen(Dialog[None]):
    """Shows the settings."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "up", show=False),
        Binding("down", "step(1)", "down", show=False),
        Binding("tab", "scope(1)", "next scope", show=False, priority=True),
        Binding("shift+tab", "scope(-1)", "scope before", show=False, priority=True),
    ]

    AUTO_FOCUS = "#settings-list"

    def __init__(self, behind: Behind) -> None:
        super().__init__()
        self._behind = behind
        self._known = Known()
        self._scope = Scope.EVERYWHERE if behind.begins else Scope.CHAT
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """The scopes, the settings, what the one with the cursor is for."""
        with Vertical(id="settings") as frame:
            frame.border_title = Content("Settings")
            yield Static(id="settings-scopes", markup=False)
            yield Input(placeholder="part of a name", id="settings-words", compact=True)
            yield SettingList(id="settings-list")
            yield Static(id="settings-help", markup=False)

    def on_mount(self) -> None:
        """Read what there is; a cursor that blinks would draw for nothing."""
        self._list = self.query_one(SettingList)
        self._words = self.query_one("#settings-words", Input)
        self._words.cursor_blink = self._words.display = False
        self._read()
        self._list.go_to(self._behind.begins)

    def on_resize(self) -> None:
        """Keys are told as far as there is room."""
        self.show_row()

    # What is shown

    def _read(self) -> None:
        """Read everything again, and show it."""
        try:
            self._known, self._trouble = self._behind.known(), ""
        except UsageError as error:
            self._trouble = self._in_words(error)
        if self._scope not in scopes(self._known):
            self._scope = Scope.CHAT
        self._fill()

    def _in_words(self, error: RilletError) -> str:
        """What is wrong; the file's place stands in the frame already."""
        file = one_line(str(self._behind.file), 300)
        return str(error).replace(file, "The file")

    def _fill(self) -> None:
        wanted = self._words.value.casefold().split()
        found = [
            row
            for row in rows(self._scope, self._known)
            if all(word in f"{row.item.name} {row.item.help}".casefold() for word in wanted)
        ]
        self._list.show(found)
        self.show_row()

    @on(SettingList.Moved)
    def show_row(self) -> None:
        """Show the scopes, and what belongs to the row with the cursor."""
        frame = self.query_one("#settings")
        frame.border_subtitle = Content(self._keys())
        frame.border_title = Content(" · ".join(filter(None, ("Settings", self._where()))))
        self.query_one("#settings-scopes", Static).update(self._scopes())
        self.query_one("#settings-help", Static).update(self._help())

    def _where(self) -> str:
        """Where it is written what is changed here."""
        if self._scope is Scope.CHAT:
            return "kept with the conversation"
        room = max(10, self.size.width - 24)
        file = _shown(self._behind.file)
        return file if len(file) <= room else "…" + file[1 - room :]

    def _keys(self) -> str:
        """The keys that do something now."""
        return SHORT_KEYS if self.size.width < NARROW else KEYS

    def _scopes(self) -> Content:
        """The scopes, with the names that they have as far as there is room."""
        room = self._list.size.width
        shown = self._scopes_named(set(Scope))
        if shown.cell_length > room:
            shown = self._scopes_named({self._scope})
        return shown if shown.cell_length <= room else self._scopes_named(set())

    def _scopes_named(self, told: set[Scope]) -> Content:
        names = {Scope.MODEL: self._known.model, Scope.ENDPOINT: self._known.endpoint}
        shown = Content("")
        for scope in scopes(self._known):
            name = one_line(names.get(scope, ""), 40) if scope in told else ""
            is_here = scope is self._scope
            words = f"{'▸' if is_here else ' '} {scope.value}{' ' if name else ''}{name} "
            shown += Content.styled(words, "bold $accent" if is_here else "$foreground")
        return shown

    def _help(self) -> Content:
        row = self._list.row
        if self._trouble:
            return Content.styled(one_line(self._trouble, 600), "$error")
        if row is None:
            return Content("Nothing has this name.")
        note = f" {row.note}" if row.note else ""
        return Content.assemble(row.item.help, (note, "$warning"))

    # Moving

    def action_step(self, by: int) -> None:
        """Up and down in the list."""
        self.set_focus(self._list)
        self._list.step(by)

    def action_sideways(self, by: int) -> None:
        """To another scope."""
        self.action_scope(by)

    def action_scope(self, by: int) -> None:
        """To another scope."""
        there = scopes(self._known)
        self._scope = there[(there.index(self._scope) + by) % len(there)]
        self._fill()

    # Finding

    @on(SettingList.Typed)
    def find_typed(self, event: SettingList.Typed) -> None:
        """A letter was typed in the list."""
        self._type(event.text)

    def _type(self, text: str) -> None:
        """Begin to narrow the list."""
        self.action_find()
        self._words.insert_text_at_cursor(text)

    def action_find(self) -> None:
        """Open the field that narrows the list."""
        self._words.display = True
        self.set_focus(self._words)

    @on(Input.Changed, "#settings-words")
    def narrow(self) -> None:
        """Show what matches."""
        self._fill()

    @on(Input.Submitted, "#settings-words")
    def end_finding(self) -> None:
        """Go to the list."""
        self.set_focus(self._list)


def _shown(file: Path | None) -> str:
    """A file's place, from the home on where it is in there."""
    if file is None:
        return ""
    try:
        return one_line(f"~/{file.relative_to(Path.home())}", 300)
    except (ValueError, RuntimeError):
        return one_line(str(file), 300)
