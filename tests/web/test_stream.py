"""`/stream`: asked for once, fetched once, taken up again where the reader said it would be."""

from __future__ import annotations

import httpx2
import pytest

from tests.waiting import until
from tests.web.bridges import BEARER, JSON, Bridge, bridging, events, reading
from tests.web.floods import Flood
from tui.edge.demo import DemoServer, saying

WORDS = "Rivers, 日本語, 🎉."


def said(frames: list[JSON]) -> str:
    return "".join(str(frame["content"]) for frame in frames)


async def test_a_reply_comes_in_frames_and_the_last_tells_the_end(
    bridge: Bridge, demo: DemoServer
) -> None:
    demo.script("m", saying(WORDS))
    answer = await bridge.fetch(await bridge.ask("m"))
    frames = events(answer.text)
    assert said(frames) == WORDS
    assert [frame["done"] for frame in frames] == [False] * (len(frames) - 1) + [True]
    assert frames[-1]["finish_reason"] == "stop"
    assert frames[-1]["outcome"] == "finished"
    assert isinstance(frames[-1]["usage"], dict)
    assert frames[-1]["error"] is None
    assert answer.headers["content-type"].startswith("text/event-stream")


async def test_nothing_is_asked_before_it_is_fetched_and_only_once(
    bridge: Bridge, demo: DemoServer
) -> None:
    named = await bridge.ask("demo-echo")
    assert demo.asked == []
    await bridge.fetch(named)
    assert len(demo.asked) == 1
    assert (await bridge.fetch(named)).status_code == 204
    assert (await bridge.fetch(named, after=9999)).status_code == 204
    assert len(demo.asked) == 1


async def test_an_id_that_nobody_was_given_is_unknown(bridge: Bridge) -> None:
    assert (await bridge.fetch("none")).status_code == 404
    assert (await bridge.http.get("/stream")).status_code == 404


async def test_an_error_is_in_the_last_frame(bridge: Bridge) -> None:
    (last,) = events((await bridge.fetch(await bridge.ask("demo-401"))).text)
    assert last["done"] is True
    assert last["outcome"] == "failed"
    assert isinstance(last["error"], dict)
    assert last["error"]["status"] == 401


async def test_words_before_a_cut_stay_and_the_cut_is_told(bridge: Bridge) -> None:
    frames = events((await bridge.fetch(await bridge.ask("demo-drop"))).text)
    assert said(frames)
    assert frames[-1]["outcome"] == "interrupted"


async def test_tool_calls_and_reasoning_are_told(bridge: Bridge) -> None:
    calls = events((await bridge.fetch(await bridge.ask("demo-tools"))).text)[-1]["tool_calls"]
    assert isinstance(calls, list)
    assert calls[0]["name"] == "water_level"
    thought = events((await bridge.fetch(await bridge.ask("demo-reasoning"))).text)
    assert any(frame.get("reasoning") for frame in thought)


async def test_a_conversation_with_images_is_asked(demo: DemoServer) -> None:
    async with bridging(demo.base_url, system="Be brief.") as bridge:
        url = "https://example.org/cat.png"
        await bridge.fetch(await bridge.ask("demo-echo", images=[url], temperature=0, max_tokens=9))
        system, question = _messages(demo)
        assert system == {"role": "system", "content": "Be brief."}
        assert question["content"] == [
            {"type": "text", "text": "Hi"},
            {"type": "image_url", "image_url": {"url": url}},
        ]
        assert (demo.asked[-1].body["temperature"], demo.asked[-1].body["max_tokens"]) == (0.0, 9)
        await bridge.fetch(await bridge.ask("demo-echo", stop="END", extra={"top_k": 40}))
        assert (demo.asked[-1].body["stop"], demo.asked[-1].body["top_k"]) == (["END"], 40)
        messages = [{"role": "user", "content": "A"}, {"role": "assistant", "content": "B"}]
        await bridge.fetch(await bridge.ask("demo-echo", messages=messages))
        assert _messages(demo) == [system, *messages]


def _messages(demo: DemoServer) -> list[JSON]:
    found = demo.asked[-1].body["messages"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"prompt": " "},
        {"prompt": 5},
        {"prompt": "Hi", "images": ["cat.png"]},
        {"prompt": "Hi", "images": "https://example.org/cat.png"},
        {"prompt": "Hi", "max_tokens": 0},
        {"prompt": "Hi", "max_tokens": True},
        {"prompt": "Hi", "temperature": 3},
        {"prompt": "Hi", "resume": 1e9},
        {"prompt": "Hi", "top_p": 2},
        {"prompt": "Hi", "extra": {"model": "other"}},
        {"prompt": "Hi", "tools": []},
        {"messages": []},
        {"messages": [{"role": "user", "content": "A"}], "prompt": "Hi"},
    ],
)
async def test_what_cannot_be_asked_is_refused(bridge: Bridge, asked: JSON) -> None:
    answer = await bridge.http.post("/stream", json=asked, headers=BEARER)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


async def test_a_reader_who_leaves_cancels_the_request_at_once(
    bridge: Bridge, demo: DemoServer
) -> None:
    await _leave_early(bridge, await bridge.ask("demo-slow"))
    await until(lambda: demo.gone == ["demo-slow"], patience=2)


async def test_a_reader_who_may_come_back_finds_the_rest(bridge: Bridge, demo: DemoServer) -> None:
    named = await bridge.ask("demo-60t-40ps", resume=10)
    came, last = await _leave_early(bridge, named)
    rest = await bridge.fetch(named, after=last)
    whole = events((await bridge.fetch(await bridge.ask("demo-60t-40ps"))).text)
    assert said(events(came + rest.text)) == said(whole)
    assert demo.gone == []
    assert len(demo.asked) == 2


async def test_a_reader_who_does_not_come_back_is_not_waited_for_too_long(
    bridge: Bridge, demo: DemoServer
) -> None:
    await _leave_early(bridge, await bridge.ask("demo-slow", resume=0.2))
    assert demo.gone == []
    await until(lambda: demo.gone == ["demo-slow"])
    await until(lambda: bridge.desk.running == 0)


async def test_a_second_reader_takes_over(bridge: Bridge) -> None:
    named = await bridge.ask("demo-40t-40ps", resume=10)
    first = reading(bridge.http, "GET", f"/stream?id={named}")
    await first.some()
    second = await bridge.fetch(named, after=0)
    assert events(second.text)[-1]["done"] is True
    assert said(events(second.text)).startswith("## 1")
    with pytest.raises(httpx2.RemoteProtocolError):
        await first.all()


async def test_a_reply_can_be_stopped_and_its_words_stay(bridge: Bridge, demo: DemoServer) -> None:
    named = await bridge.ask("demo-slow")
    coming = reading(bridge.http, "GET", f"/stream?id={named}")
    await coming.some(1)
    stopped = await bridge.http.delete("/stream", params={"id": named})
    assert stopped.status_code == 204
    frames = events(await coming.all())
    assert said(frames)
    assert frames[-1]["outcome"] == "cancelled"
    assert frames[-1]["done"] is True
    await until(lambda: demo.gone == ["demo-slow"], patience=2)


async def test_a_reply_that_was_stopped_before_it_was_fetched_is_never_asked(
    bridge: Bridge, demo: DemoServer
) -> None:
    named = await bridge.ask("demo-echo")
    await bridge.http.delete("/stream", params={"id": named})
    assert (await bridge.fetch(named)).status_code == 404
    assert demo.asked == []


async def test_a_flood_without_a_reader_is_held_up(bridge: Bridge, demo: DemoServer) -> None:
    flood = Flood()
    demo.script("flood", flood)
    named = await bridge.ask("flood", resume=30)
    await _leave_early(bridge, named)
    await flood.stands()
    assert flood.sent < 24 * 2**20
    await bridge.http.delete("/stream", params={"id": named})
    await until(lambda: demo.gone == ["flood"], patience=2)


async def _leave_early(bridge: Bridge, named: str) -> tuple[str, int]:
    """What came of a reply until its reader left, and the number of the last event."""
    coming = reading(bridge.http, "GET", f"/stream?id={named}")
    await coming.some()
    came = await coming.leave()
    return came, int(came.rpartition("id: ")[2].partition("\n")[0])
