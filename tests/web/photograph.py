"""Draws `screenshots/web-page.png` anew: `python -m tests.web.photograph`; look at it then."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.web.bridges import TOKEN, bridging
from tests.web.browser import browsing
from tui.edge.demo import DemoServer

PICTURE = Path(__file__).parents[2] / "screenshots" / "web-page.png"

ROWS = 8
"""Rows of the tour's table that are seen when the picture is taken."""


async def photograph() -> None:
    """Ask for the tour, and take the picture in the middle of it."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        async with (
            DemoServer() as demo,
            bridging(demo.base_url) as bridge,
            browsing(Path(folder)) as browser,
        ):
            tab = await browser.open(f"{bridge.url}/#{TOKEN}")
            await tab.sizes(1000, 820)
            await tab.sees("Ready.")
            await tab.value("document.querySelector('#prompt').focus()")
            await tab.types("What can you show me?")
            await tab.presses("Enter")
            await tab.shows(f"document.querySelectorAll('.said tbody tr').length >= {ROWS}")
            await tab.photographs(PICTURE)


if __name__ == "__main__":
    asyncio.run(photograph())
