"""What someone at the keyboard sees of every stream: file by file, a question after the other."""

from functools import partial
from pathlib import Path

import pytest

from tests.play import Person, play
from tests.streams.case import FILES, cases
from tests.waiting import until
from tui.core.settings import Patience
from tui.edge.demo import DemoServer
from tui.edge.replay import AT_ONCE, replaying

PATIENCE = Patience(retries=0)
SHORT = Patience(first=1.5, idle=1.5, usage=0.5, retries=0)
"""For the file in which servers fall silent."""


def has_answered(person: Person, server: DemoServer, times: int) -> bool:
    """Whether this many questions were sent and the last one's turn has ended."""
    return posts(server) >= times and person.chat.conversation.last_answer is not None


def posts(server: DemoServer) -> int:
    return sum(asked.method == "POST" for asked in server.asked)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_stream_is_seen_as_it_was_meant(file: Path) -> None:
    served = cases(file)
    patience = SHORT if any(case.outcome == "stalled" for case in served) else PATIENCE
    async with (
        replaying([case.stream for case in served], speed=AT_ONCE) as server,
        play(server, "any", patience=patience) as person,
    ):
        for number, case in enumerate(served, 1):
            person.strike("ctrl+n", "H", "i", "enter")
            await until(partial(has_answered, person, server, number))
            await person.sees(*case.sees)
            assert posts(server) == number, f"{case.id} was paid twice"
