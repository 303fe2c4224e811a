"""Where a URL leads, by its letters alone."""

import pytest

from tui.core.hosts import is_loopback, origin
from tui.core.settings import Endpoint


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST", "localhost.", "llama.localhost", "127.0.0.1", "127.8.8.8"),
        *("0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]"),
    ],
)
def test_this_machine_has_many_names(host: str) -> None:
    assert is_loopback(f"http://{host}:8080/v1")


@pytest.mark.parametrize(
    "host",
    [
        *("localhost.example", "notlocalhost", "128.0.0.1", "10.0.0.1", "[fe80::1]"),
        *("127.0.0.1.example", "[::ffff:10.0.0.1]", ""),
    ],
)
def test_other_machines_are_not_this_one(host: str) -> None:
    assert not is_loopback(f"http://{host}/v1")


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin("https://a.example/v1") == origin("https://A.example.:443/other?x=1")
    assert origin("http://a.example") != origin("https://a.example")
    assert origin("http://a.example:81") != origin("http://a.example")
    with pytest.raises(ValueError, match="no origin"):
        origin("/v1")


@pytest.mark.parametrize(
    ("url", "key", "warns"),
    [
        ("http://a.example/v1", "a-key", True),
        ("http://192.168.0.2:8000/v1", "a-key", True),
        ("http://a.example/v1", "", False),
        ("https://a.example/v1", "a-key", False),
        ("http://127.0.0.1:8000/v1", "a-key", False),
        ("http://localhost/v1", "a-key", False),
    ],
)
def test_a_key_that_others_can_read_is_warned_of(url: str, key: str, warns: bool) -> None:
    warning = Endpoint(url, key).warning
    assert bool(warning) == warns
    assert "a-key" not in warning


@pytest.mark.parametrize(
    ("url", "is_openai"),
    [
        ("https://api.openai.com/v1", True),
        ("https://eu.api.openai.com/v1", True),
        ("https://api.openai.com.example/v1", False),
        ("https://notopenai.com/v1", False),
        ("http://127.0.0.1/v1", False),
    ],
)
def test_openai_is_known_by_its_host(url: str, is_openai: bool) -> None:
    assert Endpoint(url).is_openai == is_openai
