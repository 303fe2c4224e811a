"""Where a link leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.vocabularies import often
from tui.core.links import Link, link_from, names_another, says_the_same


def link(target: str) -> Link:
    found = link_from(target)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("target", "url", "host"),
    [
        ("https://a.example", "https://a.example", "a.example"),
        ("HTTP://A.Example:80/Path?q=1#f", "http://a.example:80/Path?q=1#f", "a.example"),
        ("https://google.com@evil.example/", "https://google.com@evil.example/", "evil.example"),
        ("https://a:b@c@evil.example", "https://a:b@c@evil.example", "evil.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1"),
        ("http://[::1]:80/x", "http://[::1]:80/x", "[::1]"),
        ("https://a.example/ä b\x1b\u202e", "https://a.example/%C3%A4%20b%1B%E2%80%AE",
         "a.example"),
        ("https://a.example/%41?x=[1]&y", "https://a.example/%41?x=[1]&y", "a.example"),
        ("https://a.example/\\x\ud800", "https://a.example/%5Cx?", "a.example"),
        ("https://аpple.com/", "https://xn--pple-43d.com/", "xn--pple-43d.com"),
        ("https://straße.de", "https://xn--strae-oqa.de", "xn--strae-oqa.de"),
        ("https://ｅｖｉｌ。example", "https://evil.example", "evil.example"),
        ("https://a.example./x", "https://a.example/x", "a.example"),
        ("mailto:me@a.example", "mailto:me@a.example", "a.example"),
        ("mailto:me@a.example,b@c.d?subject=x y", "mailto:me@a.example,b@c.d?subject=x%20y",
         "a.example"),
    ],
)  # fmt: skip
def test_what_is_opened_is_what_is_shown(target: str, url: str, host: str) -> None:
    found = link(target)
    assert (found.url, found.host) == (url, host)
    assert found.url[found.at :].startswith(host)


@pytest.mark.parametrize(
    "target",
    [
        *("javascript:alert(1)", "file:///etc/passwd", "ftp://a.example", "data:text/html,x", ""),
        *("-https://a.example", " https://a.example", "https:a.example", "https:///a.example"),
        *("https://google.com\\@evil.example/", "https://a b.example", "https://a\tb.example"),
        *("https://a%2eb.example", "https://a.example:port", "https://a..example", "https://@/x"),
        *("https://a\u202eb.example", "https://a\u200db.example", "https://a\x1b.example"),
        *("mailto:nobody", "mailto:@a.example", "mailto:?to=x", "https://" + "a" * 64 + ".example"),
    ],
)
def test_what_might_lead_elsewhere_is_no_link(target: str) -> None:
    assert link_from(target) is None


@given(st.text() | st.text().map("https://{}".format) | st.text().map("mailto:a@{}".format))
@often(300, long=20_000)
def test_a_link_is_ascii_and_can_be_no_option_of_a_program(target: str) -> None:
    found = link_from(target)
    if found is not None:
        assert found.url.isascii()
        assert found.url.isprintable()
        assert " " not in found.url
        assert found.url.startswith(("http://", "https://", "mailto:"))
        assert link_from(found.url) is not None
        assert link(found.url).url == found.url


def test_a_name_to_log_in_with_and_other_letters_are_told_apart() -> None:
    assert link("https://google.com@evil.example/").user == "google.com"
    assert link("https://аpple.com").reads == "аpple.com"
    assert link("https://xn--pple-43d.com").reads == "аpple.com"
    assert link("https://apple.com").reads == ""


@pytest.mark.parametrize(
    ("words", "target", "named"),
    [
        ("https://google.com", "https://evil.example", "google.com"),
        ("see www.bank.example for more", "https://evil.example", "bank.example"),
        ("google.com", "https://google.com.evil.example", "google.com"),
        ("google.com", "https://mail.google.com", ""),
        ("www.google.com", "https://google.com", ""),
        ("config.py", "https://github.com/a/config.py", ""),
        ("click here", "https://evil.example", ""),
        ("аpple.com", "https://xn--pple-43d.com", ""),
    ],
)
def test_words_that_name_another_host_are_found(words: str, target: str, named: str) -> None:
    assert names_another(words, link(target)) == named


@pytest.mark.parametrize(
    ("words", "target", "is_same"),
    [
        ("https://a.example/", "https://a.example", True),
        ("a.example/x", "http://a.example/x", True),
        ("me@a.example", "mailto:me@a.example", True),
        ("a.example", "https://b.example", False),
    ],
)
def test_words_that_are_the_target_are_known(words: str, target: str, is_same: bool) -> None:
    assert says_the_same(words, link(target)) is is_same
