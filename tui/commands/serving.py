"""`rillet demo` and `rillet replay`: servers for others, until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tui.core.errors import UsageError
from tui.edge.demo import DemoServer, serve_forever
from tui.edge.replay import load, replaying


def serve_demo(arguments: argparse.Namespace) -> int:
    """Run the demo server until Ctrl-C."""
    return _serve(DemoServer(host=arguments.host, port=arguments.port), arguments)


def serve_record(arguments: argparse.Namespace) -> int:
    """Serve what was recorded until Ctrl-C."""
    streams = load(arguments.file).streams
    host, port, speed = arguments.host, arguments.port, arguments.speed
    return _serve(replaying(streams, speed=speed, host=host, port=port), arguments)


def _serve(server: DemoServer, arguments: argparse.Namespace) -> int:
    address = f"{arguments.host}:{arguments.port}"
    try:
        asyncio.run(serve_forever(server, _announce))
    except OSError as error:
        raise UsageError(f"the server cannot listen on {address}: {error.strerror}") from None
    return 0


def _announce(base_url: str) -> None:
    sys.stdout.write(f"{base_url}\n")
    sys.stdout.flush()
