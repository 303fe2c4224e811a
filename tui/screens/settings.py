"""The settings: what holds for this conversation, the model, the endpoint, and everywhere.

A setting is edited where it stands. What is typed wrong stays in its field, with the sentence that
tells what it has to be below it.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Input, Static

from tui.core.commands import Place
from tui.core.errors import RilletError, UsageError
from tui.core.sanitize import clean, one_line
from tui.core.sheet import Known, Row, rows, scopes
from tui.core.sheet_items import Scope, Wrong
from tui.screens.dialog import Dialog
from tui.screens.filling import Field
from tui.screens.settings_behind import Behind
from tui.widgets.bound import bindings
from tui.widgets.setting_list import SettingList

LINES = 7
"""Lines of the field for a text of several lines."""

KEYS = "Enter edits · Del unsets · ←→ other scope · / finds · e opens the file · Esc closes"
SHORT_KEYS = "Enter edits · Del unsets · ←→ scope · / · e · Esc"
FIELD_KEYS = "Enter takes it · Esc leaves it as it was"
LINES_KEYS = "Enter takes it · Ctrl+J new line · Esc leaves it as it was"
CHOICE_KEYS = "← → choose · Enter takes it · Esc leaves it as it was"

NARROW = 100
"""Columns below which keys are told in few words."""


class SettingsScreen(Dialog[None]):
    """Edits the settings."""

    PLACE = Place.SETTINGS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "up", show=False),
        Binding("down", "step(1)", "down", show=False),
        Binding("pageup", "step(-10)", "page up", show=False),
        Binding("pagedown", "step(10)", "page down", show=False),
        Binding("home", "step(-1000)", "first", show=False),
        Binding("end", "step(1000)", "last", show=False),
        Binding("right", "sideways(1)", "next scope", show=False),
        Binding("left", "sideways(-1)", "scope before", show=False),
        Binding("tab", "scope(1)", "next scope", show=False, priority=True),
        Binding("shift+tab", "scope(-1)", "scope before", show=False, priority=True),
        Binding("escape", "leave", "close", show=False),
        Binding("f7", "dismiss", "close", show=False, priority=True),
        *bindings(Place.SETTINGS),
    ]

    AUTO_FOCUS = "#settings-list"

    def __init__(self, behind: Behind) -> None:
        super().__init__()
        self._behind = behind
        self._known = Known()
        self._scope = Scope.CHAT
        self._trouble = ""
        self._choice = 0
        self._is_choosing = False
        self._is_leaving = False
        self._theme = ""

    def compose(self) -> ComposeResult:
        """The scopes, the settings, what the one with the cursor is for; fields lie over it."""
        with Vertical(id="settings") as frame:
            frame.border_title = Content("Settings")
            yield Static(id="settings-scopes", markup=False)
            yield Input(placeholder="part of a name", id="settings-words", compact=True)
            yield SettingList(id="settings-list")
            yield Static(id="settings-help", markup=False)
        yield Input(id="settings-field", compact=True, select_on_focus=False)
        yield Field(id="settings-lines")

    def on_mount(self) -> None:
        """Read what there is; a cursor that blinks would draw for nothing."""
        self._list = self.query_one(SettingList)
        self._words = self.query_one("#settings-words", Input)
        self._field = self.query_one("#settings-field", Input)
        self._lines = self.query_one("#settings-lines", Field)
        for field in (self._words, self._field):
            field.cursor_blink = False
        for each in (self._words, self._field, self._lines):
            each.display = False
        self._theme = self.app.theme
        self._read()

    def on_unmount(self) -> None:
        """What was only tried does not stay."""
        if self.app.theme != self._theme:
            self.app.theme = self._theme

    def on_resize(self) -> None:
        """Keys are told as far as there is room."""
        self._show()

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
        return str(error).replace(self._behind.file or "\0", "The file")

    def _fill(self) -> None:
        wanted = self._words.value.casefold().split()
        found = [
            row
            for row in rows(self._scope, self._known)
            if all(word in f"{row.item.name} {row.item.help}".casefold() for word in wanted)
        ]
        self._list.show(found)
        self._show()

    @on(SettingList.Moved)
    def _show(self) -> None:
        """Show the scopes and what belongs to the row with the cursor, and place the field."""
        frame = self.query_one("#settings")
        is_narrow = self.size.width < NARROW
        frame.border_subtitle = Content(self._keys(is_narrow=is_narrow))
        room = max(10, self.size.width - 24)
        file = one_line(self._behind.file, 300)
        shown = file if len(file) <= room else "…" + file[1 - room :]
        frame.border_title = Content(f"Settings · {shown}" if file else "Settings")
        self.query_one("#settings-scopes", Static).update(self._scopes(is_narrow=is_narrow))
        self.query_one("#settings-help", Static).update(self._help())
        self._place()

    def _keys(self, *, is_narrow: bool) -> str:
        if self._is_choosing:
            return CHOICE_KEYS
        if self._lines.display:
            return LINES_KEYS
        if self._field.display:
            return FIELD_KEYS
        return SHORT_KEYS if is_narrow else KEYS

    def _scopes(self, *, is_narrow: bool) -> Content:
        names = {Scope.MODEL: self._known.model, Scope.ENDPOINT: self._known.endpoint}
        shown = Content("")
        for scope in scopes(self._known):
            name = "" if is_narrow else one_line(names.get(scope, ""), 40)
            words = f" {scope.value}{' ' if name else ''}{name} "
            is_here = scope is self._scope
            sign = "▸" if is_here else " "
            shown += Content.assemble((sign + words, "bold $accent" if is_here else "$foreground"))
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
        """Up and down in the list; while choosing, to another choice."""
        if self._is_choosing:
            self._choose(self._choice + (1 if by > 0 else -1))
        elif not self._is_editing:
            self.set_focus(self._list)
            self._list.step(by)

    def action_sideways(self, by: int) -> None:
        """To another choice, or to another scope."""
        if self._is_choosing:
            self._choose(self._choice + by)
        else:
            self.action_scope(by)

    def action_scope(self, by: int) -> None:
        """To another scope."""
        if self._is_editing or self._is_choosing:
            return
        there = scopes(self._known)
        self._scope = there[(there.index(self._scope) + by) % len(there)]
        self._fill()

    @property
    def _is_editing(self) -> bool:
        return bool(self._field.display or self._lines.display)

    # Finding

    @on(SettingList.Typed)
    def find_typed(self, event: SettingList.Typed) -> None:
        """A letter begins to narrow the list."""
        if not self._is_choosing:
            self.action_find()
            self._words.insert_text_at_cursor(event.text)

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

    # Editing

    @on(SettingList.Chosen)
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
        self._show()

    def _begin_lines(self, row: Row) -> None:
        self._lines.load_text(clean(row.typed or (row.text if row.origin else "")))
        self._lines.move_cursor(self._lines.document.end)
        self._lines.display = True
        self._list.open(LINES)
        self.set_focus(self._lines)
        self._show()

    def _place(self) -> None:
        """Keep the field over the value that it is for."""
        place = self._list.place
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
            self._list.open(LINES if self._lines.display else 0, self._in_words(error))
            return
        self._end_editing()
        self._read()

    def _end_editing(self) -> None:
        self.set_focus(self._list)
        self._field.display = self._lines.display = self._is_choosing = False
        self._list.open()
        self._show()

    # Choosing

    def _begin_choice(self, row: Row) -> None:
        self._is_choosing = True
        choices = row.item.choices
        self._choose(choices.index(row.text) if row.text in choices else 0)

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
        self._show()

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
        is_left_out = bool(row.item.is_parameter and not row.is_own and row.origin)
        if not row.is_own and not is_left_out:
            return
        try:
            await self._behind.keep(self._scope, row, None, is_left_out=is_left_out)
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
        row = self._list.row
        is_changed = self._lines.display and row is not None and self._lines.text != row.typed
        if is_changed and not self._is_leaving:
            self._is_leaving = True
            self.notify("Esc again throws away what you wrote; Enter takes it.", markup=False)
            return
        self._is_leaving = False
        self.app.theme = self._theme
        self._end_editing()
