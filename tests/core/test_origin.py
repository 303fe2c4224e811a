"""The record of a message in lines: what is not known is told as that, what is foreign is clean."""

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from tui.core.continuing import Way
from tui.core.conversation import Message, Seam
from tui.core.counts import Count
from tui.core.deltas import Outcome, Usage
from tui.core.errors import Failure
from tui.core.images import Image
from tui.core.options import Options
from tui.core.origin import Section, as_text, sections
from tui.core.provenance import Provenance, Retry
from tui.core.sanitize import clean

USAGE = Usage(1200, 30, 1000, 10)

KNOWN = Provenance(
    endpoint="http://a.example/v1",
    asked="m",
    served="m-2",
    system="Be brief.",
    options=Options(50, 0.5),
    began=1_700_000_000.0,
    first_s=0.5,
    last_s=2.5,
    total_s=2.6,
    completion_id="chatcmpl-1",
    request_id="req_1",
    retries=(Retry(0.5, "The server is busy"),),
    remarks=("One event was damaged.",),
    count=Count(1100, 29, is_own=True, usage=USAGE, is_over=True),
)


def lines(section: Section) -> dict[str, str]:
    return dict(section.lines)


def test_an_answer_tells_all_of_its_record() -> None:
    answer = Message(
        2, "assistant", "Yes.", model="m-2", reason="stop", usage=USAGE, provenance=KNOWN
    )
    (told,) = sections(answer, UTC)
    assert told.lines == (
        ("endpoint", "http://a.example/v1"),
        ("model asked", "m"),
        ("model served", "m-2"),
        ("system prompt", "Be brief."),
        ("max tokens", "50"),
        ("temperature", "0.5"),
        ("asked", "14 Nov 2023, 22:13:20"),
        ("first token", "0.50 s"),
        ("total", "2.6 s"),
        ("pace", "14.5 tok/s"),
        ("tokens, ours", "1,100 sent · 29 came"),
        ("tokens, server", "1,200 sent · 1,000 cached · 30 came · 10 reasoning"),
        ("finish reason", "stop"),
        ("ending", "complete"),
        ("characters", "4"),
        ("request id", "req_1"),
        ("completion id", "chatcmpl-1"),
        ("sent again", "1"),
        ("", "after 0.5 s: The server is busy"),
        ("remark", "One event was damaged."),
    )


def test_what_is_not_known_is_told_as_that() -> None:
    (told,) = sections(Message(2, "assistant", "Yes."), UTC)
    said = lines(told)
    assert said["request"].startswith("not known")
    assert said["model"] == said["tokens, ours"] == "not known"
    assert said["tokens, server"] == said["finish reason"] == "not said by the server"
    (told,) = sections(Message(2, "assistant", "Yes.", provenance=Provenance()), UTC)
    said = lines(told)
    assert (said["asked"], said["first token"]) == ("not known", "none came")
    assert said["temperature"] == said["max tokens"] == "not set"


def test_a_continued_answer_has_a_section_for_each_request() -> None:
    seam = Seam(4, "m", Outcome.CANCELLED, "", None, None, None, KNOWN)
    rest = Provenance(endpoint="http://b.example/v1", way=Way.PREFIX)
    answer = Message(2, "assistant", "Yes, no.", reason="stop", seams=(seam,), provenance=rest)
    first, second = sections(answer, UTC)
    assert (first.title, second.title) == ("Request 1", "Request 2")
    assert (lines(first)["ending"], lines(second)["ending"]) == ("cancelled by you", "complete")
    assert (lines(first)["endpoint"], lines(first)["characters"]) == ("http://a.example/v1", "4")
    assert "prefix" in lines(second)["continued"]


def test_a_failure_is_told() -> None:
    failure = Failure("Nothing answers", "Check the URL.")
    answer = Message(2, "assistant", "", outcome=Outcome.FAILED, failure=failure)
    assert lines(sections(answer, UTC)[0])["failure"] == "Nothing answers · Check the URL."


def test_a_question_tells_when_how_long_and_with_what() -> None:
    asked = Message(1, "user", "Why?", (Image("https://a.example/c.png"),), at=1_700_000_000.0)
    (told,) = sections(asked, UTC)
    assert told.lines == (
        ("asked", "14 Nov 2023, 22:13:20"),
        ("characters", "4"),
        ("images", "1"),
        ("image", "https://a.example/c.png (auto)"),
    )
    assert not told.is_request


@given(st.text(st.characters()), st.floats())
def test_whatever_an_import_says_is_told_harmless(words: str, number: float) -> None:
    known = Provenance(
        words, words, words, words, Options(temperature=number), began=number, first_s=number,
        last_s=number, total_s=number, completion_id=words, request_id=words,
        retries=(Retry(number, words),), remarks=(words,),
    )  # fmt: skip
    answer = Message(2, "assistant", words, model=words, reason=words, provenance=known, at=number)
    question = Message(1, "user", words, (Image(words, words),), at=number)
    for message in (answer, question):
        told = as_text(sections(message, UTC))
        assert clean(told) == told
