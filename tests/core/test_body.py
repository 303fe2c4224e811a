"""The reader of bodies, delta by delta; `tests/streams` has the dialects, file by file."""

import json

import pytest

from tui.core.body import BodyReader
from tui.core.deltas import (
    Delta,
    Finished,
    Outcome,
    Reasoning,
    Refusal,
    Remark,
    Served,
    Text,
    ToolCall,
    Usage,
)


def event(**chunk: object) -> str:
    return f"data: {json.dumps(chunk)}\n\n"


def said(text: object, **more: object) -> str:
    return event(choices=[{"index": 0, "delta": {"content": text}, **more}])


def delta(**fields: object) -> str:
    return event(choices=[{"index": 0, "delta": fields}])


STOP = event(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}])
DONE = "data: [DONE]\n\n"


def read(body: str | bytes, *, content_type: str = "text/event-stream") -> list[Delta]:
    reader = BodyReader(content_type)
    whole = body.encode() if isinstance(body, str) else body
    return [*reader.feed(whole), *reader.flush(), reader.ending()]


def text(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, Text))


def ending(deltas: list[Delta]) -> Finished:
    *before, last = deltas
    assert isinstance(last, Finished)
    assert not any(isinstance(delta, Finished) for delta in before)
    return last


def test_a_body_cut_anywhere_keeps_every_word_and_ends_once() -> None:
    words = ["Riv", "ers ", "fließen ", "日本", " 🎉", "."]
    events = [said(word).encode() for word in words]
    body = b"".join([*events, STOP.encode(), DONE.encode()])
    ends = [sum(map(len, events[: n + 1])) for n in range(len(events))]
    for cut in range(len(body) + 1):
        deltas = read(body[:cut])
        whole = sum(1 for end in ends if cut >= end - 2)  # an event needs no empty line at the end
        assert text(deltas) == "".join(words[:whole])
        assert ending(deltas).outcome in (Outcome.INTERRUPTED, Outcome.FINISHED)
        if cut < ends[-1]:
            assert ending(deltas).outcome is Outcome.INTERRUPTED
        assert not any(isinstance(delta, Remark) for delta in deltas)


def test_hostile_nesting_is_damage_and_no_crash() -> None:
    assert text(read("data: " + "[" * 100_000 + "\n\n" + said("Hi") + STOP)) == "Hi"


def test_surrogates_in_reasoning_and_refusals_are_joined_each_by_themselves() -> None:
    body = delta(reasoning_content="a\ud83c") + delta(refusal="b\ud83d", content="c\ud83c")
    body += delta(reasoning_content="\udf89") + delta(refusal="\ude00\udf89", content="\udf89")
    deltas = [d for d in read(body + STOP) if isinstance(d, Text | Reasoning | Refusal)]
    said = {
        kind: "".join(d.text for d in deltas if isinstance(d, kind)) for kind in map(type, deltas)
    }
    assert said == {Reasoning: "a🎉", Text: "c🎉", Refusal: "b😀�"}


def test_reasoning_comes_under_either_name_once() -> None:
    body = delta(reasoning_content="a") + delta(reasoning="b")
    body += delta(reasoning_content="c", reasoning="c") + said("Hi") + STOP
    deltas = read(body)
    assert [d.text for d in deltas if isinstance(d, Reasoning)] == ["a", "b", "c"]


def test_a_refusal_is_kept_apart() -> None:
    deltas = read(delta(refusal="I can") + delta(refusal="not.") + STOP)
    assert [d.text for d in deltas if isinstance(d, Refusal)] == ["I can", "not."]


def test_a_tool_call_comes_in_pieces() -> None:
    first = {"index": 0, "id": "c1", "function": {"name": "look", "arguments": ""}}
    more = {"index": 0, "function": {"arguments": '{"a":1}'}}
    deltas = read(delta(tool_calls=[first]) + delta(tool_calls=[more]) + STOP)
    assert [d for d in deltas if isinstance(d, ToolCall)] == [
        ToolCall(0, "look", "", "c1"),
        ToolCall(0, "", '{"a":1}'),
    ]


def test_usage_is_taken_wherever_it_comes_and_once() -> None:
    usage = {
        "prompt_tokens": 7,
        "completion_tokens": 2,
        "prompt_tokens_details": {"cached_tokens": 4},
    }
    deltas = read(
        said("Hi") + STOP + event(choices=[], usage=usage) + event(choices=[], usage=usage)
    )
    assert [d for d in deltas if isinstance(d, Usage)] == [Usage(7, 2, cached=4)]


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": 0, "completion_tokens": 0}, "7", []])
def test_usage_of_nothing_is_not_reported(usage: object) -> None:
    assert not any(isinstance(d, Usage) for d in read(event(choices=[], usage=usage) + DONE))


def test_numbers_that_cannot_be_meant_are_not_reported_and_cost_no_words() -> None:
    negative = event(choices=[], usage={"prompt_tokens": -5, "completion_tokens": 2})
    huge = '"usage": {"prompt_tokens": ' + "9" * 5000 + "}"
    body = 'data: {"choices": [{"delta": {"content": "Hi"}}], ' + huge + "}\n\n"
    deltas = read(body + negative + STOP)
    assert text(deltas) == "Hi"
    assert [d for d in deltas if isinstance(d, Usage)] == [Usage(None, 2)]


def test_the_served_model_is_told_once() -> None:
    body = event(model="m-2026", choices=[]) + event(model="m-2026", choices=[]) + DONE
    assert [d for d in read(body) if isinstance(d, Served)] == [Served("m-2026")]


def test_a_body_that_is_no_stream_names_what_it_was() -> None:
    failure = ending(read("<p>Log in</p>", content_type="text/html; charset=utf-8")).failure
    assert failure is not None
    assert "text/html" in failure.detail


def test_words_are_handed_out_as_soon_as_their_event_is_whole() -> None:
    reader = BodyReader()
    assert reader.feed(said("Hi").encode()) == [Text("Hi")]
    assert reader.feed(said("!").strip().encode()) == []
    assert reader.feed(b"\n") == []
    assert reader.feed(b"\n") == [Text("!")]


def test_events_without_an_empty_line_between_them_are_not_held_until_the_end() -> None:
    reader = BodyReader()
    assert reader.feed((said("a").strip() + "\n").encode()) == []
    assert reader.feed((said("b").strip() + "\n").encode()) == [Text("a")]


def test_lines_of_json_are_handed_out_from_the_second_on() -> None:
    reader = BodyReader()
    line = said("a").removeprefix("data: ").strip() + "\n"
    assert reader.feed(line.encode()) == []
    assert reader.feed(line.encode()) == [Text("a"), Text("a")]
    assert reader.feed(line.encode()) == [Text("a")]


def test_an_indented_answer_is_a_whole_one_whatever_its_lines_begin_with() -> None:
    body = json.dumps([{"choices": [{"message": {"content": "Hi"}}]}], indent=1)
    assert text(read(body)) == "Hi"


def test_a_whole_answer_cut_behind_a_backslash_keeps_its_words() -> None:
    cut = '{"choices":[{"message":{"content":"C:\\\\'
    assert text(read(cut)) == "C:\\"
    assert text(read(cut[:-1])) == "C:"


def test_words_after_a_finish_reason_show_that_it_was_none() -> None:
    reader = BodyReader()
    knew: list[bool] = []
    for word in ("a", "b"):
        reader.feed(said(word, finish_reason="stop").encode())
        knew.append(reader.has_reason)
    assert knew == [True, False]
    assert reader.ending().outcome is Outcome.FINISHED


def test_the_refusal_of_a_whole_body_is_told_without_a_key() -> None:
    failure = ending(read('{"detail": "no such key: sk-1234567890abcdef"}')).failure
    assert failure is not None
    assert failure.said == "no such key: sk-•••"
