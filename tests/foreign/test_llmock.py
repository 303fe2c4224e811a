"""llmock breaks its answers on demand and judges the client: what we hear, what it thinks of us.

Its verdict finds nothing against Rillet, but for these three, by which we stand:

- `truncated_stream_accepted` and `gave_up` after a cut stream: it sees no second request. There
  is none that nobody asked for, because words had come and were paid for; the person is told that
  the answer is cut off, and by which key to ask again. Once it is pressed, the verdict is clean.
- `gave_up` after a 504: behind a gateway that waited too long an answer may have been made, and
  paid for. The person is told, and asks again.
- `malformed_chunk_ignored`: the words round a damaged event are kept, and a remark tells of it.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.foreign.asking import QUESTION, Heard, ask, rillet_ask, show_images, shown
from tests.foreign.process import serving
from tests.play import play
from tests.stories.test_images import folder
from tui.core.deltas import Finished, Outcome, Usage
from tui.core.settings import Patience

__all__ = ["folder"]

SERVE = (sys.executable, "-m", "llmock.cli", "serve", "--port", "0", "--response-style", "echo")

LISTENS = r"Uvicorn running on (http://\S+)"

ANSWER = f"Hello! You said: {QUESTION}"

Behaviour = dict[str, object]


@dataclass(frozen=True)
class Mock:
    """The running server: told what to do, and asked what it thinks."""

    root: str
    http: httpx2.Client

    @property
    def url(self) -> str:
        return f"{self.root}/v1"

    def will(self, *behaviours: Behaviour) -> None:
        """Do this to the next requests that it fits."""
        self.http.post("/_llmock/scenario", json={"behaviors": behaviours}).raise_for_status()

    def cuts(self, kind: str, after: int, seconds: float = 0.0) -> None:
        """Break the next stream."""
        fault: Behaviour = {"type": "stream_fault", "kind": kind, "after_chunks": after}
        self.will({**fault, "stall_seconds": seconds})

    @property
    def findings(self) -> list[str]:
        """What it finds against the client, by its codes."""
        verdict = self.http.get("/_llmock/verdict").json()
        return [finding["code"] for finding in verdict["findings"]]

    @property
    def attempts(self) -> int:
        """How many requests have come."""
        count = self.http.get("/_llmock/verdict").json()["attempts"]
        assert isinstance(count, int)
        return count


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(SERVE, tmp_path_factory.mktemp("llmock") / "log", LISTENS) as url:
        yield url


@pytest.fixture
def mock(root: str) -> Iterator[Mock]:
    with httpx2.Client(base_url=root, trust_env=False) as http:
        http.post("/_llmock/reset").raise_for_status()
        yield Mock(root, http)


PROVIDERS = ("", "/groq/openai", "/mistral", "/together", "/perplexity", "/ai21", "/xai")


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_every_provider_it_plays_is_understood(mock: Mock, provider: str) -> None:
    url = f"{mock.root}{provider}/v1"
    heard = await ask(url)
    assert heard.text == ANSWER
    assert heard.end == Finished(Outcome.FINISHED, "stop")
    assert any(isinstance(delta, Usage) and delta.total for delta in heard.deltas)
    whole = await ask(url, is_stream=False)
    assert (whole.text, whole.outcome) == (heard.text, Outcome.FINISHED)
    assert whole.end.reason in ("stop", "eos")
    mock.will({"type": "fail", "status": 401, "message": "No such key."})
    refused = (await ask(url)).end.failure
    assert refused is not None
    assert refused.said == "No such key."
    assert mock.findings == []


@pytest.mark.parametrize("reason", ["stop", "length", "content_filter"])
async def test_what_it_is_told_to_say_comes_whole(mock: Mock, reason: str) -> None:
    said = "Ünïcode 日本語 🎉\n\n```python\nprint('x')\n```\n"
    mock.will({"type": "reply", "text": said, "finish_reason": reason})
    heard = await ask(mock.url)
    assert (heard.text, heard.end) == (said, Finished(Outcome.FINISHED, reason))


async def test_a_tool_call_comes_together_from_its_pieces(mock: Mock) -> None:
    arguments = {"place": "the brook behind the mill", "days": 3}
    mock.will({"type": "reply", "tool_calls": [{"name": "level", "arguments": arguments}]})
    heard = await ask(mock.url)
    [(name, said)] = heard.calls.values()
    assert (name, said) == ("level", '{"place": "the brook behind the mill", "days": 3}')
    assert heard.end.reason == "tool_calls"


@pytest.mark.parametrize("after", [0, 1, 4, 7])
@pytest.mark.parametrize(
    ("kind", "title", "finding"),
    [
        ("disconnect", "The connection broke", "gave_up"),
        (
            "truncate",
            "The connection closed before the answer was complete",
            "truncated_stream_accepted",
        ),
    ],
)
async def test_a_cut_stream_keeps_its_words_and_is_never_taken_for_whole(
    mock: Mock, kind: str, title: str, finding: str, after: int
) -> None:
    mock.cuts(kind, after)
    heard = await ask(mock.url)
    assert ANSWER.startswith(heard.text)
    assert len(heard.text.split()) == max(0, after - 1)  # the first event only names the role
    assert (heard.outcome, heard.title) == (Outcome.INTERRUPTED, title)
    assert (mock.attempts, mock.findings) == (1, [finding])


@pytest.mark.parametrize(("after", "lost"), [(0, ""), (3, "said: ")])
async def test_a_damaged_event_is_told_and_the_words_round_it_are_kept(
    mock: Mock, after: int, lost: str
) -> None:
    mock.cuts("malformed", after)
    heard = await ask(mock.url)
    assert heard.text == ANSWER.replace(lost, "")
    assert heard.outcome is Outcome.FINISHED
    assert heard.remarks == [
        "One damaged event of the stream was passed over; words may be missing."
    ]
    assert mock.findings == ["malformed_chunk_ignored"]


async def test_a_stall_is_not_sat_through(mock: Mock) -> None:
    mock.cuts("stall", 4, seconds=30)
    heard = await ask(mock.url, patience=Patience(idle=0.3))
    assert heard.text == "Hello! You said: "
    assert (heard.outcome, heard.title) == (Outcome.STALLED, "The server fell silent")
    assert mock.findings == []


async def test_a_short_stall_costs_nothing(mock: Mock) -> None:
    mock.cuts("stall", 4, seconds=0.3)
    heard = await ask(mock.url)
    assert (heard.text, heard.outcome) == (ANSWER, Outcome.FINISHED)
    assert mock.findings == []


@pytest.mark.parametrize("kind", ["slow_first_token", "delay"])
async def test_a_slow_first_word_is_waited_for_as_long_as_was_chosen(mock: Mock, kind: str) -> None:
    mock.will({"type": kind, "seconds": 0.3}, {"type": kind, "seconds": 1.0})
    assert (await ask(mock.url)).outcome is Outcome.FINISHED
    late = await ask(mock.url, patience=Patience(first=0.3))
    assert (late.outcome, late.title) == (Outcome.STALLED, "No answer came")
    assert mock.findings == []


PASSING = (408, 409, 429, 500, 502, 503, 529)


async def test_a_passing_trouble_is_asked_again_after_the_pause_that_is_asked_for(
    mock: Mock,
) -> None:
    mock.will(*(_fail(status, retry_after=0.3) for status in PASSING))
    for heard in await _all(mock, PASSING):
        assert heard.waits == [0.3]
        assert heard.text.startswith("Hello!")
        assert heard.outcome is Outcome.FINISHED
    assert (mock.attempts, mock.findings) == (2 * len(PASSING), [])


async def test_an_outage_is_told_after_two_more_tries_ever_further_apart(mock: Mock) -> None:
    mock.will(*(_fail(status, times=None) for status in PASSING))
    for heard in await _all(mock, PASSING):
        assert len(heard.waits) == 2
        assert heard.outcome is Outcome.FAILED
    assert (mock.attempts, mock.findings) == (3 * len(PASSING), [])


HOPELESS = (400, 401, 402, 403, 404, 405, 413, 418, 422, 501)


async def test_what_asking_again_cannot_help_is_asked_once(mock: Mock) -> None:
    mock.will(*(_fail(status, times=None) for status in HOPELESS))
    for status, heard in zip(HOPELESS, await _all(mock, HOPELESS), strict=True):
        assert heard.end.failure is not None
        assert heard.end.failure.status == status
        assert heard.waits == []
    assert mock.findings == []


@pytest.mark.parametrize("fail", [{"status": 504}, {"status": 429, "retry_after": 3600}])
async def test_what_may_have_been_paid_for_and_long_pauses_are_left_to_the_person(
    mock: Mock, fail: Behaviour
) -> None:
    mock.will({"type": "fail", **fail})
    heard = await ask(mock.url)
    assert (heard.outcome, heard.waits) == (Outcome.FAILED, [])
    assert heard.end.failure is not None
    assert heard.end.failure.can_help_again
    assert mock.findings == ["gave_up"]


@pytest.mark.parametrize("kind", ["truncate", "disconnect"])
async def test_the_person_is_told_asks_again_and_the_verdict_is_clean(
    mock: Mock, kind: str
) -> None:
    mock.cuts(kind, 4)
    async with play(mock.url, "gpt-4o") as person:
        await person.asks("Hi")
        await person.sees("Hello! You said:", "r asks again")
        await person.press("r")
        await person.sees("Hello! You said: Hi", "✓ complete")
    assert (mock.attempts, mock.findings) == (3, [])  # one of them listed the models


async def test_a_script_is_told_by_the_exit_code_and_the_verdict_is_clean(mock: Mock) -> None:
    mock.cuts("truncate", 4)
    code, words, notes = await rillet_ask(mock.url)
    assert (code, words) == (1, "Hello! You said: ")
    assert "The connection closed before the answer was complete" in notes
    assert await rillet_ask(mock.url) == (0, ANSWER, "")
    assert mock.findings == []


async def test_a_quota_of_one_a_minute_and_a_small_window_are_told_in_its_own_words(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    command = (*SERVE, "--rpm", "1", "--context-window", "100")
    with serving(command, tmp_path_factory.mktemp("llmock") / "log", LISTENS) as root:
        too_long = (await ask(f"{root}/v1", text="river " * 100)).end.failure
        first = await ask(f"{root}/v1")
        second = (await ask(f"{root}/v1")).end.failure
        report = (sys.executable, "-m", "llmock.cli", "report", "--url", root)
        process = await asyncio.create_subprocess_exec(*report)
        assert await process.wait() == 0
    assert too_long is not None
    assert "maximum context length is 100 tokens" in too_long.said
    assert first.outcome is Outcome.FINISHED
    assert second is not None
    assert second.retry_after is not None
    assert 20 < second.retry_after <= 60
    assert "limit 1" in second.said


def _fail(status: int, **more: object) -> Behaviour:
    """A refusal for the one who asks the model of that number."""
    return {"type": "fail", "status": status, "match": {"model": f"m-{status}"}, **more}


async def _all(mock: Mock, statuses: tuple[int, ...]) -> list[Heard]:
    """Ask the models of these numbers at the same time."""
    return await asyncio.gather(*(ask(mock.url, f"m-{status}") for status in statuses))


async def test_images_are_taken_in_their_order_with_their_details(mock: Mock, folder: Path) -> None:
    await show_images(mock.url, "gpt-4o")
    last = mock.http.get("/_llmock/requests").json()["requests"][-1]
    assert shown(last["body"], (folder / "plain.png").read_bytes())
    assert mock.findings == []
