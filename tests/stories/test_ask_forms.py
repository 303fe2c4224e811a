"""`rillet ask` for programs: JSON, lines of JSON, one block of code, and silence on stderr."""

import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, create_subprocess_exec
from pathlib import Path

import pytest

from tests.speaker import Speaker
from tests.stories.test_ask import RILLET, run, started
from tests.terminal import Scrollback
from tests.waiting import until
from tui.edge.demo import DemoServer, raw, saying

BLOCK = "Here:\n\n    indented\n\n```sh\nls\n\n\techo hi\n```\n\n```\nsecond\n```\nDone."


async def test_a_line_of_json_comes_with_every_delta(demo: DemoServer) -> None:
    speaker = Speaker()
    demo.script("m", speaker)
    process = await started(demo, "--model", "m", "--jsonl", "Hi")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    assert json.loads(await process.stdout.readline())["type"] == "accepted"
    for word in ("one\n", "två \x1b[31m"):
        speaker.say(word)
        line = json.loads(await process.stdout.readline())
        assert line == {"type": "text", "text": word}
    speaker.think("Hm.")
    assert json.loads(await process.stdout.readline()) == {"type": "reasoning", "text": "Hm."}
    speaker.end()
    end = json.loads(await process.stdout.readline())
    assert (end["type"], end["text"], end["outcome"]) == ("end", "one\ntvå \x1b[31m", "finished")
    assert await process.stdout.read() == b""
    assert await process.wait() == 0


async def test_lines_of_json_tell_of_retries_tools_usage_and_failures(demo: DemoServer) -> None:
    kinds = []
    for model in ("demo-503-once", "demo-tools", "demo-drop"):
        code, out, _ = await run(demo, "--model", model, "--jsonl", "Hi")
        lines = [json.loads(line) for line in out.splitlines()]
        kinds += [line["type"] for line in lines]
        assert lines[-1]["type"] == "end"
        assert (code == 0) == (lines[-1]["error"] is None)
    assert {"retrying", "tool_call", "usage", "served", "text", "end"} <= set(kinds)


async def test_the_first_fenced_block_is_all_that_is_printed(demo: DemoServer) -> None:
    demo.script("m", saying(BLOCK))
    assert await run(demo, "--model", "m", "--code", "Hi") == (0, "ls\n\n\techo hi\n", "")


async def test_code_comes_line_by_line(demo: DemoServer) -> None:
    speaker = Speaker()
    demo.script("m", speaker)
    process = await started(demo, "--model", "m", "--code", "Hi")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    speaker.say("Look:\n```\nfirst\nsec")
    assert await process.stdout.readline() == b"first\n"
    speaker.say("ond\n```\nafter")
    assert await process.stdout.readline() == b"second\n"
    speaker.end()
    out, err = await process.communicate()
    assert (process.returncode, out, err) == (0, b"", b"")


@pytest.mark.parametrize("answer", ["No code.", "    only indented\n", "`inline`"])
async def test_an_answer_without_a_fenced_block_is_told_by_its_code(
    demo: DemoServer, answer: str
) -> None:
    demo.script("m", saying(answer))
    code, out, err = await run(demo, "--model", "m", "--code", "--quiet", "Hi")
    assert (code, out) == (1, "")
    assert err == "rillet: There is no fenced block of code in the answer.\n"


async def test_code_that_was_cut_off_is_printed_as_far_as_it_came(demo: DemoServer) -> None:
    chunk = {"choices": [{"delta": {"content": "```py\na = 1\nb ="}}]}
    demo.script("m", raw(f"data: {json.dumps(chunk)}\n\n".encode(), then="drop"))
    code, out, err = await run(demo, "--model", "m", "--code", "Hi")
    assert (code, out) == (1, "a = 1\nb =\n")
    assert "The connection broke" in err


async def test_only_one_form_can_be_asked_for(demo: DemoServer) -> None:
    code, _, err = await run(demo, "--json", "--code", "Hi")
    assert code == 2
    assert "not allowed with argument" in err
    assert err.startswith("usage: rillet ask ")


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("demo-length", ""),
        ("demo-tools", ""),
        ("demo-503-once", ""),
        ("demo-401", "rillet: The server wants a key (401)\n"),
        ("demo-drop", "rillet: The connection broke\n"),
    ],
)
async def test_quiet_tells_nothing_but_what_went_wrong(
    demo: DemoServer, model: str, told: str
) -> None:
    _, _, err = await run(demo, "--model", model, "--quiet", "Hi")
    assert err.startswith(told)
    assert bool(err) == bool(told)


@pytest.mark.parametrize("nobody", ["2>&-", "2> >(exec 0<&-)", "2>/dev/full"])
async def test_notes_that_nobody_can_read_stop_nothing(demo: DemoServer, nobody: str) -> None:
    for model in ("demo-503-once", "demo-length"):
        ask = f"{sys.executable} -m tui ask --base-url {demo.base_url} --model {model} Hi"
        process = await create_subprocess_exec(
            *("bash", "-c", f"{ask} {nobody}"), stdin=DEVNULL, stdout=PIPE
        )
        out, _ = await process.communicate()
        assert process.returncode == 0
        assert len(out) > 20


@pytest.mark.parametrize(
    ("model", "flags", "outcome", "title"),
    [
        ("demo-hang", ("--timeout", "1"), "stalled", "The time is up"),
        ("demo-slow", ("--timeout", "1"), "stalled", "The time is up"),
        ("demo-503-once", ("--timeout", "0.5"), "stalled", "The time is up"),
        ("demo-hang", ("--first-timeout", "0.5"), "stalled", "No answer came"),
        ("demo-silent", ("--first-timeout", "0.5"), "stalled", "No answer came"),
        ("demo-stall", ("--idle-timeout", "0.5"), "stalled", "The server fell silent"),
    ],
)
async def test_who_waits_too_long_is_told_what_for(
    demo: DemoServer, model: str, flags: tuple[str, ...], outcome: str, title: str
) -> None:
    code, out, err = await run(demo, "--model", model, "--json", *flags, "Hi")
    told = json.loads(out)
    assert (code, told["outcome"], told["error"]["title"]) == (1, outcome, title)
    assert err.startswith(f"rillet: {title}\n") or "again in" in err


async def test_an_answer_in_time_has_its_usual_code(demo: DemoServer) -> None:
    demo.script("m", saying("Yes."))
    assert await run(demo, "--model", "m", "--timeout", "60", "Hi") == (0, "Yes.", "")


async def test_a_log_is_asked_about_and_read_in_a_pager(demo: DemoServer) -> None:
    demo.script("m", saying("# Why\n\nIt **rains**."))
    ask = f"{sys.executable} -m tui ask --base-url {demo.base_url} --model m"
    line = f"printf 'a log\\n' | {ask} 'why?' | cat"
    process = await create_subprocess_exec(*("bash", "-c", line), stdout=PIPE, stderr=PIPE)
    out, err = await process.communicate()
    assert (out, err) == (b"# Why\n\nIt **rains**.", b"")


async def test_a_pipe_in_a_terminal_gets_raw_words_and_the_terminal_the_notes(
    demo: DemoServer,
) -> None:
    ask = f"{sys.executable} -m tui ask --base-url {demo.base_url} --model demo-length Hi"
    line = f"{ask} </dev/null | head -c 3; echo"
    async with Scrollback("bash", "-c", line) as terminal:
        assert await terminal.ends() == 0
        assert len(terminal.lines[0]) == 3
        assert b"\x1b[" not in terminal.output


async def test_a_second_ctrl_c_ends_while_nobody_reads(demo: DemoServer) -> None:
    chunk = {"choices": [{"delta": {"content": "word " * 60_000}}]}
    demo.script("m", raw(f"data: {json.dumps(chunk)}\n\n".encode()))
    ours, theirs = os.pipe()
    process = await create_subprocess_exec(
        *(*RILLET, "ask", "--base-url", demo.base_url, "--model", "m", "Hi"),
        stdin=DEVNULL, stdout=theirs, stderr=PIPE,
    )  # fmt: skip
    os.close(theirs)
    await until(lambda: process.returncode is not None or _is_full(ours))
    process.send_signal(signal.SIGINT)
    await until(lambda: not _waits(process.pid, signal.SIGINT))  # two at once would be one
    process.send_signal(signal.SIGINT)
    await process.communicate()
    os.close(ours)
    assert process.returncode == 130


def _waits(process: int, number: int) -> bool:
    """Whether a signal was sent that the process has not taken yet (Linux tells, proc(5))."""
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
    bits = (int(line.split()[1], 16) for line in told.splitlines() if line[3:7] == "Pnd:")
    return any(each >> (number - 1) & 1 for each in bits)


def _is_full(pipe: int) -> bool:
    import fcntl
    import struct
    import termios

    waiting = fcntl.ioctl(pipe, termios.FIONREAD, struct.pack("i", 0))
    return bool(struct.unpack("i", waiting)[0] == 65_536)
