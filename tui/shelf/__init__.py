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

from tui.edge.paths import chats_file
from tui.edge.stdout import Streams
from tui.edge.store import Store
from tui.edge.store.desk import IN_MEMORY
from tui.shelf.output import Output


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

            async with opened(output) as store:
                return await chats(store, arguments, output)
        case "export":
            from tui.shelf.leaving import export

            async with opened(output) as store:
                return await export(store, arguments, output)
        case _:
            from tui.shelf.coming import found_in, take_in

            found = found_in(arguments.file)
            async with opened(output, is_made=True) as store:
                return await take_in(store, found, output, is_json=arguments.json)


@asynccontextmanager
async def opened(output: Streams, *, is_made: bool = False) -> AsyncIterator[Store | None]:
    """The store; None where there is none yet and none is to be made."""
    path = chats_file()
    if not (is_made or _is_there(path)):
        yield None
        return
    store = Store(path)
    try:
        for sentence in await store.open():
            output.note(sentence.removesuffix(IN_MEMORY).rstrip())
        yield store
    finally:
        await store.aclose()


def _is_there(path: Path) -> bool:
    """Whether there is a file, or something that keeps one from looking: the store tells what."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
