"""Commands are typed: a slash in an empty prompt lists them."""

import pytest

from tests.play import SMALL, play
from tests.waiting import until
from tui.edge.demo import DemoServer
from tui.widgets.slash_list import SlashList

TINY = (60, 16)


@pytest.mark.parametrize("size", [TINY, SMALL])
async def test_a_slash_lists_the_commands_right_above_the_prompt_and_the_log_stays(
    demo: DemoServer, size: tuple[int, int]
) -> None:
    async with play(demo, size=size) as person:
        await person.asks("Hello")
        await person.sees("complete")
        before = person.sight.split("\n")
        region = person.log.region
        await person.types("/ne")
        await person.sees("❯ /new", "Ctrl+N", "Begin a new conversation.", "Esc closes")
        shown = person.app.screen.query_one(SlashList).region
        assert shown.bottom == person.prompt.region.y
        assert shown.width <= size[0]
        assert person.log.region == region
        assert person.sight.split("\n")[: shown.y] == before[: shown.y]
        await person.press("escape")
        await person.sees_no("❯ /new")
        assert person.prompt.text == "/ne"
        assert person.sight.split("\n")[:-4] == before[:-4]


async def test_enter_runs_a_command_and_the_prompt_is_empty_again(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("Hello")
        await person.sees("complete")
        await person.types("/new")
        await person.press("enter")
        await until(lambda: not person.chat.conversation.messages)
        assert person.prompt.text == ""
        await person.types("/help")
        await person.press("enter")
        await person.sees("Show the keys.")


async def test_down_chooses_and_tab_completes(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("/copy")
        await person.sees("❯ /copy ", "/copy-source")
        await person.press("down")
        await person.sees("❯ /copy-chat")
        await person.press("tab")
        assert person.prompt.text == "/copy-chat"


async def test_what_is_struck_fast_means_what_it_means_slowly(demo: DemoServer) -> None:
    async with play(demo) as person:
        person.strike(*"/the", "enter", *"nord", "enter")
        await until(lambda: person.app.theme == "nord")
        assert person.prompt.text == ""
        person.strike(*"/ne", "down", "down", "up", "up", "enter", *"Hello", "enter")
        await person.sees("complete")
        assert person.chat.conversation.messages[0].text == "Hello"


@pytest.mark.parametrize("text", ["/etc/passwd is what?", "//", "/new things to say", " /new"])
async def test_what_names_no_command_is_asked(demo: DemoServer, text: str) -> None:
    async with play(demo) as person:
        await person.asks(text)
        await person.sees("complete")
        assert person.chat.conversation.messages[0].text == text


async def test_after_esc_a_command_is_asked_as_text(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("/new")
        await person.sees("❯ /new")
        await person.press("escape", "enter")
        await person.sees("complete")
        assert person.chat.conversation.messages[0].text == "/new"


async def test_what_is_pasted_is_text(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.pastes("/new")
        await until(lambda: person.prompt.text == "/new")
        await person.press("enter")
        await person.sees("complete")
        assert person.chat.conversation.messages[0].text == "/new"
        await person.press("up")
        assert person.prompt.text == "/new"
        await person.press("enter")
        await until(lambda: len(person.chat.conversation.messages) >= 3)


async def test_a_model_is_chosen_by_a_part_of_its_name(demo: DemoServer) -> None:
    async with play(demo) as person:
        await until(lambda: bool(person.chat._choices("model")))
        await person.types("/model tou")
        await person.sees("❯ demo-tour")
        await person.press("enter")
        await person.sees("demo-tour · 127.0.0.1")


async def test_a_model_that_is_not_listed_can_be_typed(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("/model lab-x")
        await person.press("enter")
        await person.sees("lab-x · 127.0.0.1")


async def test_a_theme_is_chosen_by_its_name_and_an_unknown_one_is_not_lost(
    demo: DemoServer,
) -> None:
    async with play(demo) as person:
        await person.types("/theme")
        await person.press("enter")
        await person.sees("rillet-light")
        await person.types("rillet-li")
        await person.press("enter")
        await until(lambda: person.app.theme == "rillet-light")
        await person.types("/theme bogus")
        await person.press("enter")
        await person.sees("There is no theme")
        assert person.prompt.text == "/theme bogus"


async def test_the_system_prompt_and_a_search_can_be_typed(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("Hello there")
        await person.sees("complete")
        await person.types("/system Be brief.")
        await person.press("enter")
        await person.sees("The system prompt is")
        assert person.chat.conversation.system == "Be brief."
        await person.types("/search there")
        await person.press("enter")
        await until(lambda: person.chat._search.words == "there")
        assert person.chat._search.has_focus_within


async def test_a_command_that_cannot_be_now_is_told_as_by_its_key(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("/ask-again")
        await person.press("enter")
        await person.sees("Nothing was asked yet.")


async def test_a_click_runs_a_command(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("/help")
        await person.sees("❯ /help")
        await person.pilot.click(SlashList, offset=(4, 1))
        await person.sees("Show the keys.")


async def test_the_list_goes_with_the_focus_and_comes_with_it(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("/ne")
        await person.sees("❯ /new")
        await person.press("f2")
        await person.sees_no("❯ /new")
        await person.press("escape")
        await person.sees("❯ /new")
