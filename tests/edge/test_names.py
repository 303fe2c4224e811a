"""A model that the server does not know: the names that it does know are asked for, once."""

import json
from contextlib import aclosing

import pytest

from tests.edge.plain import Heard, Plain, http
from tui.core.conversation import Conversation
from tui.core.deltas import Finished
from tui.core.errors import Failure, RequestFailed
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge import client as client_module
from tui.edge.client import Client
from tui.edge.demo import DemoServer, raw
from tui.turn import turn

UNKNOWN = b'{"error":{"message":"The model does not exist.","code":"model_not_found"}}'


async def failure_of(base_url: str, model: str) -> Failure:
    client = Client(Endpoint(base_url))
    try:
        with pytest.raises(RequestFailed) as caught:
            async with client.answer(Request(model, Conversation().asked("Hi").sent)):
                pass
    finally:
        await client.aclose()
    return caught.value.failure


def knowing(*names: object) -> bytes:
    return http(200, json.dumps({"data": [{"id": name} for name in names]}).encode())


async def test_the_nearest_names_are_told(demo: DemoServer) -> None:
    failure = await failure_of(demo.base_url, "demo-ecko")
    assert "The server knows: demo-echo." in failure.detail
    assert [asked.path for asked in demo.asked] == ["/v1/chat/completions", "/v1/models"]


async def test_names_that_are_all_far_are_not_told(demo: DemoServer) -> None:
    failure = await failure_of(demo.base_url, "zzz")
    assert "The server knows" not in failure.detail


async def test_what_goes_wrong_with_the_list_changes_nothing() -> None:
    def say(heard: Heard) -> bytes:
        return http(500, b"") if heard.method == "GET" else http(404, UNKNOWN)

    async with Plain(say) as server:
        failure = await failure_of(server.url, "m")
        assert failure.title == "The server does not know this model"
        assert "The server knows" not in failure.detail
        assert [heard.method for heard in server.heard] == ["POST", "GET"]


async def test_a_list_that_never_comes_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "NAMES_WITHIN", 0.2)

    def say(heard: Heard) -> bytes | None:
        return None if heard.method == "GET" else http(404, UNKNOWN)

    async with Plain(say) as server:
        failure = await failure_of(server.url, "m")
        assert failure.title == "The server does not know this model"


async def test_names_cannot_steer_the_terminal_or_fill_the_screen() -> None:
    def say(heard: Heard) -> bytes:
        known = knowing("m\x1b[31m" + "m" * 500, {"no": "name"}, 7)
        return known if heard.method == "GET" else http(404, UNKNOWN)

    async with Plain(say) as server:
        detail = (await failure_of(server.url, "m")).detail
        assert "The server knows: m␛[31mmmm" in detail
        assert "\x1b" not in detail
        assert len(detail) < 300


async def test_other_refusals_ask_for_no_names(demo: DemoServer) -> None:
    await failure_of(demo.base_url, "demo-401")
    await failure_of(demo.base_url, "demo-quota")
    assert {asked.method for asked in demo.asked} == {"POST"}


@pytest.mark.parametrize(("path", "tells"), [("", True), ("/v1", False), ("/api", False)])
async def test_a_base_url_without_a_path_gets_the_usual_one_to_try(path: str, tells: bool) -> None:
    async with Plain(http(404, b"404 page not found", content_type="text/plain")) as server:
        base_url = server.url.removesuffix("/v1") + path
        failure = await failure_of(base_url, "m")
        assert failure.title == "There is no chat API at this address"
        assert (f"Try {base_url}/v1." in failure.detail) == tells


async def test_a_refusal_inside_a_good_answer_is_recognised_too(demo: DemoServer) -> None:
    body = b'{"error":"Unexpected endpoint or method. (POST /chat/completions)"}'
    demo.script("m", raw(body, content_type="application/json"))
    client = Client(Endpoint(demo.base_url))
    request = Request("m", Conversation().asked("Hi").sent)
    async with aclosing(turn(client, request)) as deltas:
        last = [delta async for delta in deltas][-1]
    await client.aclose()
    assert isinstance(last, Finished)
    assert last.failure is not None
    assert last.failure.title == "There is no chat API at this address"
    assert last.failure.said.startswith("Unexpected endpoint")
