"""Each rule of the guard, and the attack that it is for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from tests.web.bridges import BEARER, JSON, TOKEN, Bridge, body, bridging, events, seen
from tui.core.settings import Endpoint
from tui.edge.client import Client
from tui.edge.demo import DemoServer, saying
from tui.web import hurry, runs

QUESTION = {"prompt": "Hi", "model": "demo-echo"}


async def test_a_name_that_was_rebound_to_this_machine_is_refused(
    bridge: Bridge, demo: DemoServer
) -> None:
    for host in (
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example",
        "localhost@evil",
        "",
    ):
        for path in ("/", "/v1/models", "/stream?id=x"):
            answer = await bridge.http.get(path, headers={"host": host, **BEARER})
            assert answer.status_code == 421, (host, path)
    assert demo.asked == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "[::1]:8765", "LOCALHOST:1"])
async def test_this_machine_s_own_names_are_answered(bridge: Bridge, host: str) -> None:
    assert (await bridge.http.get("/v1/models", headers={"host": host})).status_code == 200


async def test_two_hosts_are_no_host(bridge: Bridge) -> None:
    host, _, port = bridge.url.removeprefix("http://").partition(":")
    for hosts in ("Host: localhost\r\nHost: evil.example\r\n", ""):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"GET /v1/models HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n".encode())
        status = (await reader.readline()).split()[1]
        assert status in (b"400", b"421")
        writer.close()


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1", "x", "http://["],
)
async def test_a_foreign_page_can_ask_nothing(
    bridge: Bridge, demo: DemoServer, origin: str
) -> None:
    foreign = {"origin": origin, **BEARER}
    chat = await bridge.http.post("/v1/chat/completions", json=body("demo-echo"), headers=foreign)
    ask = await bridge.http.post("/stream", json=QUESTION, headers=foreign)
    listed = await bridge.http.get("/v1/models", headers=foreign)
    assert {chat.status_code, ask.status_code, listed.status_code} == {403}
    assert demo.asked == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_what_another_site_s_markup_fetches_is_refused(bridge: Bridge, site: str) -> None:
    """An image, a script or a frame of `/stream` or of the page: no Origin, but a mark."""
    named = await bridge.ask("demo-echo")
    for path in ("/", f"/stream?id={named}", "/v1/models"):
        answer = await bridge.http.get(path, headers={"sec-fetch-site": site, **BEARER})
        assert answer.status_code == 403, path


async def test_no_header_ever_lets_another_site_read(bridge: Bridge) -> None:
    asks = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    for answer in (
        await bridge.http.options("/v1/chat/completions", headers=asks),
        await bridge.http.options("/stream", headers=asks),
        await bridge.http.get("/", headers={"origin": bridge.url}),
        await bridge.http.get("/v1/models"),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_a_form_that_is_no_json_asks_nothing(
    bridge: Bridge, demo: DemoServer, kind: str
) -> None:
    headers = {"content-type": kind, **BEARER}
    text = b'{"prompt": "Hi", "model": "demo-echo"}'
    assert (await bridge.http.post("/stream", content=text, headers=headers)).status_code == 415
    chat = await bridge.http.post("/v1/chat/completions", content=text, headers=headers)
    assert chat.status_code == 415
    assert demo.asked == []


async def test_a_prompt_needs_the_run_s_token(bridge: Bridge) -> None:
    for given in ({}, {"authorization": "Bearer wrong"}, {"authorization": f"Basic {TOKEN}"}):
        answer = await bridge.http.post("/stream", json=QUESTION, headers=given)
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "invalid_api_key"
        assert TOKEN not in answer.text
    assert (await bridge.http.post("/stream", json=QUESTION, headers=BEARER)).status_code == 201


async def test_a_browser_needs_the_token_where_a_program_of_this_machine_does_not(
    bridge: Bridge,
) -> None:
    own = {"origin": bridge.url}
    for marks in (own, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}):
        assert (await bridge.http.get("/v1/models", headers=marks)).status_code == 401
        assert (await bridge.http.get("/v1/models", headers=marks | BEARER)).status_code == 200
    node = {"sec-fetch-mode": "cors", "user-agent": "node"}
    assert (await bridge.http.get("/v1/models", headers=node)).status_code == 200
    assert (await bridge.http.get("/v1/models")).status_code == 200


async def test_where_others_can_ask_everyone_needs_the_token(demo: DemoServer) -> None:
    async with bridging(demo.base_url, is_local=False, hosts=frozenset({"box.example"})) as bridge:
        named = {"host": "box.example"}
        asked = body("demo-echo")
        chat = await bridge.http.post("/v1/chat/completions", json=asked, headers=named)
        assert chat.status_code == 401
        assert (await bridge.http.get("/v1/models", headers=named)).status_code == 401
        assert (await bridge.http.get("/v1/models", headers=named | BEARER)).status_code == 200
        assert (await bridge.http.get("/", headers=named)).status_code == 200
        other = {"host": "other.example", **BEARER}
        assert (await bridge.http.get("/v1/models", headers=other)).status_code == 421


async def test_who_comes_through_a_proxy_needs_the_token(demo: DemoServer) -> None:
    async with bridging(demo.base_url, hosts=frozenset({"chat.example"})) as bridge:
        named = {"host": "chat.example"}
        assert (await bridge.http.get("/v1/models", headers=named)).status_code == 401
        assert (await bridge.http.get("/v1/models", headers=named | BEARER)).status_code == 200
        assert (await bridge.http.get("/v1/models")).status_code == 200


async def test_an_id_cannot_be_guessed_and_gives_one_answer(bridge: Bridge) -> None:
    ids = {await bridge.ask("demo-echo") for _ in range(20)}
    assert len(ids) == 20
    assert all(len(each) >= 32 for each in ids)


async def test_the_page_holds_no_secret_and_loads_nothing_of_others(bridge: Bridge) -> None:
    first, second = await bridge.http.get("/"), await bridge.http.get("/")
    assert TOKEN not in first.text
    policy = first.headers["content-security-policy"]
    assert policy != second.headers["content-security-policy"]
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert f'nonce="{nonce}"' in first.text
    assert "{{nonce}}" not in first.text
    assert "unsafe" not in policy
    assert "http" not in policy
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert word not in first.text


async def test_a_body_that_is_too_large_is_refused_and_not_kept(
    bridge: Bridge, demo: DemoServer
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b'{"x": "' + b"a" * 2**20

    headers = {"content-type": "application/json", **BEARER}
    for path in ("/v1/chat/completions", "/stream"):
        answer = await bridge.http.post(path, content=endless(), headers=headers)
        assert answer.status_code == 413
        assert answer.json()["error"]["code"] == "body_too_large"
    assert demo.asked == []


async def test_the_log_says_neither_words_nor_ids_nor_keys(bridge: Bridge) -> None:
    named = await bridge.ask("demo-echo", prompt="my secret words")
    await bridge.fetch(named)
    await bridge.http.get("/a/secret/path?with=secret", headers=BEARER)
    await bridge.http.get("/v1/models/secret")
    await bridge.http.request("SECRET", "/")
    written = "\n".join(bridge.log)
    assert "POST /stream 201" in written
    assert "GET /stream 200" in written
    assert "GET (another path) 404" in written
    for secret in ("secret", "SECRET", named, TOKEN, "demo-echo"):
        assert secret not in written


async def test_a_fault_of_ours_is_told_without_the_key(demo: DemoServer) -> None:
    class Broken(Client):
        async def models(self) -> list[str]:
            raise RuntimeError(f"it went wrong with {self.endpoint.key}")

    async with bridging(demo.base_url, key="k-secret-123456") as bridge:
        bridge.desk.server = Broken(Endpoint(demo.base_url, "k-secret-123456"))
        answer = await bridge.http.get("/v1/models")
        assert answer.status_code == 500
        assert answer.json()["error"]["code"] == "fault"
        assert "RuntimeError" in "\n".join(bridge.log)
        assert "k-secret" not in answer.text + "\n".join(bridge.log)


async def test_a_wrong_method_is_told_which_is_right(bridge: Bridge) -> None:
    answer = await bridge.http.put("/v1/chat/completions", headers=BEARER)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_too_many_replies_that_nobody_fetches_are_refused(bridge: Bridge) -> None:
    asking = [bridge.http.post("/stream", json=QUESTION, headers=BEARER) for _ in range(300)]
    codes = [answer.status_code for answer in await asyncio.gather(*asking)]
    assert codes.count(201) == 256
    assert codes.count(429) == 44


async def test_what_waits_to_be_fetched_is_bounded_in_bytes_too(
    bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "HELD", 5_000)
    long = {**QUESTION, "prompt": "x" * 3_000}
    first = await bridge.http.post("/stream", json=long, headers=BEARER)
    second = await bridge.http.post("/stream", json=long, headers=BEARER)
    assert (first.status_code, second.status_code) == (201, 429)
    await bridge.http.delete("/stream", params={"id": first.json()["id"]})
    third = await bridge.http.post("/stream", json=long, headers=BEARER)
    assert third.status_code == 201


async def test_a_connection_on_which_no_request_comes_is_closed(
    bridge: Bridge, demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hurry, "WITHIN", 0.2)
    host, _, port = bridge.url.removeprefix("http://").partition(":")
    whole = b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for begun in (b"", b"GET / HTTP/1.1\r\nHost: local", whole + b"GET / HTTP/1.1\r\nX-Slow: "):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(begun)

        async def drip(writer: asyncio.StreamWriter = writer) -> None:
            while True:
                await asyncio.sleep(0.05)
                writer.write(b"a")

        dripping = asyncio.create_task(drip()) if begun else None
        async with asyncio.timeout(20):
            with suppress(ConnectionError):
                await reader.read()
        if dripping is not None:
            dripping.cancel()
        writer.close()


async def _pour(writer: asyncio.StreamWriter) -> None:
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
    for number in range(64):
        writer.write(b"X-%d: %s\r\n" % (number, b"a" * 2**20))
        await writer.drain()


async def test_a_head_without_an_end_is_not_kept(bridge: Bridge) -> None:
    host, _, port = bridge.url.removeprefix("http://").partition(":")
    whole = b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for before in (b"", whole):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(before)
        if before:
            await seen(reader, b"object")
        with pytest.raises(ConnectionError):
            await _pour(writer)
        writer.close()


async def test_a_refusal_can_be_read_behind_a_long_body(bridge: Bridge) -> None:
    kind = {"content-type": "application/json"}
    answer = await bridge.http.post("/stream", content=b"x" * 2**23, headers=kind)
    assert answer.status_code == 401
    assert (await bridge.http.get("/v1/models")).status_code == 200


async def test_an_answer_that_takes_its_time_is_no_idle_connection(
    bridge: Bridge, demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hurry, "WITHIN", 0.05)
    demo.script("m", saying("late", wait=0.5))
    answer = await bridge.complete("m")
    assert answer.json()["choices"][0]["message"]["content"] == "late"


async def test_what_a_model_says_cannot_end_a_frame(bridge: Bridge, demo: DemoServer) -> None:
    text = 'a\n\ndata: {"content": "", "done": true}\n\nid: 9\r\revent: x\u2028\u0085b'
    demo.script("m", saying(text))
    frames: list[JSON] = events((await bridge.fetch(await bridge.ask("m"))).text)
    assert "".join(str(frame["content"]) for frame in frames) == text
    assert sum(bool(frame["done"]) for frame in frames) == 1
