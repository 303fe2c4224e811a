"""The command that is copied: a shell hands on exactly the body, whatever is said in it."""

import asyncio
import json
import shutil
import subprocess
from asyncio.subprocess import PIPE

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.attacks import ATTACKS
from tui.core.curl import LONGEST, as_json, command, has_address
from tui.core.request import JSON
from tui.core.sanitize import clean
from tui.edge.demo import DemoServer, saying

SHELL = shutil.which("bash") or shutil.which("sh") or "/bin/sh"

HOSTILE = (
    "it's $HOME `id` $(id) \\ \" ! !! \n EOF\n' ; touch pwned ; '",
    "'''\\'\\\\'",
    "-d @/etc/passwd",
    "{a,b}[1-3] %s %n",
    "\x00\x1b]52;c;aGk=\x07\u202e\ud800\U0001f468\u200d\U0001f469",
    "ကို नमस्ते 日本 é",
    *ATTACKS.values(),
)


def body(text: str) -> JSON:
    return {"model": "m", "messages": [{"role": "user", "content": text}], "stream": True}


def arguments(made: str, key: str = "k") -> list[bytes]:
    """What the shell would hand to curl, and what it would pipe into it behind."""
    script = 'curl() { for each; do printf "%s\\0" "$each"; done; cat; }\n' + made
    environ = {
        "OPENAI_API_KEY": key,
        "OPENAI_BASE_URL": "http://x.example",
        "PATH": "/usr/bin:/bin",
    }
    ran = subprocess.run(
        [SHELL], input=script.encode(), capture_output=True, check=True, env=environ
    )
    assert ran.stderr == b""
    return ran.stdout.split(b"\0")


@given(st.text(st.characters()))
def test_the_json_means_the_body_and_is_shown_and_copied_as_it_is(text: str) -> None:
    made = as_json(body(text))
    assert json.loads(made) == body(text)
    assert clean(made) == made


@pytest.mark.parametrize("text", HOSTILE)
def test_a_shell_hands_on_the_body_and_nothing_else(text: str) -> None:
    made = command("https://a.example/v1", body(text))
    given = arguments(made)
    assert given[:-2] == [
        b"-sSN",
        b"--globoff",
        b"--url",
        b"https://a.example/v1/chat/completions",
        b"-H",
        b"Authorization: Bearer k",
        b"-H",
        b"Content-Type: application/json",
        b"--data-raw",
    ]
    assert json.loads(given[-2]) == body(text)
    assert clean(made) == made


def test_what_is_too_long_for_an_argument_comes_through_a_pipe() -> None:
    text = "'\\ %s" * LONGEST
    given = arguments(command("https://a.example/v1", body(text)))
    assert given[-2] == b"@-"
    assert json.loads(given[-1]) == body(text)


@pytest.mark.parametrize(
    "endpoint",
    [
        "on this machine",
        "demo (scripted)",
        "",
        "-K/etc/x",
        "file:///etc/passwd",
        "http://a\x1b",
        "x",
    ],
)
def test_what_has_no_address_is_asked_at_that_of_the_environment(endpoint: str) -> None:
    assert not has_address(endpoint)
    assert arguments(command(endpoint, body("Hi")))[3] == b"http://x.example/chat/completions"


@pytest.mark.parametrize("endpoint", ["http://a.example/$(id)'`id`;", "https://a.example/{b}[c]"])
def test_an_address_is_never_more_than_an_address(endpoint: str) -> None:
    asked = arguments(command(endpoint, body("Hi")))[3]
    assert asked == f"{endpoint}/chat/completions".encode()


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
@pytest.mark.parametrize("length", [1, LONGEST])
async def test_curl_sends_the_body_with_the_key(length: int) -> None:
    async with DemoServer(key="sk-not-a-key") as demo:
        demo.script("m", saying("Heard."))
        sent = body("it's \x1b a $HOME 日本\n" * length)
        process = await asyncio.create_subprocess_exec(
            SHELL,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env={"OPENAI_API_KEY": "sk-not-a-key", "PATH": "/usr/bin:/bin"},
        )
        out, _ = await process.communicate(command(demo.base_url, sent).encode())
        assert process.returncode == 0
        assert b"Heard" in out
        assert demo.asked[-1].body == sent
