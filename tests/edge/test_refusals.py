"""What providers say when they refuse, over a real socket, and what a person reads."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx2
import pytest

from tests.edge.bodies import ALL, Refused, error
from tests.waiting import until
from tui.core import meanings
from tui.core.conversation import Conversation
from tui.core.errors import Failure, RequestFailed
from tui.core.evidence import evidence_in, words_of
from tui.core.meanings import Meaning
from tui.core.recognise import ROWS, STATUSES
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge import bounded
from tui.edge.client import Client
from tui.edge.demo import Act, Asked, Bytes, DemoServer, Script, Status, raw
from tui.edge.refusals import retry_after

NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)
KEY = "a-key-of-no-shape"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("2", 2.0),
        ("1.5", 1.5),
        ("Thu, 01 Jan 2026 12:00:07 GMT", 7.0),
        ("Thu, 01 Jan 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-1", None),
        ("²", None),
    ],
)
def test_retry_after_is_read_as_the_standard_says(said: str, seconds: float | None) -> None:
    assert retry_after(httpx2.Headers({b"retry-after": said.encode()}), NOW) == seconds


def test_milliseconds_are_more_exact() -> None:
    headers = httpx2.Headers({"retry-after": "2", "retry-after-ms": "1250"})
    assert retry_after(headers, NOW) == 1.25


async def failure_of(
    demo: DemoServer, refused: Refused, key: str = KEY, script: Script | None = None
) -> Failure:
    """What the client makes of a refusal."""
    body = refused.body if isinstance(refused.body, str) else json.dumps(refused.body)
    kind = "text/html" if body.startswith("<") else "application/json"
    told = raw(body.encode(), status=refused.status, content_type=kind, headers=refused.headers)
    demo.script("m", script or told)
    client = Client(Endpoint(demo.base_url, key))
    try:
        with pytest.raises(RequestFailed) as caught:
            async with client.answer(Request("m", Conversation().asked("Hi").sent)):
                pass
    finally:
        await client.aclose()
    return caught.value.failure


@pytest.mark.parametrize("refused", ALL, ids=lambda each: f"{each.provider}-{each.status}")
async def test_a_refusal_is_recognised(demo: DemoServer, refused: Refused) -> None:
    failure = await failure_of(demo, refused)
    means = refused.means
    assert failure.title == means.title
    assert means.detail in failure.detail
    for part in refused.tells:
        assert part in failure.detail
    assert failure.status == refused.status
    assert (failure.kind, failure.can_help_again) == (means.kind, means.can_help_again)
    assert failure.may_retry == refused.retried
    assert refused.said in failure.said
    assert failure.url == f"{demo.base_url}/chat/completions"
    assert KEY not in repr(failure)


def test_there_are_bodies_for_every_meaning_that_is_recognised() -> None:
    seen = {refused.means.title for refused in ALL}
    known = {row.meaning.title for row in ROWS} | {each.title for each in STATUSES.values()}
    assert known <= seen


def test_every_meaning_is_written_as_the_house_writes() -> None:
    written = [each for each in vars(meanings).values() if isinstance(each, Meaning)]
    assert len(written) > 40
    for each in written:
        assert each.title[0].isupper()
        assert not each.title.endswith(".")
        assert len(each.title) <= 50
        assert each.detail.endswith(".")


async def test_without_a_key_the_sentence_says_so(demo: DemoServer) -> None:
    refused = Refused("vLLM", 401, {"error": "Unauthorized"}, meanings.NO_KEY)
    failure = await failure_of(demo, refused, key="")
    assert failure.title == "The server wants a key"
    assert "OPENAI_API_KEY" in failure.detail


@pytest.mark.parametrize(
    ("headers", "body", "name"),
    [
        ({"x-request-id": "req_1"}, {}, "req_1"),
        ({"x-request-id": "", "request-id": "req_2"}, {}, "req_2"),
        ({"x-request-id": "", "apim-request-id": "req_3"}, {}, "req_3"),
        ({"x-request-id": "", "cf-ray": "ray-4"}, {}, "ray-4"),
        ({"x-request-id": ""}, {"request_id": "req_5"}, "req_5"),
        ({"x-request-id": ""}, {"request_id": 6}, ""),
    ],
)
async def test_the_request_is_named_as_the_provider_names_it(
    demo: DemoServer, headers: dict[str, str], body: object, name: str
) -> None:
    refused = Refused("anyone", 500, body, meanings.BROKEN, headers=headers)
    assert (await failure_of(demo, refused)).request_id == name


async def test_the_providers_words_are_cut_cleaned_and_without_the_key(demo: DemoServer) -> None:
    said = f"\x1b[31mThe key {KEY} or sk-abcdefgh12345 is wrong.\n" + "Really. " * 500
    failure = await failure_of(demo, Refused("anyone", 400, error(said), meanings.BAD_REQUEST))
    assert failure.said.startswith("␛[31mThe key ••• or sk-••• is wrong. Really.")
    assert len(failure.said) == 300


@pytest.mark.parametrize("body", ['{"error": ', "[" * 100_000, '{"a":' * 5_000, "null", '"words"'])
async def test_a_body_that_is_no_json_or_endless_is_still_a_refusal(
    demo: DemoServer, body: str
) -> None:
    failure = await failure_of(demo, Refused("anyone", 500, body, meanings.BROKEN))
    assert failure.title == "The server is in trouble"


async def test_a_refusal_that_falls_silent_is_told_with_what_it_had_said(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "WITHIN", 0.2)
    body = json.dumps(error("Out of tea.")).encode()
    refused = Refused("anyone", 500, "", meanings.BROKEN)
    failure = await failure_of(demo, refused, script=raw(body, status=500, then="hang"))
    assert (failure.status, failure.said) == (500, "Out of tea.")
    await until(lambda: demo.gone == ["m"])


async def test_a_refusal_without_an_end_is_not_read_to_its_end(demo: DemoServer) -> None:
    async def endless(_: Asked) -> AsyncIterator[Act]:
        yield Status(400, {"content-type": "text/plain"})
        while True:
            yield Bytes(b"No. " * 4096)

    refused = Refused("anyone", 400, "", meanings.BAD_REQUEST)
    failure = await failure_of(demo, refused, script=endless)
    assert failure.said.startswith("No. No. No.")
    await until(lambda: demo.gone == ["m"])


def test_words_are_found_wherever_they_are() -> None:
    assert words_of({"error": {"message": " Why. "}}) == "Why."
    assert words_of([{"error": {"message": "Why."}}]) == "Why."
    assert words_of({"error": "Why."}) == "Why."
    assert words_of({"message": '{"error": {"message": "Inside."}}'}) == "Inside."
    assert words_of({"message": "Outside.", "metadata": {"raw": "Inside."}}) == "Inside."
    assert words_of({"message": "Outside.", "metadata": {"raw": None}}) == "Outside."
    assert words_of({"message": "{not JSON"}) == "{not JSON"
    assert words_of({"error": {"code": 3}}) == ""
    assert words_of(None) == ""


def test_what_the_user_wrote_is_no_evidence() -> None:
    body = {"detail": [{"msg": "Field required", "loc": ["body", "x"], "input": "quota"}]}
    assert evidence_in(body) == "loc: body\nloc: x\nmsg: Field required"


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        ("0", ""),
        ("1", "The server asks for a pause of 1 second."),
        ("60", "The server asks for a pause of 60 seconds."),
        ("600", "The server asks for a pause of 10 minutes."),
        ("86400", "The server asks for a pause of 24 hours."),
        ("soon", ""),
    ],
)
async def test_a_pause_that_is_asked_for_is_told(demo: DemoServer, wait: str, said: str) -> None:
    refused = Refused("anyone", 429, "", meanings.RATE, headers={"retry-after": wait})
    detail = (await failure_of(demo, refused)).detail
    assert detail == f"Wait a moment and ask again. {said}".strip()
