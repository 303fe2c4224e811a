"""The format of a record: every value there and back, and files by people, damaged or not."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.record import (
    Answered,
    Asked,
    BadRecord,
    Ended,
    Ending,
    Line,
    Note,
    Piece,
    Run,
    decode,
    encode,
    read,
)

HEAD = '{"rillet_record": 1}\n'
ASKED = '{"stream": 1, "request": {"body": {"model": "m"}}}\n'
ANSWERED = '{"stream": 1, "response": {}}\n'

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
streams = st.integers(1, 10_000)
times = st.floats(0, 1e6).map(lambda seconds: round(seconds, 4))
headers = st.dictionaries(texts.map(str.lower), texts, max_size=3)
members = st.dictionaries(st.sampled_from(["case", "source", "hint"]), values, min_size=1)
lines: st.SearchStrategy[Line] = st.one_of(
    st.builds(Run, texts, texts),
    st.builds(Asked, streams, times, st.sampled_from(["GET", "POST"]), texts, headers, values),
    st.builds(Answered, streams, times, st.integers(200, 999), headers),
    st.builds(Piece, streams, times, st.binary(max_size=30) | texts.map(str.encode)),
    st.builds(Ended, streams, times, st.sampled_from(Ending), texts),
    st.builds(Note, st.just(0) | streams, members),
)


def stream_of(*more: str) -> bytes:
    return "".join((HEAD, ASKED, *more)).encode()


@given(lines)
def test_a_line_is_read_as_it_was_written(line: Line) -> None:
    text = encode(line)
    assert text.count("\n") == 1
    assert decode(text) == (line,)


@given(st.text(max_size=30) | st.text("\x1b\x9b\u202e\u2028\u200b\ufeff\ud800", max_size=5))
def test_a_line_can_be_given_to_a_terminal_and_to_any_editor(text: str) -> None:
    written = encode(Note(0, {"said": text}))
    assert json.loads(written) == {"said": text}
    assert all(sign.isprintable() or sign == "\xa0" for sign in written[:-1] if ord(sign) < 256)
    assert not set(written) & set("\u202e\u2066\u2028\u200b\ufeff\ud800")
    assert written.encode()


def test_text_stays_readable_and_other_bytes_stay_what_they_are() -> None:
    assert '"text": "für 日本"' in encode(Piece(1, 0.5, "für 日本".encode()))
    assert '"base64": "w7xm/w=="' in encode(Piece(1, 0.5, b"\xc3\xbcf\xff"))


def test_a_file_holds_streams_side_by_side() -> None:
    data = stream_of(
        '{"stream": 2, "request": {"body": {"model": "n", "messages": []}}}\n',
        '{"stream": 2, "at": 1, "response": {"status": 429}}\n',
        '{"stream": 1, "at": 0.5, "response": {"status": 200, "headers": {"A": "b"}}}\n',
        '{"stream": 1, "at": 0.75, "text": "one "}\n',
        '{"stream": 2, "at": 2, "end": "cut", "why": "snip"}\n',
        '{"stream": 1, "at": 0.8, "text": "two"}\n',
        '{"stream": 1, "at": 0.9, "end": "complete"}\n',
    )
    first, second = read(data).streams
    assert (first.model, first.body, first.line) == ("m", b"one two", 2)
    assert first.answered == Answered(1, 0.5, 200, {"a": "b"})
    assert first.ended == Ended(1, 0.9, Ending.COMPLETE)
    assert (second.model, second.messages, second.body) == ("n", [], b"")
    assert second.ended == Ended(2, 2.0, Ending.CUT, "snip")
    assert read(data).models == ("m", "n")


def test_files_can_be_joined() -> None:
    one = stream_of(ANSWERED, '{"stream": 1, "text": "one", "end": "done"}\n')
    assert [stream.body for stream in read(one + one + one).streams] == [b"one"] * 3


def test_a_stream_can_be_written_by_hand_on_one_line() -> None:
    line = {"stream": 1, "request": {}, "response": {}, "text": "hi", "end": "done", "case": "a"}
    (stream,) = read(f"{HEAD}\n{json.dumps(line)}\r\n".encode()).streams
    assert stream.asked.method == "POST"
    assert stream.answered == Answered(1)
    assert (stream.body, stream.notes) == (b"hi", {"case": "a"})


def test_notes_are_kept_with_what_they_stand_at() -> None:
    data = stream_of('{"source": "by hand"}\n', '{"stream": 1, "case": {"name": "x"}}\n')
    assert read(data).notes == {"source": "by hand"}
    assert read(data).streams[0].notes == {"case": {"name": "x"}}


def test_time_never_goes_back_and_may_be_left_out() -> None:
    data = stream_of(
        '{"stream": 1, "at": 2, "response": {}}\n',
        '{"stream": 1, "text": "a"}\n',
        '{"stream": 1, "at": 3, "text": "b"}\n',
        '{"stream": 1, "at": 1, "end": "left"}\n',
    )
    (stream,) = read(data).streams
    assert [piece.at for piece in stream.pieces] == [2, 3]
    assert stream.ended == Ended(1, 3.0, Ending.LEFT)


def test_a_line_that_a_crash_cut_off_is_passed_over() -> None:
    whole = stream_of(ANSWERED, '{"stream": 1, "text": "kept"}\n')
    for cut in (b'{"stream": 1, "te', b'{"stream": 1, "text": "\xc3', b"{"):
        assert read(whole + cut).streams[0].body == b"kept"
        assert len(read(whole + cut + b"\n" + whole).streams) == 2
        with pytest.raises(BadRecord, match="line 5: This is not"):
            read(whole + cut + b"\n" + b'{"stream": 1, "end": "cut"}\n')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "line 1: A record begins with"),
        (b"hello", "line 1: This is not JSON."),
        (b"[]\n", "line 1: This is not an object"),
        (b"\xff\xfe\n", "line 1: This is not UTF-8"),
        (ASKED.encode(), "line 1: A record begins with"),
        (b'{"rillet_record": 2}\n', "line 1: It is in form 2"),
        (stream_of("nonsense\n"), "line 3: This is not JSON."),
        (stream_of('{"text": "x"}\n'), 'line 3: "stream" is missing.'),
        (stream_of('{"stream": "1", "text": "x"}\n'), 'line 3: "stream" is not a whole number.'),
        (stream_of('{"stream": true}\n'), 'line 3: "stream" is not a whole number.'),
        (stream_of('{"stream": 0, "text": ""}\n'), "line 3: .* from 1 on"),
        (stream_of('{"stream": 2, "text": ""}\n'), "line 3: Stream 2 has no request"),
        (stream_of('{"stream": 1, "text": ""}\n'), "line 3: Stream 1 has no response"),
        (stream_of(ASKED), "line 3: Stream 1 has its request on line 2"),
        (stream_of(ANSWERED, ANSWERED), "line 4: Stream 1 has two responses"),
        (stream_of('{"stream": 1, "end": "x"}\n'), "line 3: .*there are: complete, done, cut"),
        (stream_of('{"stream": 1, "end": "left"}\n' * 2), "line 4: Stream 1 has ended"),
        (stream_of('{"stream": 1, "at": -1, "end": "cut"}\n'), 'line 3: "at" is not a number'),
        (stream_of('{"stream": 1, "at": NaN, "end": "cut"}\n'), 'line 3: "at" is not a number'),
        (stream_of('{"stream": 1, "response": 200}\n'), 'line 3: "response" is not an object.'),
        (stream_of('{"stream": 1, "response": {"status": 7}}\n'), 'line 3: "status" is 7'),
        (stream_of(ANSWERED, '{"stream": 1, "base64": "="}\n'), "line 4: .* not base64"),
        (stream_of(ANSWERED, '{"stream": 1, "text": "\\ud800"}\n'), "line 4: .*half a character"),
    ],
)
def test_a_file_that_is_no_record_is_refused_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(BadRecord, match=said):
        read(data)


@given(st.binary(max_size=60) | texts.map(str.encode))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    for whole in (data, HEAD.encode() + data, stream_of(ANSWERED) + data):
        with suppress(BadRecord):
            read(whole)
