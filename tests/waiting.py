"""Waiting for what is seen, never for a time."""

import asyncio
import time
from collections.abc import Callable

PATIENCE = 20.0
"""Seconds after which something that should happen is taken not to; far more than it needs."""

LEAST, MOST = 0.001, 0.05
"""Seconds between two looks."""

REST = 2
"""How many times as long as a look takes nobody looks: what is waited for needs the time more."""


async def until(seen: Callable[[], object], patience: float = PATIENCE) -> None:
    """Look until it is there.

    Raises:
        TimeoutError: If it does not come.
    """
    async with asyncio.timeout(patience):
        began = time.perf_counter()
        while not seen():
            await asyncio.sleep(min(max(LEAST, REST * (time.perf_counter() - began)), MOST))
            began = time.perf_counter()
