"""The demo server as a child process of Rillet."""

import asyncio

from tui.edge.demo.server import DemoServer
from tui.edge.parent import Parent


async def serve() -> None:
    """Serve until the parent is gone."""
    parent = Parent()
    async with DemoServer(key=parent.key) as server:
        parent.ready(server.base_url, server.models)
        await asyncio.to_thread(parent.outlast)


if __name__ == "__main__":
    asyncio.run(serve())
