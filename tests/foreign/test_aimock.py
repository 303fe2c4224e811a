"""aimock plays what a test lays down: how a server on node speaks, and how it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.foreign.asking import ask, show_images, shown
from tests.foreign.npm import NotHere, installed
from tests.foreign.process import serving
from tests.play import play
from tests.stories.test_images import folder
from tui.core.deltas import Finished, Outcome, Served, Usage
from tui.core.settings import Endpoint, Patience
from tui.edge.client import Client

__all__ = ["folder"]

PACKAGE = "@copilotkit/aimock"

LISTENS = r"listening on (http://\S+)"

WORDS = "Rivers 日本語 🎉 flow,\n\nand 👩‍👩‍👧 watch."

SAYS: dict[str, object] = {"content": WORDS}

AT_ONCE = Patience(first=0.3, idle=0.3, retries=0)


@dataclass(frozen=True)
class Mock:
    """The running server, told what to play."""

    root: str
    http: httpx2.Client

    @property
    def url(self) -> str:
        return f"{self.root}/v1"

    def plays(self, response: dict[str, object], **how: object) -> None:
        """Answer all that a model is asked with this; `how` is a fixture's other fields."""
        match = {"model": how.pop("model", "m")}
        self._add({"match": match, "response": response, **how})

    def plays_in_turn(self, *responses: dict[str, object]) -> None:
        """Answer the first question with the first of these, and so on."""
        for place, response in enumerate(responses):
            self._add({"match": {"model": "m", "sequenceIndex": place}, "response": response})

    def _add(self, fixture: dict[str, object]) -> None:
        self.http.post("/__aimock/fixtures", json={"fixtures": [fixture]}).raise_for_status()

    @property
    def journal(self) -> list[tuple[int, str]]:
        """What it answered to questions, in order: the status, and how it broke off."""
        entries = self.http.get("/__aimock/journal", params={"method": "POST"}).json()
        answers = [entry["response"] for entry in entries]
        return [(answer["status"], answer.get("interruptReason", "")) for answer in answers]


@pytest.fixture(scope="module")
def root(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert pytestconfig.cache is not None
    try:
        place = installed(
            PACKAGE, Path(__file__).parent / "aimock", pytestconfig.cache.mkdir("aimock")
        )
    except NotHere as why:
        pytest.skip(str(why))
    some = str(place / "fixtures" / "example-greeting.json")  # it does not start with none
    command = ("node", str(place / "dist" / "cli.js"), "--port", "0", "--fixtures", some)
    with serving(command, tmp_path_factory.mktemp("aimock") / "log", LISTENS) as url:
        yield url


@pytest.fixture
def mock(root: str) -> Iterator[Mock]:
    with httpx2.Client(base_url=root, trust_env=False) as http:
        http.post("/__aimock/reset").raise_for_status()
        yield Mock(root, http)


@pytest.mark.parametrize("path", ["/v1", "/api/v1", "/api/v3", "/openai/deployments/m"])
async def test_words_cut_anywhere_come_together_on_every_path(mock: Mock, path: str) -> None:
    mock.plays(SAYS, chunkSize=1, openRouterProcessing=True)
    heard = await ask(f"{mock.root}{path}", "m")
    assert (heard.text, heard.end) == (WORDS, Finished(Outcome.FINISHED, "stop"))
    assert heard.remarks == []
    whole = await ask(f"{mock.root}{path}", "m", is_stream=False)
    assert (whole.text, whole.end) == (heard.text, heard.end)


async def test_reasoning_is_kept_apart_from_the_answer(mock: Mock) -> None:
    mock.plays({"content": "So.", "reasoning": "Let me 🤔 think."}, model="o3-mini", chunkSize=1)
    for is_stream in (True, False):
        heard = await ask(mock.url, "o3-mini", is_stream=is_stream)
        assert (heard.reasoning, heard.text) == ("Let me 🤔 think.", "So.")


async def test_two_tool_calls_come_together_from_their_pieces(mock: Mock) -> None:
    calls = [
        {"name": "level", "arguments": {"place": "mill", "unit": "m³"}},
        {"name": "rain", "arguments": {"days": 3}},
    ]
    mock.plays({"toolCalls": calls}, chunkSize=3)
    heard = await ask(mock.url, "m")
    assert heard.calls == {0: ("level", '{"place":"mill","unit":"m³"}'), 1: ("rain", '{"days":3}')}
    assert heard.end.reason == "tool_calls"


async def test_words_before_and_after_a_call_are_all_kept(mock: Mock) -> None:
    call = {"type": "toolCall", "name": "level", "arguments": {"a": 1}}
    text = [{"type": "text", "text": "First. "}, call, {"type": "text", "text": "Then."}]
    mock.plays({"blocks": text}, chunkSize=2)
    heard = await ask(mock.url, "m")
    assert (heard.text, heard.calls) == ("First. Then.", {0: ("level", '{"a":1}')})


@pytest.mark.parametrize("reason", ["length", "content_filter", "repetition_detected"])
async def test_the_finish_reason_is_handed_on_in_its_own_word(mock: Mock, reason: str) -> None:
    mock.plays({**SAYS, "finishReason": reason})
    assert (await ask(mock.url, "m")).end == Finished(Outcome.FINISHED, reason)


async def test_another_model_and_its_usage_are_told(mock: Mock) -> None:
    usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    mock.plays({**SAYS, "model": "m-2026", "usage": usage, "id": "gen-1"})
    heard = await ask(mock.url, "m")
    assert Served("m-2026", "gen-1") in heard.deltas
    assert Usage(7, 3) in heard.deltas


async def test_a_paced_stream_with_jitter_comes_whole(mock: Mock) -> None:
    physics = {"ttft": 100, "tps": 300, "jitter": 0.9}
    mock.plays(SAYS, chunkSize=2, streamingProfile=physics)
    heard = await ask(mock.url, "m", AT_ONCE)
    assert (heard.text, heard.outcome) == (WORDS, Outcome.FINISHED)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"truncateAfterChunks": 4, "latency": 20}, "truncateAfterChunks"),
        ({"disconnectAfterMs": 200, "latency": 40}, "disconnectAfterMs"),
    ],
)
async def test_a_stream_that_is_torn_off_keeps_its_words_and_says_so(
    mock: Mock, how: dict[str, object], reason: str
) -> None:
    mock.plays(SAYS, chunkSize=4, **how)
    heard = await ask(mock.url, "m")
    assert heard.text
    assert WORDS.startswith(heard.text)
    assert (heard.outcome, heard.title) == (Outcome.INTERRUPTED, "The connection broke")
    assert mock.journal == [(200, reason)]


@pytest.mark.parametrize(
    "how", [{"streamingProfile": {"ttft": 5000, "tps": 10}}, {"chaos": {"latencyMs": 5000}}]
)
async def test_a_first_word_that_does_not_come_is_not_waited_for_for_ever(
    mock: Mock, how: dict[str, object]
) -> None:
    mock.plays(SAYS, **how)
    heard = await ask(mock.url, "m", AT_ONCE)
    assert (heard.outcome, heard.title) == (Outcome.STALLED, "No answer came")


async def test_a_stall_in_the_middle_keeps_the_words_before_it(mock: Mock) -> None:
    mock.plays(SAYS, chunkSize=10, recordedTimings=_timings(0, 0, 5000))
    heard = await ask(mock.url, "m", AT_ONCE)
    assert heard.text == WORDS[:10]
    assert (heard.outcome, heard.title) == (Outcome.STALLED, "The server fell silent")


@pytest.mark.parametrize(
    ("chaos", "outcome", "title"),
    [
        ("dropRate", Outcome.FAILED, "The server is in trouble"),
        ("rateLimitRate", Outcome.FAILED, "Too many requests"),
        ("malformedRate", Outcome.FAILED, "The server did not answer with a stream"),
        (
            "disconnectRate",
            Outcome.FAILED,
            "The server closed the connection without an answer",
        ),
    ],
)
async def test_every_kind_of_its_chaos_is_told_in_words(
    mock: Mock, chaos: str, outcome: Outcome, title: str
) -> None:
    mock.plays(SAYS, chaos={chaos: 1})
    heard = await ask(mock.url, "m", AT_ONCE)
    assert (heard.text, heard.outcome, heard.title) == ("", outcome, title)


async def test_a_rate_limit_is_waited_out_and_then_the_words_come(mock: Mock) -> None:
    limit: dict[str, object] = {"error": {"message": "slow down"}, "status": 429, "retryAfter": 1}
    mock.plays_in_turn(limit, SAYS)
    heard = await ask(mock.url, "m")
    assert (heard.waits, heard.text) == ([1.0], WORDS)
    assert mock.journal == [(429, ""), (200, "")]


@pytest.mark.parametrize("path", ["/v1", "/api/v1"])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422])
async def test_a_refusal_is_told_once_in_its_own_words(mock: Mock, path: str, status: int) -> None:
    mock.plays({"error": {"message": "The budget is spent."}, "status": status})
    heard = await ask(f"{mock.root}{path}", "m")
    assert heard.end.failure is not None
    assert (heard.end.failure.status, heard.end.failure.said) == (status, "The budget is spent.")
    assert mock.journal == [(status, "")]


async def test_its_models_are_listed(mock: Mock) -> None:
    client = Client(Endpoint(mock.url))
    try:
        assert "gpt-4o" in await client.models()
    finally:
        await client.aclose()


async def test_a_torn_stream_is_seen_on_the_screen_and_asked_for_again(mock: Mock) -> None:
    mock.plays(SAYS, chunkSize=4, truncateAfterChunks=4, latency=20)
    async with play(mock.url, "m") as person:
        await person.asks("Hi")
        await person.sees("Rivers", "! The connection broke", "r asks again")
        mock.http.post("/__aimock/reset").raise_for_status()
        mock.plays(SAYS)
        await person.press("r")
        await person.sees("watch.", "✓ complete")


def _timings(first: int, *between: int) -> dict[str, object]:
    """Milliseconds before each event."""
    total = first + sum(between)
    return {"ttftMs": first, "interChunkDelaysMs": list(between), "totalDurationMs": total}


async def test_images_are_taken_in_their_order_with_their_details(mock: Mock, folder: Path) -> None:
    mock.plays(SAYS)
    await show_images(mock.url, "m")
    last = mock.http.get("/__aimock/journal", params={"method": "POST"}).json()[-1]
    assert shown(last["body"], (folder / "plain.png").read_bytes())
