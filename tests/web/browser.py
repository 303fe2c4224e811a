"""A real browser, driven over the DevTools protocol: keys in, sights out.

Chromium speaks the protocol on two pipes (`--remote-debugging-pipe`), JSON with a zero byte behind
each message, so nothing listens on a port and no library is needed.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 20.0
"""Seconds after which something that should be seen is taken not to come."""

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--no-proxy-server", "--disable-dev-shm-usage", "--remote-debugging-pipe"),
)

WIRED = """
import os, sys
from fcntl import F_DUPFD, fcntl
ends = [fcntl(int(end), F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Becomes the browser, which reads commands from 3 and answers on 4."""

KEYS = {
    "Enter": {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"},
    "Escape": {"key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27},
    "Tab": {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9},
}

Answer = dict[str, Any]


def chromium() -> str:
    """The browser; where there is none the test is skipped, or fails where one was promised."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        why = "chromium is not on this machine (Debian: apt-get install chromium)"
        if os.environ.get("RILLET_NEEDS_BROWSER"):
            pytest.fail(why)
        pytest.skip(why)
    return found


class Browser:
    """A running browser."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._asked: dict[int, asyncio.Future[Answer]] = {}
        self._numbers = count(1)
        self._reading = asyncio.create_task(self._read())
        self.events: list[Answer] = []
        """What it told unasked."""

    async def _read(self) -> None:
        with suppress(asyncio.IncompleteReadError):
            while True:
                told = json.loads((await self._reader.readuntil(b"\0"))[:-1])
                if "id" in told:
                    self._asked.pop(told["id"]).set_result(told)
                else:
                    self.events.append(told)

    async def do(self, method: str, session: str = "", **params: object) -> Answer:
        """Send a command; gives its result."""
        number = next(self._numbers)
        done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked[number] = done
        message: Answer = {"id": number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        self._writer.write(json.dumps(message).encode() + b"\0")
        told = await asyncio.wait_for(done, PATIENCE)
        assert "error" not in told, told
        result: Answer = told["result"]
        return result

    async def open(self, url: str) -> Tab:
        """A new tab."""
        target = (await self.do("Target.createTarget", url="about:blank"))["targetId"]
        attached = await self.do("Target.attachToTarget", targetId=target, flatten=True)
        tab = Tab(self, attached["sessionId"])
        for domain in ("Page", "Runtime", "Log", "Network"):
            await tab.do(f"{domain}.enable")
        await tab.do("Page.navigate", url=url)
        await tab.shows("document.readyState === 'complete' && location.href !== 'about:blank'")
        return tab

    async def close(self) -> None:
        """End the reading."""
        self._reading.cancel()
        self._writer.close()


class Tab:
    """One tab, and whoever sits before it."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session

    async def do(self, method: str, **params: object) -> Answer:
        """Send a command for this tab."""
        return await self._browser.do(method, self._session, **params)

    def told(self, method: str) -> list[Answer]:
        """What this tab told of one kind."""
        return [
            event["params"]
            for event in self._browser.events
            if event.get("sessionId") == self._session and event["method"] == method
        ]

    async def value(self, expression: str) -> Any:
        """What an expression of the page gives."""
        answer = await self.do(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def shows(self, expression: str) -> None:
        """Wait until an expression of the page is true."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not await self.value(expression):
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"{expression}\n{await self.value('document.body.innerText')}")
            await asyncio.sleep(0.02)

    async def sees(self, words: str) -> None:
        """Wait until these words are on the page."""
        await self.shows(f"document.body.innerText.includes({json.dumps(words)})")

    async def types(self, text: str) -> None:
        """Type into whatever has the focus."""
        await self.do("Input.insertText", text=text)

    async def presses(self, name: str, modifiers: int = 0) -> None:
        """Press a key."""
        key = KEYS[name]
        await self.do("Input.dispatchKeyEvent", type="keyDown", modifiers=modifiers, **key)
        await self.do("Input.dispatchKeyEvent", type="keyUp", modifiers=modifiers, **key)

    async def clicks(self, selector: str) -> None:
        """Click the middle of an element."""
        place = await self.value(
            f"(() => {{ const at = document.querySelector({json.dumps(selector)})"
            ".getBoundingClientRect();"
            " return [at.x + at.width / 2, at.y + at.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            where = {"x": place[0], "y": place[1], "button": "left", "clickCount": 1}
            await self.do("Input.dispatchMouseEvent", type=kind, **where)

    async def photographs(self, path: Path) -> None:
        """Save a picture of what is seen."""
        taken = await self.do("Page.captureScreenshot", format="png")
        await asyncio.to_thread(path.write_bytes, base64.b64decode(taken["data"]))

    async def sizes(self, width: int, height: int, *, dark: bool = False) -> None:
        """Take another size and scheme of colours."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        await self.do("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.do("Emulation.setEmulatedMedia", features=[scheme])


@asynccontextmanager
async def browsing(folder: Path) -> AsyncIterator[Browser]:
    """A browser with a profile of its own, until the end of the block."""
    commands, answers = os.pipe(), os.pipe()
    home = {**os.environ, "HOME": str(folder)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WIRED, str(commands[0]), str(answers[1])),
        *(chromium(), *FLAGS, f"--user-data-dir={folder / 'profile'}"),
        pass_fds=(commands[0], answers[1]),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env=home,
    )
    os.close(commands[0])
    os.close(answers[1])
    browser = await _connected(answers[0], commands[1])
    try:
        yield browser
    finally:
        with suppress(AssertionError, TimeoutError):
            async with asyncio.timeout(5):
                await browser.do("Browser.close")
                await process.wait()
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await browser.close()


async def _connected(readable: int, writable: int) -> Browser:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=2**26)
    protocol = asyncio.StreamReaderProtocol(reader)
    await loop.connect_read_pipe(lambda: protocol, os.fdopen(readable, "rb"))
    transport, writing = await loop.connect_write_pipe(
        lambda: asyncio.streams.FlowControlMixin(loop=loop), os.fdopen(writable, "wb")
    )
    return Browser(reader, asyncio.StreamWriter(transport, writing, None, loop))
