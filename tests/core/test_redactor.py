"""What must not be in a record is not in it, wherever it stood and wherever it was cut."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.redactor import HIDDEN, Redactor

KEY = "sk-proj-0123456789abcdef"
ODD = 'a/b"c\\d%e&f'


def through(redactor: Redactor, *pieces: bytes) -> list[tuple[float, bytes]]:
    hider = redactor.hider()
    shown = [found for at, piece in enumerate(pieces) for found in hider.feed(at, piece)]
    return shown + hider.flush()


def joined(pieces: list[tuple[float, bytes]]) -> bytes:
    return b"".join(piece for _, piece in pieces)


@given(
    st.lists(st.sampled_from([b"abcabd", b"abca", b"b", b"ab", b" ", b"\xff", b"abcab"])),
    st.lists(st.integers(0, 40)),
)
def test_a_key_is_hidden_wherever_a_body_is_cut(parts: list[bytes], cuts: list[int]) -> None:
    body = b"".join(parts)
    places = sorted({0, len(body), *(cut for cut in cuts if cut < len(body))})
    pieces = [body[start:end] for start, end in pairwise(places)]
    shown = through(Redactor("abcabd"), *pieces)
    assert joined(shown) == body.replace(b"abcabd", HIDDEN.encode())
    assert [at for at, _ in shown] == list(range(len(pieces)))


def test_what_is_no_key_is_not_held_back() -> None:
    hider = Redactor(KEY).hider()
    assert hider.feed(0.5, b"data: {}\n\n") == [(0.5, b"data: {}\n\n")]
    assert hider.feed(1.0, b"sk-ip") == [(1.0, b"sk-ip")]
    assert hider.feed(1.5, b"as") == []
    assert hider.feed(2.0, b" ever") == [(1.5, b"as"), (2.0, b" ever")]


@pytest.mark.parametrize("key", [KEY, ODD])
def test_a_key_is_hidden_in_every_way_to_write_it(key: str) -> None:
    redactor = Redactor(key)
    in_json = json.dumps({"error": f"key {key} is wrong"})
    for text in (f"a {key} b", in_json, in_json.replace("/", "\\/")):
        assert joined(through(redactor, text.encode())).decode() == redactor.text(text)
        assert HIDDEN in redactor.text(text)
        assert key not in redactor.text(text)
    assert redactor.body(in_json.encode()) == {"error": f"key {HIDDEN} is wrong"}
    url = f"https://x.example/v1/{key}/chat?a=1&q={key}"
    assert redactor.url(url) == f"https://x.example/v1/{HIDDEN}/chat?a=1&q={HIDDEN}"


def test_a_body_without_a_key_is_not_touched() -> None:
    redactor = Redactor("")
    body = b"\xff\x00 none of it is secret \xc3"
    assert through(redactor, body) == [(0, body)]
    assert redactor.body(b"") is None
    assert redactor.body(b'{"a": [1, "x"]}') == {"a": [1, "x"]}
    assert redactor.body(b"no json") == "no json"


def test_what_a_provider_shows_of_a_key_or_an_account_is_hidden() -> None:
    said = "Incorrect API key provided: sk-ab***************wxyz for org-0123456789abcdef."
    assert Redactor("").text(said) == f"Incorrect API key provided: sk-{HIDDEN} for org-{HIDDEN}."
    assert joined(through(Redactor(""), said.encode())) == Redactor("").text(said).encode()


@pytest.mark.parametrize(
    "name",
    [
        *("Authorization", "Proxy-Authorization", "api-key", "X-API-Key", "x-goog-api-key"),
        *("Cookie", "Set-Cookie", "OpenAI-Organization", "OpenAI-Project", "X-Auth-Token"),
        *("CF-Access-Client-Secret", "x-amz-security-token", "X-Session-Id", "X-Password"),
    ],
)
def test_a_header_that_is_secret_by_its_name_is_hidden(name: str) -> None:
    assert Redactor("").headers([(name, "hush")]) == {name.lower(): HIDDEN}


def test_a_header_that_is_useful_is_kept_and_loses_only_the_key() -> None:
    fields = [
        ("X-Ratelimit-Remaining-Tokens", "149984"),
        ("X-Request-ID", "req_1"),
        ("X-Custom", f"mine is {KEY}"),
        ("Via", "a"),
        ("via", "b"),
    ]
    assert Redactor(KEY).headers(fields) == {
        "x-ratelimit-remaining-tokens": "149984",
        "x-request-id": "req_1",
        "x-custom": f"mine is {HIDDEN}",
        "via": "a, b",
    }


def test_a_parameter_that_is_secret_by_its_name_is_hidden() -> None:
    url = "https://x.example/v1/chat/completions?api-version=1&api-key=hush&sig=shh"
    shown = Redactor("").url(url)
    assert "hush" not in shown
    assert "shh" not in shown
    assert shown.startswith("https://x.example/v1/chat/completions?api-version=1&api-key=")
