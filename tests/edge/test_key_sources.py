"""Keys that are fetched: by a command, from the keyring, from the environment, for one endpoint."""

import asyncio
import json
import shlex
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.edge.plain import DONE, Heard, Plain, http
from tui.core.conversation import Conversation
from tui.core.errors import Failure, RequestFailed
from tui.core.key_source import Keeper, KeySource
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.client import Client
from tui.edge.key_sources import Wait, with_key
from tui.edge.recorder import recorder_to

KEY = "a-key-for-one-endpoint-0123"
SAID = f"'{KEY[::-1]}'[::-1]"
"""Python for the key: the command itself, which may be told, does not have it."""

URL = "https://a.example/v1"


def source(keeper: Keeper, name: str, url: str = URL) -> Endpoint:
    return Endpoint(url, key_from=KeySource(keeper, name, url))


def python(code: str) -> str:
    """A command that runs some Python."""
    return shlex.join([sys.executable, "-c", code])


def printing(code: str, url: str = URL) -> Endpoint:
    return source(Keeper.COMMAND, python(code), url)


def failure(endpoint: Endpoint, wait: Wait | None = None) -> Failure:
    with pytest.raises(RequestFailed) as caught:
        with_key(endpoint, wait)
    told = caught.value.failure
    assert told.title == "The key could not be fetched"
    assert KEY not in repr(told)
    return told


def test_the_first_line_that_a_command_prints_is_the_key() -> None:
    endpoint = printing(f"print({SAID} + '\\nuser: me')")
    found = with_key(endpoint)
    assert found.key == KEY
    assert endpoint.secret == KEY
    assert KEY not in repr(found) + repr(endpoint)


def test_a_command_is_run_once_and_without_a_shell(tmp_path: Path) -> None:
    counts = tmp_path / "counts"
    code = f"open({str(counts)!r}, 'a').write('x'); print({SAID})"
    endpoint = printing(code)
    assert with_key(endpoint).key == with_key(endpoint).key == KEY
    assert counts.read_text() == "x"
    words = source(Keeper.COMMAND, f"echo a key; touch {tmp_path / 'no'}")
    failure(words)
    assert not (tmp_path / "no").exists()


def test_a_command_has_neither_the_terminal_nor_an_input() -> None:
    code = (
        "import os, sys\n"
        "try: os.open('/dev/tty', os.O_RDWR)\n"
        f"except OSError: print({SAID} + sys.stdin.read())"
    )
    assert with_key(printing(code)).key == KEY


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (f"print({SAID}); raise SystemExit(3)", "It ended with the code 3."),
        ("", "No key is there."),
        ("print()", "No key is there."),
        (f"print({SAID}, {SAID})", "What is there has a blank"),
        ("print('ü')", "What is there has a blank"),
        (f"print({SAID} * 10_000)", "It printed more than 64 KB"),
    ],
)
def test_what_a_command_cannot_give_is_told_in_a_sentence(code: str, why: str) -> None:
    assert f"the configuration file names for a.example: {why}" in failure(printing(code)).detail


def test_a_command_that_is_not_there_is_told() -> None:
    told = failure(source(Keeper.COMMAND, "no-such-program --of mine")).detail
    assert "no-such-program cannot be run: No such file or directory." in told


def test_a_command_that_takes_too_long_is_ended_with_what_it_started(tmp_path: Path) -> None:
    late = tmp_path / "late"
    inner = f"import time; time.sleep(2); open({str(late)!r}, 'w')"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    told = failure(printing(code), Wait(command=0.5))
    assert "It was not done after 0.5 seconds." in told.detail
    threading.Event().wait(2.5)  # that nothing happens is seen by waiting longer than it would take
    assert not late.exists()


def test_who_leaves_does_not_wait_for_a_command() -> None:
    leaving = threading.Event()
    leaving.set()
    failure(printing("import time; time.sleep(60)"), Wait(command=50, leaving=leaving))


def test_the_environment_has_keys_by_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = source(Keeper.ENVIRONMENT, "MY_KEY")
    assert "MY_KEY" in failure(endpoint).detail
    assert "It is not set." in failure(endpoint).detail
    monkeypatch.setenv("MY_KEY", f" {KEY}\n")
    assert with_key(endpoint).key == KEY


BACKEND = """
import json, os
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

class Keys(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        with open(os.environ["KEYS_FILE"]) as file:
            kept = json.load(file)
        if kept == "locked":
            raise KeyringLocked("nobody is here to open it")
        return kept.get(service, {}).get(username)

    def set_password(self, service, username, password):
        raise NotImplementedError  # the package asks for it; no test deletes a key
"""
"""A keyring in a file, as the package takes it from anybody."""


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a keyring in use."""
    core = pytest.importorskip("keyring.core", reason="rillet[keyring] is not installed")
    (tmp_path / "keys_of_a_test.py").write_text(BACKEND)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(core, "_keyring_backend", core.load_keyring("keys_of_a_test.Keys"))
    file = tmp_path / "keys.json"
    monkeypatch.setenv("KEYS_FILE", str(file))
    return file


def test_the_keyring_has_keys_by_service_and_user(keys: Path) -> None:
    keys.write_text(json.dumps({"rillet/office": {"mistral": KEY}}))
    assert with_key(source(Keeper.KEYRING, "rillet/office/mistral")).key == KEY
    told = failure(source(Keeper.KEYRING, "rillet/office/other")).detail
    assert "keyring rillet/office/other" in told
    assert "No key is there." in told


def test_a_keyring_that_is_locked_is_told(keys: Path) -> None:
    keys.write_text(json.dumps("locked"))
    told = failure(source(Keeper.KEYRING, "rillet/mistral"))
    assert "The keyring cannot be read." in told.detail
    assert told.cause == "KeyringLocked"


def test_without_the_package_it_is_told_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    told = failure(source(Keeper.KEYRING, "rillet/mistral")).detail
    assert "pip install 'rillet[keyring]'" in told


# On the wire


async def asked(endpoint: Endpoint) -> bytes:
    client = Client(endpoint)
    try:
        async with client.answer(Request("m", Conversation().asked("Hi").sent)) as answer:
            return b"".join([piece async for piece in answer.pieces()])
    finally:
        await client.aclose()


async def test_a_key_that_was_fetched_goes_along() -> None:
    async with Plain(http()) as server:
        assert await asked(printing(f"print({SAID})", server.url)) == DONE
        assert server.heard[0].headers["authorization"] == f"Bearer {KEY}"


async def test_nothing_is_asked_without_the_key_that_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "the-key-of-somebody-else")
    async with Plain(http()) as server:
        with pytest.raises(RequestFailed, match="The key could not be fetched"):
            await asked(source(Keeper.ENVIRONMENT, "MY_KEY", server.url))
        assert server.heard == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_takes_it_nowhere_else(status: int) -> None:
    async with Plain(http()) as other:
        target = f"{other.url}/chat/completions"
        async with Plain(lambda heard: http(status, b"", location=target)) as server:
            with pytest.raises(RequestFailed):
                await asked(printing(f"print({SAID})", server.url))
        assert other.heard == []


def test_a_key_is_for_one_scheme_host_and_port() -> None:
    for url in ("http://a.example/v1", "https://b.example/v1", "https://a.example:444/v1"):
        stray = Endpoint(url, key_from=KeySource(Keeper.COMMAND, python(f"print({SAID})"), URL))
        assert "It is for a.example and goes nowhere else." in failure(stray).detail
        assert not stray.secret


async def test_a_refusal_that_repeats_the_key_does_not_show_it() -> None:
    def say(heard: Heard) -> bytes:
        said = {"error": {"message": f"bad key {heard.headers['authorization']}"}}
        return http(401, json.dumps(said).encode(), content_type="application/json")

    async with Plain(say) as server:
        with pytest.raises(RequestFailed) as caught:
            await asked(printing(f"print({SAID})", server.url))
        assert KEY not in repr(caught.value.failure)
        assert "bad key" in caught.value.failure.said


def counted(counts: Path, *keys: str) -> str:
    """A command that prints one key after the other, and then the last one again and again."""
    return python(
        f"open({str(counts)!r}, 'a').write('x'); "
        f"print({keys!r}[min(len(open({str(counts)!r}).read()), {len(keys)}) - 1])"
    )


def taking(key: str) -> Callable[[Heard], bytes]:
    """A server that takes no other key."""
    no = json.dumps({"error": {"message": "expired"}}).encode()

    def say(heard: Heard) -> bytes:
        is_right = heard.headers["authorization"] == f"Bearer {key}"
        return http() if is_right else http(401, no, content_type="application/json")

    return say


async def test_a_key_that_has_expired_is_fetched_once_more(tmp_path: Path) -> None:
    counts = tmp_path / "counts"
    async with Plain(taking("second-key")) as server:
        command = counted(counts, "first-key", "second-key")
        assert await asked(source(Keeper.COMMAND, command, server.url)) == DONE
        assert [heard.headers["authorization"] for heard in server.heard] == [
            "Bearer first-key",
            "Bearer second-key",
        ]
    assert counts.read_text() == "xx"


async def test_a_key_that_is_wrong_is_not_fetched_for_ever(tmp_path: Path) -> None:
    counts = tmp_path / "counts"
    async with Plain(taking("another-key")) as server:
        with pytest.raises(RequestFailed, match="key"):
            await asked(source(Keeper.COMMAND, counted(counts, "wrong-key"), server.url))
    assert counts.read_text() == "xx"


async def test_all_who_were_refused_wait_for_the_new_key(tmp_path: Path) -> None:
    counts = tmp_path / "counts"
    async with Plain(taking("second-key")) as server:
        command = counted(counts, "first-key", "second-key")
        client = Client(source(Keeper.COMMAND, command, server.url))
        request = Request("m", Conversation().asked("Hi").sent)

        async def once() -> bytes:
            async with client.answer(request) as answer:
                return b"".join([piece async for piece in answer.pieces()])

        try:
            assert set(await asyncio.gather(once(), once(), once())) == {DONE}
        finally:
            await client.aclose()
    assert counts.read_text() == "xx"


async def test_a_record_does_not_have_the_key(tmp_path: Path) -> None:
    said = json.dumps({"choices": [{"delta": {"content": f"Your key is {KEY}."}}]})
    body = f"data: {said}\n\ndata: [DONE]\n\n".encode()
    file = tmp_path / "record.jsonl"
    async with Plain(http(body=body)) as server:
        recorder = recorder_to(file)
        client = Client(printing(f"print({SAID})", server.url), recorder=recorder)
        try:
            async with client.answer(Request("m", Conversation().asked("Hi").sent)) as answer:
                assert KEY.encode() in b"".join([piece async for piece in answer.pieces()])
        finally:
            await client.aclose()
    assert "Your key is" in file.read_text()
    assert KEY not in file.read_text()
