"""One question without a screen: the same spine, for pipes and scripts.

The words go to stdout as they come and nothing else does; what there is to say about them goes
to stderr. With `--json` stdout is one object at the end.
"""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import asdict, dataclass, field, replace
from typing import TypedDict

from tui.core.advice import counted
from tui.core.catalog import UNKNOWN, Profile
from tui.core.conversation import Message
from tui.core.deltas import Delta, Finished, Refusal, Remark, Retrying, Text, Usage
from tui.core.errors import Failure, Kind, RilletError
from tui.core.phase import COMPLETE, EXIT_CODES, ending
from tui.core.prompt_tokens import PromptCounter
from tui.core.reply import Reply
from tui.core.request import Request
from tui.core.sanitize import Cleaner, one_line
from tui.core.server import Server
from tui.core.settings import Patience
from tui.core.tokens import Tokenizer, count
from tui.core.vocabulary import encoding_of
from tui.edge.stdout import Streams
from tui.turn import Stop, turn


@dataclass(frozen=True, slots=True)
class Output(Streams):
    """Where words and notes go, and what is said of models."""

    load: Callable[[str], Tokenizer]
    """Gives the tokenizer of a name; takes up to half a second, so it runs in a thread."""

    is_json: bool = False
    """Whether `words` gets one JSON object at the end instead."""

    is_safe: bool = False
    """Whether words are cleaned in a pipe too; for a terminal they always are."""

    models: Mapping[str, Profile] = field(default_factory=dict)
    """What the user says of models."""

    cleaner: Cleaner = field(default_factory=Cleaner)
    """Takes what steers a terminal out of words that go to one."""

    def say(self, text: str) -> None:
        """Hand on words at once; a terminal gets them without anything that steers it."""
        self.words.write(self.cleaner.feed(text) if self.is_cleaning else text)
        self.words.flush()

    def close(self) -> None:
        """No more words: hand on what waited for them."""
        self.words.write(self.cleaner.flush())
        self.words.flush()

    @property
    def is_cleaning(self) -> bool:
        """Whether the words are to be harmless wherever they are shown."""
        return self.is_safe or self.words.isatty()

    def encoding(self, asked: str, served: str = "") -> tuple[str, bool]:
        """The encoding of a model, by the name that it was asked by and, if it said one, its own.

        It comes with whether it is the model's own.
        """
        return encoding_of(served or asked, self.models.get(asked, UNKNOWN))


async def ask(server: Server, request: Request, patience: Patience, output: Output) -> int:
    """Ask once and hand on the answer; gives the exit code.

    Raises:
        BrokenPipeError: If whoever read the words went away; the request is cancelled by then.
    """
    stop = Stop()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        reply = await _reply(server, request, patience, stop, output)
        if output.is_json:
            output.say(json.dumps(await _report(reply, request, output)) + "\n")
    finally:
        await server.aclose()
    for call in reply.tool_calls.values() if not output.is_json else ():
        output.note(f"{one_line(call.name, 80)}({one_line(call.arguments, 300)})")
    _conclude(reply.message(), output)
    return EXIT_CODES[reply.message().outcome]


async def _reply(
    server: Server, request: Request, patience: Patience, stop: Stop, output: Output
) -> Reply:
    now = asyncio.get_running_loop().time
    reply = Reply(request.model, now())
    async with aclosing(turn(server, request, patience, stop)) as deltas:
        async for delta in deltas:
            if isinstance(delta, Finished):
                delta = await _explained(delta, request, output)
            reply.take(delta, now())
            _tell(delta, output)
    return reply


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


def _tell(delta: Delta, output: Output) -> None:
    """What one delta says, where it belongs."""
    match delta:
        case Text(text) | Refusal(text) if not output.is_json:
            output.say(text)
        case Remark(text):
            output.note(text)
        case Retrying(attempt, of, wait, failure):
            output.note(f"{failure.title}; again in {wait:g} s ({attempt} of {of})")


def _conclude(answer: Message, output: Output) -> None:
    """Close the line on a terminal, and say how it ended where that is worth saying."""
    said = answer.text + answer.refusal
    if output.words.isatty() and not output.is_json and said and not said.endswith("\n"):
        output.say("\n")
    output.close()
    told = ending(answer)
    if answer.failure is None:
        if told is not COMPLETE and answer.reason:
            output.note(told.words)
        return
    failure = answer.failure
    output.note(f"{failure.title}{f' ({failure.status})' if failure.status else ''}")
    for source, line in (
        ("", failure.detail),
        ("the server says: ", failure.said),
        ("the system says: ", failure.cause),
        ("", failure.url),
        ("request id ", failure.request_id),
    ):
        if line:
            output.note(f"  {source}{one_line(line, 600)}")


async def _report(reply: Reply, request: Request, output: Output) -> dict[str, object]:
    """Everything that the turn brought, as the object that `--json` prints."""
    answer = reply.message()
    tokens = await asyncio.to_thread(_tokens, reply, request, output)
    return {
        "text": answer.text,
        "reasoning": answer.reasoning,
        "refusal": answer.refusal,
        "tool_calls": [asdict(call) for call in reply.tool_calls.values()],
        "finish_reason": answer.reason or None,
        "outcome": answer.outcome.value,
        "error": _error(answer.failure),
        "usage": None
        if reply.usage is None
        else {**asdict(reply.usage), "total": reply.usage.total},
        "tokens": tokens,
        "timings": {
            "first_token_s": reply.timings.first_token_s,
            "total_s": reply.timings.total_s(0.0),
            "tokens_per_s": reply.timings.tokens_per_s(tokens["completion"]),
        },
        "model": answer.model,
        "retries": len(reply.retries),
        "warnings": reply.remarks,
    }


def _error(failure: Failure | None) -> dict[str, object] | None:
    if failure is None:
        return None
    detail = " ".join(filter(None, (failure.detail, failure.said, failure.cause)))
    return {
        "title": failure.title,
        "detail": detail,
        "status": failure.status or None,
        "request_id": failure.request_id or None,
    }


class Counts(TypedDict):
    """Token counts of one request and its answer."""

    prompt: int
    completion: int
    exact: bool


def _tokens(reply: Reply, request: Request, output: Output) -> Counts:
    """The server's counts where it reported both, ours for the rest."""
    usage = reply.usage or Usage()
    if usage.prompt is not None and usage.completion is not None:
        return Counts(prompt=usage.prompt, completion=usage.completion, exact=True)
    model = reply.model or request.model
    name, is_own = output.encoding(request.model, reply.model)
    tokenizer = output.load(name)
    prompt = PromptCounter().tokens(request.messages, model, name, tokenizer)
    said = reply.reasoning + reply.text + reply.refusal
    return Counts(
        prompt=usage.prompt or prompt.total,
        completion=usage.completion or count(said, tokenizer),
        exact=is_own and not prompt.image_count,
    )
