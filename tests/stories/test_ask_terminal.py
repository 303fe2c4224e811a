"""`rillet ask` on a terminal: what is drawn while words come, and what stays in the scrollback."""

import os
import re
import signal
import sys

import pytest

from tests.attacks import ATTACKS
from tests.speaker import Speaker
from tests.terminal import Scrollback
from tests.waiting import until
from tui.edge.demo import DemoServer, saying

RILLET = (sys.executable, "-m", "tui")


def asking(
    demo: DemoServer,
    *arguments: str,
    width: int = 80,
    height: int = 24,
    env: dict[str, str] | None = None,
) -> Scrollback:
    command = (*RILLET, "ask", "--base-url", demo.base_url, "--model", "m", *arguments, "Hi")
    return Scrollback(*command, width=width, height=height, env=env)


@pytest.fixture
def speaker(demo: DemoServer) -> Speaker:
    """The model `m`, which waits to be told its words."""
    made = Speaker()
    demo.script("m", made)
    return made


async def test_markdown_is_drawn_and_its_marks_are_not(demo: DemoServer) -> None:
    demo.script("m", saying("# Rivers\n\nA **wide** one:\n\n```python\nreturn 1\n```\n- mouth\n"))
    async with asking(demo) as terminal:
        assert await terminal.ends() == 0
        assert terminal.lines == [
            "Rivers", "━━━━━━", "", "A wide one:", "", "python", "return 1", "", "• mouth",
        ]  # fmt: skip
        assert b"\x1b[1mwide\x1b[m" in terminal.output
        assert b"\x1b[35mreturn" in terminal.output


async def test_words_are_seen_before_their_line_is_complete(
    demo: DemoServer, speaker: Speaker
) -> None:
    async with asking(demo) as terminal:
        speaker.say("The first wo")
        await terminal.sees("The first wo")
        speaker.say("rd")
        await terminal.sees("The first word")
        speaker.end()
        assert await terminal.ends() == 0
        assert terminal.lines == ["The first word"]


async def test_what_is_complete_is_written_once(demo: DemoServer, speaker: Speaker) -> None:
    async with asking(demo) as terminal:
        speaker.say("One.\n\n")
        for number in range(40):
            speaker.say(f"Paragraph {number:02}. ")
            await terminal.sees(f"Paragraph {number:02}.")
            speaker.say("\n\n")
        speaker.end()
        assert await terminal.ends() == 0
        said = [f"Paragraph {number:02}." for number in range(40)]
        assert [line for line in terminal.lines if line] == ["One.", *said]
        assert terminal.output.count(b"One.") <= 3  # as it came, once more, and when it was final


async def test_a_block_that_is_taller_than_the_screen_is_whole_in_the_scrollback(
    demo: DemoServer, speaker: Speaker
) -> None:
    words = [f"word{number:03}" for number in range(300)]
    async with asking(demo, width=30, height=8) as terminal:
        for word in words:
            speaker.say(f"{word} ")
        await terminal.sees("word299")
        speaker.end()
        assert await terminal.ends() == 0
        assert " ".join(terminal.lines).split() == words


async def test_a_table_whose_columns_grow_is_right_at_the_end(
    demo: DemoServer, speaker: Speaker
) -> None:
    async with asking(demo, height=8) as terminal:
        speaker.say("| Name | Place |\n|---|---|\n")
        for number in range(30):
            speaker.say(f"| {'x' * (number + 1)} | {number} |\n")
        await terminal.sees("x" * 30)
        speaker.end()
        assert await terminal.ends() == 0
        assert len(terminal.lines) == 32
        assert len({line.index("│") for line in terminal.lines if "│" in line}) == 1
        assert terminal.lines[2].split() == ["x", "│", "0"]


async def test_a_window_that_is_drawn_narrower_gets_rows_that_fit_and_loses_none(
    demo: DemoServer, speaker: Speaker
) -> None:
    async with asking(demo, width=60, height=20) as terminal:
        speaker.say(f"This is the first.\n\n{'early ' * 20}")
        await terminal.sees("the first.", "early")
        terminal.resize(30, 20)
        speaker.say("late ")
        await terminal.sees("late")
        speaker.end()
        assert await terminal.ends() == 0
        text = " ".join(terminal.lines).split()
        assert (text.count("early"), text.count("late"), text.count("first.")) == (20, 1, 1)
        last = terminal.lines[-5:]
        assert all(len(line) <= 30 for line in last)


@pytest.mark.parametrize(("width", "height"), [(1, 9), (2, 1), (7, 2), (23, 9)])
async def test_wide_characters_are_right_at_any_size(
    demo: DemoServer, width: int, height: int
) -> None:
    text = "小さな川が流れる。👩‍👩‍👧‍👦 é の岸に🇩🇪立つ。"
    demo.script("m", saying(f"{text}\n\n```\n{text}\n```\n"))
    async with asking(demo, width=width, height=height) as terminal:
        assert await terminal.ends() == 0
        assert "Traceback" not in "\n".join(terminal.lines)
        if width > 2:
            rivers = "".join(terminal.lines).count("川")
            assert rivers == 2


async def test_lines_for_people_stand_above_the_words(demo: DemoServer) -> None:
    command = (*RILLET, "ask", "--base-url", demo.base_url, "--model", "demo-503-once", "Hi")
    async with Scrollback(*command) as terminal:
        await terminal.sees("again in 1 s (1 of 2)")
        assert await terminal.ends() == 0
        assert terminal.lines[0].startswith("rillet: ")
        assert not any(line.startswith("rillet: ") for line in terminal.lines[1:])
        assert len(terminal.lines) > 1


async def test_the_end_is_told_below_the_words(demo: DemoServer) -> None:
    command = (*RILLET, "ask", "--base-url", demo.base_url, "--model", "demo-length", "Hi")
    async with Scrollback(*command) as terminal:
        assert await terminal.ends() == 0
        assert terminal.lines[-1] == "rillet: cut at the token limit"
        assert terminal.lines[-2] != ""


async def test_ctrl_c_keeps_the_words_and_gives_the_terminal_back(
    demo: DemoServer, speaker: Speaker
) -> None:
    async with asking(demo) as terminal:
        speaker.say("# Begun\n\nhalf a **sen")
        await terminal.sees("half a **sen")
        await until(lambda: not terminal.echoes)
        terminal.type("\x03")
        assert await terminal.ends() == 130
        assert terminal.lines == ["Begun", "━━━━━", "", "half a **sen"]
        assert terminal.output.rindex(b"\x1b[?25h") > terminal.output.rindex(b"\x1b[?25l")
        assert terminal.echoes
    await until(lambda: demo.gone == ["m"])


async def test_what_is_typed_meanwhile_does_not_move_what_is_drawn(
    demo: DemoServer, speaker: Speaker
) -> None:
    async with asking(demo) as terminal:
        speaker.say("one two\nthree ")
        await terminal.sees("one two three")
        terminal.type("ls\r\r\r")
        speaker.say("four")
        await terminal.sees("four")
        speaker.end()
        assert await terminal.ends() == 0
        assert terminal.lines == ["one two three four"]


async def test_ctrl_z_gives_the_terminal_back_until_it_goes_on(
    demo: DemoServer, speaker: Speaker
) -> None:
    async with asking(demo) as terminal:
        speaker.say("before ")
        await terminal.sees("before")
        os.kill(terminal.pid, signal.SIGTSTP)
        await until(lambda: terminal.output.endswith(b"\x1b[?25h"))
        await until(lambda: terminal.echoes)
        os.kill(terminal.pid, signal.SIGCONT)
        speaker.say("after")
        await terminal.sees("before after")
        speaker.end()
        assert await terminal.ends() == 0
        assert terminal.lines == ["before after"]


async def test_a_long_wait_is_told_until_a_word_comes(demo: DemoServer, speaker: Speaker) -> None:
    async with asking(demo) as terminal:
        await terminal.sees("waiting …")
        speaker.say("Yes.")
        await terminal.sees("Yes.")
        speaker.end()
        assert await terminal.ends() == 0
        assert terminal.lines == ["Yes."]


async def test_reasoning_is_told_until_the_answer_comes(demo: DemoServer, speaker: Speaker) -> None:
    async with asking(demo) as terminal:
        speaker.think("Hm.")
        await terminal.sees("thinking …")
        speaker.say("Yes.")
        await terminal.sees("Yes.")
        speaker.end()
        assert await terminal.ends() == 0
        assert terminal.lines == ["Yes."]


@pytest.mark.parametrize(
    ("arguments", "env"),
    [(("--plain",), {}), ((), {"TERM": "dumb"}), ((), {"TERM": ""})],
)
async def test_plain_words_are_written_as_they_are(
    demo: DemoServer, arguments: tuple[str, ...], env: dict[str, str]
) -> None:
    demo.script("m", saying("# Raw\n**words**"))
    async with asking(demo, *arguments, env=env) as terminal:
        assert await terminal.ends() == 0
        assert bytes(terminal.output) == b"# Raw\r\n**words**\r\n"


async def test_a_job_in_the_background_moves_nobodys_cursor(demo: DemoServer) -> None:
    demo.script("m", saying("# Raw\n**words**"))
    ask = f"{sys.executable} -m tui ask --base-url {demo.base_url} --model m Hi"
    async with Scrollback("bash", "-c", f"set -m; {ask} </dev/null & wait") as terminal:
        assert await terminal.ends() == 0
        assert terminal.output.startswith(b"# Raw\r\n**words**\r\n")
        assert b"\x1b" not in terminal.output


async def test_a_long_line_of_code_is_one_line_to_copy(demo: DemoServer) -> None:
    code = f"echo {'word ' * 30}end"
    demo.script("m", saying(f"```sh\n{code}\n```\nSo.\n"))
    async with asking(demo, width=40) as terminal:
        assert await terminal.ends() == 0
        shown = re.sub(rb"\x1b\[[0-9;]*m", b"", bytes(terminal.output))
        assert f"{code}\r\n".encode() in shown


async def test_without_colours_there_is_bold_and_no_colour(demo: DemoServer) -> None:
    demo.script("m", saying("# Title\n\n**bold** `code`"))
    async with asking(demo, env={"NO_COLOR": "1"}) as terminal:
        assert await terminal.ends() == 0
        assert b"\x1b[1mbold\x1b[m code" in terminal.output
        assert re.findall(rb"\x1b\[[0-9;]*3[0-9][;m]", bytes(terminal.output)) == []


async def test_where_a_link_leads_is_seen(demo: DemoServer) -> None:
    table = "| a |\n|---|\n| [here](https://c.example/) |\n"
    demo.script("m", saying(f"See [this](https://a.example/b), https://d.example.\n\n{table}"))
    async with asking(demo) as terminal:
        assert await terminal.ends() == 0
        assert terminal.lines == [
            "See this (https://a.example/b), https://d.example.", "", "a", "────", "here",
            "here: https://c.example/",
        ]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
async def test_nothing_of_an_attack_reaches_the_terminal(demo: DemoServer, attack: str) -> None:
    text = f"before {attack} after\n\n```\n{attack}\n```\n[{attack}](https://a.example/{attack})"
    demo.script("m", saying(text))
    ours = re.compile(rb"\x1b\[(?:\?(?:2026|25|7)[hl]|J|\d*A|[0-9;]*m)|\r\n|\r")
    async with asking(demo) as terminal:
        assert await terminal.ends() == 0
        left = ours.sub(b"", bytes(terminal.output)).decode(errors="replace")
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left)
