"""A conversation as Markdown, for people: harmless wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.core.conversation import Message
from tui.core.sanitize import clean, one_line


def in_markdown(messages: Iterable[Message], draft: str = "") -> str:
    """What was said, a heading to a message, and a draft that was not sent yet."""
    parts = [part for message in messages for part in _parts(message)]
    if draft.strip():
        parts += ["## Not sent yet", draft]
    return clean("\n\n".join(parts) + "\n") if parts else ""


def _parts(message: Message) -> Iterator[str]:
    is_question = message.role == "user"
    yield f"## {'You' if is_question else one_line(message.model, 80) or 'Answer'}"
    yield from (f"![image]({image.url})" for image in message.images)
    if message.reasoning:
        yield "\n".join(f"> {line}" for line in message.reasoning.split("\n"))
    yield from filter(None, (message.text, message.refusal))
    yield from (f"→ {call.name}({call.arguments})" for call in message.tool_calls)
    if message.failure is not None:
        yield f"({message.failure.title})"
