"""A store in a folder of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tui.edge.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rillet" / "chats.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    store = Store(path)
    assert await store.open() == []
    yield store
    await store.aclose()
