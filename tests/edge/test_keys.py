"""The promise of OPENAI_API_KEY and OPENAI_BASE_URL, and what cannot be sent."""

import argparse

import pytest

from tui.app import known_theme
from tui.cli import parser
from tui.core.errors import UsageError
from tui.core.options import Options
from tui.core.settings import Demo, Embedded, Endpoint, Patience, Settings
from tui.edge.keys import endpoint_from
from tui.settings import settings_from

KEY = "sk-0123456789"


def settings(*arguments: str, **environ: str) -> Settings:
    given: argparse.Namespace = parser().parse_args(arguments)
    return settings_from(given, environ)


def test_with_nothing_set_this_machine_answers() -> None:
    assert settings().source == Embedded()


def test_a_key_alone_means_openai() -> None:
    endpoint = settings(OPENAI_API_KEY=KEY).source
    assert endpoint == Endpoint("https://api.openai.com/v1", KEY)


def test_the_environment_names_the_endpoint_and_a_flag_wins() -> None:
    environ = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "http://a.example/v1/"}
    assert settings(**environ).source == Endpoint("http://a.example/v1", KEY)
    flag = ("--base-url", "http://b.example/v1")
    assert settings(*flag, **environ).source == Endpoint("http://b.example/v1", KEY)
    assert settings("--demo", **environ).source == Demo()


def test_flags_before_and_behind_ask_mean_the_same() -> None:
    before = settings("--model", "m", "--max-tokens", "5", "ask", "Hi")
    behind = settings("ask", "--model", "m", "--max-tokens", "5", "Hi")
    assert before == behind
    assert before.options_for("m") == Options(max_tokens=5)


def test_a_key_is_stripped_and_never_shown() -> None:
    endpoint = endpoint_from(None, {"OPENAI_API_KEY": f" {KEY}\n"})
    assert endpoint is not None
    assert endpoint.key == KEY
    assert KEY not in repr(endpoint)


@pytest.mark.parametrize(
    "key", ["sk-a\nb", "sk a", "sk-ü", "sk-\x00", '"sk-a"', "'sk-a'", "Bearer sk-a"]
)
def test_a_key_that_cannot_be_sent_is_refused_without_repeating_it(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        endpoint_from(None, {"OPENAI_API_KEY": key})
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.example/v1",
        "ftp://a.example",
        "http://",
        "http://a b/v1",
        "http://a:99999/v1",
        "http://a:b/v1",
        "http://[::1",
        "http://a\x00b/v1",
        "http://a/v1\nX: y",
    ],
)
def test_a_base_url_that_cannot_be_used_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(UsageError, match="https://HOST/v1"):
        endpoint_from(url, {})


def test_a_base_url_with_a_password_is_refused() -> None:
    with pytest.raises(UsageError, match="password"):
        endpoint_from("https://me:secret@a.example/v1", {})


@pytest.mark.parametrize("more", ["?api-version=1", "#here"])
def test_a_base_url_to_which_no_path_can_be_added_is_refused(more: str) -> None:
    with pytest.raises(UsageError, match="--base-url holds a"):
        endpoint_from(f"https://a.example/v1{more}", {})


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("localhost:11434/v1", "http://localhost:11434/v1"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("api.example.org/v1", "https://api.example.org/v1"),
    ],
)
def test_a_host_without_a_scheme_gets_one_to_choose(given: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        endpoint_from(given, {})
    assert str(caught.value).endswith(f"Is it {meant}?")


def test_a_whole_path_is_cut_to_the_base() -> None:
    endpoint = endpoint_from("http://a.example/v1/chat/completions", {})
    assert endpoint == Endpoint("http://a.example/v1")


def test_an_endpoint_is_named_by_its_host() -> None:
    assert Endpoint("http://127.0.0.1:8000/v1").name == "127.0.0.1:8000"


def test_how_long_to_wait_can_be_said() -> None:
    given = settings("--first-timeout", "3", "--idle-timeout", "4.5", "--retries", "0")
    assert given.patience == Patience(first=3.0, idle=4.5, retries=0)
    assert settings().patience == Patience()


def test_a_theme_that_nobody_has_names_where_it_was_said() -> None:
    assert known_theme("rillet-light") == "rillet-light"
    with pytest.raises(UsageError, match="the file knows no 'pink'"):
        known_theme("pink", "the file")
