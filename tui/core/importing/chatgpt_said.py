"""What one message of ChatGPT's export says: its words, its reasoning, how it ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tui.core.conversation import Message, Role
from tui.core.deltas import Outcome
from tui.core.importing.damage import moment
from tui.core.lenient import JSON, as_items, as_text
from tui.core.words import sound

ENDINGS = {"max_tokens": "length", "stop": "stop"}
"""How ChatGPT says why an answer ended, in the words of its API."""

STOPPED = ("interrupted", "client_stopped")
"""How it says that somebody stopped it."""

_CITED = re.compile("\ue200[^\ue201]*\ue201")
"""What stands for a source in an answer that searched: the number of a page that is not there."""


@dataclass(slots=True)
class Said:
    """A message that is being put together; a `Message` has the same fields and tells of them."""

    id: int
    parent: int
    role: Role
    texts: list[str] = field(default_factory=list)
    thoughts: list[str] = field(default_factory=list)
    model: str = ""
    at: float = 0.0
    reason: str = ""
    is_stopped: bool = False

    def take(self, node: JSON) -> None:
        """One node more of it."""
        metadata = as_object(node.get("metadata"))
        self.texts += filter(None, (_text(node),))
        self.thoughts += filter(None, (_thoughts(node),))
        self.model = self.model or sound(as_text(metadata.get("model_slug")))
        self.at = self.at or moment(node.get("create_time"))
        why = as_text(as_object(metadata.get("finish_details")).get("type"))
        self.reason = ENDINGS.get(why, "")
        self.is_stopped = why in STOPPED

    def message(self) -> Message:
        """All of it."""
        return Message(
            self.id,
            self.role,
            "\n\n".join(self.texts),
            parent=self.parent,
            reasoning="\n\n".join(self.thoughts),
            model=self.model if self.role == "assistant" else "",
            at=self.at,
            reason=self.reason,
            outcome=Outcome.CANCELLED if self.is_stopped else Outcome.FINISHED,
        )


def role_of(message: JSON) -> Role | None:
    """Who says it; None where it was not shown or says nothing."""
    metadata = as_object(message.get("metadata"))
    is_hidden = metadata.get("is_visually_hidden_from_conversation") is True
    if is_hidden or message.get("recipient", "all") != "all":
        return None
    role = as_text(as_object(message.get("author")).get("role"))
    if role == "tool" and any(map(_is_image, _parts(message))):
        return "assistant"
    if role not in ("user", "assistant") or not (_text(message) or _thoughts(message)):
        return None
    return "user" if role == "user" else "assistant"


def as_object(found: object) -> JSON:
    """An object, else an empty one."""
    return found if isinstance(found, dict) else {}


def _parts(message: JSON) -> list[object]:
    content = as_object(message.get("content"))
    parts = content.get("parts")
    return parts if isinstance(parts, list) else []


def _text(message: JSON) -> str:
    content = as_object(message.get("content"))
    match content.get("content_type"):
        case "code":
            return sound(f"```\n{as_text(content.get('text'))}\n```")
        case "text" | "multimodal_text":
            words = (*_files(message), *map(_part, _parts(message)))
            return _CITED.sub("", sound("\n\n".join(filter(None, words))))
    return ""


def _files(message: JSON) -> Iterator[str]:
    """A note for each file that went with a question; images have theirs among the parts."""
    for file in as_items(as_object(message.get("metadata")).get("attachments")):
        name, kind = as_text(file.get("name")), as_text(file.get("mime_type"))
        if name and not kind.startswith("image/"):
            yield f"[a file, {name}, which is not in the export]"


def _part(part: object) -> str:
    if isinstance(part, str):
        return part
    if not _is_image(part):
        return as_text(as_object(part).get("text"))
    width, height = (moment(as_object(part).get(side)) for side in ("width", "height"))
    size = f", {width:.0f}×{height:.0f}" if width and height else ""
    return f"[an image{size}, which is not in the export]"


def _is_image(part: object) -> bool:
    return as_object(part).get("content_type") == "image_asset_pointer"


def _thoughts(message: JSON) -> str:
    """The reasoning, as far as it was shown."""
    content = as_object(message.get("content"))
    if content.get("content_type") != "thoughts":
        return ""
    thoughts = as_items(content.get("thoughts"))
    return "\n\n".join(sound(as_text(each.get("content"))) for each in thoughts)
