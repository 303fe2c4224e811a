"""`rillet serve`: a page, server-sent events and OpenAI's API over whoever answers."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import secrets
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tui.core.errors import UsageError
from tui.core.settings import Endpoint, Settings
from tui.edge.sources import recorder_for, server_for
from tui.settings import settings_from

if TYPE_CHECKING:
    from tui.web.guard import Rules
    from tui.web.service import Place

TOKEN = "RILLET_SERVE_TOKEN"
"""The variable that names a token to use in place of one for this run."""

MISSING = (
    'rillet serve needs FastAPI and uvicorn, which are not installed: pip install "rillet[web]" '
    'or, in a clone, pip install ".[web]"'
)


def serve_bridge(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    if not (find_spec("fastapi") and find_spec("uvicorn")):
        raise UsageError(MISSING)
    settings = settings_from(arguments, os.environ)
    from tui.web.guard import Rules
    from tui.web.service import Place

    place = Place(arguments.host, arguments.port)
    if not place.is_local and not arguments.expose:
        raise UsageError(
            f"--host {arguments.host} lets others than this machine ask, at your cost. If that is "
            "meant, add --expose; they will need the token that is printed."
        )
    hosts = frozenset(name.lower() for name in (arguments.host, *arguments.allow_host))
    rules = Rules(_token(), place.is_local, hosts)
    asyncio.run(_serve(arguments, settings, rules, place))
    return 0


async def _serve(
    arguments: argparse.Namespace, settings: Settings, rules: Rules, place: Place
) -> None:
    from tui.web.desk import Desk
    from tui.web.service import Service

    server = server_for(settings, recorder_for(settings))
    desk = Desk(server, settings, arguments.max_streams)
    service = Service(desk, rules, place, _quiet if arguments.no_log else _tell, _tell)
    try:
        async with service:
            _announce(service.url, rules, settings)
            await service.until_signal()
    except OSError as error:
        raise UsageError(
            f"the server cannot listen on {place.host}:{place.port}: {error.strerror}. "
            "--port 0 takes a free port."
        ) from None


def _announce(url: str, rules: Rules, settings: Settings) -> None:
    lines = [
        f"a page for you      {url}/#{rules.token}",
        f"OpenAI's API        {url}/v1",
        f"who answers         {settings.address}",
    ]
    if isinstance(settings.source, Endpoint) and settings.source.warning:
        lines.append(settings.source.warning)
    if not rules.is_local:
        lines.append(f"the key for others  {rules.token}")
        lines.append("Others can reach this server. What they say and the token go unencrypted.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _token() -> str:
    given = os.environ.get(TOKEN, "")
    if given and not re.fullmatch(r"[A-Za-z0-9_-]{16,200}", given):
        raise UsageError(f"{TOKEN} has to be 16 to 200 letters, digits, - and _.")
    return given or secrets.token_urlsafe(24)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _quiet(_: str) -> None:
    pass
