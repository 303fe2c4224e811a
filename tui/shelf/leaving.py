"""`rillet export`: one conversation as a file, or into a pipe."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.core.errors import UsageError
from tui.core.exporting import SUFFIXES, Form, written
from tui.core.exporting.pictures import EMBEDDED, NAMED, missing
from tui.edge.exported import write_chat
from tui.edge.store import Store
from tui.markdown.looks import LOOKS
from tui.shelf.output import Output
from tui.shelf.which import meant


async def export(store: Store | None, arguments: argparse.Namespace, output: Output) -> int:
    """Hand on the conversation that is meant; gives the exit code."""
    form = _form(arguments.format, arguments.output)
    name = await meant(store, arguments.id)
    chat = await store.load(name) if store else None
    if chat is None:
        raise UsageError(f"{name} was deleted just now.")
    if sentence := missing(chat):
        output.note(sentence)
    if arguments.output is None:
        placing = NAMED if output.words.isatty() else EMBEDDED
        output.hand_on(written(chat, form, LOOKS, placing))
        return 0
    folder = write_chat(arguments.output, chat, form, LOOKS, is_forced=arguments.force)
    beside = f", its images in {folder}" if folder else ""
    output.note(f"{name} is in {arguments.output}{beside}")
    return 0


def _form(said: str | None, path: Path | None) -> Form:
    """The form that was asked for, else the one that the file's name means, else Markdown."""
    if said is not None:
        return Form(said)
    if path is None:
        return Form.MARKDOWN
    if form := SUFFIXES.get(path.suffix.lower()):
        return form
    raise UsageError(f"{path}: give --format, or a name that ends in .md, .json, .html or .svg.")
