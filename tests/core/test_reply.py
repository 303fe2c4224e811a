"""The reply that grows, the phases it goes through, the words for every ending."""

from dataclasses import replace

import pytest

from tui.core.conversation import Message
from tui.core.deltas import (
    Finished,
    Outcome,
    Reasoning,
    Refusal,
    Retrying,
    Served,
    Text,
    ToolCall,
    Usage,
)
from tui.core.errors import Failure, Kind
from tui.core.pace import Timings
from tui.core.phase import EXIT_CODES, Phase, ending, offers
from tui.core.reply import Reply


def ended(
    *deltas: Text | Refusal, outcome: Outcome = Outcome.FINISHED, reason: str = "stop"
) -> Reply:
    reply = Reply("m", 0.0)
    for delta in (*deltas, Finished(outcome, reason)):
        reply.take(delta, 1.0)
    return reply


def test_words_are_kept_apart_by_kind_and_in_order() -> None:
    reply = Reply("m", 10.0)
    for delta in (Reasoning("hm"), Text("a"), Text("b"), Refusal("no"), ToolCall(0, "f", "{")):
        reply.take(delta, 11.0)
    reply.take(ToolCall(0, "", "}", "id"), 12.0)
    assert (reply.text, reply.reasoning, reply.refusal) == ("ab", "hm", "no")
    assert reply.tool_calls == {0: ToolCall(0, "f", "{}", "id")}


def test_times_are_the_first_and_last_content() -> None:
    reply = Reply("m", 10.0)
    for delta, now in (
        (Served("x"), 10.1),
        (Text("a"), 11.0),
        (Text("b"), 13.0),
        (Usage(1, 2), 14.0),
    ):
        reply.take(delta, now)
    assert reply.timings == Timings(10.0, first=11.0, last=13.0)
    assert reply.timings.first_token_s == 1.0
    assert reply.timings.tokens_per_s(21) == 10.0
    assert reply.timings.total_s(15.0) == 5.0


def test_a_burst_has_no_pace() -> None:
    assert Timings(0.0, first=1.0, last=1.15).tokens_per_s(500) is None
    assert Timings(0.0).tokens_per_s(500) is None


def test_phases_follow_the_deltas() -> None:
    reply = Reply("m", 0.0)
    seen = [reply.phase]
    for delta in (
        Retrying(1, 2, 1.0, Failure("t", "d")),
        Text("a"),
        Finished(Outcome.FINISHED, "stop"),
    ):
        reply.take(delta, 1.0)
        seen.append(reply.phase)
    assert seen == [Phase.WAITING, Phase.RETRYING, Phase.STREAMING, Phase.ENDED]
    assert [phase.is_busy for phase in seen] == [True, True, True, False]


def test_a_reply_that_has_not_ended_is_no_message() -> None:
    with pytest.raises(ValueError, match="ended"):
        Reply("m", 0.0).message()


@pytest.mark.parametrize(
    ("reply", "words", "is_complete"),
    [
        (ended(Text("a")), "complete", True),
        (ended(Text("a"), reason=""), "complete (the server gave no reason)", True),
        (ended(Text("a"), reason="length"), "cut at the token limit", False),
        (ended(Text("a"), reason="content_filter"), "stopped by the content filter", False),
        (ended(reason="tool_calls"), "asks for a tool to be called", True),
        (ended(Text(" \n")), "ended without a word", False),
        (ended(Refusal("no")), "the model declined", True),
        (ended(Text("a"), reason="glorp"), "ended: glorp", True),
        (ended(Text("a"), outcome=Outcome.CANCELLED), "cancelled by you", False),
        (
            ended(Text("a"), outcome=Outcome.INTERRUPTED),
            "cut off before its end",
            False,
        ),
        (ended(Text("a"), outcome=Outcome.STALLED), "stalled: the server fell silent", False),
        (ended(outcome=Outcome.FAILED), "failed", False),
    ],
)
def test_every_ending_has_its_words(reply: Reply, words: str, is_complete: bool) -> None:
    told = ending(reply.message())
    assert (told.words, told.is_complete) == (words, is_complete)


def test_a_connection_that_broke_is_not_taken_for_a_rillet_that_ended() -> None:
    broke = replace(
        ended(Text("a"), outcome=Outcome.INTERRUPTED).message(),
        failure=Failure("It broke", "Ask again."),
    )
    assert ending(broke).words == "cut off: the connection closed early"


@pytest.mark.parametrize(
    ("reply", "letters"),
    [
        (ended(Text("a")), ""),
        (ended(Text("a"), reason=""), ""),
        (ended(Text("a"), reason="length"), "cr"),
        (ended(reason="length"), "r"),
        (ended(Text("a"), reason="content_filter"), "r"),
        (ended(Text(" ")), "r"),
        (ended(Text("a"), outcome=Outcome.INTERRUPTED), "cr"),
        (ended(Text("a"), outcome=Outcome.STALLED), "cr"),
        (ended(Text("a"), outcome=Outcome.CANCELLED), "cr"),
        (ended(outcome=Outcome.STALLED), "r"),
    ],
)
def test_every_ending_offers_its_next_keys(reply: Reply, letters: str) -> None:
    assert "".join(key.letter for key in offers(reply.message())) == letters


def test_where_images_were_refused_asking_without_them_is_offered_first() -> None:
    failed = Message(1, "assistant", "", outcome=Outcome.FAILED)
    images = Failure("t", "d", kind=Kind.IMAGES)
    assert "".join(key.letter for key in offers(replace(failed, failure=images))) == "xr"


def test_what_cannot_help_is_not_offered() -> None:
    failed = Message(1, "assistant", "a", outcome=Outcome.FAILED)
    quota = Failure("t", "d", can_help_again=False)
    assert offers(replace(failed, failure=Failure("t", "d")))
    assert not offers(replace(failed, failure=quota))


def test_every_outcome_has_an_exit_code() -> None:
    assert {outcome.value: EXIT_CODES[outcome] for outcome in Outcome} == {
        "finished": 0,
        "cancelled": 130,
        "interrupted": 1,
        "stalled": 1,
        "failed": 1,
    }
