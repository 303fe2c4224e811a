"""Where a message comes from is a key away, and what was asked can be taken along."""

import asyncio
import json
import re
from asyncio.subprocess import PIPE

import pytest

from tests.attacks import GROUPS
from tests.play import SMALL, WIDE, Person, play
from tests.waiting import until
from tui.core.settings import Demo
from tui.edge.demo import DemoServer, saying

STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]")

KEY = "sk-0123456789abcdefghij"


async def opens(person: Person, *keys: str) -> None:
    await person.press("tab")
    await until(lambda: person.log.has_focus)
    await person.press(*keys, "i")
    await person.sees("Where this comes from")


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_an_answer_shows_its_record(demo: DemoServer, size: tuple[int, int]) -> None:
    async with play(demo, size=size, key=KEY) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await opens(person)
        await person.sees(
            demo.base_url, "model asked", "demo-echo", "not set", "14 Mar 2026, 12:00"
        )
        await person.press("end")
        await person.sees("finish reason", "stop", "completion id", "sent again", "never")
        await person.press("escape")
        await person.sees_no("Where this comes from")
        assert person.log.has_focus


async def test_a_question_says_when_and_how_long(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("Hello")
        await person.sees("✓ complete")
        await opens(person, "up")
        await person.sees("Question", "14 Mar 2026, 12:00:00", "characters", "5", "none")
        await person.press("c")
        await person.sees("A question's request is at its answer.")


async def test_the_copied_json_is_the_body_that_was_sent(demo: DemoServer) -> None:
    async with play(demo, key=KEY) as person:
        await person.asks("one")
        await person.sees("✓ complete")
        await person.asks("two")
        await person.sees("Sent: 3 messages.")
        await opens(person)
        await person.press("j")
        await until(lambda: person.copied)
        assert json.loads(person.copied[0]) == demo.asked[-1].body
        assert KEY not in person.copied[0]


@pytest.mark.parametrize("owner", ["vllm", "llamacpp"])
async def test_it_is_what_was_sent_also_where_the_server_is_asked_for_more(
    demo: DemoServer, owner: str
) -> None:
    demo.describe("m", owned_by=owner, max_model_len=8192)
    demo.script("m", saying("Yes."))
    async with play(demo, "m") as person:
        await person.types("one")
        await person.sees("of 8,192")
        await person.press("enter")
        await person.sees("✓ complete")
        await opens(person)
        await person.press("j")
        await until(lambda: person.copied)
        sent = json.loads(person.copied[0])
        assert sent == demo.asked[-1].body
        assert "timings_per_token" in sent or "continuous_usage_stats" in sent["stream_options"]


async def test_it_is_what_was_sent_also_where_nobody_named_a_model(demo: DemoServer) -> None:
    demo.script(demo.models[0], saying("Yes."))
    async with play(demo, "") as person:
        await person.asks("one")
        await person.sees("✓ complete")
        await opens(person)
        await person.press("j")
        await until(lambda: person.copied)
        assert json.loads(person.copied[0]) == demo.asked[-1].body


async def test_every_request_of_a_continued_answer_can_be_copied(demo: DemoServer) -> None:
    async with play(demo, "demo-length") as person:
        await person.asks("one")
        await person.sees("cut at the token limit")
        await person.press("c")
        await person.sees("continued once")
        await opens(person)
        await person.sees("Request 1", "▸ Request 2", "←→ request")
        await person.press("j")
        await until(lambda: len(person.copied) == 1)
        await person.press("left")
        await person.sees("▸ Request 1")
        await person.press("j")
        await until(lambda: len(person.copied) == 2)
        last, first = map(json.loads, person.copied)
        assert [first, last] == [asked.body for asked in demo.asked if asked.body]


async def test_the_copied_command_asks_again_with_the_key_of_the_environment(
    demo: DemoServer,
) -> None:
    async with play(demo, key=KEY) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await opens(person)
        await person.press("c")
        await until(lambda: person.copied)
    command = person.copied[0]
    assert f"{demo.base_url}/chat/completions" in command
    assert "$OPENAI_API_KEY" in command
    assert KEY not in command
    shell = await asyncio.create_subprocess_exec("/bin/sh", "-n", stdin=PIPE)
    await shell.communicate(command.encode())
    assert shell.returncode == 0


async def test_what_has_no_address_says_so(demo: DemoServer) -> None:
    async with play(demo, source=Demo()) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await opens(person)
        await person.press("c")
        await person.sees("has no address of its own", "$OPENAI_BASE_URL")
        await until(lambda: '"$OPENAI_BASE_URL/chat/completions"' in "".join(person.copied))


async def test_y_copies_what_is_shown(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await opens(person)
        await person.press("y")
        await until(lambda: "model asked: demo-echo\n" in "".join(person.copied))


async def test_while_an_answer_comes_it_is_told_to_wait(demo: DemoServer) -> None:
    async with play(demo, "demo-slow") as person:
        await person.asks("one")
        await person.sees("streaming")
        await person.press("tab", "i")
        await person.sees("Its record is there when the answer has ended.")
        await person.press("escape")


async def test_before_anything_was_said_there_is_no_record(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.press("i")
        await person.sees("There is no message yet.")


@pytest.mark.parametrize("attack", GROUPS)
async def test_a_record_that_attacks_is_shown_harmless(demo: DemoServer, attack: str) -> None:
    async with play(demo, f"[/red][@click=app.quit]{attack}") as person:
        await person.asks("Hi")
        await person.sees("✗")
        await opens(person)
        await person.sees("model asked", "[/red][@click=app.quit]")
        assert not STEERS.search(person.sight.replace("\n", ""))
