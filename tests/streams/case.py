r"""The corpus: streams in record files, each with a note of what it means and where it is from.

    {"stream": 7, "request": {"body": {"model": "azure-null-delta"}}, "response": {...}}
    {"stream": 7, "case": {"name": "A delta that is null", "source": "...", "text": "Deep", ...}}
    {"stream": 7, "text": "data: {...}\n\n"}
    {"stream": 7, "text": "data: [DONE]\n\n", "end": "complete"}

What a note leaves out is as in an ordinary answer: finished with `stop`, nothing else to tell.
The model's name is the case's own: `rillet replay FILE` serves all of them, to be picked with F2.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from tui.core.record import Stream
from tui.edge.replay import load

FOLDER = Path(__file__).parent

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """A stream, and what it means."""

    file: str
    """The file it stands in, without its ending."""

    stream: Stream
    """What goes over the wire."""

    name: str
    """What is special about it, as a claim."""

    source: str
    """Where the dialect was documented or reported."""

    text: str
    """The words of the answer."""

    reasoning: str
    """The words of the reasoning."""

    refusal: str
    """The words in which the model declines."""

    tools: list[list[str]]
    """The calls: name and arguments of each."""

    outcome: str
    """Which of the five ways the turn ended."""

    reason: str
    """The finish reason, in the server's letters."""

    failure: str
    """Words of the failure; empty is that the case is content with any, or with none."""

    remarks: int
    """How many remarks there are."""

    usage: list[int | None]
    """Prompt and completion tokens as reported; empty is not reported."""

    sees: list[str]
    """What stands on the screen at the end."""

    @property
    def id(self) -> str:
        """The case's own name, which is the model's."""
        return self.stream.model


def cases(file: Path) -> list[Case]:
    """The cases in a file."""
    return [_case(file.stem, stream) for stream in load(file).streams]


def _case(file: str, stream: Stream) -> Case:
    note = _Note(f"{file}: {stream.model}", stream.notes.get("case"))
    outcome = note.of("outcome", "finished")
    case = Case(
        file=file,
        stream=stream,
        name=note.of("name", ""),
        source=note.of("source", ""),
        text=note.of("text", ""),
        reasoning=note.of("reasoning", ""),
        refusal=note.of("refusal", ""),
        tools=note.of("tools", []),
        outcome=outcome,
        reason=note.of("reason", "stop" if outcome == "finished" else ""),
        failure=note.of("failure", ""),
        remarks=note.of("remarks", 0),
        usage=note.of("usage", []),
        sees=note.of("sees", []),
    )
    assert case.id, f"{file}, line {stream.line}: the request names no model"
    assert case.name, f"{case.id} claims nothing"
    assert case.source, f"{case.id} has no source"
    assert case.sees, f"{case.id} says of nothing that it is seen"
    return case


class _Note:
    """What a file says of a case; a word that means nothing here is a mistake."""

    def __init__(self, place: str, said: object) -> None:
        assert isinstance(said, dict), f"{place}: the note `case` is missing"
        known = {field.name for field in fields(Case)} - {"file", "stream"}
        assert not (odd := said.keys() - known), f"{place}: nobody knows {sorted(odd)}"
        self._place, self._said = place, said

    def of(self, name: str, default: T) -> T:
        """A member, of the type of its default."""
        found = self._said.get(name, default)
        assert isinstance(found, type(default)), f"{self._place}: {name} is {found!r}"
        return found


FILES = sorted(FOLDER.glob("*.jsonl"))
CORPUS = [case for file in FILES for case in cases(file)]
