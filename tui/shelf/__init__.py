"""`rillet chats`, `export` and `import`: the conversations that are kept, for pipes and scripts.

What was asked for goes to stdout and nothing else does; what there is to say about it goes to
stderr. Each command opens the store, does one thing and lets go of it.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tui.core.errors import UsageError
from tui.edge.paths import data_folder
from tui.edge.store import Store
from tui.shelf.output import Output

FILE = "chats.db"
"""The store's file in the data folder."""


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Carry out one of the commands; gives the exit code.

    Raises:
        UsageError: If that cannot be.
    """
    return asyncio.run(_run(arguments, output))


async def _run(arguments: argparse.Namespace, output: Output) -> int:
    match arguments.what:
        case "chats":
            from tui.shelf.listing import chats

            async with _opened(output) as store:
                return await chats(store, arguments, output)
        case "export":
            from tui.shelf.leaving import export

            async with _opened(output) as store:
                return await export(store, arguments, output)
        case _:
            from tui.shelf.coming import found_in, take_in

            found = found_in(arguments.file)
            async with _opened(output, is_made=True) as store:
                return await take_in(store, found, output, is_json=arguments.json)


@asynccontextmanager
async def _opened(output: Output, *, is_made: bool = False) -> AsyncIterator[Store | None]:
    """The store; None where there is none yet and none is to be made."""
    path = data_folder() / FILE
    if not (is_made or _is_there(path)):
        yield None
        return
    store = Store(path)
    for sentence in await _said_by(store):
        output.note(sentence)
    try:
        yield store
    finally:
        await store.aclose()


async def _said_by(store: Store) -> list[str]:
    """What the store says as it is opened."""
    import sqlite3

    try:
        said = await store.open()
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{store.path} cannot be opened: {why}.") from None
    return [*said, *({store.trouble} - {"", *said})]


def _is_there(path: Path) -> bool:
    """Whether there is a file, or something that keeps one from looking: the store tells what."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
