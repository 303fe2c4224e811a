"""Redirects: to the same origin with the question as it was, and nowhere else with the key."""

import pytest

from tests.edge.plain import DONE, Heard, Plain, Says, http
from tui.core.conversation import Conversation
from tui.core.errors import Failure, RequestFailed
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.client import Client

KEY = "a-key-that-goes-nowhere-else"
PATH = "/v1/chat/completions"


def pointing(ways: dict[str, tuple[int, str]]) -> Says:
    """Answers that point from some paths to others; every other path is there."""

    def say(heard: Heard) -> bytes:
        if heard.path in ways:
            status, target = ways[heard.path]
            return http(status, b"", location=target)
        return http(200, b'{"data":[{"id":"m"}]}' if heard.method == "GET" else DONE)

    return say


async def asked_at(base_url: str) -> bytes:
    """What comes of a question; RequestFailed if nothing does."""
    client = Client(Endpoint(base_url, KEY))
    try:
        async with client.answer(Request("m", Conversation().asked("Hi").sent)) as answer:
            return b"".join([piece async for piece in answer.pieces()])
    finally:
        await client.aclose()


async def failure_at(base_url: str) -> Failure:
    with pytest.raises(RequestFailed) as caught:
        await asked_at(base_url)
    return caught.value.failure


@pytest.mark.parametrize("status", [307, 308])
async def test_the_same_origin_is_followed_with_the_whole_question(status: int) -> None:
    async with Plain(pointing({PATH: (status, "/v2/chat")})) as server:
        assert await asked_at(server.url) == DONE
        first, second = server.heard
        assert (second.method, second.path) == ("POST", "/v2/chat")
        assert second.body == first.body
        assert b'"Hi"' in second.body
        assert second.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("is_whole", [True, False])
async def test_a_path_that_is_tidied_is_followed_with_the_whole_question(
    status: int, is_whole: bool
) -> None:
    async with Plain(lambda heard: says(heard)) as server:
        target = f"http://127.0.0.1:{server.port}{PATH}/" if is_whole else f"{PATH}/"
        says = pointing({PATH: (status, target)})
        assert await asked_at(server.url) == DONE
        assert [heard.method for heard in server.heard] == ["POST", "POST"]
        assert server.heard[0].body == server.heard[1].body


async def test_a_doubled_slash_in_the_base_url_is_forgiven() -> None:
    async with Plain(pointing({f"/{PATH}": (301, PATH)})) as server:
        assert await asked_at(server.url.replace("/v1", "//v1")) == DONE


@pytest.mark.parametrize("status", [301, 302, 303])
async def test_a_redirect_that_would_lose_the_question_is_refused(status: int) -> None:
    async with Plain(pointing({PATH: (status, "/login")})) as server:
        failure = await failure_at(server.url)
        assert (failure.title, failure.status) == ("The server points elsewhere", status)
        assert f"redirects to http://127.0.0.1:{server.port}/login" in failure.detail
        assert "login in a browser" in failure.detail
        assert not failure.may_retry
        assert len(server.heard) == 1


async def test_a_see_other_is_never_a_second_question() -> None:
    async with Plain(pointing({PATH: (303, f"{PATH}/")})) as server:
        assert (await failure_at(server.url)).status == 303
        assert len(server.heard) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_another_origin_gets_neither_key_nor_question(status: int) -> None:
    async with Plain(http()) as other:
        target = f"http://127.0.0.1:{other.port}{PATH}"
        async with Plain(pointing({PATH: (status, target)})) as server:
            failure = await failure_at(server.url)
            assert f"It redirects to {target}." in failure.detail
            assert f"set the base URL to {other.url}." in failure.detail
            assert failure.status == status
        assert other.heard == []


@pytest.mark.parametrize(
    "target",
    [
        "https://127.0.0.1:{port}/v1/chat/completions",
        "http://localhost:{port}/v1/chat/completions",
        "//a.example/v1/chat/completions",
        "http://me:pw@a.example/v1",
        "ftp://127.0.0.1:{port}/v1",
        "javascript:alert(1)",
    ],
)
async def test_another_scheme_or_name_is_another_origin(target: str) -> None:
    async with Plain(lambda heard: says(heard)) as server:
        says = pointing({PATH: (307, target.format(port=server.port))})
        failure = await failure_at(server.url)
        assert failure.title == "The server points elsewhere"
        assert len(server.heard) == 1
        assert KEY not in repr(failure)


async def test_a_redirect_to_no_address_is_told_so() -> None:
    async with Plain(pointing({PATH: (307, "http://[::1")})) as server:
        assert "redirects to something that is no address" in (await failure_at(server.url)).detail


async def test_a_target_cannot_steer_the_terminal() -> None:
    async with Plain(pointing({PATH: (307, "http://a.example/\x1b[31m" + "x" * 500)})) as server:
        detail = (await failure_at(server.url)).detail
        assert "\x1b" not in detail
        assert len(detail) < 500


async def test_a_circle_ends() -> None:
    ways = {PATH: (307, "/a"), "/a": (307, "/b"), "/b": (307, "/a")}
    async with Plain(pointing(ways)) as server:
        failure = await failure_at(server.url)
        assert failure.title == "The server redirects in a circle"
        assert len(server.heard) == 6


async def test_a_redirect_without_a_target_is_told() -> None:
    async with Plain(http(302, b"")) as server:
        failure = await failure_at(server.url)
        assert (failure.title, failure.status) == ("The server points elsewhere", 302)


@pytest.mark.parametrize("status", [301, 302, 307])
async def test_the_list_of_models_is_followed_too(status: int) -> None:
    async with Plain(pointing({"/v1/models": (status, "/other/models")})) as server:
        client = Client(Endpoint(server.url, KEY))
        assert await client.models() == ["m"]
        await client.aclose()


async def test_the_list_of_models_takes_no_key_elsewhere() -> None:
    async with (
        Plain(http()) as other,
        Plain(pointing({"/v1/models": (302, f"{other.url}/models")})) as server,
    ):
        client = Client(Endpoint(server.url, KEY))
        with pytest.raises(RequestFailed) as caught:
            await client.models()
        await client.aclose()
        assert f"set the base URL to {other.url}." in caught.value.failure.detail
        assert other.heard == []
