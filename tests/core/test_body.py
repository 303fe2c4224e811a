"""Bodies as servers send them: the words, and the truth about the end."""

import json
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Case:
    """A body and what it means."""

    name: str
    body: str
    words: str
    outcome: Outcome = Outcome.FINISHED
    reason: str = ""
    said: str = ""


CASES = [
    Case("OpenAI's own", delta(role="assistant", content="") + said("Hi") + STOP + DONE, "Hi", reason="stop"),
    Case("no finish reason, but done", said("Hi") + DONE, "Hi"),
    Case("a finish reason, but not done", said("Hi") + STOP, "Hi", reason="stop"),
    Case("neither", said("Hi"), "Hi", Outcome.INTERRUPTED),
    Case("nothing at all", "", "", Outcome.INTERRUPTED),
    Case("only comments", ": OPENROUTER PROCESSING\n\n" * 3, "", Outcome.INTERRUPTED),
    Case("Azure's first chunk", event(choices=[], prompt_filter_results=[]) + said("Hi") + STOP, "Hi", reason="stop"),
    Case("no choices", event(id="x") + said("Hi") + STOP, "Hi", reason="stop"),
    Case("a null delta", event(choices=[{"index": 0, "delta": None}]) + said("Hi") + STOP, "Hi", reason="stop"),
    Case("null content", said(None) + said("Hi") + STOP, "Hi", reason="stop"),
    Case("content in parts", said([{"type": "text", "text": "H"}, {"type": "text", "text": "i"}]) + STOP, "Hi", reason="stop"),
    Case("an empty finish reason everywhere", said("H", finish_reason="") + said("i", finish_reason="") + STOP, "Hi", reason="stop"),
    Case("the reason beside the last words", said("H") + said("i", finish_reason="length") + DONE, "Hi", reason="length"),
    Case("another choice between", said("H") + event(choices=[{"index": 1, "delta": {"content": "no"}}]) + said("i") + STOP, "Hi", reason="stop"),
    Case("no space after data:", said("Hi").replace("data: ", "data:") + STOP, "Hi", reason="stop"),
    Case("data: data:", "data: " + said("Hi") + STOP, "Hi", reason="stop"),
    Case("two events on one line", said("H").strip() + said("i") + STOP, "Hi", reason="stop"),
    Case("single line breaks between", said("H").strip() + "\n" + said("i").strip() + "\n" + STOP, "Hi", reason="stop"),
    Case("done with a blank", said("Hi") + "data: [DONE] \n\n", "Hi"),
    Case("words after done are not", said("Hi") + DONE + said("!"), "Hi"),
    Case("a word nobody knows", said("Hi", finish_reason="eos_token"), "Hi", reason="eos_token"),
    Case("a text completion", event(choices=[{"index": 0, "text": "Hi", "finish_reason": "stop"}]), "Hi", reason="stop"),
    Case("an error object", said("Hi") + event(error={"message": "overloaded", "code": 503}), "Hi", Outcome.FAILED, said="overloaded"),
    Case("an error string", said("Hi") + event(error="overloaded"), "Hi", Outcome.FAILED, said="overloaded"),
    Case("an event named error", said("Hi") + 'event: error\ndata: {"message": "overloaded"}\n\n', "Hi", Outcome.FAILED, said="overloaded"),
    Case("an error of plain words", said("Hi") + "event: error\ndata: overloaded\n\n", "Hi", Outcome.FAILED, said="overloaded"),
    Case("a finish reason of error", said("Hi") + event(choices=[{"index": 0, "delta": {}, "finish_reason": "error", "error": {"message": "overloaded"}}]), "Hi", Outcome.FAILED, "error", "overloaded"),
    Case("an object of error", said("Hi") + event(object="error", message="overloaded"), "Hi", Outcome.FAILED, said="overloaded"),
    Case("a field called error", said("Hi") + 'error: {"message": "overloaded"}\n\n', "Hi", Outcome.FAILED, said="overloaded"),
    Case("a whole completion", json.dumps({"choices": [{"index": 0, "message": {"content": "Hi"}, "finish_reason": "stop"}]}), "Hi", reason="stop"),
    Case("a whole completion, indented", "\n " + json.dumps({"choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}]}, indent=2), "Hi", reason="stop"),
    Case("a whole error", '{"error": {"message": "no such model"}}', "", Outcome.FAILED, said="no such model"),
    Case("an error in a list", '[{"error": {"message": "no such model"}}]', "", Outcome.FAILED, said="no such model"),
    Case("a page", "<html><body><h1>502 Bad Gateway</h1></body></html>", "", Outcome.FAILED, said="502 Bad Gateway"),
    Case("some other JSON", '{"detail": "Not Found"}', "", Outcome.FAILED, said="Not Found"),
    Case("numbers where text belongs", said(42) + said("Hi") + STOP, "Hi", reason="stop"),
    Case("a list for a chunk", "data: []\n\n" + said("Hi") + STOP, "Hi", reason="stop"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_dialect_gives_its_words_and_its_ending(case: Case) -> None:
    deltas = read(case.body)
    end = ending(deltas)
    assert text(deltas) == case.words
    assert (end.outcome, end.reason) == (case.outcome, case.reason)
    if case.said:
        assert end.failure is not None
        assert end.failure.said == case.said


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_cut_into_pieces_changes_anything(case: Case) -> None:
    body = case.body.encode()
    for size in (1, 2, 3, 7, 64):
        reader = BodyReader()
        deltas = [d for at in range(0, len(body), size) for d in reader.feed(body[at : at + size])]
        assert [*deltas, *reader.flush(), reader.ending()] == read(case.body, content_type="")


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


def test_a_damaged_event_is_counted_and_the_words_round_it_are_kept() -> None:
    deltas = read(said("H") + 'data: {"choices": [{"del\n\n' + said("i") + STOP)
    assert text(deltas) == "Hi"
    assert [d.text for d in deltas if isinstance(d, Remark)] == [
        "One damaged event of the stream was passed over; words may be missing."
    ]


def test_hostile_nesting_is_damage_and_no_crash() -> None:
    assert text(read("data: " + "[" * 100_000 + "\n\n" + said("Hi") + STOP)) == "Hi"


def test_a_surrogate_pair_cut_between_chunks_is_joined() -> None:
    halves = 'data: {"choices":[{"delta":{"content":"%s"}}]}\n\n'
    assert text(read(halves % r"\ud83c" + halves % r"\udf89!" + STOP)) == "🎉!"


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    assert text(read('data: {"choices":[{"delta":{"content":"a\\udf89b"}}]}\n\n' + STOP)) == "a�b"


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
