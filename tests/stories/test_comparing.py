"""One prompt for several models: side by side, one is kept, and none is lost."""

import os
import sys
from pathlib import Path

import pytest

from tests.edge.pictures.made import painted, saved
from tests.play import SMALL, Person, play
from tests.speaker import Speaker
from tests.stories.test_images import add
from tests.stories.test_images_clipboard import told
from tests.stories.test_naming import naming_server
from tests.stories.test_notices import titles
from tests.terminal import Terminal
from tests.waiting import until
from tui.core.catalog import Profile
from tui.core.conversation import Message
from tui.core.deltas import Outcome
from tui.core.tokens import count
from tui.edge.demo import DemoServer
from tui.edge.paths import data_folder
from tui.edge.ranks import load
from tui.edge.store import Store
from tui.screens.comparing import ComparingScreen


async def compares(person: Person, *models: str) -> None:
    """Mark these beside those that are marked, and ask."""
    await person.press("ctrl+t")
    await person.sees("Ask several models at once")
    for model in models:
        await person.types(model)
        await person.press("enter")
    await person.press("enter")
    await person.sees("side by side")


def screen(person: Person) -> ComparingScreen:
    found = [each for each in person.app.screen_stack if isinstance(each, ComparingScreen)]
    return found[0]


async def all_over(person: Person) -> None:
    await until(lambda: all(each.is_over for each in screen(person)._answers))


def answers(person: Person) -> list[Message]:
    return [each for each in person.chat.conversation.messages if each.role == "assistant"]


def asked(demo: DemoServer) -> list[str]:
    return [str(each.body["model"]) for each in demo.asked if "messages" in each.body]


async def test_a_prompt_goes_to_two_models_at_once_and_one_answer_is_kept(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("Hello")
        await compares(person, "demo-reasoning")
        await person.sees("1 demo-echo", "2 demo-reasoning", "Hello", "Sent: 1 message.")
        await person.sees("It comes word by word")
        assert sorted(asked(demo)) == ["demo-echo", "demo-reasoning"]
        await person.press("2", "enter")
        await person.sees("demo-reasoning · 12:00   < 2/2 >", "Ask anything")
        assert person.prompt.has_focus
        await person.press("tab", "less_than_sign")
        await person.sees("demo-echo · 12:00   < 1/2 >", "Sent: 1 message.")
        await person.press("greater_than_sign")
        await person.sees("< 2/2 >")
        await person.press("escape")
        await person.asks("And?")
        await person.sees("Sent: 3 messages.")
        sent = demo.asked[-1].body["messages"]
        assert "word by word" in str(sent)
        assert "Sent: 1 message." not in str(sent)


async def test_without_a_draft_the_last_question_is_asked_again(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("ctrl+t")
        await person.sees("There is nothing to ask yet")
        await person.asks("Hello")
        await person.sees("✓ complete")
        await person.press("ctrl+t")
        await person.sees("Asks again: Hello")
        await person.press("escape")
        await person.sees_no("Asks again")
        await compares(person, "demo-length")
        await person.sees("✂ cut at the token limit")
        await person.press("k")
        await person.sees("demo-echo · 12:00   < 2/3 >")
        assert len(person.chat.conversation.messages) == 4


async def test_how_each_ends_is_told_truly_and_one_disturbs_no_other(demo: DemoServer) -> None:
    async with play(demo, "demo-drop") as person:
        await person.types("Hello")
        await compares(person, "demo-refusal", "demo-429")
        await person.sees("! The connection broke", "⊘ the model declined", "↻")
        await person.press("3", "escape")
        await person.sees("■ cancelled by you")
        await all_over(person)
        await person.press("1", "enter")
        await person.sees("< 1/3 >")
        outcomes = [each.outcome for each in answers(person)]
    assert outcomes == [Outcome.INTERRUPTED, Outcome.FINISHED, Outcome.CANCELLED]


async def test_all_answers_are_there_after_a_restart_with_where_they_come_from(
    demo: DemoServer,
) -> None:
    async with play(demo) as person:
        await person.types("Hello")
        await compares(person, "demo-length")
        await all_over(person)
        await person.sees("tokens")
        await person.press("right", "enter")
        await person.sees("< 2/2 >")
        before = answers(person)
        assert all(each.provenance and each.provenance.count for each in before)
    async with play(demo) as person:
        await person.sees("Ctrl+L goes on")
        await person.press("ctrl+l")
        await person.sees("demo-length · 12:00   < 2/2 >", "✂ cut at the token limit")
        assert answers(person) == before
        await person.press("tab", "less_than_sign")
        await person.sees("demo-echo · 12:00   < 1/2 >", "✓ complete")


async def test_keeping_one_cancels_what_is_still_coming_and_keeps_its_words(
    demo: DemoServer,
) -> None:
    async with play(demo) as person:
        await person.types("Hello")
        await compares(person, "demo-slow")
        await person.sees("Sent: 1 message.", "The brook")
        await person.press("1", "enter")
        await person.sees("demo-echo · 12:00   < 1/2 >")
        await told(person, "1 was cancelled, its words are there.")
        await until(lambda: demo.gone == ["demo-slow"])
        await person.press("tab", "greater_than_sign")
        await person.sees("The brook", "■ cancelled by you")


async def test_esc_cancels_one_then_the_others_then_goes_back(demo: DemoServer) -> None:
    speakers = {"one": Speaker(), "two": Speaker()}
    for name, speaker in speakers.items():
        demo.script(name, speaker)
    async with play(demo, "one") as person:
        await person.types("Hello")
        await compares(person, "two")
        for name, speaker in speakers.items():
            speaker.say(f"Words of {name}")
        await person.sees("Words of one", "Words of two")
        await person.press("2", "escape")
        await until(lambda: demo.gone == ["two"])
        await person.sees("Words of two", "■ cancelled by you")
        speakers["one"].say(", and more")
        await person.sees("Words of one, and more")
        await person.press("escape")
        await until(lambda: demo.gone == ["two", "one"])
        await all_over(person)
        await person.press("escape")
        await person.sees("Ask anything", "Words of two", "< 2/2 >")
        assert [each.text for each in answers(person)] == ["Words of one, and more", "Words of two"]


async def test_the_count_of_each_column_is_exact(demo: DemoServer) -> None:
    known = {"demo-3000t-200ps": Profile(price_input=1.0, price_output=10.0)}
    async with play(demo, "demo-3000t-200ps", known=known) as person:
        await person.types("Hello")
        await compares(person, "demo-tour-500ps")
        await person.sees("≈ $0.0")
        person.strike("escape", "2", "escape")
        await all_over(person)
        columns = screen(person)._answers
        await until(lambda: not any(each.meter.is_behind for each in columns))
        for each in columns:
            text = each.exchange.text
            assert text
            assert each.meter.count.completion == count(text, load("o200k_base"))
        assert columns[0].exchange.text != columns[1].exchange.text
        await person.press("enter")
        await person.sees("Ask anything")
        both = sum(each.meter.count.best("total") for each in columns)
        assert person.chat._accounts.spent.all.tokens == both


async def test_in_80_columns_one_answer_is_shown_at_a_time(demo: DemoServer) -> None:
    async with play(demo, size=SMALL) as person:
        await person.types("Hello")
        await compares(person, "demo-length")
        await person.sees("▸1 demo-echo ✓ ", " 2 demo-length ✂", "Sent: 1 message.")
        assert "Here is the beginning" not in person.sight
        await person.press("right")
        await person.sees("Here is the beginning", "✂ cut at the token limit")
        assert "Sent: 1 message." not in person.sight
        await person.pilot.resize_terminal(60, 16)
        await person.sees("Here is the beginning", "Enter keep")
        await person.press("tab")
        await person.sees("Sent: 1 message.")
        await person.press("enter")
        await person.sees("< 1/2 >", "Ask anything")


async def test_a_cut_answer_goes_on_in_its_column_and_one_is_asked_again(demo: DemoServer) -> None:
    async with play(demo, "demo-length") as person:
        await person.types("Hello")
        await compares(person, "demo-echo")
        await all_over(person)
        await person.press("c")
        await person.sees("nothing was said twice", "continued once")
        await person.press("2", "c")
        await person.sees("was not cut")
        await person.press("r")
        await until(lambda: asked(demo).count("demo-echo") == 2)
        await all_over(person)
        await person.press("enter")
        await person.sees("demo-echo · 12:00   < 3/3 >")
        texts = [each.text for each in answers(person)]
        assert texts[1] == texts[2] == "Hello\n\nSent: 1 message."
        assert texts[0].endswith("no word was lost.")


async def test_its_model_is_asked_from_then_on_where_that_is_wanted(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("Hello")
        await compares(person, "demo-length")
        await all_over(person)
        await person.press("2", "m")
        await person.sees("demo-length · 127.0.0.1", "< 2/2 >")
        await person.asks("On")
        await until(lambda: asked(demo)[-1] == "demo-length")


async def test_a_model_without_eyes_is_objected_to_and_the_draft_stays(
    demo: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain.png").write_bytes(saved(painted(), "PNG"))
    known = {"demo-length": Profile(sees=False)}
    async with play(demo, known=known) as person:
        await add(person, "plain.png")
        await person.press("escape")
        await person.types("See")
        await person.press("ctrl+t")
        await person.types("demo-length")
        await person.press("enter", "enter")
        await told(person, "demo-length takes no images.")
        assert (person.prompt.text, len(person.chat._side.images)) == ("See", 1)
        assert asked(demo) == []
        await compares(person)
        await all_over(person)
        assert sorted(asked(demo)) == ["demo-echo", "demo-length"]
        assert all("image_url" in str(each.body) for each in demo.asked if "messages" in each.body)
        await person.press("enter")
        await person.sees("< 1/2 >")
        assert person.chat._side.images == ()


async def test_nothing_is_compared_while_a_reply_is_under_way(demo: DemoServer) -> None:
    async with play(demo, "demo-slow") as person:
        await person.asks("Hello")
        await person.sees("● streaming")
        await person.types("a draft")
        await person.press("ctrl+t")
        await person.sees("A reply is under way")
        assert person.prompt.text == "a draft"


async def test_three_models_at_the_most_and_two_at_least(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("Hello")
        await person.press("ctrl+t")
        await person.sees("1 demo-echo")
        await person.press("enter")
        await person.sees("Mark two models at least")
        await person.press("down", "space", "down", "space", "down", "space")
        await person.sees("3 models at the most")
        await person.press("up", "space")
        await person.types("my/own")
        await person.sees("my/own (as typed)")
        await person.press("enter")
        await person.sees("1 demo-echo · 2 demo-tour · 3 my/own", "Enter asks these 3")
        await person.press("escape")
        await person.sees_no("Ask several")
        assert person.prompt.text == "Hello"


async def test_quitting_in_the_middle_keeps_the_words_of_all(demo: DemoServer) -> None:
    async with play(demo, "demo-slow") as person:
        await person.types("Hello")
        await compares(person, "demo-stall")
        await person.sees("The brook", "Here is the beginning")
    async with play(demo) as person:
        await person.sees("Ctrl+L goes on")
        await person.press("ctrl+l")
        await person.sees("The brook", "! cut off", "< 1/2 >")
        await person.press("tab", "greater_than_sign")
        await person.sees("Here is the beginning", "! cut off", "< 2/2 >")


async def test_a_fault_in_the_middle_tells_the_words_of_all(demo: DemoServer) -> None:
    async with play(demo, "demo-slow") as person:
        await person.types("Hello")
        await compares(person, "demo-stall")
        await person.sees("The brook", "Here is the beginning")
        said = person.app.last_words()
        assert "Hello" in said
        assert "The brook" in said
        assert "Here is the beginning" in said


async def test_two_floods_at_once_lose_no_word(demo: DemoServer) -> None:
    async with play(demo, "demo-20000t") as person:
        await person.types("Hello")
        await compares(person, "demo-19999t")
        person.strike("2", "home")
        await until(lambda: not screen(person)._columns[1].log_of_words.is_following)
        await all_over(person)
        more, less = (each.exchange.text for each in screen(person)._answers)
        assert more.startswith(less)
        assert len(less) > 80_000
        assert not screen(person)._columns[1].log_of_words.is_following
        await person.press("end", "enter")
        await person.sees("Ask anything", "19,999 tokens ✓")
        assert [each.text for each in answers(person)] == [more, less]


async def test_a_reasoning_is_unfolded_and_an_answer_copied_in_its_column(demo: DemoServer) -> None:
    async with play(demo, "demo-reasoning") as person:
        await person.types("Hello")
        await compares(person, "demo-echo")
        await all_over(person)
        await person.sees("▸ thought for")
        await person.press("t")
        await person.sees("▾ thought for", "First the bytes")
        await person.press("2", "t")
        await person.sees("came without reasoning")
        await person.press("y")
        await until(lambda: person.copied == ["Hello\n\nSent: 1 message."])


async def test_a_new_conversation_is_named_once_one_is_kept(demo: DemoServer) -> None:
    naming_server(demo)
    async with play(demo, "namer", names_chats=True) as person:
        await person.types("Tell me of boats")
        await compares(person, "demo-echo")
        await all_over(person)
        await person.press("enter")
        await person.sees("≋ Rillet  Boats and sails")


async def test_where_nothing_is_kept_models_are_compared_all_the_same(demo: DemoServer) -> None:
    async with play(demo, keeps=False) as person:
        await person.types("Hello")
        await compares(person, "demo-length")
        await all_over(person)
        await person.press("2", "enter")
        await person.sees("demo-length · 12:00   < 2/2 >")


async def test_a_kill_in_the_middle_loses_nothing_that_arrived(demo: DemoServer) -> None:
    flags = ("--base-url", demo.base_url, "--model", "demo-stall")
    command = (sys.executable, "-m", "tui", *flags)
    async with Terminal(*command, env={"OPENAI_API_KEY": "a-key"}) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hello\x14")
        await terminal.sees("Ask several")
        terminal.type("demo-slow\r")
        await terminal.sees("2 demo-slow")
        terminal.type("\r")
        await terminal.sees("a long one, when", "waits without")
        assert titles(terminal)[-1] == "Hello – 2 models are answering – Rillet"
        os.kill(terminal.pid, 9)
        await until(lambda: terminal.has_ended)
    store = Store(data_folder() / "chats.db")
    await store.open()
    chat = await store.load(await store.last() or "")
    await store.aclose()
    assert chat is not None
    question, *there = chat.conversation.messages
    assert [each.model for each in there] == ["demo-stall", "demo-slow"]
    assert {each.parent for each in there} == {question.id}
    assert {each.outcome for each in there} == {Outcome.INTERRUPTED}
    assert there[0].text.endswith("a long one, when")
    assert "The brook behind" in there[1].text
    assert chat.conversation.head == there[0].id
