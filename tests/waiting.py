"""Waiting for what is seen, never for a time."""

import asyncio
from collections.abc import Callable

PATIENCE = 20.0
"""Seconds after which something that should happen is taken not to; far more than it needs."""


async def until(seen: Callable[[], object], patience: float = PATIENCE) -> None:
    """Look until it is there.

    Raises:
        TimeoutError: If it does not come.
    """
    async with asyncio.timeout(patience):
        while not seen():
            await asyncio.sleep(0.001)
