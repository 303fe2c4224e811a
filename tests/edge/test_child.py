import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from textwrap import dedent

import pytest

from tui.edge.child import TAIL, WORDS, ChildFailed, ChildServer

LOOK = 10.0
"""Seconds that a test looks for what must come; a failing one waits that long."""

Play = Callable[..., ChildServer]

WAITS = """
    parent.ready("http://here/v1", [str(os.getpid())])
    parent.outlast()
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Make a module out of a child's few lines, and return its name."""
    monkeypatch.syspath_prepend(tmp_path)

    def _write(lines: str) -> str:
        beginning = "import os, signal, sys, time\nfrom tui.edge.parent import Parent\n"
        script = beginning + "parent = Parent()\n" + dedent(lines)
        (tmp_path / "scripted_child.py").write_text(script)
        return "scripted_child"

    return _write


@pytest.fixture
async def play(write: Callable[[str], str]) -> AsyncIterator[Play]:
    """Make a child that does these lines, and end it when the test does."""
    made: list[ChildServer] = []

    def _play(lines: str, grace: float = LOOK) -> ChildServer:
        made.append(ChildServer(write(lines), ["--loud"], grace=grace))
        return made[-1]

    yield _play
    for child in made:
        await child.stop()


def ignore(_words: str) -> None:
    """Take a child's progress for granted."""


async def why_not(child: ChildServer) -> ChildFailed:
    """Start a child that must fail, and return its reason."""
    with pytest.raises(ChildFailed) as failure:
        await child.start(ignore)
    assert not child.running
    return failure.value


def is_gone(pid: int) -> bool:
    """Whether there is no process of this number, not even one that waits to be reaped."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


async def test_a_child_says_what_it_is_doing_and_where_it_answers(play: Play) -> None:
    told: list[str] = []
    child = play("""
        parent.progress("sharpening")
        parent.progress("lighting")
        parent.ready("http://127.0.0.1:1/v1", ["first", "second"])
        parent.outlast()
    """)
    ready = await child.start(told.append)
    assert told == ["sharpening", "lighting"]
    assert (ready.base_url, ready.models) == ("http://127.0.0.1:1/v1", ("first", "second"))
    assert child.running


async def test_the_key_reaches_the_child_where_no_other_user_can_read_it(play: Play) -> None:
    ready = await play("""
        seen = " ".join([*sys.orig_argv, *os.environ.values()])
        parent.ready(parent.key, sys.orig_argv + [seen])
        parent.outlast()
    """).start(ignore)
    assert len(ready.key) >= 32
    assert ready.base_url == ready.key
    assert "--loud" in ready.models
    assert ready.key not in ready.models[-1]


async def test_the_key_of_another_endpoint_does_not_reach_it(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    child = play('parent.ready("http://here/v1", [repr(sorted(os.environ))]); parent.outlast()')
    ready = await child.start(ignore)
    assert "PATH" in ready.models[0]
    assert "OPENAI_API_KEY" not in ready.models[0]


async def test_every_start_has_a_key_of_its_own(play: Play) -> None:
    child = play(WAITS)
    first = await child.start(ignore)
    second = await child.start(ignore)
    assert first.key != second.key
    assert is_gone(int(first.models[0]))


async def test_what_a_child_prints_is_never_taken_for_its_word(play: Play) -> None:
    ready = await play("""
        print('{"failed": {"title": "no", "detail": "no"}}', flush=True)
        os.write(1, b'{"ready": {"base_url": "http://wrong", "models": []}}')
        parent.ready("http://right", [])
        parent.outlast()
    """).start(ignore)
    assert ready.base_url == "http://right"


async def test_a_child_that_cannot_serve_says_why(play: Play) -> None:
    reason = await why_not(play("parent.failed('No cheese', 'Buy some.')"))
    assert (reason.title, reason.detail) == ("No cheese", "Buy some.")


async def test_a_reason_ends_with_what_the_child_printed(play: Play) -> None:
    reason = await why_not(play("print('mouse!'); sys.stdout.flush(); parent.failed('Oh', 'No.')"))
    assert reason.detail == 'No. It said: "mouse!".'


async def test_a_crash_at_the_start_is_told_in_sentences(play: Play) -> None:
    reason = await why_not(play("raise ZeroDivisionError('by hand')"))
    assert reason.title == "The server on this machine did not start"
    assert reason.detail == (
        'It ended with code 1. It said: "ZeroDivisionError: by hand". Asking again starts it anew.'
    )


async def test_a_killed_child_is_told_by_its_signal(play: Play) -> None:
    reason = await why_not(play("os.kill(os.getpid(), signal.SIGKILL)"))
    assert "SIGKILL" in reason.detail
    assert "memory ran out" in reason.detail


async def test_a_module_that_is_not_there_is_named() -> None:
    reason = await why_not(ChildServer("no_such_module_anywhere"))
    assert "No module named no_such_module_anywhere" in reason.detail


async def test_a_python_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    reason = await why_not(ChildServer("anything"))
    assert "No such file or directory" in reason.detail


async def test_a_flood_of_last_words_is_cut(play: Play) -> None:
    reason = await why_not(play(f"sys.exit('y\\n' * {TAIL * 100} + 'x' * {TAIL * 2})"))
    assert f'It said: "{"x" * WORDS}".' in reason.detail


async def test_only_the_end_of_what_a_child_printed_is_kept(write: Callable[[str], str]) -> None:
    lines = f"sys.exit('x' * {TAIL * 100} + 'end')"
    reason = await why_not(ChildServer(write(lines), quote=lambda said: f"{len(said)} {said[-4:]}"))
    assert f'It said: "{TAIL} end' in reason.detail


async def test_a_stopped_child_is_gone_and_stopping_twice_is_harmless(play: Play) -> None:
    child = play(WAITS)
    ready = await child.start(ignore)
    await child.stop()
    assert is_gone(int(ready.models[0]))
    assert not child.running
    await child.stop()


async def test_a_child_that_was_never_started_can_be_stopped() -> None:
    await ChildServer("anything").stop()


async def test_a_child_that_hears_nothing_is_killed(play: Play) -> None:
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nos._exit = time.sleep\n"
    child = play(deaf + 'parent.ready("", [str(os.getpid())])\nsignal.pause()', grace=0.2)
    ready = await child.start(ignore)
    await child.stop()
    assert is_gone(int(ready.models[0]))


async def test_a_start_given_up_leaves_no_process(play: Play) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    child = play("parent.progress(str(os.getpid()))\nparent.outlast()")
    start = asyncio.create_task(child.start(told.put_nowait))
    pid = int(await asyncio.wait_for(told.get(), LOOK))
    start.cancel()
    await asyncio.wait({start})
    assert start.cancelled()
    assert is_gone(pid)


async def test_a_child_that_dies_later_can_be_started_again(play: Play) -> None:
    child = play(WAITS)
    ready = await child.start(ignore)
    os.kill(int(ready.models[0]), signal.SIGKILL)
    async with asyncio.timeout(LOOK):
        while child.running:
            await asyncio.sleep(0.01)
    await child.start(ignore)
    assert child.running


async def test_no_signal_of_the_terminal_reaches_the_child(play: Play) -> None:
    ready = await play("""
        parent.ready("", map(str, [os.getsid(0), os.getpid()]))
        parent.outlast()
    """).start(ignore)
    session, pid = ready.models
    assert session == pid


async def test_a_child_reads_nothing_from_the_current_folder(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "json.py").write_text("raise SystemExit('read from the folder')")
    monkeypatch.chdir(tmp_path / "here")
    assert (await play(WAITS).start(ignore)).models


def test_a_child_ends_when_its_parent_is_killed(
    write: Callable[[str], str], tmp_path: Path
) -> None:
    write("""
        import socket
        listening = socket.create_server(("127.0.0.1", 0))
        parent.ready(str(listening.getsockname()[1]), [])
        visitor = listening.accept()[0]
        visitor.send(b"!")
        time.sleep(60)
    """)
    (tmp_path / "middle.py").write_text(
        dedent("""
            import asyncio
            from tui.edge.child import ChildServer

            async def main():
                ready = await ChildServer("scripted_child").start(print)
                print(ready.base_url, flush=True)
                await asyncio.Event().wait()

            asyncio.run(main())
        """)
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "middle"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as middle:
        assert middle.stdout is not None
        port = int(middle.stdout.readline())
        with socket.create_connection(("127.0.0.1", port), LOOK) as visit:
            assert visit.recv(1) == b"!"
            middle.kill()
            assert visit.recv(1) == b"", "the child's end closes its socket"
