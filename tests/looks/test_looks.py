"""Pictures by terminal size and theme; the README shows some of them, so they cannot go stale.

`make pictures` draws them anew; look at each before it is committed.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.play import NOON, SMALL, WIDE, Person, play
from tests.waiting import until
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Outcome
from tui.core.settings import Demo
from tui.edge.demo import Act, Asked, Bytes, DemoServer, Script, raw, saying, tour
from tui.edge.paths import data_folder
from tui.edge.store import Store

PICTURES = Path(__file__).parent.parent.parent / "screenshots"
SEEN = Path(__file__).parent / "seen"

THEMES = {"dark": "rillet-dark", "light": "rillet-light"}
SIZES = {"160x48": WIDE, "80x24": SMALL}

QUESTION = "Show me around"

HEADERS = {"content-type": "application/json", "x-request-id": "req_7f3a"}


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def picture_of(person: Person) -> str:
    """The screen as SVG, without fonts from elsewhere and without numbers that change."""
    seen = person.app.export_screenshot(title="Rillet", simplify=True)
    seen = re.sub(r"\s*@font-face \{.*?\}", "", seen, flags=re.DOTALL)
    seen = re.sub(r"terminal-\d+", "terminal", seen)
    seen = re.sub(r"127\.0\.0\.1:\d{5}", "127.0.0.1:54321", seen)
    return "\n".join(line.rstrip() for line in seen.splitlines()) + "\n"


async def looks_like(name: str, person: Person) -> None:
    """Wait until the screen is as the picture of that name, or draw the picture.

    Raises:
        AssertionError: If it never is; what was seen is kept beside the tests.
    """
    picture = PICTURES / f"{name}.svg"
    if os.environ.get("RILLET_DRAW"):
        await person.pilot.pause(1.0)
        picture.write_text(picture_of(person), encoding="utf-8")
        return
    expected = picture.read_text(encoding="utf-8")
    try:
        await until(lambda: picture_of(person) == expected, patience=5)
    except TimeoutError:
        SEEN.mkdir(exist_ok=True)
        (SEEN / picture.name).write_text(picture_of(person), encoding="utf-8")
        why = f"{name} looks otherwise now: compare {SEEN / picture.name}"
        raise AssertionError(why) from None


def shown(
    demo: DemoServer,
    model: str,
    size: tuple[int, int],
    theme: str = "rillet-dark",
    clock: Clock | None = None,
    key: str = "",
) -> AbstractAsyncContextManager[Person]:
    """The app as `rillet --demo` shows it, with time standing still."""
    clock = clock or Clock()
    return play(demo, model, size, theme=theme, source=Demo(), clock=clock, key=key)


def halted(
    script: Script, begin: asyncio.Event, go_on: asyncio.Event, mark: bytes = b"Welcome"
) -> Script:
    """The same reply, with a halt before its first words and one behind a mark in it."""

    async def play_it(asked: Asked) -> AsyncIterator[Act]:
        await begin.wait()
        async for act in script(asked):
            yield act
            if isinstance(act, Bytes) and mark in act.data:
                await go_on.wait()

    return play_it


async def converse(demo: DemoServer, person: Person, clock: Clock) -> None:
    """Ask for the tour, which takes 15.6 seconds of a clock that is set."""
    begin, go_on = asyncio.Event(), asyncio.Event()
    demo.script("demo-tour", halted(saying(tour()), begin, go_on))
    await person.asks(QUESTION)
    clock.now = 0.42
    begin.set()
    await person.sees("Welcome")
    clock.now = 15.6
    go_on.set()
    await person.sees("✓ complete · 15.6 s")
    await until(lambda: "1,816 ✓" in person.sight)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
async def test_a_conversation(demo: DemoServer, size: str, theme: str) -> None:
    clock = Clock()
    async with shown(demo, "demo-tour", SIZES[size], THEMES[theme], clock) as person:
        await converse(demo, person, clock)
        await until(lambda: not person.log.is_measuring)
        await person.press("home")
        await person.press(*["pagedown"] * (1 if size == "160x48" else 2))
        await person.sees("rows below")
        await looks_like(f"conversation-{size}-{theme}", person)


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        ("60x16", "high-contrast"),
        ("80x24", "terminal"),
        ("160x48", "high-contrast"),
        ("200x60", "light"),
        ("200x60", "terminal"),
    ],
)
async def test_a_conversation_at_other_sizes_and_in_other_themes(
    demo: DemoServer, size: str, theme: str
) -> None:
    clock, (wide, high) = Clock(), map(int, size.split("x"))
    async with shown(demo, "demo-tour", (wide, high), f"rillet-{theme}", clock) as person:
        await converse(demo, person, clock)
        await until(lambda: not person.log.is_measuring)
        await person.press("home")
        await person.press(*["pagedown"] * max(1, 48 // high))
        await person.sees("rows below")
        await looks_like(f"conversation-{size}-{theme}", person)


@pytest.mark.parametrize("theme", THEMES)
async def test_a_failure(demo: DemoServer, theme: str) -> None:
    refusal = b'{"error": {"message": "Incorrect API key provided.", "code": "invalid_api_key"}}'
    demo.script("demo-401", raw(refusal, status=401, headers=HEADERS))
    async with shown(demo, "demo-401", SMALL, THEMES[theme], Clock(), "a-key") as person:
        await person.asks("Hello")
        await person.sees("The key was refused (401)", "≈8 tokens")
        await looks_like(f"failure-80x24-{theme}", person)


async def test_the_panels_open_over_a_small_screen(demo: DemoServer) -> None:
    async with shown(demo, "demo-echo", SMALL) as person:
        await person.press("f2")
        await person.types("re")
        await person.sees("demo-reasoning", "demo-refusal")
        await person.sees_no("demo-slow")
        await looks_like("model-80x24-dark", person)


def talk(question: str, answer: str, ended: Outcome = Outcome.FINISHED) -> Conversation:
    said = Message(0, "assistant", answer, model="demo-tour", outcome=ended, at=1.0)
    return Conversation().asked(question, at=1.0).answered(said)


CHATS = (
    Chat("aaaaaaaa", "Rivers, for the school", "demo-tour", is_pinned=True,
         updated=NOON.timestamp() - 9 * 86_400,
         conversation=talk("How do rivers begin?", "With rain. " * 90)),
    Chat("bbbbbbbb", model="demo-echo", updated=NOON.timestamp() - 300,
         conversation=talk("What is a rillet?", "A small brook, smaller than a rill.")),
    Chat("cccccccc", model="demo-tour", updated=NOON.timestamp() - 7_200, draft="And in spring",
         conversation=talk("Where does the brook behind the mill go in a dry summer?", "Down. ")),
    Chat("dddddddd", model="demo-drop", updated=NOON.timestamp() - 80_000,
         conversation=talk("Name ten brooks", "Isar, Loisach", Outcome.INTERRUPTED)),
    Chat("eeeeeeee", model="demo-echo", updated=NOON.timestamp() - 3 * 86_400,
         conversation=talk("小溪流向哪里？", "流向大海。🌊")),
)  # fmt: skip


async def test_the_list_of_conversations(demo: DemoServer) -> None:
    store = Store(data_folder() / "chats.db", now=NOON.timestamp)
    await store.open()
    for chat in CHATS:
        await store.put(chat)
    await store.aclose()
    async with shown(demo, "demo-echo", SMALL) as person:
        await person.press("ctrl+o")
        await person.sees("What is a rillet?", "小溪流向哪里？")
        await looks_like("conversations-80x24-dark", person)


@pytest.mark.parametrize("size", SIZES)
async def test_answers_side_by_side(demo: DemoServer, size: str) -> None:
    begin, go_on, clock = asyncio.Event(), asyncio.Event(), Clock()
    others = (
        saying("A **rillet** is a small brook."),
        saying("A brook, and", finish_reason="length"),
    )
    for name, script in zip(("demo-echo", "demo-length"), others, strict=True):
        demo.script(name, halted(script, begin, go_on, b"never"))
    demo.script("demo-tour", halted(saying(tour()), begin, go_on, b"things"))
    async with shown(demo, "demo-tour", SIZES[size], clock=clock) as person:
        await person.types("What is a rillet?")
        await person.press("ctrl+t")
        await person.sees("1 demo-tour")
        await person.press("down", "space", *["down"] * 4, "space", "enter")
        await person.sees("3 models side by side", "◌ waiting for the first word")
        clock.now = 0.42
        begin.set()
        await person.sees("short list of", "✂")
        clock.now = 3.1
        await person.sees("● streaming · 3.1 s", "✓")
        await looks_like(f"compare-{size}-dark", person)


async def test_the_help(demo: DemoServer) -> None:
    async with shown(demo, "demo-echo", WIDE) as person:
        await person.sees("demo-echo · demo")
        await person.press("f1")
        await person.sees("Copy the focused message", "Leave Rillet")
        await looks_like("help-160x48-dark", person)


CONFIG = """# What Rillet is told.
theme = "rillet-dark"

[options]
temperature = 0.7
max_tokens = 2000
extra = { top_k = 40 }

[models."demo-tour"]
system = "You show people around. Be brief."

[models."demo-tour".options]
temperature = 0.2    # it wanders otherwise
unset = ["extra"]
"""


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path.home() / ".config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    (folder / "rillet").mkdir(parents=True)
    (folder / "rillet" / "config.toml").write_text(CONFIG)


@pytest.mark.usefixtures("configured")
async def test_the_settings(demo: DemoServer) -> None:
    async with play(demo, "demo-tour", WIDE, flags=(), clock=Clock()) as person:
        await person.press("f7", "right", "down", "down")
        await person.sees("▸ Model demo-tour", "▌ temperature", "left out")
        await looks_like("settings-160x48-dark", person)


@pytest.mark.usefixtures("configured")
async def test_a_setting_that_was_typed_wrong(demo: DemoServer) -> None:
    theme = "rillet-light"
    async with play(demo, "demo-tour", SMALL, flags=(), clock=Clock(), theme=theme) as person:
        await person.press("f7", "shift+tab", "down", "down", "enter", "x", "enter")
        await person.sees("▸ Everywhere", "temperature has to be a number from 0 to 2.")
        await looks_like("settings-80x24-light", person)
