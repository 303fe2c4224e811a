"""All conversations: found, opened, named, put away, deleted and brought back."""

from tests.play import NOON, play
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.edge.demo import DemoServer
from tui.edge.paths import data_folder
from tui.edge.store import Store

AT = NOON.timestamp()
DAY = 86_400.0


def chat(id: str, question: str, answer: str = "Well.", ago: float = 60.0) -> Chat:
    """A conversation with one question, asked so many seconds ago."""
    asked = Conversation().asked(question, (), AT - ago)
    said = Message(2, "assistant", answer, model="demo-echo", parent=1, at=AT - ago)
    return Chat(id, "", "demo-echo", AT - ago, AT - ago, conversation=asked.answered(said))


async def keep(*chats: Chat) -> None:
    """Put conversations where the app will look for them."""
    store = Store(data_folder() / "chats.db")
    await store.open()
    for each in chats:
        assert await store.put(each) == each.id
    await store.aclose()


async def test_another_conversation_is_opened_and_goes_on(demo: DemoServer) -> None:
    await keep(chat("aaaaaaaa", "About boats"), chat("bbbbbbbb", "About bread", ago=DAY))
    async with play(demo) as person:
        await person.asks("About trains")
        await person.sees("✓ complete")
        await person.press("ctrl+o")
        await person.sees("Conversations", "About boats", "About bread", "Today", "Yesterday")
        await person.press("down", "down", "down", "enter")
        await person.sees("You · 13 Mar", "About bread", "Well.")
        await person.sees_no("About trains")
        await person.asks("Go on")
        await person.sees("Sent: 3 messages.")
