"""A conversation from ChatGPT's `conversations.json`.

There a conversation is a mapping of nodes, each with a message or without one, a parent and
children; `current_node` is what was shown last. Questions and answers become messages, branches
stay siblings. What nobody saw (system messages, hidden ones, calls to tools and what tools said)
is passed over: what follows it follows what is before it. Where that leaves answer after answer,
as round a tool, they are parts of one. Images and files are not in it: a note stands for each.

The format is not documented, so nothing is taken for granted. A node has one parent, and what
cannot be reached from a node without one goes round in a circle.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping
from itertools import count
from typing import NamedTuple

from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.importing.chatgpt_said import Said, as_object, role_of
from tui.core.importing.damage import Damaged, moment, named
from tui.core.lenient import JSON, as_text
from tui.core.words import sound


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
        model=answers[-1] if answers else sound(as_text(said.get("default_model_slug"))),
        created=created,
        updated=moment(said.get("update_time")) or created,
        is_pinned=said.get("is_starred") is True,
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
    said, places = list[Said](), dict[str, int]()
    number = count()
    waiting = [_Step(0.0, next(number), name, 0, is_only=True) for name in behind[""]]
    while waiting:
        step = heapq.heappop(waiting)
        node = nodes[step.name]
        place = places[step.name] = _placed(node, step, said)
        is_only = len(behind[step.name]) == 1 and (step.is_only or place != step.place)
        for child in behind[step.name]:
            at = max(step.at, moment(as_object(nodes[child].get("message")).get("create_time")))
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


def _placed(node: JSON, step: _Step, said: list[Said]) -> int:
    """Put what a node says where it belongs; gives the message that what follows it follows."""
    message = as_object(node.get("message"))
    role = role_of(message)
    if role is None:
        return step.place
    before = said[step.place - 1] if step.place else None
    if before is None or role == "user" or before.role == "user" or not step.is_only:
        before = Said(len(said) + 1, step.place, role)
        said.append(before)
    before.take(message)
    return before.id
