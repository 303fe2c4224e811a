"""Many conversations, made up: words as rare and as common as those of a language are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Usage
from tui.core.options import Options
from tui.core.provenance import Provenance
from tui.edge.store.known import Known
from tui.edge.store.locks import FileLock
from tui.edge.store.opening import to_write
from tui.edge.store.schema import migrate, transaction
from tui.edge.store.writing import Writing

SENTENCES = 20_000
"""How many there are to choose from."""

WORDS = 60_000
"""How many words there are; the one of rank n is used every n-th time."""

CHARACTERS = 3_000
"""The same of Chinese characters."""

ASKED, ANSWERED = 200, 3_800
"""Characters of a question and of an answer, about."""

PER_CHAT = 50
"""Messages of a conversation."""

LONG = 2_000
"""Messages of the longest one."""

BATCH = 20
"""Conversations in a transaction."""


class Speaker:
    """Says something."""

    def __init__(self) -> None:
        self.random = random.Random(7)
        ranks = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))
        self.words = ["the", "of", *(self._word() for _ in range(WORDS - 2))]
        self.said = [
            " ".join(self.random.choices(self.words, cum_weights=ranks, k=16))
            for _ in range(SENTENCES)
        ]
        signs = [chr(0x4E00 + number) for number in range(CHARACTERS)]
        ranks = ranks[:CHARACTERS]
        self.dense = [
            "".join(self.random.choices(signs, cum_weights=ranks, k=24)) + "。"
            for _ in range(SENTENCES)
        ]

    def message(self, number: int) -> str:
        """Every twentieth time Chinese, with a word that no other message has."""
        sentences = self.dense if number % 40 < 2 else self.said
        each = 26 if sentences is self.dense else 100
        length = ASKED if number % 2 else ANSWERED
        said = self.random.choices(sentences, k=length // each)
        return f"{'. '.join(said)} only{number}"

    def _word(self) -> str:
        letters = self.random.choices("etaoinshrdlucmfwypvbgk", k=self.random.randint(3, 10))
        return "".join(letters)


def conversations(megabytes: int) -> Iterator[Chat]:
    """Ten for each megabyte, of 50 messages each, and one of 2,000."""
    speaker = Speaker()
    yield _chat("long", speaker, 0, LONG)
    for number in range(megabytes * 10):
        yield _chat(f"chat{number}", speaker, LONG + number * PER_CHAT, PER_CHAT)


def make(path: Path, megabytes: int) -> None:
    """A database with them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    db = to_write(path, FileLock(path.with_name(path.name + ".lock")))
    migrate(db)
    writing = Writing(db, Known("bench"), lambda: 1.0)
    every = conversations(megabytes)
    while some := [chat for _, chat in zip(range(BATCH), every, strict=False)]:
        with transaction(db):
            for chat in some:
                writing.put(chat)
    db.close()


def _chat(name: str, speaker: Speaker, first: int, count: int) -> Chat:
    known = Provenance(
        *("https://api.openai.com/v1", "gpt-5", "gpt-5-2025-08-07", "Be kind."),
        options=Options(temperature=0.7),
        began=1_700_000_000.25,
        completion_id="chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        request_id="req_9f1b",
    )
    messages = tuple(
        Message(
            *(n, "assistant" if n % 2 == 0 else "user", speaker.message(first + n)),
            parent=n - 1,
            at=1_700_000_000.0 + (first + n) * 30,
            model="gpt-5",
            provenance=known if n % 2 == 0 else None,
            usage=Usage(100, 900) if n % 2 == 0 else None,
        )
        for n in range(1, count + 1)
    )
    said = Conversation(messages=messages, head=count)
    return Chat(name, created=messages[0].at, updated=messages[-1].at, conversation=said)
