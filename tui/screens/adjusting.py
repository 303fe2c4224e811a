"""Settings are changed while Rillet runs: for the next request at once, and for the next start."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui.core.errors import UsageError
from tui.core.settings import Endpoint
from tui.screens.foreseeing import ForeseeingScreen

if TYPE_CHECKING:
    from tui.core.sheet import Known, Row
    from tui.core.sheet_items import Scope
    from tui.edge.config_edit import Change

NO_FILE = "No folder for a configuration is known here: HOME and XDG_CONFIG_HOME are empty."

KEYS = ("key_env", "key_command", "key_keyring")
"""The settings that say who has a key; they exclude each other."""


class AdjustingScreen(ForeseeingScreen):
    """A screen whose settings can be changed."""

    def action_settings(self) -> None:
        """Show the settings."""
        from tui.screens.settings import SettingsScreen
        from tui.screens.settings_behind import Behind

        file = self._tools.config
        place = file.path if file else None
        begins = "base_url" if self._is_first else ""  # that is what the greeting tells
        behind = Behind(self._known, self._keep_setting, place, begins, self._edit_config)
        self.app.push_screen(SettingsScreen(behind))

    def _known(self) -> Known:
        """All that the sheet is made of.

        Raises:
            UsageError: If the file cannot be read or holds what cannot be.
        """
        from tui.core.sheet import Known

        source, levels = self._settings.source, self._settings.levels
        endpoint = source if isinstance(source, Endpoint) else None
        return Known(
            held=self._tools.config.held() if self._tools.config else {},
            model=self._model,
            endpoint=(levels.endpoint_name or endpoint.name) if endpoint else "",
            base_url=endpoint.base_url if endpoint else "",
            key=_key_of(endpoint),
            themes=sorted(self.app.available_themes),
            own=self.conversation.options,
            system=self.conversation.system,
            told_system=self._settings.system_for(self._model),
            flags=levels.flags,
            wins=self._tools.overruled,
        )

    # Changing

    async def _keep_setting(
        self, scope: Scope, row: Row, value: object, *, is_left_out: bool = False
    ) -> None:
        """Keep a setting where its scope is kept.

        Raises:
            UsageError: If that cannot be.
        """
        from tui.core.sheet_items import Scope

        if scope is not Scope.CHAT:
            await self._write_setting(scope, row, value, is_left_out=is_left_out)
        elif row.item.is_parameter:
            self._set_own(row.item.name, value, is_left_out=is_left_out)
        else:
            text = value if isinstance(value, str) else self._settings.system_for(self._model)
            self._instruct(text)

    def _set_own(self, name: str, value: object, *, is_left_out: bool) -> None:
        """Set a parameter of this conversation."""
        from tui.core.sheet import own_with

        own = own_with(self.conversation.options, name, value, is_left_out=is_left_out)
        self.conversation = replace(self.conversation, options=own)
        self._keeping.turn(self.conversation)
        self._path_changed()

    async def _write_setting(
        self, scope: Scope, row: Row, value: object, *, is_left_out: bool
    ) -> None:
        from tui.core.sheet import root

        if self._tools.config is None:
            raise UsageError(NO_FILE)
        known = self._known()
        path = (*root(scope, known), *row.item.path)
        changes: list[Change] = [*self._beginning(scope, known), (path, value)]
        if row.item.is_parameter:
            changes.append(_left_out(known, path, is_left_out=is_left_out))
        if row.item.name in KEYS and value is not None:
            changes += [((*path[:-1], name), None) for name in KEYS if name != row.item.name]
        await asyncio.to_thread(self._tools.config.change, *changes)
        self._heed()

    def _beginning(self, scope: Scope, known: Known) -> list[Change]:
        """What an endpoint's table begins with, where it is not there yet."""
        from tui.core.sheet import looked_up, root
        from tui.core.sheet_items import Scope

        if scope is not Scope.ENDPOINT or looked_up(known.held, root(scope, known)):
            return []
        return [((*root(scope, known), "base_url"), known.base_url)]

    def _heed(self) -> None:
        """Go on with what flags, environment and file say now.

        Where replies come from stays: the connection is there, and holds until the next start.
        """
        before = self._settings
        told = self._tools.reread() if self._tools.reread else before
        self._settings = replace(told, source=before.source)
        self._accounts.heed(self._settings)
        if self.conversation.system == before.system_for(self._model):
            self._instruct_quietly(self._settings.system_for(self._model))
        if self._settings.theme not in ("", before.theme):
            self.app.theme = self._settings.theme
        self._path_changed()
        self._tick()

    def _instruct_quietly(self, system: str) -> None:
        """A conversation without a system prompt of its own has that of the settings."""
        if system != self.conversation.system:
            self.conversation = replace(self.conversation, system=system)
            self._keeping.turn(self.conversation)

    # The file in the editor

    async def _edit_config(self) -> str:
        """Lend the file to the user's editor; gives what is wrong with it then, or nothing."""
        from tui.edge.snippets import open_in

        file, command = self._tools.config, self._editor()
        if file is None:
            return NO_FILE
        if not command:
            return ""
        try:
            await asyncio.to_thread(file.begin)
            with self.app.suspend():
                open_in(command, file.path)
            file.config()
            self._heed()
        except UsageError as error:
            return str(error)
        except SuspendNotSupported:
            return "An editor cannot be opened in this terminal."
        except OSError as error:
            return f"The editor did not do it: {error.strerror}. It is {command[0]}."
        return ""


def _key_of(endpoint: Endpoint | None) -> str:
    if endpoint is None:
        return ""
    if endpoint.key_from is not None:
        return endpoint.key_from.words
    return "OPENAI_API_KEY" if endpoint.key else ""


def _left_out(known: Known, path: tuple[str, ...], *, is_left_out: bool) -> Change:
    """The list of what a table leaves out, with a parameter or without it."""
    from tui.core.option_settings import UNSET
    from tui.core.sheet import looked_up

    place, name = (*path[:-1], UNSET), path[-1]
    found = looked_up(known.held, place)
    there = [each for each in found if each != name] if isinstance(found, list) else []
    there += [name] if is_left_out else []
    return place, there or None
