"""Every stream of the corpus over a real socket: the real client, the spine, what comes of it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
import pytest_asyncio

from tests.streams.case import CORPUS, Case
from tui.core.conversation import Conversation
from tui.core.deltas import Delta, Finished
from tui.core.errors import Failure
from tui.core.reply import Reply
from tui.core.request import Request
from tui.core.settings import Endpoint, Patience
from tui.edge.client import Client
from tui.edge.demo import DemoServer
from tui.edge.replay import AT_ONCE, replaying
from tui.turn import turn

PATIENCE = Patience(usage=0.2, retries=0)
SHORT = Patience(first=0.3, idle=0.3, usage=0.2, retries=0)
"""For servers that fall silent."""

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[DemoServer]:
    """All files in one endpoint; each case is a model of its own."""
    async with replaying([case.stream for case in CORPUS], speed=AT_ONCE) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(server: DemoServer) -> AsyncIterator[Client]:
    made = Client(Endpoint(server.base_url))
    yield made
    await made.aclose()


async def deltas_of(client: Client, case: Case) -> list[Delta]:
    request = Request(case.id, Conversation().asked("What is a rillet?").sent)
    patience = SHORT if case.outcome == "stalled" else PATIENCE
    async with asyncio.timeout(20), aclosing(turn(client, request, patience)) as deltas:
        return [delta async for delta in deltas]


def reply_of(deltas: list[Delta]) -> Reply:
    reply = Reply("", 0.0)
    for number, delta in enumerate(deltas):
        reply.take(delta, float(number))
    return reply


def told(failure: Failure | None) -> str:
    """All that a failure says, empty where there is none."""
    if failure is None:
        return ""
    return "\n".join((failure.title, failure.detail, failure.said, failure.cause))


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.id)
async def test_a_stream_is_read_as_it_was_meant(
    case: Case, server: DemoServer, client: Client
) -> None:
    asked = len(server.asked)
    deltas = await deltas_of(client, case)
    reply, last = reply_of(deltas), deltas[-1]
    assert isinstance(last, Finished)
    assert sum(isinstance(delta, Finished) for delta in deltas) == 1
    assert (reply.text, reply.reasoning, reply.refusal) == (case.text, case.reasoning, case.refusal)
    assert [[call.name, call.arguments] for call in reply.tool_calls.values()] == case.tools
    assert (last.outcome.value, last.reason) == (case.outcome, case.reason)
    assert (last.failure is None) == (case.outcome == "finished")
    assert case.failure in told(last.failure)
    assert len(reply.remarks) == case.remarks
    usage = reply.usage
    assert ([usage.prompt, usage.completion] if usage else []) == case.usage
    assert len(server.asked) == asked + 1  # nobody pays twice


async def test_every_case_has_a_name_of_its_own() -> None:
    assert [name for name, many in Counter(case.id for case in CORPUS).items() if many > 1] == []
    assert len(CORPUS) >= 120
