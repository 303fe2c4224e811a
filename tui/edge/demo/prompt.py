"""Reads what a request says to the model: its messages, texts and images."""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from tui.edge.demo.script import Asked

Part: TypeAlias = Mapping[str, object]


def messages(asked: Asked) -> list[Part]:
    """Give the messages that are objects."""
    return _objects(asked.body.get("messages"))


def parts(message: Part) -> list[Part]:
    """Give a message's content parts; plain text is one part of type `text`."""
    content = message.get("content")
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return _objects(content)


def text(message: Part) -> str:
    """Give a message's text, its parts on lines of their own."""
    return "\n".join(str(part["text"]) for part in parts(message) if "text" in part)


def last_of(asked: Asked, role: str) -> Part:
    """Give the last message of a role, or an empty one."""
    return next((said for said in reversed(messages(asked)) if said.get("role") == role), {})


def count_words(asked: Asked) -> int:
    """Count the words of all messages."""
    return sum(len(text(message).split()) for message in messages(asked))


def other_parts(message: Part) -> Iterator[str]:
    """Describe each part of a message that is not text."""
    for part in parts(message):
        match part:
            case {"type": "text"}:
                continue
            case {"type": "image_url", "image_url": {"url": str(url), **rest}}:
                yield f"{_image(url)}, detail {rest.get('detail', 'auto')}"
            case _:
                yield f"a part of type {part.get('type', 'unknown')}"


def _image(url: str) -> str:
    if not url.startswith("data:"):
        return f"<{url}>"
    head, comma, payload = url.removeprefix("data:").partition(",")
    mime, base64, _ = head.partition(";base64")
    try:
        data = b64decode(payload, validate=True) if base64 else unquote_to_bytes(payload)
    except ValueError:
        comma = ""
    size = f"{len(data)} bytes" if comma else "unreadable"
    return f"data URL, {mime or 'no type'}, {size}"


def _objects(value: object) -> list[Part]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
