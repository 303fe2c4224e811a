"""What is said is handed to the store; a store that never answers holds nobody up."""

import asyncio
from pathlib import Path
from typing import NoReturn

import pytest

from tui import keeping
from tui.core.conversation import Conversation
from tui.edge.store import Store
from tui.keeping import Keeping


class HungStore(Store):
    """A store on a disk that does not answer: a share whose network went away, say."""

    async def save(self, *given: object) -> NoReturn:
        await asyncio.Event().wait()
        raise AssertionError("nobody sets it")


@pytest.fixture
def hung(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keeping:
    monkeypatch.setattr(keeping, "COMMIT", 0.02)
    return Keeping(HungStore(tmp_path / "chats.db"), lambda said: None)


TALK = Conversation().asked("Are you there?")


async def test_a_disk_that_never_answers_lets_everybody_leave(hung: Keeping) -> None:
    hung.keep(TALK, "m", TALK.messages)
    async with asyncio.timeout(10):
        await hung.settle()


async def test_a_question_is_asked_although_the_disk_does_not_answer(hung: Keeping) -> None:
    async with asyncio.timeout(10):
        await hung.commit(TALK, "m", TALK.messages[0])
