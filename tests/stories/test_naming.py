"""The model names new conversations where the user turned that on, and never in anybody's way."""

from collections.abc import AsyncIterator

from tests.play import play
from tests.waiting import until
from tui.edge.demo import Act, Asked, DemoServer
from tui.edge.demo.reply import saying


def naming_server(demo: DemoServer, *, name: str = "Boats and sails", hangs: bool = False) -> None:
    """A model that answers questions, and gives names."""

    def script(asked: Asked) -> AsyncIterator[Act]:
        messages = asked.body["messages"]
        assert isinstance(messages, list)
        is_name = "Name the conversation" in str(messages[-1])
        said = (
            (saying("half a na", rate=1) if hangs else saying(name)) if is_name else saying("Aye.")
        )
        return said(asked)

    demo.script("namer", script)


def names(demo: DemoServer) -> int:
    return sum("Name the conversation" in str(asked.body) for asked in demo.asked)


async def test_a_conversation_is_named_once_and_keeps_its_name(demo: DemoServer) -> None:
    naming_server(demo)
    async with play(demo, "namer", names_chats=True) as person:
        await person.asks("Tell me of boats")
        await person.sees("Aye.", "≋ Rillet  Boats and sails")
        await person.asks("And more")
        await person.sees("And more", "✓ complete")
    assert names(demo) == 1
    async with play(demo, "namer") as person:
        await person.sees("Ctrl+L goes on with “Boats and sails”.")


async def test_nobody_is_asked_unless_that_was_turned_on(demo: DemoServer) -> None:
    naming_server(demo)
    async with play(demo, "namer") as person:
        await person.asks("Tell me of boats")
        await person.sees("Aye.", "✓ complete", "≋ Rillet  Tell me of boats")
    async with play(demo, "namer", names_chats=True, keeps=False) as person:
        await person.asks("Tell me of boats")
        await person.sees("Aye.", "✓ complete")
    assert names(demo) == 0


async def test_a_question_goes_before_a_name(demo: DemoServer) -> None:
    naming_server(demo, hangs=True)
    async with play(demo, "namer", names_chats=True) as person:
        await person.asks("Tell me of boats")
        await person.sees("Aye.")
        await until(lambda: names(demo) == 1)
        await person.asks("And more")
        await until(lambda: "namer" in demo.gone)
        await person.sees("And more", "✓ complete", "≋ Rillet  Tell me of boats")


async def test_what_the_user_calls_it_stays(demo: DemoServer) -> None:
    naming_server(demo, hangs=True)
    async with play(demo, "namer", names_chats=True) as person:
        await person.asks("Tell me of boats")
        await until(lambda: names(demo) == 1)
        await person.press("ctrl+o")
        await person.sees("Conversations", "Tell me of boats")
        await person.press("down", "f2")
        await person.types("Mine")
        await person.press("enter", "escape", "escape")
        await person.sees("≋ Rillet  Mine")
        await person.asks("And more")
        await person.sees("And more", "✓ complete")
    assert names(demo) == 1
