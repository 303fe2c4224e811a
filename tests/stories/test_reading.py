"""Reading while it streams: following, staying, moving over messages, copying."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from textual.events import MouseScrollDown, MouseScrollUp

from tests.play import SMALL, Person, play
from tests.waiting import until
from tui.edge.demo import Act, Asked, Bytes, DemoServer, Script, Status, saying

LINES = "".join(f"line {number}\n\n" for number in range(60))


def events(text: str) -> bytes:
    return f'data: {{"choices":[{{"delta":{{"content":"{text}"}}}}]}}\n\n'.encode()


def in_two(first: str, go_on: asyncio.Event, second: str) -> Script:
    """Says something, waits for the test's word, says the rest."""

    async def play_it(_: Asked) -> AsyncIterator[Act]:
        yield Status(200, {"content-type": "text/event-stream"})
        yield Bytes(events(first.replace("\n", "\\n")))
        await go_on.wait()
        yield Bytes(events(second.replace("\n", "\\n")) + b"data: [DONE]\n\n")

    return play_it


def rows(person: Person) -> list[str]:
    """What the log shows, without the side."""
    return [row[:110].rstrip() for row in person.sight.split("\n")[1:40]]


async def test_the_end_is_followed(demo: DemoServer) -> None:
    demo.script("long", saying(LINES))
    async with play(demo, "long") as person:
        await person.asks("Hi")
        await person.sees("line 59", "✓ complete ·")
        assert person.log.is_following


async def scrolled(demo: DemoServer, press: Callable[[Person], Awaitable[None]]) -> None:
    go_on = asyncio.Event()
    demo.script("two", in_two(LINES, go_on, LINES + "the last word"))
    async with play(demo, "two") as person:
        await person.asks("Hi")
        await person.sees("line 59")
        await person.press("pageup")
        await person.sees("rows below, End follows")
        before = rows(person)
        go_on.set()
        await until(lambda: not person.chat._is_busy)
        await person.sees("✓ complete")
        assert rows(person) == before
        await press(person)
        await person.sees("the last word")
        await person.sees_no("End follows")


async def test_no_row_moves_while_one_reads_and_end_follows_again(demo: DemoServer) -> None:
    await scrolled(demo, lambda person: person.press("end"))


async def test_scrolling_back_to_the_end_follows_again(demo: DemoServer) -> None:
    await scrolled(demo, lambda person: person.press(*["pagedown"] * 6))


async def test_the_rows_below_are_told_as_they_are_after_every_scroll(demo: DemoServer) -> None:
    demo.script("long", saying(LINES))
    async with play(demo, "long") as person:
        await person.asks("Hi")
        await person.sees("line 59", "✓ complete ·")
        await until(lambda: person.chat._ticker._active.is_set() is False)
        for key in ("pageup", "pageup", "pagedown", "home", "pagedown"):
            await person.press(key)
            below = person.log._stack.height - person.log._view.top - person.log.size.height
            await person.sees(f"↓ {below:,} rows below, End follows")
        await person.pilot.resize_terminal(160, 40)
        await until(lambda: person.log.size.height < 40)
        below = person.log._stack.height - person.log._view.top - person.log.size.height
        await person.sees(f"↓ {below:,} rows below, End follows")


async def test_entering_the_conversation_does_not_end_following(demo: DemoServer) -> None:
    go_on = asyncio.Event()
    demo.script("two", in_two(LINES, go_on, LINES + "the last word"))
    async with play(demo, "two") as person:
        await person.asks("Hi")
        await person.sees("line 59")
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.sees("▌ line 59")
        assert person.log.is_following
        go_on.set()
        await person.sees("▌ the last word", "✓ complete")


async def test_entering_the_conversation_moves_nothing_and_takes_what_is_in_view(
    demo: DemoServer,
) -> None:
    demo.script("long", saying(LINES))
    async with play(demo, "long") as person:
        await person.asks("Hi")
        await until(lambda: len(person.chat.conversation.messages) == 2)
        await person.asks("Hi")
        await until(lambda: len(person.chat.conversation.messages) == 4)
        await person.press("home", "pagedown")
        await person.sees("line 30")
        before = rows(person)
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.sees("▌ line 30")
        assert [row[2:] for row in rows(person)] == [row[2:] for row in before]
        assert person.log.focused_entry is person.log._stack.entries[1]


async def test_home_and_end_scroll_from_an_empty_prompt_only(demo: DemoServer) -> None:
    demo.script("long", saying(LINES))
    async with play(demo, "long") as person:
        await person.asks("Hi")
        await person.sees("line 59")
        await person.press("home")
        await person.sees("line 0")
        await person.types("draft")
        await person.press("end")
        assert not person.log.is_following


async def test_the_focus_moves_over_messages_and_y_copies_the_one(demo: DemoServer) -> None:
    demo.script("md", saying("Some **bold** words."))
    async with play(demo, "md") as person:
        await person.asks("The question")
        await person.sees("✓ complete")
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.press("y")
        await person.sees("Copied to the clipboard.")
        await person.press("up", "y")
        await until(lambda: len(person.copied) == 2)
        assert person.copied == ["Some **bold** words.", "The question"]
        await person.sees("▌ You")


async def test_what_is_copied_cannot_steer_the_terminal_it_is_pasted_into(demo: DemoServer) -> None:
    demo.script("bad", saying("rm\x1b[2K -rf\x07 \u202e"))
    async with play(demo, "bad") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("tab", "y")
        await until(lambda: person.copied)
        assert "\x1b" not in person.copied[0]
        assert "\u202e" not in person.copied[0]


async def test_the_mouse_selects_text_as_it_is_seen(demo: DemoServer) -> None:
    demo.script("md", saying("Some **bold** words."))
    async with play(demo, "md") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        row = rows(person).index("  Some bold words.")
        await person.pilot.mouse_down(person.log, offset=(7, row))
        await person.pilot.hover(person.log, offset=(10, row))
        await person.pilot.mouse_up(person.log, offset=(10, row))
        assert person.app.screen.get_selected_text() == "bold"
        await person.press("y")
        await until(lambda: person.copied == ["bold"])
        await person.press("ctrl+c")
        await until(lambda: person.copied == ["bold", "bold"])


async def test_the_wheel_stops_following_and_comes_back(demo: DemoServer) -> None:
    demo.script("long", saying(LINES))
    async with play(demo, "long") as person:
        await person.asks("Hi")
        await person.sees("line 59")
        where = (5, 5, 0, 0, 0, False, False, False)
        for _ in range(3):
            person.log.post_message(MouseScrollUp(person.log, *where))
        await person.sees("rows below, End follows")
        for _ in range(3):
            person.log.post_message(MouseScrollDown(person.log, *where))
        await person.sees_no("End follows")


async def test_the_row_that_is_read_stays_when_the_window_changes(demo: DemoServer) -> None:
    demo.script("long", saying(LINES))
    async with play(demo, "long") as person:
        await person.asks("Hi")
        await person.sees("line 59")
        await person.press("pageup")
        top = next(row for row in rows(person) if "line" in row)
        await person.pilot.resize_terminal(90, 30)
        await person.sees(top.strip())
        assert not person.log.is_following


async def test_one_row_below_is_told_as_one(demo: DemoServer) -> None:
    async with play(demo, "demo-500t-5000ps", size=SMALL) as person:
        await person.asks("Long")
        await person.sees("✓ complete")
        person.log.scroll_relative(y=-1, animate=False)
        await person.sees("↓ 1 row below, End follows")
