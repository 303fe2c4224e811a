"""`rillet models` and `rillet paths`: names, one a line, for people and for pipes."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Iterator, Sequence

from tui.commands import FAILED
from tui.commands.telling import say, say_json
from tui.core.catalog import Catalog, Profile
from tui.core.errors import RequestFailed
from tui.core.sanitize import clean, one_line
from tui.core.settings import Settings
from tui.edge.places import places
from tui.edge.sources import server_for
from tui.edge.stdout import words
from tui.settings import settings_from


def list_models(arguments: argparse.Namespace) -> int:
    """List the models that there are; gives the exit code."""
    settings = settings_from(arguments, os.environ)
    try:
        known = asyncio.run(_known(settings))
    except RequestFailed as error:
        failure = error.failure
        told = " ".join(filter(None, (f"{failure.title}.", failure.detail, failure.url)))
        sys.stderr.write(f"rillet: {one_line(told, 600)}\n")
        return FAILED
    if arguments.json:
        say_json([_said(name, profile) for name, profile in known])
    else:
        say(_table(known) if words().isatty() else (clean(name) for name, _ in known))
    return 0


async def _known(settings: Settings) -> list[tuple[str, Profile]]:
    server = server_for(settings)
    try:
        await server.ready()
        names = await server.models()
    finally:
        await server.aclose()
    catalog = Catalog(settings.models, server.announced, settings.host, settings.is_billed)
    return [(name, catalog.profile(name)) for name in names]


def _table(known: Sequence[tuple[str, Profile]]) -> Iterator[str]:
    """Names, windows and whether they see, in columns."""
    width = min(60, max((len(name) for name, _ in known), default=0))
    for name, profile in known:
        window = f"{profile.context:,}" if profile.context else ""
        sees = {True: "images", False: "no images", None: ""}[profile.sees]
        yield f"{one_line(name, 200):{width}}  {window:>11}  {sees}".rstrip()


def _said(name: str, profile: Profile) -> dict[str, object]:
    return {
        "id": name,
        "context": profile.context,
        "max_output": profile.answer,
        "vision": profile.sees,
        "input_price": profile.price_input,
        "output_price": profile.price_output,
    }


def list_paths(arguments: argparse.Namespace) -> int:
    """List where things are, or would be; gives the exit code."""
    there = {
        name: None if path is None else str(path)
        for name, path in places(os.environ, arguments.config).items()
    }
    if arguments.json:
        say_json(there)
    else:
        width = max(map(len, there))
        say(clean(f"{name:{width}}  {path or 'nowhere'}") for name, path in there.items())
    return 0
