"""A request with an image whose bytes are gone says so, and is not sent without it."""

from contextlib import aclosing

from tui.core.conversation import Conversation
from tui.core.deltas import Finished, Outcome
from tui.core.images import Image
from tui.core.references import Named
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.client import Client
from tui.edge.demo import DemoServer
from tui.turn import turn

GONE = Image(Named("0" * 64, "image/png").url)


async def test_nothing_is_sent_without_an_image_that_belongs_to_it(demo: DemoServer) -> None:
    talk = Conversation().asked("What is this?", (GONE, Image("https://a.example/1.png")))
    client = Client(Endpoint(demo.base_url))
    async with aclosing(turn(client, Request("demo-echo", talk.sent))) as deltas:
        (end,) = [delta async for delta in deltas]
    await client.aclose()
    assert isinstance(end, Finished)
    assert end.outcome is Outcome.FAILED
    assert end.failure is not None
    assert end.failure.title == "An image is missing"
    assert not end.failure.can_help_again
    assert demo.asked == []
