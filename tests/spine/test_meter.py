"""Our own count in the sentence about a request that was too long."""

import asyncio
import threading

import pytest

from tui import meter as meter_module
from tui.core.catalog import Catalog
from tui.core.conversation import Conversation
from tui.core.deltas import Finished, Outcome
from tui.core.errors import Failure, Kind
from tui.core.images import image_from
from tui.core.prompt_tokens import PromptCounter
from tui.core.tokens import Tokenizer
from tui.edge.ranks import load
from tui.meter import Meter

LONG = Failure("Too long", "Ask for less.", kind=Kind.CONTEXT_LENGTH)
END = Finished(Outcome.FAILED, failure=LONG)
HI = Conversation().asked("Hi").sent


def detail(finished: Finished) -> str:
    assert finished.failure is not None
    return finished.failure.detail


@pytest.mark.parametrize(("model", "count"), [("gpt-4o", "8 tokens"), ("llama", "≈8 tokens")])
async def test_the_count_stands_before_what_to_do(model: str, count: str) -> None:
    meter = Meter(load, Catalog(), PromptCounter())
    await meter.begin(model, HI)
    said = f"By Rillet's count the conversation is {count}. Ask for less."
    assert detail(await meter.explained(END)) == said


async def test_images_are_said_not_to_be_counted() -> None:
    meter = Meter(load, Catalog(), PromptCounter())
    images = (image_from("https://a.example/1.png"),)
    await meter.begin("gpt-4o", Conversation().asked("Hi", images).sent)
    assert "≈8 tokens, images of unknown size not counted." in detail(await meter.explained(END))


async def test_a_count_that_is_not_there_yet_is_waited_for() -> None:
    may_load = threading.Event()

    def slowly(name: str) -> Tokenizer:
        may_load.wait(20)
        return load(name)

    meter = Meter(slowly, Catalog(), PromptCounter())
    counting = asyncio.create_task(meter.begin("gpt-4o", HI))
    await asyncio.sleep(0)
    explaining = asyncio.create_task(meter.explained(END))
    await asyncio.sleep(0)
    assert not explaining.done()
    may_load.set()
    await counting
    assert "8 tokens" in detail(await explaining)


async def test_a_count_that_never_comes_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter_module, "COUNT_WITHIN", 0.05)
    assert await Meter(load, Catalog(), PromptCounter()).explained(END) == END


async def test_a_tokenizer_that_is_damaged_leaves_the_end_as_it_is() -> None:
    def broken(name: str) -> Tokenizer:
        raise OSError(name)

    meter = Meter(broken, Catalog(), PromptCounter())
    with pytest.raises(OSError, match="o200k_base"):
        await meter.begin("gpt-4o", HI)
    assert await meter.explained(END) == END


async def test_other_ends_are_left_alone() -> None:
    meter = Meter(load, Catalog(), PromptCounter())
    for end in (Finished(Outcome.FINISHED), Finished(Outcome.FAILED, failure=Failure("No", "Go."))):
        assert await meter.explained(end) is end


async def test_the_turn_and_the_conversation_are_counted_at_the_same_moment() -> None:
    meter = Meter(load, Catalog(), PromptCounter())
    await meter.begin("gpt-4o", HI)
    meter.feed("first words ")
    count = meter.count
    meter.feed("and more of them")
    assert meter.ledger.tokens == count.best("total")
    assert meter.count.best("total") > count.best("total")
