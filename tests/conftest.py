"""What every test stands on."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.clipboards import desktop, tmux
from tui.edge.demo import DemoServer

__all__ = ["desktop", "tmux"]

# A machine that is busy with something else is no fault of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

FOREIGN = (
    *("OPENAI_API_KEY", "OPENAI_BASE_URL", "NO_COLOR", "TEXTUAL"),
    *("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_CUSTOM_HEADERS"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"),
    *("NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("TMUX", "STY"),
    *("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "SSH_CONNECTION", "SSH_TTY"),
    *("COLUMNS", "LINES", "COLORFGBG", "COLORTERM"),
)
"""Variables of the machine's owner that change what Rillet does."""


@pytest.fixture(autouse=True)
def nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A test must neither see nor touch what its machine's owner has: keys, files, displays."""
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.fixture
async def demo() -> AsyncIterator[DemoServer]:
    """The scripted server, on this test's loop and a real socket."""
    async with DemoServer() as server:
        yield server
