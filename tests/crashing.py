"""`rillet` with a fault built in: `python -m tests.crashing PLACE FLAGS...`.

Every fault happens below frames whose local variables are what must never be shown.
"""

import asyncio
import os
import sys
import threading
from typing import NoReturn

from tui import cli
from tui.core.keyboard import Keyboard
from tui.core.reply import Reply
from tui.meter import Meter
from tui.screens.chat import ChatScreen
from tui.screens.exchange import Exchange
from tui.screens.help import HelpScreen

LOCAL = "a local that nobody may see"


def fail(*given: object, **named: object) -> NoReturn:
    key, local = os.environ["OPENAI_API_KEY"], LOCAL
    raise RuntimeError(f"fault with {key} and \x1b]0;owned\x07 in it, {len(local)}")


async def fail_later(*given: object, **named: object) -> NoReturn:
    fail(*given)


def forget_a_task(screen: ChatScreen) -> None:
    """A task that fails, and that nobody waits for."""
    asyncio.create_task(fail_later()).add_done_callback(lambda _: None)


def lose_a_thread(screen: ChatScreen) -> None:
    """A thread that fails, at a time when the app has ended."""
    threading.Timer(1.0, fail).start()


def stumble(keyboard: Keyboard, data: bytes) -> str:
    """A reader that fails at an exclamation mark."""
    return fail(data) if b"!" in data else data.decode()


FAULTS = {
    "start": (ChatScreen, "on_mount", fail),
    "action": (ChatScreen, "action_side", fail),
    "compose": (HelpScreen, "compose", fail),
    "worker": (Meter, "begin", fail_later),
    "timer": (Exchange, "standing", fail),
    "ending": (Exchange, "conclude", fail),
    "words": (Reply, "take", fail),
    "input": (Keyboard, "feed", stumble),
    "task": (ChatScreen, "action_side", forget_a_task),
    "thread": (ChatScreen, "action_side", lose_a_thread),
}
"""Where a fault can be: what is broken, and what it does instead."""


if __name__ == "__main__":
    owner, name, broken = FAULTS[sys.argv.pop(1)]
    setattr(owner, name, broken)
    cli.main()
