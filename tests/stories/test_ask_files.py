"""`rillet ask --file`: text files go with the question, by name, and nothing else does."""

from pathlib import Path

import pytest

from tests.stories.test_ask import question, run
from tui.edge.demo import DemoServer

MODEL = ("--model", "demo-echo")


async def test_files_go_between_the_prompt_and_the_pipe(demo: DemoServer, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("print(1)\n")
    (tmp_path / "notes").write_text("no end of line")
    files = ("--file", str(tmp_path / "a.py"), "--file", str(tmp_path / "notes"))
    code, _, err = await run(demo, *MODEL, *files, "What is", "this?", stdin="a log\n")
    assert (code, err) == (0, "")
    assert question(demo) == (
        "What is this?\n\n"
        f"{tmp_path}/a.py:\n```py\nprint(1)\n```\n\n"
        f"{tmp_path}/notes:\n```\nno end of line\n```\n\n"
        "a log"
    )


async def test_no_content_can_break_its_fence(demo: DemoServer, tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("```\nout\n```\n`````\n")
    await run(demo, *MODEL, "--file", str(path), "See")
    asked = str(question(demo))
    assert asked.endswith("x.md:\n``````md\n```\nout\n```\n`````\n``````")


async def test_a_file_alone_is_a_question(demo: DemoServer, tmp_path: Path) -> None:
    path = tmp_path / "q.txt"
    path.write_text("\ufeffWhy?")
    code, _, _ = await run(demo, *MODEL, "--file", str(path))
    assert code == 0
    assert question(demo) == f"{path}:\n```txt\nWhy?\n```"


async def test_a_name_cannot_break_out_of_its_line(demo: DemoServer, tmp_path: Path) -> None:
    path = tmp_path / "a\n```\nb"
    path.write_text("x")
    await run(demo, *MODEL, "--file", str(path), "See")
    assert str(question(demo)).split("\n\n", 1)[1].splitlines()[1:] == ["```", "x", "```"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "this is no UTF-8 text"),
        ("ü".encode("latin-1"), "this is no UTF-8 text"),
        (b"a\0b", "this is no UTF-8 text"),
        (b"x" * 4_000_001, "it is too large, 4 MB are the most"),
    ],
)
async def test_what_is_no_text_or_too_much_is_refused(
    demo: DemoServer, tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    code, out, err = await run(demo, *MODEL, "--file", str(path), "See")
    assert (code, out) == (2, "")
    assert err.startswith(f"rillet: --file {path}: {why}")
    assert demo.asked == []


@pytest.mark.parametrize(
    ("name", "why"),
    [("gone.txt", "No such file"), (".", "Is a directory"), ("/dev/zero", "too large")],
)
async def test_what_cannot_be_read_is_told(
    demo: DemoServer, tmp_path: Path, name: str, why: str
) -> None:
    code, _, err = await run(demo, *MODEL, "--file", str(tmp_path / name), "See")
    assert code == 2
    assert why in err
    assert err.count("\n") == 1


async def test_a_pipe_without_an_end_is_not_read_to_it(demo: DemoServer) -> None:
    code, out, err = await run(demo, *MODEL, "See", stdin="y\n" * 2_000_001)
    assert (code, out) == (2, "")
    assert err == "rillet: standard input is too long, 4 MB are the most.\n"
    assert demo.asked == []
