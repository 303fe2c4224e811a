"""The way to a server: certificates, and no proxy where the server is on this machine."""

from contextlib import aclosing

import pytest

from tests.tls import CERTIFICATE, front
from tests.waiting import until
from tui.core.conversation import Conversation
from tui.core.deltas import Finished, Outcome, Text
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.client import Client
from tui.edge.demo import DemoServer
from tui.turn import Stop, turn

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")

NOBODY = "http://127.0.0.1:9"
"""A proxy that is not there."""


async def asked(
    url: str, model: str = "demo-echo", stop: Stop | None = None, words: int = 0
) -> Finished:
    """Ask once, and stop after so many words if there is a stop."""
    client = Client(Endpoint(url))
    request = Request(model, Conversation().asked("Hi").sent)
    try:
        async with aclosing(turn(client, request, None, stop)) as deltas:
            async for delta in deltas:
                words -= isinstance(delta, Text)
                if stop and words <= 0:
                    stop()
    finally:
        await client.aclose()
    assert isinstance(delta, Finished)
    return delta


async def test_a_certificate_that_the_environment_vouches_for_is_trusted(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    async with front(demo.base_url) as url:
        assert await asked(url) == Finished(Outcome.FINISHED, "stop")


async def test_a_certificate_that_nobody_vouches_for_is_told_in_words(demo: DemoServer) -> None:
    async with front(demo.base_url) as url:
        failure = (await asked(url)).failure
    assert failure is not None
    assert failure.title == "The server's certificate is self-signed"
    assert demo.asked == []


@pytest.mark.parametrize("name", PROXIES)
async def test_a_server_on_this_machine_is_asked_past_every_proxy(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, NOBODY)
    assert (await asked(demo.base_url)).outcome is Outcome.FINISHED


@pytest.mark.parametrize("name", PROXIES[1:])
async def test_a_server_elsewhere_is_asked_through_the_proxy(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, NOBODY)
    failure = (await asked("https://api.example.invalid/v1")).failure
    assert failure is not None
    assert failure.title == "Nothing answers at the proxy's address"


@pytest.mark.parametrize(("model", "words"), [("demo-slow", 1), ("demo-999999t", 1_000)])
async def test_a_stop_reaches_the_server_through_tls(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch, model: str, words: int
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    async with front(demo.base_url) as url:
        assert (await asked(url, model, Stop(), words)).outcome is Outcome.CANCELLED
        await until(lambda: demo.gone == [model])
