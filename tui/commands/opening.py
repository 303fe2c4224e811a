"""`rillet`: the app is opened, and its end is told.

How soon the first paint comes is decided here: Textual is imported last, when it is certain that
it is needed and what it reads at its import is set.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.commands import FAILED
from tui.core.errors import UsageError
from tui.core.settings import Demo, Embedded, Endpoint, Settings, Source
from tui.edge.background import Asked, ask, theme_of
from tui.edge.keys import key_in
from tui.edge.sources import recorder_for, server_for
from tui.settings import settings_from

if TYPE_CHECKING:
    from tui.app import RilletApp
    from tui.edge.recorder import Recorder
    from tui.screens.tools import Tools


def open_app(arguments: argparse.Namespace) -> int:
    """Open the app; gives its exit code."""
    settings = _or_demo(settings_from(arguments, os.environ))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the app needs a terminal. In a pipe, use: rillet ask TEXT")
    if settings.manner.linear:
        from tui.commands.talking import talk_in_lines

        return talk_in_lines(arguments, settings)
    _make_ready()
    asked = None if settings.theme else ask(os.environ)
    try:
        return _opened(arguments, settings, asked)
    finally:
        if asked is not None:
            asked.restore()


def _opened(arguments: argparse.Namespace, settings: Settings, asked: Asked | None) -> int:
    from tui.app import RilletApp, known_theme
    from tui.edge.paths import styles_folder

    source = "--theme" if arguments.theme else "theme, in the configuration file,"
    theme = known_theme(settings.theme or theme_of(asked, os.environ), source)
    recorder = recorder_for(settings)
    tools = _tools(arguments, settings, recorder)
    tools = replace(tools, is_first=_is_unchosen(settings.source) and _is_new(tools))
    app = RilletApp(settings, tools, styles_folder(), theme, asked)
    if recorder is not None:
        recorder.tell = partial(app.notify, severity="warning", timeout=30, markup=False)
    try:
        app.run()
    except Exception as error:
        app.fault = app.fault or error
    where = settings.source
    secret = where.secret if isinstance(where, Endpoint) else key_in(os.environ)
    return _ended(app, tools, secret, is_private=arguments.private)


def _or_demo(settings: Settings) -> Settings:
    """The demo, where nothing was chosen and the engine that would answer is not installed."""
    if settings.source != Embedded():
        return settings
    from tui.edge.local import missing

    because = missing()
    return replace(settings, source=Demo(because)) if because else settings


def _make_ready() -> None:
    """Set what holds for the whole process."""
    os.environ.setdefault("TEXTUAL_FPS", "120")
    os.environ.setdefault("ESCDELAY", "10")  # ms; the rest of a key comes with its first byte
    sys.setswitchinterval(0.001)  # s; a key's thread waits so long for one that draws a flood
    gc.disable()  # start-up makes no garbage worth a walk; the app takes it up again


def _is_unchosen(source: Source) -> bool:
    """Whether nobody said where replies come from."""
    return source == Embedded() or (isinstance(source, Demo) and bool(source.because))


def _is_new(tools: Tools) -> bool:
    """Whether there is neither a configuration nor a conversation yet."""
    from tui.edge.paths import chats_file

    return not chats_file().exists() and not (tools.config and tools.config.path.exists())


def _tools(arguments: argparse.Namespace, settings: Settings, recorder: Recorder | None) -> Tools:
    """What the app works with."""
    from tui.commands.overruling import overruled
    from tui.edge.browser import browse
    from tui.edge.clipboard import copy
    from tui.edge.clipboard_image import clipboard_image
    from tui.edge.config_edit import ConfigFile
    from tui.edge.library import library_folder
    from tui.edge.looking import fetched
    from tui.edge.paths import chats_file, config_file
    from tui.edge.ranks import load
    from tui.edge.store import Store
    from tui.screens.tools import Tools

    config = arguments.config or config_file(os.environ)
    return Tools(
        server_for(settings, recorder),
        load,
        partial(copy, environ=os.environ),
        browse=partial(browse, environ=os.environ),
        clipboard_image=partial(clipboard_image, os.environ),
        fetch=fetched,
        store=None if arguments.private else Store(chats_file()),
        config=ConfigFile(config) if config else None,
        reread=partial(settings_from, arguments, os.environ),
        overruled=overruled(arguments, os.environ),
        library=library_folder(os.environ),
    )


def _ended(app: RilletApp, tools: Tools, secret: str, *, is_private: bool) -> int:
    """Tell what went wrong, if anything did; gives the exit code."""
    if app.fault is not None:
        from tui.crash import keep_words, show_words, tell

        save = show_words if is_private else keep_words
        tell(app.fault, secret, app.last_words, save, sys.stderr)
        return app.return_code or FAILED
    if tools.store is not None and tools.store.unsaved():
        from tui.crash import keep_unsaved

        keep_unsaved(tools.store.trouble, app.last_words, sys.stderr)
    return app.return_code or 0
