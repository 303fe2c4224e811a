"""The turn: every delta goes to the reply that grows, to the store, and to the form."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, replace

from tui.ask.forms import Form
from tui.ask.output import Notes, Output
from tui.ask.place import Kept
from tui.ask.stopping import Limit, by_signals
from tui.core.advice import counted
from tui.core.conversation import Message
from tui.core.deltas import Delta, Finished, Remark, Retrying
from tui.core.errors import Kind, RilletError
from tui.core.phase import COMPLETE, EXIT_CODES, ending
from tui.core.prompt_tokens import PromptCounter
from tui.core.reply import Reply
from tui.core.request import Request
from tui.core.sanitize import one_line
from tui.core.server import Server
from tui.core.settings import Patience
from tui.stop import Stop
from tui.turn import turn

INCOMPLETE = 1
"""The exit code when the answer is whole and what was asked for is not in it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and how long to wait for its answer."""

    server: Server
    """Who is asked."""

    request: Request
    """What is asked."""

    patience: Patience
    """How long to wait for words."""

    limit: float | None = None
    """Seconds that all of it may take."""


async def ask(question: Question, output: Output, form: Form, notes: Notes, kept: Kept) -> int:
    """Ask once and hand on the answer; gives the exit code.

    Raises:
        OSError: If the words could not be written; the request is cancelled by then.
    """
    stop = Stop()
    with by_signals(stop):
        try:
            await kept.begin(question.request)
            reply, broken = await _reply(question, output, form, notes, kept, stop)
            try:
                if broken is not None:
                    raise broken
                missing = await form.end(reply)
            finally:
                form.close()
                await kept.end(reply)
        finally:
            form.close()
            await question.server.aclose()
    for call in reply.tool_calls.values() if form.is_for_people else ():
        notes.remark(f"{one_line(call.name, 80)}({one_line(call.arguments, 300)})")
    _conclude(reply.message(), notes)
    if missing:
        notes.error(missing)
    return EXIT_CODES[reply.message().outcome] or (INCOMPLETE if missing else 0)


async def _reply(
    question: Question, output: Output, form: Form, notes: Notes, kept: Kept, stop: Stop
) -> tuple[Reply, OSError | None]:
    """What came, and why it could not be written, if it could not."""
    now = asyncio.get_running_loop().time
    reply, limit = Reply(question.request.model, now()), Limit(question.limit, stop)
    broken: OSError | None = None
    form.open()
    parts = turn(question.server, question.request, question.patience, stop)
    async with aclosing(parts) as deltas:
        async for delta in deltas:
            if isinstance(delta, Finished):
                delta = limit.told(await _explained(delta, question.request, output))
            reply.take(delta, now())
            kept.take(delta)
            try:
                form.take(delta)
                _tell(delta, notes)
            except OSError as error:
                broken = broken or error
                stop()
    return reply, broken


async def _explained(finished: Finished, request: Request, output: Output) -> Finished:
    """The end, with our count where the server found the request too long."""
    failure = finished.failure
    if failure is None or failure.kind is not Kind.CONTEXT_LENGTH:
        return finished
    name, is_own = output.encoding(request.model)
    try:
        tokenizer = await asyncio.to_thread(output.load, name)
    except RilletError:
        return finished
    count = PromptCounter().tokens
    prompt = await asyncio.to_thread(count, request.messages, request.model, name, tokenizer)
    return replace(finished, failure=counted(failure, prompt, is_own=is_own))


def _tell(delta: Delta, notes: Notes) -> None:
    match delta:
        case Remark(text):
            notes.remark(text)
        case Retrying(attempt, of, wait, failure):
            notes.remark(f"{failure.title}; again in {wait:g} s ({attempt} of {of})")


def _conclude(answer: Message, notes: Notes) -> None:
    """Say how it ended where that is worth saying."""
    told = ending(answer)
    if answer.failure is None:
        if told is not COMPLETE and answer.reason:
            notes.remark(told.words)
        return
    failure = answer.failure
    notes.error(f"{failure.title}{f' ({failure.status})' if failure.status else ''}")
    for source, line in (
        ("", failure.detail),
        ("the server says: ", failure.said),
        ("the system says: ", failure.cause),
        ("", failure.url),
        ("request id ", failure.request_id),
    ):
        if line:
            notes.error(f"  {source}{one_line(line, 600)}")
