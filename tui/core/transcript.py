"""What was said as Markdown, for the moment in which Rillet cannot go on: it needs nothing else.

`tui.core.exporting` writes a conversation for people; both are read by `tui.core.importing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.core.conversation import Message
from tui.core.exporting.roles import BETWEEN, DRAFT, WHO
from tui.core.sanitize import clean, one_line


def in_markdown(messages: Iterable[Message], draft: str = "") -> str:
    """What was said, a heading to a message, and a draft that was not sent yet."""
    parts = [part for message in messages for part in _parts(message)]
    if draft.strip():
        parts += [f"## {DRAFT}", draft]
    return clean("\n\n".join(parts) + "\n") if parts else ""


def _parts(message: Message) -> Iterator[str]:
    model = one_line(message.model, 80) if message.role == "assistant" else ""
    yield f"## {BETWEEN.join(filter(None, (WHO[message.role], model)))}"
    yield from (f"![image]({image.url})" for image in message.images)
    if message.reasoning:
        yield "\n".join(f"> {line}" for line in message.reasoning.split("\n"))
    yield from filter(None, (message.text, message.refusal))
    yield from (f"→ {call.name}({call.arguments})" for call in message.tool_calls)
    if message.failure is not None:
        yield f"({message.failure.title})"
