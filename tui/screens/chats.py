"""What a person does with conversations in their list: name, pin, put away, delete, write them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual import on, work
from textual.widgets import Input

from tui.core.chats import Summary
from tui.core.commands import shown
from tui.core.sanitize import one_line, shortened
from tui.edge.store import Store
from tui.screens.export import ExportScreen
from tui.screens.listing import ListingScreen
from tui.screens.opened import Behind
from tui.widgets.chat_list import GUTTER, ChatList
from tui.widgets.chat_rows import SIGNED, Row, name_of

KEEP = "A reply is under way in this conversation. It can be deleted when that is over."


class ChatsScreen(ListingScreen):
    """The list of conversations, with all that can be done there."""

    def __init__(self, store: Store, behind: Behind) -> None:
        super().__init__(store, behind)
        self._named: Summary | None = None

    # Naming

    def action_rename(self) -> None:
        """Ask for another name, where the old one stands."""
        row = self._list.row
        if row is None or self._list.place is None:
            return
        self._named = row.chat
        self._new_name.value = row.chat.title
        self._new_name.display = True
        self.set_focus(self._new_name)
        self._new_name.select_all()
        self._place_name()

    @on(ChatList.Moved)
    def _place_name(self) -> None:
        """Keep the field for the name over the row that it is for."""
        place = self._list.place
        if self._named is None:
            return
        if place is None:
            self._end_naming()
            return
        left = GUTTER + SIGNED
        self._new_name.styles.offset = (place.x + left, place.y)
        self._new_name.styles.width = max(place.width - left - 1, 8)

    def action_close(self) -> None:
        """Leave the name as it is, or the list."""
        if self._named is not None:
            self._end_naming()
        else:
            super().action_close()

    def _end_naming(self) -> None:
        self._named = None
        self.set_focus(self._list)
        self._new_name.display = False

    @on(Input.Submitted, "#chats-name")
    def rename(self, event: Input.Submitted) -> None:
        """Call it so, where that is another name than before."""
        chat, name = self._named, " ".join(event.value.split())
        self._end_naming()
        if chat is None or name == " ".join(chat.title.split()):
            return
        self._list.alter(replace(chat, title=name))
        if chat.id == self._behind.here:
            self._behind.renamed(name)
        self._change(chat.id, title=name)

    # Changing

    @work(group="change")
    async def _change(
        self,
        chat: str,
        *,
        title: str | None = None,
        is_pinned: bool | None = None,
        is_archived: bool | None = None,
    ) -> None:
        await self._store.change(chat, title=title, is_pinned=is_pinned, is_archived=is_archived)
        self._ask()

    def action_pin(self) -> None:
        """Keep it at the top, or no more."""
        if row := self._list.row:
            is_pinned = not row.chat.is_pinned
            self._list.alter(replace(row.chat, is_pinned=is_pinned))
            self._go_to = row.chat.id if row.hit is None else ""
            self._change(row.chat.id, is_pinned=is_pinned)

    def action_archive(self) -> None:
        """Put it away, or bring it back."""
        if row := self._list.row:
            is_archived = not row.chat.is_archived
            if is_archived and not self._archived and not self._words.strip():
                self._list.drop(row.chat.id)
            else:
                self._list.alter(replace(row.chat, is_archived=is_archived))
            done = (
                "is archived. A lists archived ones too." if is_archived else "is back in the list."
            )
            self.notify(f"{_quoted(row.chat)} {done}", markup=False)
            self._change(row.chat.id, is_archived=is_archived)

    def action_archived(self) -> None:
        """List archived ones too, or no more."""
        self._archived = not self._archived
        self._show_title()
        self._ask()

    def action_delete(self) -> None:
        """Delete it; it can be brought back."""
        row = self._list.row
        if row is None:
            return
        if row.chat.id == self._behind.here and self._behind.is_busy():
            self.notify(KEEP, markup=False)
            return
        self._behind.deleted.append(row.chat)
        self._list.drop(row.chat.id)
        self.notify(
            f"{_quoted(row.chat)} is deleted. {shown('chats-undo')} brings it back.", markup=False
        )
        self._delete(row.chat.id)

    @work(group="change")
    async def _delete(self, chat: str) -> None:
        await self._store.delete(chat)
        self._ask()

    def action_undelete(self) -> None:
        """Bring back what was deleted last."""
        if not self._behind.deleted:
            self.notify("Nothing was deleted here.", markup=False)
            return
        chat = self._behind.deleted.pop()
        self.notify(f"{_quoted(chat)} is back.", markup=False)
        self._restore(chat.id)

    @work(group="change")
    async def _restore(self, chat: str) -> None:
        await self._store.restore(chat)
        self._go_to = chat
        self._ask()

    # Writing

    def action_export(self) -> None:
        """Ask for the name of a file, and write the conversation to it."""
        if row := self._list.row:
            self._export(row)

    @work(group="export", exclusive=True)
    async def _export(self, row: Row) -> None:
        chat = await self._store.load(row.chat.id)
        if chat is None:
            self.notify("This conversation is not there any more.", markup=False)
        else:
            self.app.push_screen(ExportScreen(chat), self._tell_written)

    def _tell_written(self, path: Path | None) -> None:
        if path is not None:
            self.notify(f"Written to {one_line(str(path), 300)}.", markup=False)


def _quoted(chat: Summary) -> str:
    return f"“{shortened(name_of(chat), 40)}”"
