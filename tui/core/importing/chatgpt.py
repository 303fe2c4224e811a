"""A conversation from ChatGPT's `conversations.json`.

There a conversation is a mapping of nodes, each with a message or without one, a parent and
children; `current_node` is what was shown last. Questions and answers become messages, branches
stay siblings. What nobody saw (system messages, hidden ones, calls to tools and what tools said)
is passed over: what follows it follows what is before it. Where that leaves answer after answer,
as round a tool, they are parts of one. Images are not in the file: a note stands for each.

The format is not documented, so nothing is taken for granted. A node has one parent, and what
cannot be reached from a node without one goes round in a circle.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message, Role
from tui.core.deltas import Outcome
from tui.core.importing.damage import Damaged, moment, named
from tui.core.lenient import JSON, as_items, as_text
from tui.core.words import sound

ENDINGS = {"max_tokens": "length", "stop": "stop"}
"""How ChatGPT says why an answer ended, in the words of its API."""

BROKEN_OFF = ("interrupted", "client_stopped")
"""How it says that somebody stopped it."""

_CITED = re.compile("\ue200[^\ue201]*\ue201")
"""What stands for a source in an answer that searched: the number of a page that is not there."""


@dataclass(slots=True)
class _Said:
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
        metadata = _object(node.get("metadata"))
        self.texts += filter(None, (_text(node),))
        self.thoughts += filter(None, (_thoughts(node),))
        self.model = self.model or sound(as_text(metadata.get("model_slug")))
        self.at = self.at or moment(node.get("create_time"))
        why = as_text(_object(metadata.get("finish_details")).get("type"))
        self.reason = ENDINGS.get(why, "")
        self.is_stopped = why in BROKEN_OFF

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


def chat_from(said: JSON) -> Chat:
    """The conversation.

    Raises:
        Damaged: If it is none.
    """
    nodes = _nodes(said.get("mapping"))
    places, messages = _grown(nodes)
    if not messages:
        raise Damaged("there is no message in it that was shown")
    current = as_text(said.get("current_node"))
    head = places.get(current, 0) or messages[-1].id
    created = moment(said.get("create_time")) or messages[0].at
    answers = [message.model for message in messages if message.model]
    its_id = as_text(said.get("conversation_id")) or as_text(said.get("id"))
    return Chat(
        named(its_id or f"{sorted(nodes)}"),
        title=" ".join(sound(as_text(said.get("title"))).split()),
        model=answers[-1] if answers else "",
        created=created,
        updated=moment(said.get("update_time")) or created,
        is_archived=said.get("is_archived") is True,
        conversation=Conversation("", messages, head),
    )


def _nodes(mapping: object) -> Mapping[str, JSON]:
    if not isinstance(mapping, dict):
        raise Damaged("its mapping is none")
    return {name: node for name, node in mapping.items() if isinstance(node, dict)}


class _Step(NamedTuple):
    """A node whose turn is to come; the earliest comes first."""

    at: float
    """When it was said, or what it follows."""

    number: int
    """Which of those that were said at that time."""

    name: str
    """The node's."""

    place: int
    """The id of the message that it follows; 0 is the beginning."""

    is_only: bool
    """Whether nothing else follows that message, so that it can be a part of it."""


def _grown(nodes: Mapping[str, JSON]) -> tuple[Mapping[str, int], tuple[Message, ...]]:
    """The message that each node is part of, and the messages in the order of their time."""
    behind = _behind(nodes)
    said, places = list[_Said](), dict[str, int]()
    number = count()
    waiting = [_Step(0.0, next(number), name, 0, is_only=True) for name in behind[""]]
    while waiting:
        step = heapq.heappop(waiting)
        node = nodes[step.name]
        place = places[step.name] = _placed(node, step, said)
        is_only = len(behind[step.name]) == 1 and (step.is_only or place != step.place)
        for child in behind[step.name]:
            at = max(step.at, moment(_object(nodes[child].get("message")).get("create_time")))
            heapq.heappush(waiting, _Step(at, next(number), child, place, is_only))
    if len(places) < len(nodes):
        raise Damaged("its messages follow each other in a circle")
    return places, tuple(each.message() for each in said)


def _behind(nodes: Mapping[str, JSON]) -> Mapping[str, list[str]]:
    """The nodes that follow each node; behind "" are those that begin."""
    behind = defaultdict[str, list[str]](list)
    for name, node in nodes.items():
        parent = node.get("parent")
        behind[parent if isinstance(parent, str) and parent in nodes else ""].append(name)
    return behind


def _placed(node: JSON, step: _Step, said: list[_Said]) -> int:
    """Put what a node says where it belongs; gives the message that what follows it follows."""
    message = _object(node.get("message"))
    role = _role(message)
    if role is None:
        return step.place
    before = said[step.place - 1] if step.place else None
    if before is None or role == "user" or before.role == "user" or not step.is_only:
        before = _Said(len(said) + 1, step.place, role)
        said.append(before)
    before.take(message)
    return before.id


def _role(message: JSON) -> Role | None:
    """Who says it; None where it was not shown or says nothing."""
    metadata = _object(message.get("metadata"))
    is_hidden = metadata.get("is_visually_hidden_from_conversation") is True
    if is_hidden or message.get("recipient", "all") != "all":
        return None
    role = as_text(_object(message.get("author")).get("role"))
    if role == "tool" and any(map(_is_image, _parts(message))):
        return "assistant"
    if role not in ("user", "assistant") or not (_text(message) or _thoughts(message)):
        return None
    return "user" if role == "user" else "assistant"


def _object(found: object) -> JSON:
    return found if isinstance(found, dict) else {}


def _parts(message: JSON) -> list[object]:
    content = _object(message.get("content"))
    parts = content.get("parts")
    return parts if isinstance(parts, list) else []


def _text(message: JSON) -> str:
    content = _object(message.get("content"))
    match content.get("content_type"):
        case "code":
            return sound(f"```\n{as_text(content.get('text'))}\n```")
        case "text" | "multimodal_text":
            words = "\n\n".join(filter(None, map(_part, _parts(message))))
            return _CITED.sub("", sound(words))
    return ""


def _part(part: object) -> str:
    if isinstance(part, str):
        return part
    if not _is_image(part):
        return as_text(_object(part).get("text"))
    width, height = (moment(_object(part).get(side)) for side in ("width", "height"))
    size = f", {width:.0f}×{height:.0f}" if width and height else ""
    return f"[an image{size}, which is not in the export]"


def _is_image(part: object) -> bool:
    return _object(part).get("content_type") == "image_asset_pointer"


def _thoughts(message: JSON) -> str:
    """The reasoning, as far as it was shown."""
    content = _object(message.get("content"))
    if content.get("content_type") != "thoughts":
        return ""
    thoughts = as_items(content.get("thoughts"))
    return "\n\n".join(sound(as_text(each.get("content"))) for each in thoughts)
