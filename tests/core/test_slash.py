"""What a beginning with a slash may mean."""

from collections.abc import Sequence

import pytest

from tui.core.commands import COMMANDS
from tui.core.slash import offers

MODELS = ("gpt-4o", "gpt-4o-mini", "lab/qwen-3")

WHOLE = {"/ne": "/new", "/mod": "/model ", "/model mi": "/model gpt-4o-mini"}


def choices(command: str) -> Sequence[str]:
    return {"model": MODELS, "theme": ("nord", "rillet-dark")}.get(command, ())


def names(typed: str) -> list[str]:
    return [offer.name for offer in offers(typed, COMMANDS, choices)]


def test_a_slash_alone_offers_every_command_that_can_be_typed() -> None:
    there = names("/")
    assert {"/new", "/copy", "/model", "/quit", "/theme"} <= set(there)
    assert not {"/send", "/cancel", "/chats-pin", "/earlier", "/palette"} & set(there)


def test_names_that_begin_so_come_before_those_that_hold_the_letters() -> None:
    assert names("/co")[:3] == ["/continue", "/compare", "/copy"]
    assert names("/new")[0] == "/new"
    assert names("/code")[:2] == ["/code-before", "/next-code"]
    assert names("/ne")[0] == "/new"
    assert "/ask-again" in names("/aga")
    assert "/wrap-code" in names("/wpc")


@pytest.mark.parametrize(
    "text", ["//", "/etc/passwd is what?", "/usr/bin", "/new things", "/copy that", "/xyz", "/1"]
)
def test_what_names_no_command_is_text(text: str) -> None:
    assert not names(text)


def test_behind_a_command_stands_what_it_takes() -> None:
    assert names("/model ") == list(MODELS)
    assert names("/model mini") == ["gpt-4o-mini", "mini"]
    assert names("/model qwen") == ["lab/qwen-3", "qwen"]
    assert names("/model gpt-4o") == ["gpt-4o", "gpt-4o-mini"]
    assert names("/theme dark") == ["rillet-dark"]
    assert names("/theme bogus") == ["bogus"]
    assert names("/system Be brief.") == ["Be brief."]


def test_what_is_completed_is_the_whole_command() -> None:
    first = {typed: offers(typed, COMMANDS, choices)[0].text for typed in WHOLE}
    assert first == WHOLE
