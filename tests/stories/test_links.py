"""Links by key: a list of where they lead, and the same way on as a click."""

from tests.play import play
from tests.waiting import until
from tui.edge.demo import DemoServer, saying

TEXT = (
    "See [the **big** river](https://river.example/big) and <https://plain.example>.\n\n"
    "| a | b |\n|---|---|\n| [`[red]`](https://cell.example/red) | x |\n\n"
    "![a bridge](https://pictures.example/bridge.png)\n\n"
    "Again [the same](https://river.example/big).\n"
)


async def test_the_links_of_a_message_are_listed_with_where_they_lead(demo: DemoServer) -> None:
    demo.script("links", saying(TEXT))
    async with play(demo, "links") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.press("g")
        await person.sees("Links", "the big river", "https://river.example/big")
        await person.sees("https://plain.example", "https://cell.example/red", "[red]")
        await person.sees("https://pictures.example/bridge.png")
        assert person.sight.count("https://river.example/big") == 1
        await person.press("escape")
        await person.sees_no("https://cell.example")


async def test_enter_goes_the_way_of_a_click(demo: DemoServer) -> None:
    demo.script("links", saying(TEXT))
    async with play(demo, "links") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.press("enter")
        await person.sees("https://cell.example")
        await person.press("enter")
        await person.sees_no("https://cell.example")
        await person.sees("https://river.example/big")


async def test_a_message_without_links_says_so(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("tab", "g")
        await person.sees("There is no link in this message.")
