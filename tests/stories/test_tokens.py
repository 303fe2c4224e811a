"""Tokens before Enter, while the reply comes, and after; what they cost; how fast they came."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from textual.widgets import Input

from tests.core.test_image_size import PNG, data_url
from tests.play import SMALL, WIDE, Person, play
from tests.waiting import until
from tui.core.catalog import Profile
from tui.core.settings import Demo, Embedded, Endpoint, Source
from tui.core.tokens import count
from tui.edge.demo import Act, Asked, Bytes, DemoServer, Script, raw, saying
from tui.edge.ranks import load
from tui.widgets.panel import Facts
from tui.widgets.token_panel import Spent, TokenPanel

OPENAI = Endpoint("https://api.openai.com/v1")
"""Where the settings say that models are asked; the client asks the demo all the same."""


def rows(person: Person, *names: str) -> dict[str, str]:
    """The values of rows of the side, by their names."""
    found = {}
    for row in person.sight.split("\n"):
        cells = row.rpartition("│")[0].rpartition("│")[2].strip()
        for name in names:
            if cells.startswith(name):
                found[name] = cells.removeprefix(name).strip()
    return found


async def row(person: Person, name: str, value: str) -> None:
    """Wait until a row of the side has a value."""
    try:
        await until(lambda: rows(person, name).get(name) == value)
    except TimeoutError:
        raise AssertionError(f"{name}: {rows(person, name)}\n{person.sight}") from None


async def test_the_next_prompt_is_counted_before_it_is_sent(demo: DemoServer) -> None:
    demo.script("gpt-4o", saying("Fine."))
    demo.describe("gpt-4o", max_model_len=None)
    async with play(demo, "gpt-4o") as person:
        await row(person, "next", "–")
        await person.types("Hello there")
        await row(person, "next", f"{3 + 3 + 1 + 2} of 128,000")
        await person.types("!")
        await row(person, "next", "10 of 128,000")
        await person.press("enter")
        await person.sees("✓ complete")
        await row(person, "next", f"{10 + 3 + 1 + 2} of 128,000")
        await person.press("ctrl+n")
        await row(person, "next", "–")


async def test_a_stand_in_is_told_by_a_wave_and_an_unknown_window_as_unknown(
    demo: DemoServer,
) -> None:
    async with play(demo, "llama3.2") as person:
        await person.types("Hello there")
        await row(person, "next", "≈9")
        await row(person, "window", "unknown")


async def test_another_model_is_another_window(demo: DemoServer) -> None:
    async with play(demo, "gpt-4o") as person:
        await person.types("Hello there")
        await row(person, "next", "9 of 128,000")
        await person.press("f2")
        await person.types("gpt-5")
        await person.press("enter")
        await row(person, "next", "9 of 400,000")


async def test_the_endpoint_says_how_large_its_window_is(demo: DemoServer) -> None:
    demo.script("tiny", saying("Yes."))
    demo.describe("tiny", max_model_len=16)
    async with play(demo, "tiny") as person:
        await person.types("Hello there")
        await row(person, "next", "≈9 of 16")
        await person.types(" a" * 8)
        await person.sees("This will not fit: the model", "takes 16 tokens.", "F2 changes")
        assert "Ctrl+N begins anew" not in person.sight
        await person.press(*["backspace"] * 4)
        await person.sees_no("This will not fit")


async def test_a_long_conversation_is_told_what_would_help(demo: DemoServer) -> None:
    demo.script("tiny", saying("word " * 400))
    demo.describe("tiny", max_model_len=300)
    async with play(demo, "tiny", size=SMALL) as person:
        await person.asks("Go")
        await person.sees("✓ complete", "✗ next ≈", "of 300 · will not fit")
        await person.press("f4")
        await person.sees("Ctrl+N begins", "anew, F2 changes the model.")


async def test_in_80_columns_the_frame_of_the_prompt_says_it(demo: DemoServer) -> None:
    demo.script("gpt-4o", saying("Fine."))
    async with play(demo, "gpt-4o", size=SMALL) as person:
        await person.types("Hello there")
        await person.sees("next 9 of 32,768 · <1 % ─╯")
        await person.press("enter")
        await person.sees("next 15 of 32,768 · <1 % · ", "tokens ─╯")


async def test_what_the_side_said_goes_into_the_frame_when_the_screen_shrinks(
    demo: DemoServer,
) -> None:
    async with play(demo, "gpt-4o") as person:
        await person.types("Hello there")
        await row(person, "next", "9 of 128,000")
        await person.pilot.resize_terminal(*SMALL)
        await person.sees("next 9 of 128,000 · <1 % ─╯")
        await person.pilot.resize_terminal(*WIDE)
        await person.sees_no("<1 % ─╯")


async def test_images_are_counted_where_that_can_be(demo: DemoServer) -> None:
    async with play(demo, "gpt-4o") as person:
        await person.press("f3")
        await person.types("https://a.example/b")
        await person.press("enter")
        await row(person, "next", "≈7 of 128,000")
        await person.sees("+ 1 image (size unknown)")
        field = person.chat.query_one("#image-url", Input)
        field.insert_text_at_cursor(data_url(PNG))
        await person.press("enter")
        await row(person, "next", f"≈{7 + 765} of 128,000")
        await person.press("tab", "up", "delete")
        await person.sees_no("size unknown")


async def test_a_model_without_eyes_is_told_before_enter(demo: DemoServer) -> None:
    async with play(demo, "gpt-4") as person:
        await person.press("f3")
        await person.types("https://a.example/b")
        await person.press("enter")
        await person.sees("This model takes no images.", "F3 the images.")


async def test_the_servers_counts_stand_beside_ours(demo: DemoServer) -> None:
    demo.script("gpt-4o", counting(prompt=14, completion=5, cached=8, reasoning=2))
    async with play(demo, "gpt-4o") as person:
        await person.asks("Hello there")
        await person.sees("✓ complete · ", "14 + 5 tokens ✓")
        await row(person, "prompt", "14 ✓")
        await row(person, "completion", "5 ✓")
        await row(person, "total", "19 ✓")
        await person.sees("ours 11 · server 19", "cached 8 · reasoning 2")
        await person.asks("Hello there")
        await row(person, "conversation", "38 ✓")


async def test_zero_is_not_reported(demo: DemoServer) -> None:
    demo.script("gpt-4o", counting(prompt=0, completion=0))
    async with play(demo, "gpt-4o") as person:
        await person.asks("Hello there")
        await person.sees("not reported by the server", "9 + 2 tokens")
        await row(person, "total", "11")


async def test_a_running_count_of_the_server_is_shown_while_it_comes(demo: DemoServer) -> None:
    go_on = asyncio.Event()
    demo.script("llama", timed(go_on))
    async with play(demo, "llama") as person:
        await person.asks("Hello there")
        await row(person, "completion", "2 ✓")
        await row(person, "prompt", "30 ✓")
        go_on.set()
        await person.sees("✓ complete", "30 + 3 tokens ✓", "cached 20")


async def test_how_far_the_prompt_is_read_is_said_where_the_server_tells(demo: DemoServer) -> None:
    go_on = asyncio.Event()

    def read(tokens: int) -> bytes:
        progress = {"total": 200, "cache": 0, "processed": tokens}
        return chunk(choices=words(""), prompt_progress=progress)

    async def play_it(asked: Asked) -> AsyncIterator[Act]:
        async for act in raw(read(90))(asked):
            yield act
        await go_on.wait()
        yield Bytes(read(200) + chunk(choices=words("Well.")) + chunk(choices=STOP))

    demo.script("llama", play_it)
    async with play(demo, "llama") as person:
        await person.asks("Hello there")
        await person.sees("◌ reading the prompt, 45 %")
        await row(person, "prompt", "200 ✓")
        go_on.set()
        await person.sees("✓ complete")
        await person.sees_no("reading the prompt")


MIXED = (
    "It's **quick**: 12,345 tokens/s, isn't it?\n\n- 漢字とかな、한국어 và tiếng Việt\n"
    "- العربية, ไทยไม่มีช่องว่าง 👩\u200d💻❤️ <|endoftext|>\n\n```python\n\tx = {'a': [1, 2]}\n```\n"
    + "a"
    * 60
)
"""Text on which adding up the tokens of deltas goes wrong."""


@pytest.mark.parametrize(
    ("model", "published"),
    [("gpt-4o", "o200k_base"), ("gpt-oss-20b", "o200k_harmony"), ("gpt-4", "cl100k_base")],
)
async def test_the_panel_shows_tiktokens_count_at_every_tick_of_a_stream(
    demo: DemoServer, model: str, published: str
) -> None:
    """What the panel shows is compared with tiktoken's count of the text that has come by then."""
    demo.script(model, saying(MIXED * 4, rate=120))
    tiktokens, ticks = load(published), list[tuple[str, str]]()
    async with play(demo, model) as person:
        await person.types("Hi")
        await until(lambda: rows(person, "next").get("next", "–") != "–")
        panel = person.chat.query_one(TokenPanel)

        def tick(spent: Spent | None) -> None:
            exchange, meter = person.chat._exchange, person.chat._meter
            if spent is None or exchange is None or meter.is_behind or spent.count.usage:
                return  # counted elsewhere: in a thread at this moment, or by the server
            if not exchange.reply.text:
                return
            shown = dict(panel.query_one("#token-turn", Facts).facts)["completion"]
            tokens = len(tiktokens.encode(exchange.reply.text, disallowed_special=()))
            ticks.append((shown, f"{tokens:,}"))

        person.app.screen.watch(panel, "spent", tick)
        await person.press("enter")
        await person.sees("✓ complete")
    assert len({shown for shown, _ in ticks}) > 5
    assert [pair for pair in ticks if pair[0] != pair[1]] == []


async def test_a_flood_is_counted_to_its_end(demo: DemoServer) -> None:
    text = "漢字とかな混じりの文。\n\n" * 4_000
    demo.script("flood", raw(chunk(choices=words(text)) + chunk(choices=STOP)))
    async with play(demo, "flood") as person:
        await person.asks("Hi")
        tokens = count(text, load("o200k_base"))
        await person.sees("✓ complete", f"≈8 + {tokens:,} tokens")
        await row(person, "completion", f"≈{tokens:,}")


async def test_what_it_costs_is_estimated_where_prices_are_known(demo: DemoServer) -> None:
    demo.script("gpt-4o", counting(prompt=1000, completion=100))
    async with play(demo, "gpt-4o", source=OPENAI) as person:
        await person.asks("Hello there")
        await row(person, "cost", "≈ $0.0035, all ≈ $0.0035")
        await person.asks("Hello there")
        await row(person, "cost", "≈ $0.0035, all ≈ $0.0070")


@pytest.mark.parametrize("source", [OPENAI, None, Embedded(), Demo()])
async def test_no_cost_is_shown_where_nobody_wants_it_or_there_is_none(
    demo: DemoServer, source: Source | None
) -> None:
    demo.script("gpt-4o", counting(prompt=1000, completion=100))
    async with play(demo, "gpt-4o", source=source, shows_cost=source is not OPENAI) as person:
        await person.asks("Hello there")
        await row(person, "total", "1,100 ✓")
        assert rows(person, "cost") == {}


async def test_the_user_knows_better_than_the_table(demo: DemoServer) -> None:
    demo.script("my-own", counting(prompt=1000, completion=100))
    known = {"my-own": Profile("cl100k_base", 5000, price_input=1.0, price_output=2.0)}
    async with play(demo, "my-own", source=OPENAI, known=known) as person:
        await person.types("Hello there")
        await row(person, "next", "9 of 5,000")
        await person.press("enter")
        await row(person, "cost", "≈ $0.0012, all ≈ $0.0012")


@pytest.mark.parametrize("source", [None, Demo()])
async def test_what_the_user_says_of_prices_holds_wherever_the_model_runs(
    demo: DemoServer, source: Source | None
) -> None:
    demo.script("my-own", counting(prompt=1000, completion=100))
    known = {"my-own": Profile(price_input=1.0, price_output=2.0)}
    async with play(demo, "my-own", source=source, known=known) as person:
        await person.asks("Hello there")
        await row(person, "cost", "≈ $0.0012, all ≈ $0.0012")


async def test_a_price_that_nobody_knows_is_told_where_a_bill_may_come(demo: DemoServer) -> None:
    demo.script("my-own", counting(prompt=1000, completion=100))
    demo.script("gpt-4o", counting(prompt=1000, completion=100))
    async with play(demo, "my-own", source=OPENAI) as person:
        await person.asks("Hello there")
        await row(person, "cost", "unknown")
        await person.press("f2")
        await person.types("gpt-4o")
        await person.press("enter")
        await person.asks("And now")
        await row(person, "cost", "≈ $0.0035, all ≥ $0.0035")


async def test_our_count_of_a_conversation_stands_beside_the_servers(demo: DemoServer) -> None:
    demo.script("gpt-4o", counting(prompt=14, completion=5, cached=8))
    async with play(demo, "gpt-4o") as person:
        await person.asks("Hello there")
        await person.sees("ours 11 · server 19")
        await person.asks("Hello there")
        await row(person, "conversation", "38 ✓")
        await person.sees("ours 34 · cached 16")


async def test_the_pace_is_drawn_while_it_streams_and_stays(demo: DemoServer) -> None:
    async with play(demo, "demo-300t-120ps") as person:
        await person.asks("Hi")
        await until(lambda: sum(sign in person.sight for sign in "▅▆▇█") > 0)
        await person.sees("✓ complete")
        await until(lambda: any(sign in person.sight for sign in "▅▆▇█"))


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_every_panel_is_there_to_its_end(demo: DemoServer, size: tuple[int, int]) -> None:
    async with play(demo, "gpt-4o", size=size) as person:
        if size == SMALL:
            await person.press("f4")
        await person.types("Hello there")
        await row(person, "next", "9 of 128,000")
        assert rows(person, "prompt", "first token", "pace") != {}
        await until(lambda: person.sight.count("╯") == 5)


def chunk(**fields: object) -> bytes:
    return f"data: {json.dumps(fields)}\n\n".encode()


def words(text: str) -> list[dict[str, object]]:
    return [{"index": 0, "delta": {"content": text}}]


STOP = [{"index": 0, "delta": {}, "finish_reason": "stop"}]


def counting(prompt: int, completion: int, cached: int = 0, reasoning: int = 0) -> Script:
    """A reply of two tokens, of which the server says other counts."""
    usage = {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "prompt_tokens_details": {"cached_tokens": cached},
        "completion_tokens_details": {"reasoning_tokens": reasoning},
    }
    body = chunk(choices=words("Fine.")) + chunk(choices=STOP) + chunk(choices=[], usage=usage)
    return raw(body + b"data: [DONE]\n\n")


def timed(go_on: asyncio.Event) -> Script:
    """A reply as llama.cpp sends it, with a halt in its middle."""

    def timings(predicted: int) -> dict[str, object]:
        return {"cache_n": 20, "prompt_n": 10, "predicted_n": predicted, "predicted_ms": 5.0}

    async def play_it(asked: Asked) -> AsyncIterator[Act]:
        first = chunk(choices=words("Well"), timings=timings(1))
        async for act in raw(first + chunk(choices=words(" now"), timings=timings(2)))(asked):
            yield act
        await go_on.wait()
        rest = chunk(choices=words("."), timings=timings(3)) + chunk(choices=STOP)
        yield Bytes(rest + b"data: [DONE]\n\n")

    return play_it
