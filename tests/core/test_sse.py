"""The framing rules of the standard, and every cut of them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.core.sse import Event, EventDecoder


def decoded(*pieces: bytes) -> list[Event]:
    decoder = EventDecoder()
    events = [event for piece in pieces for event in decoder.feed(piece)]
    return events + decoder.flush()


def data(body: bytes) -> list[str]:
    return [event.data for event in decoded(body)]


def test_an_empty_line_dispatches() -> None:
    assert data(b"data: one\n\ndata: two\n\n") == ["one", "two"]


def test_lines_end_with_cr_lf_or_both() -> None:
    assert data(b"data: a\r\rdata: b\r\n\r\ndata: c\n\n") == ["a", "b", "c"]


def test_a_crlf_cut_in_two_is_one_line_end() -> None:
    assert [e.data for e in decoded(b"data: a\r", b"\ndata: b\r", b"\n\r\n")] == ["a\nb"]


def test_no_other_character_ends_a_line() -> None:
    text = "a\u2028b\u0085c\x0bd\x0ce"
    assert data(f"data: {text}\n\n".encode()) == [text]


def test_a_byte_order_mark_is_dropped() -> None:
    assert data(b"\xef\xbb\xbfdata: a\n\n") == ["a"]


def test_comments_ids_and_retries_carry_no_data() -> None:
    assert data(b": keep alive\n\nid: 7\nretry: 10\n\ndata: a\n\n") == ["a"]


def test_several_data_lines_are_joined() -> None:
    assert data(b"data: a\ndata: b\n\n") == ["a\nb"]


def test_one_space_after_the_colon_is_dropped_and_none_is_needed() -> None:
    assert data(b"data:a\n\ndata:  b\n\n") == ["a", " b"]


def test_an_event_without_data_is_none() -> None:
    assert decoded(b"event: ping\n\n") == []


def test_an_event_has_its_name() -> None:
    assert decoded(b"event: error\ndata: no\n\n") == [Event("no", "error")]


def test_a_field_called_error_is_an_event_of_that_name() -> None:
    assert decoded(b'error: {"message": "no"}\n\n') == [Event('{"message": "no"}', "error")]


def test_an_unterminated_last_event_is_kept() -> None:
    assert data(b"data: a\n\ndata: b") == ["a", "b"]


def test_a_long_line_in_many_pieces_is_one_line() -> None:
    pieces = [b"data: ", *[b"x" * 1000] * 500, b"\n\n"]
    assert [len(event.data) for event in decoded(*pieces)] == [500_000]


SAMPLE = "event: a\r\ndata: schön\ndata:\r\rdata: 日本 🎉\n\n: c\n\ndata: z".encode()


@given(st.lists(st.integers(0, len(SAMPLE)), max_size=6))
def test_no_cut_changes_the_events(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(SAMPLE)]
    pieces = [SAMPLE[start:end] for start, end in pairwise(places)]
    assert decoded(*pieces) == decoded(SAMPLE)
