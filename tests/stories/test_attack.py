"""The real program under attack, in a pty: what reaches the terminal is read byte by byte.

Every class of attack comes through every place where foreign text is shown. Then no sequence may
be in the output but those that Textual itself writes, and no character that steers or hides.
"""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.attacks import ATTACKS, GROUPS, in_a_header
from tests.emitted import foreign, undrawn
from tests.terminal import Terminal
from tests.waiting import until
from tui.core.sanitize import clean
from tui.edge.demo import Act, Asked, DemoServer, Script, failed, raw

RILLET = (sys.executable, "-m", "tui")
SIZE = (140, 44)


def chunk(model: str = "", reason: str | None = None, **delta: object) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return b"data: " + json.dumps({"model": model, "choices": [choice]}).encode() + b"\n\n"


def replying(attack: str) -> Script:
    """A reply in which everything that can be said is hostile."""
    call = {"index": 0, "function": {"name": f"n{attack}n", "arguments": f"a{attack}a"}}
    return raw(
        chunk(f"m{attack}m", reasoning_content=f"Thought {attack} thought.\n\n")
        + chunk(content=f"Words {attack} words.\n\n```{attack}\n{attack}\n```\n\n")
        + chunk(content=f"| {attack} | b |\n|---|---|\n| `{attack}` | <i{attack}> |\n\n")
        + chunk(content=f"[{attack}](http://x.example/{attack}) <http://y.example/{attack}>\n\n")
        + chunk(content="[words](http://w.example)\n\n")
        + chunk(content=f"![{attack}](z) $${attack}$$ [{attack}]: http://z.example/{attack}\n")
        + chunk(refusal=f"Refused {attack} refused.")
        + chunk(tool_calls=[call])
        + b"data: {not json\n\n"
        + chunk(reason=f"r{attack}r")
    )


def by_number(make: Callable[[str], Script]) -> Script:
    """Other attacks with every question: their place is the question's last word."""

    def script(asked: Asked) -> AsyncIterator[Act]:
        said = asked.body["messages"]
        assert isinstance(said, list)
        return make(GROUPS[int(str(said[-1]["content"]).split()[-1])])(asked)

    return script


@asynccontextmanager
async def rillet(demo: DemoServer, model: str) -> AsyncIterator[Terminal]:
    """The program; at the end all that it wrote is read."""
    command = (*RILLET, "--base-url", demo.base_url, "--model", model, "--retries", "0")
    async with Terminal(*command, width=SIZE[0], height=SIZE[1]) as terminal:
        await terminal.sees("Ask anything")
        yield terminal
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
    check(terminal.output)


def check(output: bytes | bytearray) -> None:
    assert foreign(bytes(output), *SIZE) == []
    for name, attack in ATTACKS.items():
        assert clean(attack) == attack or attack.encode("utf-8", "replace") not in output, name


def paste(terminal: Terminal, text: str) -> None:
    inside = text.encode("utf-8", "replace").replace(b"\x1b[201~", b"")
    terminal.send(b"\x1b[200~" + inside + b"\x1b[201~")


async def test_in_every_part_of_a_reply_and_in_the_question(demo: DemoServer) -> None:
    demo.script("bad", by_number(replying))
    async with rillet(demo, "bad") as terminal:
        for number, attack in enumerate(GROUPS):
            paste(terminal, f"{attack} says {number}")
            await terminal.sees(f"says {number}")
            terminal.press("enter")
            await terminal.sees("ended: r", f"Words {clean(attack)[:9]}", "Refused")
            terminal.press("tab")
            await terminal.sees("▌ ▾ " if number else "▌ ▸ ")
            if not number:
                terminal.press("t")  # stays so
            terminal.press("home")
            await terminal.sees("Thought")
            terminal.press("g")
            await terminal.sees("Enter chooses")
            terminal.press("enter")
            await terminal.sees("y copies it")
            terminal.press("escape")
            await terminal.sees("Thought")
            terminal.press("escape", "ctrl+n")
            await terminal.sees("Type and press")


@pytest.mark.parametrize("place", ["body", "page", "stream", "redirect", "type", "whole"])
async def test_in_every_part_of_an_error(demo: DemoServer, place: str) -> None:
    def failing(attack: str) -> Script:
        said, field = f"Said {attack} said", in_a_header(attack)
        error = json.dumps({"error": {"message": said, "type": attack, "code": attack}}).encode()
        names = {"x-request-id": f"id {field}", "retry-after": field}
        match place:
            case "body":
                return failed(400, said, kind=attack, code=attack, x_request_id=f"id {field}")
            case "page":
                page = f"<html><title>{said}</title>{attack}".encode("utf-8", "replace")
                return raw(page, content_type="text/html", status=502, headers=names)
            case "stream":
                return raw(chunk(content="Said ") + b"data: " + error + b"\n\n")
            case "redirect":
                return raw(error, status=307, headers={"location": f"http://{field}/", **names})
            case "type":
                return raw(b"{}", content_type=f"Said/{field}")
        return raw(error, content_type="application/json")

    demo.script("bad", by_number(failing))
    async with rillet(demo, "bad") as terminal:
        for number in range(len(GROUPS)):
            terminal.type(f"q {number}\r")
            await terminal.sees(f"q {number}", "r asks again")
            terminal.press("ctrl+n")
            await terminal.sees("Type and press")


async def test_in_the_names_of_models(demo: DemoServer) -> None:
    for name, attack in ATTACKS.items():
        demo.script(f"bad {name} {attack}", replying(attack))
    async with rillet(demo, "demo-echo") as terminal:
        for name in ATTACKS:
            terminal.press("f2")
            await terminal.sees("Enter choose, add")
            terminal.type(f"bad {name}")
            await terminal.sees(f"  bad {name}", f"│ bad {name}")
            terminal.press("enter")
            await terminal.sees("Enter send", f"bad {name}")
        terminal.type("Hi\r")
        await terminal.sees("r asks again")  # a surrogate cannot be sent


async def test_in_what_is_pasted_into_a_field(demo: DemoServer) -> None:
    async with rillet(demo, "demo-echo") as terminal:
        terminal.press("f3")
        await terminal.sees("Enter choose, add")
        for name, attack in ATTACKS.items():
            paste(terminal, f"({attack.splitlines()[0]}){name}")
            await terminal.sees(name)
            terminal.press("enter")
            await terminal.sees("✗ ")


BIG = 5_000_000
"""Characters that come in one chunk."""


async def test_five_megabytes_in_one_chunk(demo: DemoServer, tmp_path: Path) -> None:
    plain = " ".join(f"word{number}" for number in range(6_000)) + "\n\n"
    part = plain + "|".join(ATTACKS.values()).replace("\ud800", "") + "\n\n"
    text = part * (BIG // len(part) + 1) + "the last word"
    demo.script("big", raw(chunk(content="begin\n\n") + chunk(content=text) + b"data: [DONE]\n\n"))
    async with rillet(demo, "big") as terminal:
        terminal.type("Hi\r")
        await until(lambda: b"word" in terminal.output)
        terminal.type("typed in between")
        await terminal.sees("typed in between")
        assert b"the last word" not in terminal.output
        await terminal.sees("the last word", "complete")
        terminal.press("tab")
        await terminal.sees("y copy")
        terminal.type("y")
        await terminal.sees("copied.md")
    copied = (tmp_path / "state" / "rillet" / "copied.md").read_text(encoding="utf-8")
    assert copied == clean("begin\n\n" + text)


async def test_five_megabytes_where_there_is_one_line(demo: DemoServer) -> None:
    huge = "\x1b]0;x\x07 huge " * (BIG // 12)
    call = {"index": 0, "function": {"name": huge, "arguments": huge}}
    body = chunk(f"m {huge}", tool_calls=[call]) + chunk(reason=f"r {huge}")
    demo.script("big", raw(body))
    async with rillet(demo, "big") as terminal:
        terminal.type("Hi\r")
        await terminal.sees("ended: r ␛]0;x␇")
        terminal.press("home")
        await terminal.sees("m ␛]0;x␇ huge", "→ ␛]0;x␇ huge")


async def test_ask_on_a_terminal_and_in_a_pipe(demo: DemoServer) -> None:
    said = "|".join(ATTACKS.values()).replace("\ud800", "") + "\r\nthe end"
    demo.script("bad", raw(chunk(content=said) + b"data: [DONE]\n\n"))
    command = (*RILLET, "ask", "--base-url", demo.base_url, "--model", "bad")
    for flags, raw_is_meant in (((), True), (("--safe",), False)):
        piped = await asyncio.create_subprocess_exec(
            *command, *flags, "Hi", stdin=DEVNULL, stdout=PIPE, stderr=PIPE
        )
        out, err = await piped.communicate()
        assert (out.decode(), err) == (said if raw_is_meant else clean(said), b"")
    async with Terminal(*command, "Hi", width=SIZE[0], height=SIZE[1]) as terminal:
        assert await terminal.ends() == 0
        await until(lambda: b"the end" in terminal.output)
        check(undrawn(bytes(terminal.output)))
        assert "␛]52;c;aGFja2Vk␇" in terminal.output.decode()


@pytest.mark.parametrize("flags", [(), ("--safe",)])
async def test_the_json_of_ask_steers_nothing_and_changes_nothing(
    demo: DemoServer, flags: tuple[str, ...]
) -> None:
    said = "|".join(ATTACKS.values()).replace("\ud800", "").replace("\x7f", "")
    demo.script("bad", raw(chunk(content=said, refusal=said) + chunk(reason=said)))
    piped = await asyncio.create_subprocess_exec(
        *(*RILLET, "ask", "--base-url", demo.base_url, "--model", "bad", "--json", *flags, "Hi"),
        stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    out, err = await piped.communicate()
    assert foreign(out, *SIZE) == []
    assert json.loads(out)["text"] == said
    assert foreign(err, *SIZE) == []


@pytest.mark.parametrize(
    "place", ["--base-url", "--model", "--gguf", "--theme", "--nonsense", "env"]
)
async def test_a_command_line_that_attacks_is_shown_harmless(place: str) -> None:
    hostile = "http://" + "|".join(ATTACKS.values()).replace("\0", "").replace("\ud800", "")
    flags = () if place == "env" else (place, hostile)
    env = {"OPENAI_BASE_URL": hostile} if place == "env" else {}
    async with Terminal(*RILLET, *flags, env=env, width=SIZE[0], height=SIZE[1]) as terminal:
        await until(lambda: terminal.has_ended or "Ask anything" in terminal.sight)
        if not terminal.has_ended:
            terminal.press("ctrl+q")
            await terminal.ends()
    check(terminal.output)
