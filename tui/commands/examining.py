"""`rillet doctor`: all that is used is looked at, and told."""

from __future__ import annotations

import argparse
import asyncio
import os

from tui.commands import FAILED
from tui.commands.telling import say, say_json
from tui.core.errors import UsageError
from tui.core.findings import Finding, State, in_json, in_lines, is_well
from tui.core.previews import Way
from tui.core.settings import Settings
from tui.doctor.origins import Said, settings
from tui.doctor.places import files
from tui.doctor.reaching import reached
from tui.doctor.terminal import terminal
from tui.doctor.versions import versions
from tui.edge.config import read_config
from tui.edge.paths import config_file
from tui.edge.places import places
from tui.edge.sources import server_for
from tui.settings import settings_from


def examine(arguments: argparse.Namespace) -> int:
    """Look at everything; gives the exit code."""
    findings = [*_chosen(arguments), *versions()]
    if arguments.json:
        say_json(in_json(findings))
    else:
        say(in_lines(findings))
    return 0 if is_well(findings) else FAILED


def _chosen(arguments: argparse.Namespace) -> list[Finding]:
    """The settings and all that hangs on them; what is wrong with them hides nothing else."""
    there = files(places(os.environ, arguments.config))
    try:
        chosen = settings_from(arguments, os.environ)
        config = read_config(arguments.config, os.environ)
    except UsageError as error:
        wrong = Finding("settings", "all", "cannot be used", "", State.BAD, str(error))
        return [wrong, *terminal(os.environ, Way.OFF), *there]
    file = str(arguments.config or config_file(os.environ) or "")
    answers = asyncio.run(_asked(chosen))  # by then a key was fetched, or could not be
    origins = settings(chosen, Said(arguments, os.environ, config, file))
    return [*origins, *answers, *terminal(os.environ, chosen.previews), *there]


async def _asked(chosen: Settings) -> list[Finding]:
    server = server_for(chosen)
    try:
        return await reached(server, chosen)
    finally:
        await server.aclose()
