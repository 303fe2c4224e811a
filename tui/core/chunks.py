"""The JSON of a stream's chunks -> deltas, for every dialect that servers speak.

The shape is OpenAI's (API reference, 'The chat completion chunk object'), read generously:
whatever is absent, null or of another type is passed over, and what carries words is kept.
Seen in the wild, and covered here and in the files below: no `choices` or an empty list (Azure's
first chunk, the usage chunk), or a `message` or `response` in their place (Ollama, Workers AI);
no `delta`, a null one, or a whole `message` in its place; a finish reason beside the last words,
`""` or `"null"` on every chunk, in capitals, or in an object; reasoning under many names; usage
on any chunk or on all, in a choice or in `x_groq`; errors inside a 200 as an object, a string,
an event's name, a finish reason, an `object`, or a chunk that is nothing but a `message`.

    choices   which choices are the answer's
    parts     content that is no string
    words     pieces of text, put together
    thoughts  reasoning in tags among the words
    calls     tool calls

`tests/streams` has a file for each kind of server, with where each dialect is from.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.advice import detail_of
from tui.core.calls import Calls
from tui.core.choices import Choices
from tui.core.deltas import Delta, PromptRead, Reasoning, Refusal, Remark, Served, Usage
from tui.core.errors import Failure
from tui.core.evidence import evidence_in, words_of
from tui.core.lenient import JSON, as_items, as_number, as_text
from tui.core.meanings import IN_THE_ANSWER
from tui.core.parts import Said, plain, said_in
from tui.core.recognise import by_words
from tui.core.sanitize import redact
from tui.core.thoughts import Thoughts
from tui.core.usage import prompt_read_in, usage_in, usage_of
from tui.core.words import Words, sound

GOOD = 200
"""The status of a stream in which an error without a code comes."""

NO_REASONS = frozenset({"", "null", "none"})
"""Finish reasons that are none: nulls, written as text."""

_IMAGE = Remark("The answer has an image, which Rillet does not show.")


class ChunkReader:
    """Takes decoded chunks, gives deltas, and remembers how the stream stands."""

    def __init__(self) -> None:
        self.reason = ""
        """The finish reason so far; empty while the server has given none."""
        self.spoke_on = False
        """Whether words came after a finish reason, so that it was not the end."""
        self.failure: Failure | None = None
        """The error that the stream carried, if it did."""
        self.complaint: object = None
        """A chunk without choices that says something; an error, where nothing else comes."""
        self._model = ""
        self._usage = Usage()
        self._read: PromptRead | None = None
        self._choices = Choices()
        self._text, self._reasoning, self._refusal = Words(), Words(), Words()
        self._thoughts = Thoughts()
        self._calls = Calls()
        self._has_image = False
        self._has_spoken = False

    def take(self, chunk: object) -> list[Delta]:
        """The deltas of one chunk, in the order in which people read them."""
        if not isinstance(chunk, dict):
            return []
        deltas = self._about(chunk)
        if choices := as_items(chunk.get("choices")):
            for choice in self._choices.take(choices):
                deltas += self._choice(choice)
        else:
            deltas += self._without_choices(chunk)
        if failure := failure_in(chunk):
            self.failure = failure
        return deltas

    def flush(self) -> list[Delta]:
        """The stream has ended: what was held until it was clear what it is."""
        deltas = [delta for choice in self._choices.rest() for delta in self._choice(choice)]
        if thought := self._reasoning.rest():
            deltas.append(Reasoning(thought))
        deltas += self._thoughts.take(self._text.rest())
        deltas += self._thoughts.rest()
        if refusal := self._refusal.rest():
            deltas.append(Refusal(refusal))
        return deltas

    def fail(self, said: object) -> None:
        """The stream carried an error outside a chunk."""
        self.failure = failure_from(said)

    def _about(self, chunk: JSON) -> list[Delta]:
        deltas: list[Delta] = []
        model = as_text(chunk.get("model"))
        if model and model != self._model:
            self._model = model
            deltas.append(Served(sound(model), sound(as_text(chunk.get("id")))))
        if "prompt_progress" in chunk:
            deltas += self._reading(prompt_read_in(chunk))
        return deltas + self._used(usage_in(chunk))

    def _reading(self, read: PromptRead | None) -> list[Delta]:
        if read is None or read == self._read:
            return []
        self._read = read
        return [read]

    def _used(self, usage: Usage | None) -> list[Delta]:
        if usage is None or usage == self._usage:
            return []
        self._usage = usage
        return [usage]

    def _without_choices(self, chunk: JSON) -> list[Delta]:
        """A line of Ollama's own API, an event of Workers AI, or a complaint."""
        message, response = chunk.get("message"), chunk.get("response")
        if isinstance(message, dict) or isinstance(response, str):
            reason = chunk.get("done_reason")
            return self._choice({"delta": message, "text": response, "finish_reason": reason})
        if complaint := _complaint(chunk):
            self.complaint = complaint
        return []

    def _choice(self, choice: JSON) -> list[Delta]:
        deltas: list[Delta] = []
        delta, text = choice.get("delta"), choice.get("text")
        if not delta and not (self._has_spoken and delta is not None):
            delta = choice.get("message")  # beside an empty delta, all that came before may stand
        if delta and isinstance(delta, dict):
            deltas = self._delta(delta)
        elif text and isinstance(text, str):
            deltas = self._said(text)
        if deltas:
            self._has_spoken = True
            self.spoke_on = self.spoke_on or bool(self.reason)
        if usage := choice.get("usage"):
            deltas = deltas + self._used(usage_of(usage))
        self._end(choice)
        return deltas

    def _end(self, choice: JSON) -> None:
        """What a choice says of its end."""
        if reason := _reason(choice.get("finish_reason")):
            self.reason = reason
        if error := choice.get("error"):
            self.failure = failure_from(error)
        elif reason.lower() == "error":
            self.failure = failure_from("The server ended with an error.")

    def _delta(self, delta: JSON) -> list[Delta]:
        content, parts = delta.get("content"), _NOTHING
        if content and not isinstance(content, str):
            parts = said_in(content)
        deltas: list[Delta] = []
        if thought := _thought(delta) or parts.thought:
            deltas += self._thought(thought)
        if words := as_text(content) or parts.text or _transcript(delta):
            deltas += self._said(words)
        if refusal := delta.get("refusal") or parts.refusal:
            deltas += self._declined(plain(refusal))
        if calls := delta.get("tool_calls"):
            deltas += self._calls.take(as_items(calls))
        if isinstance(call := delta.get("function_call"), dict):
            deltas += self._calls.take([{"function": call}])
        if (delta.get("images") or parts.has_image) and not self._has_image:
            self._has_image = True
            deltas.append(_IMAGE)
        return deltas

    def _thought(self, thought: object) -> list[Delta]:
        words = self._reasoning.take(plain(thought))
        return [Reasoning(words)] if words else []

    def _declined(self, refusal: str) -> list[Delta]:
        words = self._refusal.take(refusal)
        return [Refusal(words)] if words else []

    def _said(self, text: str) -> list[Delta]:
        return self._thoughts.take(self._text.take(text))


_NOTHING = Said()


def _thought(delta: JSON) -> object:
    """The reasoning, under whichever name: in words, else in OpenRouter's details."""
    return (
        delta.get("reasoning_content")
        or delta.get("reasoning")
        or delta.get("reasoning_text")
        or delta.get("thinking")
        or delta.get("reasoning_details")
    )


def _transcript(delta: JSON) -> str:
    """The words of an answer in sound."""
    audio = delta.get("audio")
    return as_text(audio.get("transcript")) if isinstance(audio, dict) else ""


def _reason(found: object) -> str:
    """A finish reason in the server's own letters."""
    if isinstance(found, dict):
        found = found.get("type")
    reason = sound(as_text(found)).strip()
    return "" if reason.lower() in NO_REASONS else reason


def _complaint(chunk: JSON) -> object:
    """What a chunk says that is no chunk: an error of the platform's own form."""
    base = chunk.get("base_resp")
    said = base.get("status_msg") if isinstance(base, dict) else chunk.get("error_msg")
    return said or (chunk if words_of(chunk) else None)


def failure_in(chunk: Mapping[str, object]) -> Failure | None:
    """The error that a chunk or a body carries in place of an answer."""
    if error := chunk.get("error"):
        return failure_from(error)
    if chunk.get("object") == "error":
        return failure_from(chunk)
    groq = chunk.get("x_groq")
    if isinstance(groq, dict) and (error := groq.get("error")):
        return failure_from(error)
    return None


def failure_from(said: object) -> Failure:
    """An error that came inside a stream, in the provider's words."""
    code: object = said.get("code") if isinstance(said, dict) else None
    status = as_number(code) or 0
    evidence = evidence_in(said)
    meaning = by_words(status or GOOD, evidence) or IN_THE_ANSWER
    return Failure(
        title=meaning.title,
        detail=detail_of(meaning, evidence),
        status=status if 400 <= status < 600 else 0,
        said=redact(words_of(said)),
        can_help_again=meaning.can_help_again,
        kind=meaning.kind,
    )
