"""A bridge over the demo server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.web.bridges import Bridge, bridging
from tui.edge.demo import DemoServer


@pytest.fixture
async def bridge(demo: DemoServer) -> AsyncIterator[Bridge]:
    async with bridging(demo.base_url) as found:
        yield found
