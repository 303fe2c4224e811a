"""The settings: what holds for this conversation, the model, the endpoint, and everywhere.

A setting is edited where it stands. What is typed wrong stays in its field, with the sentence that
tells what it has to be below it.
"""

from __future__ import annotations

import re
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.widgets import Input

from tui.core.commands import Place
from tui.core.errors import UsageError
from tui.core.sanitize import clean
from tui.core.sheet import Row
from tui.core.sheet_items import Wrong
from tui.screens.filling import Field
from tui.screens.settings_behind import Behind
from tui.screens.sheet import SheetScreen
from tui.widgets.bound import bindings
from tui.widgets.setting_list import SettingList

LINES = 7
"""Lines of the field for a text of several lines."""

FIELD_KEYS = "Enter takes it · Esc leaves it as it was"
LINES_KEYS = "Enter takes it · Ctrl+J new line · Esc leaves it as it was"
CHOICE_KEYS = "← → choose · Enter takes it · Esc leaves it as it was"


class SettingsScreen(SheetScreen):
    """Edits the settings."""

    PLACE = Place.SETTINGS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close", show=False),
        Binding("f7", "close", "close", show=False, priority=True),
        Binding("ctrl+q", "app.quit", "quit", show=False, priority=True, id="quit"),
        *bindings(Place.SETTINGS),
    ]

    def __init__(self, behind: Behind) -> None:
        super().__init__(behind)
        self._choice = 0
        self._is_choosing = False
        self._is_leaving = False
        self._theme = ""
        self._begun = ""  # what the field of several lines began with

    def compose(self) -> ComposeResult:
        """The sheet, and the fields that lie over it."""
        yield from super().compose()
        yield Input(id="settings-field", compact=True, select_on_focus=False)
        yield Field(id="settings-lines")

    def on_mount(self) -> None:
        """The fields are there when something is edited."""
        self._field = self.query_one("#settings-field", Input)
        self._lines = self.query_one("#settings-lines", Field)
        self._field.cursor_blink = self._field.display = self._lines.display = False
        self._theme = self.app.theme

    def on_unmount(self) -> None:
        """What was only tried does not stay."""
        if self.app.theme != self._theme:
            self.app.theme = self._theme

    def _keys(self) -> str:
        if self._is_choosing:
            return CHOICE_KEYS
        if self._lines.display:
            return LINES_KEYS
        return FIELD_KEYS if self._field.display else super()._keys()

    # Moving

    def action_step(self, by: int) -> None:
        """Up and down in the list; while choosing, to another choice."""
        if self._is_choosing:
            self._choose(self._choice + (1 if by > 0 else -1))
        elif not self._is_editing:
            super().action_step(by)

    def action_sideways(self, by: int) -> None:
        """To another choice, or to another scope."""
        if self._is_choosing:
            self._choose(self._choice + by)
        else:
            super().action_sideways(by)

    def action_scope(self, by: int) -> None:
        """To another scope, unless something is edited."""
        if not (self._is_editing or self._is_choosing):
            super().action_scope(by)

    def _type(self, text: str) -> None:
        """Letters go where the focus was to go; else they narrow the list."""
        if self._field.display:
            self._field.insert_text_at_cursor(text)
        elif self._lines.display:
            self._lines.insert(text)
        elif not self._is_choosing:
            super()._type(text)

    @property
    def _is_editing(self) -> bool:
        return bool(self._field.display or self._lines.display)

    # Editing

    @on(SettingList.Clicked)
    def go_or_edit(self, event: SettingList.Clicked) -> None:
        """A click goes to a row; on the one with the cursor, it edits."""
        if self._is_editing or self._is_choosing:
            return
        if event.row is self._list.row:
            self.action_edit()
        else:
            self._list.go_to(event.row.item.name)

    def action_edit(self) -> None:
        """Open the field of the row with the cursor, or take what was chosen."""
        row = self._list.row
        if row is None or self._trouble or self._is_editing:
            return
        if self._is_choosing:
            self._take_choice(row)
        elif row.item.choices:
            self._begin_choice(row)
        elif row.item.has_lines:
            self._begin_lines(row)
        else:
            self._begin_line(row)

    def _begin_line(self, row: Row) -> None:
        self._field.value = row.typed
        self._field.display = True
        self._list.open()
        self.set_focus(self._field)
        self.place_field()
        self.show_row()

    def _begin_lines(self, row: Row) -> None:
        self._begun = clean(row.typed or (row.text if row.origin else ""))
        self._lines.load_text(self._begun)
        self._lines.move_cursor(self._lines.document.end)
        self._lines.display = True
        self._list.open(LINES)
        self.set_focus(self._lines)
        self.place_field()
        self.show_row()

    @on(SettingList.Moved)
    def place_field(self) -> None:
        """Keep the field over the value that it is for."""
        place = self._list.place
        self._field.visible = self._lines.visible = place is not None
        if place is None:
            return
        self._put(self._field, place)
        self._put(self._lines, Region(place.x, place.y + 1, place.width, LINES))

    def _put(self, field: Input | Field, place: Region) -> None:
        if field.display:
            field.styles.offset = (place.x, place.y)
            field.styles.width = place.width
            field.styles.height = place.height

    @on(Input.Changed, "#settings-field")
    @on(Field.Changed, "#settings-lines")
    def forget_trouble(self) -> None:
        """Who types on is not told any more what was wrong."""
        self._is_leaving = False
        if self._is_editing:
            self._list.open(LINES if self._lines.display else 0)

    @on(Input.Submitted, "#settings-field")
    async def take_line(self, event: Input.Submitted) -> None:
        """Take what was typed; nothing unsets."""
        await self._take(event.value)

    @on(Field.Done)
    async def take_lines(self) -> None:
        """Take the text; nothing unsets."""
        await self._take(self._lines.text)

    async def _take(self, text: str) -> None:
        row = self._list.row
        if row is None or not self._is_editing:
            return
        try:
            value = row.item.parse(text) if text.strip() else None
            await self._behind.keep(self._scope, row, value)
        except (Wrong, UsageError) as error:
            told = self._in_words(error)
            about = re.sub(rf"^The file, line \d+: (?={row.item.name}\b)", "", told)
            self._list.open(LINES if self._lines.display else 0, about)
            return
        self._end_editing()
        self._read()

    def _end_editing(self) -> None:
        self.set_focus(self._list)
        self._field.display = self._lines.display = self._is_choosing = False
        self._list.open()
        self.show_row()

    # Choosing

    def _begin_choice(self, row: Row) -> None:
        self._is_choosing = True
        now = self.app.theme if row.item.name == "theme" else row.text
        self._choose(row.item.choices.index(now) if now in row.item.choices else 0)

    def _choose(self, number: int) -> None:
        """Show a choice, and how it looks where it is a look."""
        row = self._list.row
        if row is None:
            return
        self._choice = number % len(row.item.choices)
        choice = row.item.choices[self._choice]
        self._list.open(choice=choice)
        if row.item.name == "theme":
            self.app.theme = choice
        self.show_row()

    def _take_choice(self, row: Row) -> None:
        self._keep_choice(row, row.item.choices[self._choice])

    def _keep_choice(self, row: Row, choice: str) -> None:
        self.run_worker(self._kept(row, choice), exclusive=True, group="keep")

    async def _kept(self, row: Row, choice: str) -> None:
        try:
            await self._behind.keep(self._scope, row, row.item.parse(choice))
        except (Wrong, UsageError) as error:
            self._list.open(trouble=self._in_words(error), choice=choice)
            return
        self._theme = self.app.theme
        self._end_editing()
        self._read()

    # Unsetting

    async def action_unset(self) -> None:
        """Unset it at this scope; a parameter that is said farther away is left out here."""
        row = self._list.row
        if row is None or self._trouble or self._is_choosing:
            return
        is_left_out = not row.is_own and bool(row.origin)
        has_more = row.item.is_parameter or row.item.has_lines
        if not row.is_own and not (is_left_out and has_more):
            return
        value = "" if is_left_out and row.item.has_lines else None
        try:
            await self._behind.keep(self._scope, row, value, is_left_out=is_left_out)
        except UsageError as error:
            self._list.open(trouble=self._in_words(error))
            return
        self._list.open()
        self._read()
        self._theme = self.app.theme

    # The file

    async def action_open_file(self) -> None:
        """Open the file in the user's editor, and read it again."""
        if self._is_choosing:
            return
        trouble = await self._behind.edit()
        self._read()
        if trouble and not self._trouble:
            self.notify(trouble, severity="warning", markup=False)

    # Leaving

    def action_close(self) -> None:
        """Close the sheet; what is being written is left first."""
        if self._is_choosing or self._is_editing:
            self._leave_field()
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Close the field, then what narrows the list, then the sheet."""
        if self._is_choosing or self._is_editing:
            self._leave_field()
        elif self._words.display:
            self._words.value = ""
            self._words.display = False
            self.set_focus(self._list)
        else:
            self.dismiss(None)

    def _leave_field(self) -> None:
        is_changed = self._lines.display and self._lines.text != self._begun
        if is_changed and not self._is_leaving:
            self._is_leaving = True
            self.notify("Esc again throws away what you wrote; Enter takes it.", markup=False)
            return
        self._is_leaving = False
        self.app.theme = self._theme
        self._end_editing()
