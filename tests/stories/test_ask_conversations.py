"""`rillet ask` in a conversation: what is sent of it, what is kept, what a fault cannot stop."""

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, create_subprocess_exec
from pathlib import Path

import pytest

from tests.speaker import Speaker
from tests.stories.test_ask import RILLET, run, started
from tests.terminal import Scrollback
from tests.waiting import PATIENCE, until
from tui.core.chats import Chat
from tui.core.conversation import Conversation
from tui.core.deltas import Outcome
from tui.core.images import Image
from tui.edge.demo import DemoServer, failed, saying
from tui.edge.paths import chats_file
from tui.edge.store import Store

IMAGE = "data:image/png;base64,AAAA"


async def kept() -> list[Chat]:
    """All conversations that are kept, the newest first."""
    store = Store(chats_file())
    found = [await store.load(each.id) for each in await store.chats()]
    await store.aclose()
    return [chat for chat in found if chat is not None]


async def put(talk: Conversation, name: str = "abcdefgh", model: str = "demo-echo") -> None:
    """A conversation that was there before."""
    store = Store(chats_file())
    now = time.time()
    chat = Chat(name, model=model, created=now, updated=now, conversation=talk)
    assert await store.put(chat) == name
    await store.aclose()


def sent(demo: DemoServer) -> list[tuple[object, object]]:
    messages = demo.asked[-1].body["messages"]
    assert isinstance(messages, list)
    return [(message["role"], message["content"]) for message in messages]


def said(chat: Chat) -> list[tuple[str, str]]:
    return [(message.role, message.text) for message in chat.conversation.path]


async def test_a_saved_question_is_there_with_its_answer_and_its_record(demo: DemoServer) -> None:
    demo.script("m", saying("It is a small stream."))
    code, out, err = await run(demo, "--model", "m", "--save", "--system", "Be brief.", "What?")
    assert (code, out, err) == (0, "It is a small stream.", "")
    [chat] = await kept()
    assert said(chat) == [("user", "What?"), ("assistant", "It is a small stream.")]
    assert (chat.model, chat.conversation.system) == ("m", "Be brief.")
    answer = chat.conversation.last_answer
    assert answer is not None
    assert answer.provenance is not None
    known = answer.provenance
    assert (known.endpoint, known.asked, known.system) == (demo.base_url, "m", "Be brief.")
    assert known.total_s > 0
    assert known.count is not None
    assert known.count.is_over


async def test_a_pipe_is_not_kept_unless_it_is_asked_for(demo: DemoServer) -> None:
    await run(demo, "--model", "demo-echo", "Hi")
    assert not chats_file().exists()


@pytest.mark.parametrize(
    ("before", "after", "is_kept"),
    [((), (), True), ((), ("--no-save",), False), (("--private",), (), False)],
)
async def test_a_terminal_is_kept_unless_that_is_not_wanted(
    demo: DemoServer, before: tuple[str, ...], after: tuple[str, ...], is_kept: bool
) -> None:
    command = (*RILLET, *before, "ask", "--base-url", demo.base_url, "--model", "demo-echo")
    async with Scrollback(*command, *after, "Hi") as terminal:
        assert await terminal.ends() == 0
    assert chats_file().exists() == is_kept


async def test_the_last_conversation_goes_on(demo: DemoServer) -> None:
    demo.script("m", saying("A stream."))
    await run(demo, "--model", "m", "--save", "--system", "Be brief.", "What is a rillet?")
    code, _, _ = await run(demo, "-c", "And a rill?")
    assert code == 0
    assert sent(demo) == [
        ("system", "Be brief."),
        ("user", "What is a rillet?"),
        ("assistant", "A stream."),
        ("user", "And a rill?"),
    ]
    assert demo.asked[-1].body["model"] == "m"
    [chat] = await kept()
    assert [text for _, text in said(chat)][2:] == ["And a rill?", "A stream."]


async def test_what_is_sent_is_the_path_that_is_shown_with_its_images(demo: DemoServer) -> None:
    talk = Conversation("Be kind.").asked("First", (Image(IMAGE),))
    other = talk.before(1).asked("Edited")
    await put(other.turned(2, 1))
    await run(demo, "--chat", "abc", "More")
    shown = [{"type": "text", "text": "First"}, {"type": "image_url", "image_url": {"url": IMAGE}}]
    assert sent(demo) == [("system", "Be kind."), ("user", shown), ("user", "More")]


async def test_a_flag_wins_over_what_the_conversation_says(demo: DemoServer) -> None:
    await put(Conversation("Be kind.").asked("First"))
    demo.script("m", saying("Yes."))
    await run(demo, "--model", "m", "--chat", "last", "--system", "Be brief.", "More")
    assert sent(demo)[0] == ("system", "Be brief.")
    [chat] = await kept()
    assert (chat.model, chat.conversation.system) == ("m", "Be brief.")


async def test_what_was_typed_in_the_app_and_not_sent_stays(demo: DemoServer) -> None:
    await put(Conversation().asked("First"))
    store = Store(chats_file())
    await store.change("abcdefgh", draft="half a thought")
    await store.aclose()
    await run(demo, "-c", "More")
    [chat] = await kept()
    assert (chat.draft, len(chat.conversation.path)) == ("half a thought", 3)


async def test_a_conversation_can_be_gone_on_with_and_left_as_it_was(demo: DemoServer) -> None:
    await put(Conversation().asked("First"))
    await run(demo, "-c", "--no-save", "More")
    assert sent(demo) == [("user", "First"), ("user", "More")]
    [chat] = await kept()
    assert said(chat) == [("user", "First")]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("-c",), "there are no conversations yet"),
        (("--chat", "abc"), "there are no conversations yet"),
        (("-c", "--chat", "abc"), "not allowed with argument"),
    ],
)
async def test_what_is_not_there_cannot_be_gone_on_with(
    demo: DemoServer, arguments: tuple[str, ...], why: str
) -> None:
    code, out, err = await run(demo, *arguments, "More")
    assert (code, out) == (2, "")
    assert why in err
    assert demo.asked == []
    assert not chats_file().exists()


async def test_a_name_that_could_be_several_is_told_with_them(demo: DemoServer) -> None:
    await put(Conversation().asked("Boats"), "abcdefgh")
    await put(Conversation().asked("Bread"), "abcdefga")
    code, _, err = await run(demo, "--chat", "abc", "More")
    assert code == 2
    assert "abc could be one of 2" in err
    assert "Boats" in err
    assert "Bread" in err


async def test_the_json_tells_where_it_is_kept(demo: DemoServer) -> None:
    _, out, _ = await run(demo, "--model", "demo-echo", "--json", "--save", "Hi")
    [chat] = await kept()
    assert json.loads(out)["chat"] == chat.id
    _, out, _ = await run(demo, "--model", "demo-echo", "--json", "Hi")
    assert json.loads(out)["chat"] is None


async def test_a_question_is_kept_before_a_word_of_its_answer_comes(
    demo: DemoServer,
) -> None:
    speaker = Speaker()
    demo.script("m", speaker)
    process = await started(demo, "--model", "m", "--save", "Why?")
    assert process.stdin is not None
    process.stdin.close()
    await until(lambda: demo.asked)
    process.kill()
    await process.communicate()
    [chat] = await kept()
    assert said(chat)[0] == ("user", "Why?")


async def test_words_are_on_the_disk_while_the_next_ones_are_waited_for(demo: DemoServer) -> None:
    speaker = Speaker()
    demo.script("m", speaker)
    process = await started(demo, "--model", "m", "--save", "Why?")
    assert process.stdin is not None
    process.stdin.close()
    speaker.say("Because ")
    speaker.say("it rains.")
    async with asyncio.timeout(PATIENCE):
        while not (chats := await kept()) or said(chats[0])[-1][1] != "Because it rains.":
            await asyncio.sleep(0.05)
    process.kill()
    await process.communicate()
    [chat] = await kept()
    answer = chat.conversation.last_answer
    assert answer is not None
    assert (answer.text, answer.outcome) == ("Because it rains.", Outcome.INTERRUPTED)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGHUP, 130)]
)
async def test_what_came_until_a_signal_is_kept(
    demo: DemoServer, number: signal.Signals, code: int
) -> None:
    speaker = Speaker()
    demo.script("m", speaker)
    process = await started(demo, "--model", "m", "--save", "Why?")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    speaker.say("Because ")
    await process.stdout.readexactly(8)
    process.send_signal(number)
    await process.communicate()
    assert process.returncode == code
    [chat] = await kept()
    answer = chat.conversation.last_answer
    assert answer is not None
    assert (answer.text, answer.outcome) == ("Because ", Outcome.CANCELLED)


async def test_what_came_until_the_reader_went_away_is_kept(demo: DemoServer) -> None:
    speaker = Speaker()
    demo.script("m", speaker)
    ours, theirs = os.pipe()
    process = await create_subprocess_exec(
        *(*RILLET, "ask", "--base-url", demo.base_url, "--model", "m", "--save", "Why?"),
        stdin=DEVNULL, stdout=theirs, stderr=PIPE,
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    speaker.say("Because ")
    _, err = await process.communicate()
    assert (process.returncode, err) == (141, b"")
    [chat] = await kept()
    assert said(chat)[-1] == ("assistant", "Because ")


async def test_a_window_that_is_closed_loses_no_word(demo: DemoServer) -> None:
    speaker = Speaker()
    demo.script("m", speaker)
    command = (*RILLET, "ask", "--base-url", demo.base_url, "--model", "m", "Why?")
    async with Scrollback(*command) as terminal:
        speaker.say("Because ")
        await terminal.sees("Because")
        terminal.hang_up()
        await until(lambda: terminal.has_ended)
    [chat] = await kept()
    answer = chat.conversation.last_answer
    assert answer is not None
    assert (answer.text, answer.outcome) == ("Because ", Outcome.CANCELLED)


async def test_a_failed_answer_is_kept_with_its_failure(demo: DemoServer) -> None:
    demo.script("m", failed(401, "no"))
    code, _, _ = await run(demo, "--model", "m", "--save", "Why?")
    assert code == 1
    [chat] = await kept()
    answer = chat.conversation.last_answer
    assert answer is not None
    assert answer.failure is not None
    assert answer.failure.status == 401


async def test_a_disk_that_takes_nothing_is_told_and_does_not_stop_the_answer(
    demo: DemoServer, tmp_path: Path
) -> None:
    (tmp_path / "no folder").write_text("")
    demo.script("m", saying("It rains."))
    process = await started(
        demo, "--model", "m", "--save", "--quiet", "Why?",
        XDG_DATA_HOME=str(tmp_path / "no folder"),
    )  # fmt: skip
    out, err = await process.communicate(b"")
    assert (process.returncode, out) == (0, b"It rains.")
    assert b"Conversations cannot be saved: " in err
    assert b"Traceback" not in err


async def test_a_file_that_stops_taking_words_is_told_once(demo: DemoServer) -> None:
    await put(Conversation().asked("First"))
    limited = "ulimit -f 60; exec {} -m tui ask --base-url {} --model m -c 'More'"
    demo.script("m", saying("word " * 60_000))
    process = await create_subprocess_exec(
        *("bash", "-c", limited.format(sys.executable, demo.base_url)),
        stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    assert (process.returncode, len(out)) == (0, 300_000)
    assert err.startswith(b"rillet: Not saved: ")
    assert err.count(b"\n") == 1
