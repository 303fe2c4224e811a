"""Each parameter takes what the API takes, says what it wants, and is sent under its own name."""

import pytest
from hypothesis import given

from tests.core.levels import LEVELS
from tui.core.options import Options
from tui.core.parameters import BY_NAME, PARAMETERS, BadParameter, sent, shown
from tui.core.request import Request, body


def test_all_of_them_reach_the_body() -> None:
    options = Options(
        50, 0.5, 0.9, ("END", "\n\n"), 7, "low", -1.0, 2.0, extra={"top_k": 40, "x": {"y": [1]}}
    )
    made = body(Request("m", (), options))
    for name in ("model", "messages", "stream", "stream_options"):
        del made[name]
    assert made == {
        "max_tokens": 50,
        "temperature": 0.5,
        "top_p": 0.9,
        "stop": ["END", "\n\n"],
        "seed": 7,
        "reasoning_effort": "low",
        "presence_penalty": -1.0,
        "frequency_penalty": 2.0,
        "top_k": 40,
        "x": {"y": [1]},
    }


@given(LEVELS)
def test_a_value_that_is_shown_is_the_same_when_it_is_typed(level: Options) -> None:
    for name, value in level.said():
        if (known := BY_NAME.get(name)) is not None:
            assert known.from_text(known.to_text(value)) == value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("max_tokens", " 50 ", 50),
        ("temperature", "0.5", 0.5),
        ("temperature", "1", 1),
        ("top_p", "1e-3", 0.001),
        ("stop", "END", ("END",)),
        ("stop", '["a", "b\\n"]', ("a", "b\n")),
        ("seed", "-7", -7),
        ("reasoning_effort", "high", "high"),
        ("extra", '{"top_k": 40}', {"top_k": 40}),
        ("extra", "", {}),
    ],
)
def test_what_is_typed_becomes_a_value(name: str, text: str, value: object) -> None:
    assert BY_NAME[name].from_text(text) == value


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("max_tokens", "0", "max_tokens has to be a whole number from 1 on."),
        ("max_tokens", "many", "max_tokens has to be a whole number from 1 on."),
        ("temperature", "nan", "temperature has to be a number from 0 to 2."),
        ("top_p", "1.1", "top_p has to be a number from 0 to 1."),
        ("stop", "[]", "a list of up to four"),
        ("stop", '["a", "b", "c", "d", "e"]', "a list of up to four"),
        ("stop", '[""]', "a list of up to four"),
        ("stop", "[1]", "a list of up to four"),
        ("seed", "1.5", "seed has to be a whole number."),
        ("reasoning_effort", "very high", "a word that the server knows"),
        ("extra", "[1]", "a JSON object"),
        ("extra", "{", "a JSON object"),
        ("extra", "[" * 5000, "a JSON object"),
        ("extra", '{"model": "x"}', "model is said by Rillet itself"),
        ("extra", '{"stream_options": {}}', "stream_options is said by Rillet itself"),
        ("extra", '{"temperature": 1}', "temperature has a setting of its own"),
        ("extra", '{"x": null}', "x is null, which is not sent"),
        ("extra", '{"x": NaN}', "x is nothing that JSON can say"),
        ("extra", '{"x": "\\ud800"}', "x is nothing that JSON can say"),
        ("extra", '{"a b": 1}', "plain letters"),
        ("extra", '{"x": ["sk-0123456789abcdefghij"]}', "x holds a key"),
        ("extra", '{"x": ' + "[" * 20 + "]" * 20 + "}", "x is nothing that JSON can say"),
        ("extra", '{"x": "' + "y" * 20_000 + '"}', "extra is too long"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(name: str, text: str, why: str) -> None:
    with pytest.raises(BadParameter, match=r"^.+[.]$") as refused:
        BY_NAME[name].from_text(text)
    assert why in str(refused.value)
    assert "0123456789abcdefghij" not in str(refused.value)


def test_nobody_takes_the_place_of_what_rillet_says() -> None:
    evil = Options(
        temperature=float("inf"),
        stop=("",),
        extra={"messages": [], "model": "other", "stream": False, "temperature": 1, "x": object()},
    )
    assert sent(evil, "m") == {}
    assert body(Request("m", (), evil))["model"] == "m"


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("gpt-4o", "max_tokens"),
        ("gpt-oss-120b", "max_tokens"),
        ("gpt-35-turbo", "max_tokens"),
        ("o3-mini", "max_completion_tokens"),
        ("openai/gpt-5.1", "max_completion_tokens"),
        ("gpt-6-luna", "max_completion_tokens"),
    ],
)
def test_the_limit_bears_the_name_that_the_model_takes(model: str, name: str) -> None:
    assert sent(Options(max_tokens=5), model) == {name: 5}


def test_a_deployment_whose_name_tells_nothing_can_have_the_newer_limit() -> None:
    options = Options(max_tokens=5, extra={"max_completion_tokens": 9})
    assert sent(options, "my-deployment") == {"max_completion_tokens": 9}


def test_values_are_shown_on_one_line() -> None:
    options = Options(stop=("a\n",), extra={"x": {"y": "z\n"}})
    assert dict(shown(options)) == {"stop": '["a\\n"]', "x": '{"y": "z\\n"}'}


def test_each_has_words_for_people() -> None:
    assert all(each.help and each.wanted for each in PARAMETERS)
