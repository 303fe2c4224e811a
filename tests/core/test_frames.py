"""Whatever a turn brings, its frames are whole, and exactly one ends them."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tui.core.deltas import (
    Delta,
    Finished,
    Outcome,
    PromptRead,
    Reasoning,
    Refusal,
    Remark,
    Retrying,
    Served,
    Text,
    ToolCall,
    Usage,
)
from tui.core.errors import Failure
from tui.core.frames import Framer, event, usage_object

WORDS = st.text()
COUNTS = st.none() | st.integers(0, 10**9)
FAILURE = st.builds(Failure, WORDS, WORDS, st.integers(0, 599), WORDS, WORDS)
DELTAS: st.SearchStrategy[Delta] = st.one_of(
    st.builds(Text, WORDS),
    st.builds(Reasoning, WORDS),
    st.builds(Refusal, WORDS),
    st.builds(ToolCall, st.integers(0, 3), WORDS, WORDS, WORDS),
    st.builds(Usage, COUNTS, COUNTS, COUNTS, COUNTS),
    st.builds(Served, WORDS, WORDS),
    st.builds(Remark, WORDS),
    st.builds(PromptRead, st.integers(), st.integers()),
    st.builds(Retrying, st.integers(1, 9), st.integers(1, 9), st.floats(0, 99), FAILURE),
)
ENDS = st.builds(Finished, st.sampled_from(Outcome), WORDS, st.none() | FAILURE)


@given(st.lists(DELTAS), ENDS)
def test_the_frames_of_a_turn_are_lines_of_json_and_the_last_alone_is_done(
    deltas: list[Delta], end: Finished
) -> None:
    framer = Framer()
    frames = [frame for delta in (*deltas, end) if (frame := framer.frame(delta)) is not None]
    for number, frame in enumerate(frames):
        head, data, *rest = event(frame, number).splitlines(keepends=True)
        assert (head, rest) == (f"id: {number}\n", ["\n"])
        assert data.isascii()
        assert json.loads(data.removeprefix("data: ")) == frame
    assert [frame["done"] for frame in frames] == [False] * (len(frames) - 1) + [True]
    said = "".join(delta.text for delta in deltas if isinstance(delta, Text))
    assert "".join(str(frame["content"]) for frame in frames) == said
    assert frames[-1]["outcome"] == end.outcome.value
    assert (frames[-1]["error"] is None) == (end.failure is None)


def test_the_pieces_of_a_call_are_put_together() -> None:
    framer = Framer()
    for piece in (ToolCall(0, "level", "{", "a"), ToolCall(1, "rain"), ToolCall(0, "", "}")):
        assert framer.frame(piece) is None
    last = framer.frame(Finished(Outcome.FINISHED, "tool_calls"))
    assert last is not None
    assert last["tool_calls"] == [
        {"index": 0, "name": "level", "arguments": "{}", "id": "a"},
        {"index": 1, "name": "rain", "arguments": "", "id": ""},
    ]


def test_counts_that_nobody_reported_are_no_usage() -> None:
    assert usage_object(None) is None
    assert usage_object(Usage(3, 4, cached=1, reasoning=2)) == {
        "prompt_tokens": 3,
        "completion_tokens": 4,
        "total_tokens": 7,
        "prompt_tokens_details": {"cached_tokens": 1},
        "completion_tokens_details": {"reasoning_tokens": 2},
    }
