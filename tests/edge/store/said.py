"""Messages and conversations for the store's tests."""

from tui.core.chats import Facts
from tui.core.conversation import Message
from tui.edge.store import Store

NOTHING = Facts()


def question(text: str, id: int = 1, at: float = 1000.0, parent: int | None = None) -> Message:
    return Message(id, "user", text, parent=id - 1 if parent is None else parent, at=at)


def answer(text: str, id: int = 2, at: float = 1001.0, parent: int | None = None) -> Message:
    before = id - 1 if parent is None else parent
    return Message(id, "assistant", text, parent=before, at=at, model="gpt-5")


async def texts(store: Store, chat: str) -> list[str]:
    """What was said in it, in order."""
    found = await store.load(chat)
    return [] if found is None else [message.text for message in found.conversation.messages]


async def search(store: Store, words: str) -> list[str]:
    """The lines that are found."""
    return [hit.excerpt for hit in await store.search(words)]
