"""`rillet ask`: the words on stdout, everything else on stderr, and honest exit codes."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import pytest

from tests.edge.plain import Plain, http
from tests.waiting import until
from tui.core.settings import Endpoint
from tui.edge.client import Client
from tui.edge.demo import DemoServer, failed, raw, saying

RILLET = (sys.executable, "-m", "tui")


async def started(demo: DemoServer, *arguments: str, **environ: str) -> Process:
    command = (*RILLET, "ask", "--base-url", demo.base_url, *arguments)
    return await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env={**os.environ, **environ}
    )


async def run(demo: DemoServer, *arguments: str, stdin: str = "") -> tuple[int, str, str]:
    process = await started(demo, *arguments)
    out, err = await process.communicate(stdin.encode())
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


def question(demo: DemoServer) -> object:
    messages = demo.asked[-1].body["messages"]
    assert isinstance(messages, list)
    return messages[-1]["content"]


async def test_the_words_and_nothing_else_are_on_stdout(demo: DemoServer) -> None:
    demo.script("m", saying("Exactly this."))
    assert await run(demo, "--model", "m", "Hi", "there") == (0, "Exactly this.", "")
    assert question(demo) == "Hi there"


async def test_words_come_as_they_arrive(demo: DemoServer) -> None:
    demo.script("m", raw(b'data: {"choices":[{"delta":{"content":"first"}}]}\n\n', then="hang"))
    process = await started(demo, "--model", "m", "Hi")
    assert process.stdin is not None
    process.stdin.close()
    assert process.stdout is not None
    assert await process.stdout.readexactly(5) == b"first"
    process.send_signal(signal.SIGINT)
    await process.communicate()
    assert process.returncode == 130
    await until(lambda: demo.gone == ["m"])


@pytest.mark.parametrize(
    ("arguments", "stdin", "asked"),
    [
        (("-",), "from a pipe\n", "from a pipe"),
        ((), "from a pipe\n", "from a pipe"),
        (("Why?",), "a log\n", "Why?\n\na log"),
        (("Why?",), "", "Why?"),
    ],
)
async def test_the_question_is_the_prompt_then_stdin(
    demo: DemoServer, arguments: tuple[str, ...], stdin: str, asked: str
) -> None:
    code, _, _ = await run(demo, "--model", "demo-echo", *arguments, stdin=stdin)
    assert code == 0
    assert question(demo) == asked


async def test_flags_reach_the_request(demo: DemoServer) -> None:
    code, _, _ = await run(
        demo, "--model", "demo-echo", "--system", "Be brief.", "--max-tokens", "7",
        "--temperature", "0.5", "--image", "https://a.example/1.png",
        "--image", "data:image/png;base64,AAAA", "See",
    )  # fmt: skip
    assert code == 0
    body = demo.asked[-1].body
    assert (body["max_tokens"], body["temperature"]) == (7, 0.5)
    assert body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "See"},
                {"type": "image_url", "image_url": {"url": "https://a.example/1.png"}},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
            ],
        },
    ]


async def test_the_whole_answer_can_be_asked_for_at_once(demo: DemoServer) -> None:
    demo.script("m", saying("All of it."))
    assert await run(demo, "--model", "m", "--no-stream", "Hi") == (0, "All of it.", "")
    assert demo.asked[-1].body["stream"] is False


@pytest.mark.parametrize(
    ("model", "code", "note"),
    [
        ("demo-length", 0, "rillet: cut at the token limit\n"),
        ("demo-401", 1, "rillet: The server wants a key (401)\n"),
        ("demo-quota", 1, "quota is used up (429)\n"),
        ("demo-drop", 1, "rillet: The connection broke\n"),
        ("demo-error-midstream", 1, "rillet: The server reported an error"),
        ("demo-503-once", 0, "again in 1 s (1 of 2)\n"),
        ("demo-tools", 0, "asks for a tool to be called\n"),
        ("demo-refusal", 0, "rillet: the model declined\n"),
        ("demo-html", 1, "the server says: 502 Bad Gateway"),
    ],
)
async def test_endings_have_their_exit_codes_and_their_words(
    demo: DemoServer, model: str, code: int, note: str
) -> None:
    done, _, err = await run(demo, "--model", model, "Hi")
    assert done == code
    assert note in err
    assert "Traceback" not in err


async def test_json_is_one_object_with_everything(demo: DemoServer) -> None:
    code, out, err = await run(demo, "--model", "demo-echo", "--json", "Hi")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert set(told) == {
        *("text", "reasoning", "refusal", "tool_calls", "finish_reason", "outcome", "error"),
        *("usage", "tokens", "timings", "model", "retries", "warnings", "chat"),
    }
    assert "Hi" in told["text"]
    assert (told["outcome"], told["finish_reason"], told["error"]) == ("finished", "stop", None)
    assert told["tokens"] == {
        "prompt": told["usage"]["prompt"],
        "completion": told["usage"]["completion"],
        "exact": True,
    }
    assert 0 <= told["timings"]["first_token_s"] <= told["timings"]["total_s"]


async def test_json_tells_a_failure_too(demo: DemoServer) -> None:
    code, out, _ = await run(demo, "--model", "demo-404", "--json", "Hi")
    told = json.loads(out)
    assert code == 1
    assert told["outcome"] == "failed"
    assert told["error"]["status"] == 404
    assert told["error"]["title"] == "The server does not know this model"
    assert told["text"] == ""


async def test_without_usage_the_tokens_are_counted_here(demo: DemoServer) -> None:
    body = b'data: {"choices":[{"delta":{"content":"hello world"}}]}\n\ndata: [DONE]\n\n'
    demo.script("gpt-4o", raw(body))
    demo.script("other", raw(body))
    for model, exact in (("gpt-4o", True), ("other", False)):
        _, out, _ = await run(demo, "--model", model, "--json", "Hi")
        assert json.loads(out)["tokens"] == {"prompt": 8, "completion": 2, "exact": exact}


async def test_tool_calls_are_in_the_json(demo: DemoServer) -> None:
    _, out, _ = await run(demo, "--model", "demo-tools", "--json", "Hi")
    told = json.loads(out)
    assert told["finish_reason"] == "tool_calls"
    assert json.loads(told["tool_calls"][0]["arguments"])


async def test_a_closed_pipe_ends_quietly(demo: DemoServer) -> None:
    ours, theirs = os.pipe()
    process = await asyncio.create_subprocess_exec(
        *(*RILLET, "ask", "--base-url", demo.base_url, "--model", "demo-slow", "Hi"),
        stdin=DEVNULL, stdout=theirs, stderr=PIPE,
    )  # fmt: skip
    os.close(theirs)
    assert await asyncio.to_thread(os.read, ours, 1)
    os.close(ours)
    _, err = await process.communicate()
    assert (process.returncode, err) == (141, b"")
    await until(lambda: demo.gone == ["demo-slow"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask",), "the question is empty"),
        (("ask", "--base-url", "nonsense", "Hi"), "--base-url is not a URL"),
        (("ask", "--demo", "--gguf", "x", "Hi"), "exclude each other"),
        (
            ("ask", "--demo", "--image", "cat.png", "Hi"),
            "--image cat.png: The file cannot be read: No",
        ),
        (("ask", "--demo", "--image", "ftp://a.example/b", "Hi"), "An image URL starts with"),
        (("ask", "--demo", "--temperature", "9", "Hi"), "from 0 to 2"),
        (("ask", "--demo", "--max-tokens", "0", "Hi"), "from 1 on"),
        ((), "needs a terminal"),
        (("--theme", "nope"), "needs a terminal"),
    ],
)
async def test_what_cannot_be_is_refused_with_a_sentence(
    arguments: tuple[str, ...], said: str
) -> None:
    process = await asyncio.create_subprocess_exec(
        *RILLET, *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate(b"")
    assert (process.returncode, out) == (2, b"")
    assert said in err.decode()
    assert "Traceback" not in err.decode()


async def test_a_key_that_cannot_be_sent_is_refused_and_not_repeated(demo: DemoServer) -> None:
    process = await started(demo, "Hi", OPENAI_API_KEY="sk-secret\nline")
    out, err = await process.communicate(b"")
    assert process.returncode == 2
    assert b"OPENAI_API_KEY holds" in err
    assert b"secret" not in out + err


async def test_a_terminal_gets_no_control_and_a_pipe_gets_all(demo: DemoServer) -> None:
    demo.script("m", saying("a\x1b[31mb"))
    assert await run(demo, "--model", "m", "Hi") == (0, "a\x1b[31mb", "")


@pytest.mark.parametrize(
    ("shell", "code", "said"),
    [
        ("{rillet} hi <&-", 0, ""),
        ("{rillet} hi >&-", 0, ""),
        ("{rillet} hi >/dev/full", 1, "the words could not be written"),
        ("PYTHONIOENCODING=ascii {rillet} 'ü日' ", 0, ""),
        ("head -c 300 /dev/urandom | {rillet}", 2, "standard input is not UTF-8 text"),
        ("{rillet} $'h\\xff'", 2, "the question is not UTF-8 text"),
        ("LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 {rillet} 'é'", 0, ""),
    ],
)
async def test_streams_that_are_closed_full_or_binary_get_a_sentence(
    demo: DemoServer, shell: str, code: int, said: str
) -> None:
    ask = f"{sys.executable} -m tui ask --base-url {demo.base_url} --model demo-echo"
    process = await asyncio.create_subprocess_exec(
        *("bash", "-c", shell.format(rillet=ask)), stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )
    _, err = await process.communicate()
    assert process.returncode == code
    assert said in err.decode()
    assert "Traceback" not in err.decode()


async def test_a_port_that_is_taken_is_said_so(demo: DemoServer) -> None:
    port = demo.base_url.rpartition(":")[2].removesuffix("/v1")
    process = await asyncio.create_subprocess_exec(
        *RILLET, "demo", "--port", port, stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert f"cannot listen on 127.0.0.1:{port}" in err.decode()


async def test_the_demo_says_where_it_is_and_answers() -> None:
    process = await asyncio.create_subprocess_exec(
        *RILLET, "demo", "--port", "0", stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    client = Client(Endpoint(url))
    assert "demo-tour" in await client.models()
    await client.aclose()
    process.send_signal(signal.SIGINT)
    _, err = await process.communicate()
    assert (process.returncode, err) == (130, b"")


async def test_a_refusal_that_cannot_be_read_is_still_a_refusal(demo: DemoServer) -> None:
    never = {"retry-after": "Mon, 01 Jan 2024 00:00:00 +9999999999999999999"}
    demo.script("m", raw(b"{}", status=429, headers=never))
    code, _, err = await run(demo, "--model", "m", "Hi")
    assert code == 1
    assert "Too many requests (429)" in err


async def test_the_words_of_a_whole_answer_that_was_cut_are_kept(demo: DemoServer) -> None:
    body = b'{"choices":[{"index":0,"message":{"role":"assistant","content":"Half a \\"word'
    demo.script("m", raw(body, content_type="application/json", then="drop"))
    code, out, err = await run(demo, "--model", "m", "--no-stream", "Hi")
    assert (code, out) == (1, 'Half a "word')
    assert "The connection broke" in err


async def test_a_question_that_is_too_long_is_told_with_our_own_count(demo: DemoServer) -> None:
    refusal = failed(400, "Your input exceeds the context window.", code="context_length_exceeded")
    demo.script("gpt-4o", refusal)
    code, _, err = await run(demo, "--model", "gpt-4o", "Hi")
    assert code == 1
    assert "By Rillet's count the conversation is 8 tokens. Begin a new one" in err
    assert "rillet:   request id req_" in err


async def test_the_configuration_file_is_read(demo: DemoServer, tmp_path: Path) -> None:
    file = tmp_path / "config" / "rillet" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'base_url = "{demo.base_url}"\nmodel = "demo-echo"\nsystem = "Be brief."\n')
    process = await asyncio.create_subprocess_exec(
        *RILLET, "ask", "Hi", stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert b"System prompt: Be brief." in out
    file.write_text("base_url = 3")
    process = await asyncio.create_subprocess_exec(
        *RILLET, "ask", "Hi", stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert err.decode() == f"rillet: {file}, line 1: base_url has to be text in quotes.\n"


async def test_a_key_that_goes_unencrypted_is_warned_of_once() -> None:
    words = b'data: {"choices":[{"delta":{"content":"Hello."}}]}\n\ndata: [DONE]\n\n'
    async with Plain(http(200, words)) as proxy:
        environ = {"OPENAI_API_KEY": "a-key", "HTTP_PROXY": f"http://127.0.0.1:{proxy.port}"}
        process = await asyncio.create_subprocess_exec(
            *(*RILLET, "ask", "--base-url", "http://a.example/v1", "--model", "m", "Hi"),
            stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env={**os.environ, **environ},
        )  # fmt: skip
        out, err = await process.communicate()
        assert (process.returncode, out) == (0, b"Hello.")
        assert err.decode().startswith("rillet: The key and the conversation go to a.example unen")
        assert err.count(b"\n") == 1


async def test_what_the_configuration_says_of_a_models_tokenizer_counts(
    demo: DemoServer, tmp_path: Path
) -> None:
    words = {"choices": [{"delta": {"content": "小さな川"}, "finish_reason": "stop"}]}
    demo.script("mine", raw(f"data: {json.dumps(words)}\n\n".encode()))
    config = tmp_path / "mine.toml"
    config.write_text('[models.mine]\nencoding = "cl100k_base"\n')
    asked = ("--model", "mine", "--json", "Hi")
    _, out, _ = await run(demo, *asked)
    assert json.loads(out)["tokens"] == {"prompt": 8, "completion": 4, "exact": False}
    _, out, _ = await run(demo, "--config", str(config), *asked)
    assert json.loads(out)["tokens"] == {"prompt": 8, "completion": 5, "exact": True}


@pytest.mark.parametrize("flag", ["--model", "--system", "--base-url"])
async def test_a_flag_that_is_no_utf8_text_is_named(demo: DemoServer, flag: str) -> None:
    code, out, err = await run(demo, "--model", "m", flag, os.fsdecode(b"caf\xe9"), "Hi")
    assert (code, out) == (2, "")
    assert f"argument {flag}: UTF-8 text is needed" in err
    assert demo.asked == []


@pytest.mark.parametrize("wrong", ["--nothing-like-it", "--file /nowhere/at/all"])
async def test_a_complaint_that_nobody_can_read_leaves_stdout_empty(wrong: str) -> None:
    command = f"exec {sys.executable} -m tui ask --demo Hi {wrong} 2>&-"
    process = await asyncio.create_subprocess_shell(command, stdin=DEVNULL, stdout=PIPE)
    out, _ = await process.communicate()
    assert (process.returncode, out) == (2, b"")
