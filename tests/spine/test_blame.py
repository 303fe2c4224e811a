"""A parameter that a server does not take: which one, who set it, and how it is left out."""

import json

import pytest

from tests.edge.plain import Plain, http
from tui.core.conversation import Conversation
from tui.core.deltas import Finished
from tui.core.errors import Failure
from tui.core.levels import Levels, Wanted
from tui.core.options import Options
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.client import Client
from tui.turn import turn

JSON = dict[str, object]


def openai(message: str, param: str | None, code: str = "unsupported_parameter") -> JSON:
    kind = "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


UNSUPPORTED = openai("Unsupported parameter: 'top_p' is not supported with this model.", "top_p")
VALUE = openai(
    "Unsupported value: 'reasoning_effort' does not support 'low' with this model. Supported "
    "values are: 'medium'.",
    "reasoning_effort",
    "unsupported_value",
)
LIMIT = openai(
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
    "'max_completion_tokens' instead.",
    "max_tokens",
)
VLLM: JSON = {
    "object": "error",
    "message": "top_p must be in (0, 1], got 0.0.",
    "type": "BadRequestError",
    "param": None,
    "code": 400,
}
MISTRAL: JSON = {
    "object": "error",
    "message": {
        "detail": [
            {
                "type": "extra_forbidden",
                "loc": ["body", "top_k"],
                "msg": "Extra inputs are not permitted",
                "input": 40,
            }
        ]
    },
    "type": "invalid_request_error",
}
OTHER = openai("Invalid value for 'messages': something else.", "messages", "invalid_value")


async def refused(said: JSON, levels: Levels, own: Options, status: int = 400) -> Failure:
    """What a turn ends with."""
    wanted = Wanted(levels, own)
    sent = Conversation().asked("Hi").sent
    request = Request("m", sent, wanted.options_for("m"), wanted=wanted)
    answer = http(status, json.dumps(said).encode(), content_type="application/json")
    async with Plain(answer) as server:
        client = Client(Endpoint(server.url))
        try:
            *_, last = [delta async for delta in turn(client, request)]
        finally:
            await client.aclose()
    assert isinstance(last, Finished)
    assert last.failure is not None
    return last.failure


TOP_P = Options(top_p=0)


@pytest.mark.parametrize(
    ("levels", "own", "told"),
    [
        (Levels(), TOP_P, "top_p = 0 was set in this conversation: unset it there (F7)."),
        (Levels(flags=TOP_P), Options(), "top_p = 0 comes from --top-p: leave that out."),
        (
            Levels(models={"m": TOP_P}),
            Options(),
            'top_p = 0 comes from [models."m".options] in the configuration file.',
        ),
        (
            Levels(endpoint=TOP_P, endpoint_name="e"),
            Options(),
            'top_p = 0 comes from [endpoints."e".options] in the configuration file: take it out '
            'there, or write unset = ["top_p"] below [models."m".options].',
        ),
        (
            Levels(file=TOP_P),
            Options(seed=1),
            "top_p = 0 comes from [options] in the configuration file: take it out there, or "
            'write unset = ["top_p"] below [models."m".options].',
        ),
    ],
)
async def test_who_set_it_is_told_and_how_it_is_left_out(
    levels: Levels, own: Options, told: str
) -> None:
    failure = await refused(UNSUPPORTED, levels, own)
    assert failure.title == "The model does not take top_p"
    assert failure.detail == f"{told} Another model may take it (F2)."
    assert failure.parameter == "top_p"


@pytest.mark.parametrize(
    ("said", "options", "name"),
    [
        (UNSUPPORTED, Options(top_p=0.5, seed=1), "top_p"),
        (VALUE, Options(reasoning_effort="low"), "reasoning_effort"),
        (VLLM, Options(top_p=0, temperature=1), "top_p"),
        (MISTRAL, Options(seed=1, extra={"top_k": 40}), "top_k"),
    ],
)
async def test_each_providers_words_are_understood(said: JSON, options: Options, name: str) -> None:
    failure = await refused(said, Levels(file=options), Options(), 422)
    assert failure.title == f"The model does not take {name}"
    assert "comes from [options]" in failure.detail
    assert not failure.may_retry


async def test_a_limit_that_wants_its_newer_name_is_told_how_to_get_it() -> None:
    failure = await refused(LIMIT, Levels(flags=Options(max_tokens=5)), Options())
    assert failure.title == "The model does not take this limit of the answer"
    assert "max_tokens = 5 comes from --max-tokens" in failure.detail
    assert "`--option max_completion_tokens=N`" in failure.detail


@pytest.mark.parametrize("options", [Options(), Options(seed=1), Options(extra={"x": 1})])
async def test_nothing_is_blamed_that_was_not_named_or_not_sent(options: Options) -> None:
    for said in (UNSUPPORTED, OTHER):
        failure = await refused(said, Levels(file=options), Options())
        assert failure.parameter == ""
        assert "[options]" not in failure.detail
