"""What holds for every body of the corpus, however the network cuts it and wherever it ends."""

import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.streams.case import CORPUS, Case
from tui.core.body import BodyReader
from tui.core.deltas import Delta, Finished, Outcome
from tui.core.reply import Reply

LONG = os.environ.get("RILLET_LONG_TESTS") == "1"
EXAMPLES = 20_000 if LONG else 300


@dataclass(frozen=True)
class Body:
    """A body of the corpus, as it is after the edge has decoded it."""

    id: str
    data: bytes
    kind: str

    @property
    def is_stream(self) -> bool:
        """Whether it is read event by event from its first byte on."""
        return self.data.removeprefix(BOM_UTF8).lstrip()[:1] not in (b"{", b"[", b"<")


def body(case: Case) -> Body | None:
    answered = case.stream.answered
    if answered is None or answered.status != 200 or "content-encoding" in answered.headers:
        return None
    return Body(case.id, case.stream.body, answered.headers.get("content-type", ""))


BODIES = [found for found in map(body, CORPUS) if found is not None]
STREAMS = [body for body in BODIES if body.is_stream]
SEALED = [body for body in STREAMS if b"\r" not in body.data]
"""Streams whose line ends are all LF."""


def read(pieces: Iterable[bytes], kind: str) -> tuple[Reply, Finished]:
    """What a body means, as far as a person can tell."""
    reader = BodyReader(kind)
    deltas: list[Delta] = [delta for piece in pieces for delta in reader.feed(piece)]
    reply = Reply("", 0.0)
    for delta in (*deltas, *reader.flush()):
        reply.take(delta, 0.0)
    return reply, reader.ending()


def meaning(pieces: Iterable[bytes], kind: str) -> tuple[object, ...]:
    reply, ending = read(pieces, kind)
    calls = list(reply.tool_calls.values())
    words = reply.text, reply.reasoning, reply.refusal, reply.model
    return *words, calls, reply.usage, reply.remarks, ending


def cut(data: bytes, places: Iterable[int]) -> list[bytes]:
    return [data[start:end] for start, end in pairwise((0, *sorted(places), len(data)))]


bodies = st.sampled_from(BODIES)
places = st.floats(0, 1, exclude_max=True)
"""Where in a body, as a fraction of it, so that shrinking a body does not move a place out."""


def at(body: Body, place: float) -> int:
    return int(place * (len(body.data) + 1))


@settings(max_examples=EXAMPLES, deadline=None)
@given(bodies, st.lists(places, max_size=8))
def test_no_cut_into_pieces_changes_anything(body: Body, chosen: list[float]) -> None:
    pieces = cut(body.data, {at(body, place) for place in chosen})
    assert meaning(pieces, body.kind) == meaning([body.data], body.kind)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pieces_of_any_size_mean_the_same(size: int) -> None:
    for body in BODIES:
        pieces = cut(body.data, range(size, len(body.data), size))
        assert meaning(pieces, body.kind) == meaning([body.data], body.kind), body.id


# Wherever a body ends


SAYS_THE_END = re.compile(
    rb'\[DONE\]|(?:finish|done)_reason\\*"\s*:\s*(?:\{|\\*"(?!\\*"|null|None))'
)
HALF_A_TAG = re.compile(r"[<\[◁]/?[\w:]*$")


def bare(words: str) -> str:
    """Words without half a sign, half a tag or blanks at the end, which may yet become others."""
    return HALF_A_TAG.sub("", words.rstrip("\ufffd")).strip()


def check_end(body: Body, end: int) -> None:
    """A body that ends here gives a beginning of the words, and the truth about its end."""
    whole, whole_ending = read([body.data], body.kind)
    part, ending = read([body.data[:end]], body.kind)
    assert whole.text.strip().startswith(bare(part.text))
    assert whole.reasoning.strip().startswith(bare(part.reasoning))
    assert whole.refusal.startswith(part.refusal)
    for number, call in part.tool_calls.items():
        full = whole.tool_calls[number]
        assert full.name.startswith(call.name)
        assert full.arguments.startswith(call.arguments.rstrip("\ufffd"))
    if ending.outcome is Outcome.FINISHED:
        assert SAYS_THE_END.search(body.data[:end])
    elif whole_ending.outcome is not Outcome.FAILED:
        assert ending.outcome is Outcome.INTERRUPTED


@settings(max_examples=EXAMPLES, deadline=None)
@given(bodies, places)
def test_wherever_a_body_ends_no_word_is_lost_and_no_end_is_made_up(
    body: Body, place: float
) -> None:
    check_end(body, at(body, place))


def test_every_body_may_end_at_any_byte() -> None:
    for body in BODIES:
        for end in range(0, len(body.data) + 1, 1 if LONG else 31):
            check_end(body, end)


# What the standard lets a server write


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_every_kind_of_line_end_is_the_same(line_end: str) -> None:
    for body in SEALED:
        other = body.data.replace(b"\n", line_end.encode())
        assert meaning([other], body.kind) == meaning([body.data], body.kind), body.id


JUNK = (
    *(b": a comment\n\n", b":\n", b"\n\n", b"id: 7\n", b"retry: 3000\n\n", b"event: chunk\n"),
    *(b'event: ping\ndata: {"type": "ping"}\n\n', b"unknown: field\n", b"data:\n\n", b"data\n\n"),
    *(b'data: {"choices": []}\n\n', b'data: {"id": "x", "choices": [{"delta": {}}]}\n\n'),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sampled_from(SEALED), st.lists(st.tuples(places, st.sampled_from(JUNK)), max_size=6))
def test_what_carries_no_words_changes_nothing(
    body: Body, chosen: list[tuple[float, bytes]]
) -> None:
    events = re.findall(rb".*?\n\n|.+", body.data.removeprefix(BOM_UTF8), re.DOTALL)
    for place, junk in chosen:
        events.insert(int(place * (len(events) or 1)), junk)
    with_junk = Body(body.id, b"".join(events), body.kind)
    assert meaning([with_junk.data], body.kind) == meaning([body.data], body.kind)
