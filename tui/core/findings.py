"""What was looked at and found, as `rillet doctor` tells it: for people, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from tui.core.sanitize import clean


class State(StrEnum):
    """How it stands."""

    FINE = "fine"
    NOTE = "note"
    BAD = "bad"


SIGNS = {State.FINE: "✓", State.NOTE: "·", State.BAD: "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing."""

    section: str
    """What it belongs to."""

    name: str
    """What it is, by the word that programs know it by."""

    value: str
    """What was found; never a secret."""

    source: str = ""
    """Where that came from; empty where nobody asks."""

    state: State = State.FINE
    """How it stands."""

    advice: str = ""
    """What to do about it, in a sentence; empty where nothing is to be done."""


def in_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """A section under each other, names and values in columns."""
    for section, group in groupby(findings, key=lambda each: each.section):
        there = list(group)
        width = max(len(each.name) for each in there)
        yield section
        for each in there:
            source = f"  ({each.source})" if each.source else ""
            yield _line(f"  {SIGNS[each.state]} {each.name:{width}}  {each.value}{source}")
            if each.advice:
                yield _line(f"    {'':{width}}  {each.advice}")
        yield ""


def _line(text: str) -> str:
    """One line, whatever a variable holds."""
    return " ".join(clean(text).splitlines())


def in_json(findings: Sequence[Finding]) -> dict[str, object]:
    """The same for programs: sections of names, and whether all is well."""
    sections: dict[str, object] = {}
    for section, group in groupby(findings, key=lambda each: each.section):
        sections[section] = {each.name: _said(each) for each in group}
    return {"ok": is_well(findings), **sections}


def is_well(findings: Iterable[Finding]) -> bool:
    """Whether nothing is wrong."""
    return all(each.state is not State.BAD for each in findings)


def _said(finding: Finding) -> dict[str, str]:
    said = {"value": finding.value, "state": finding.state.value}
    more = {"from": finding.source, "advice": finding.advice}
    return said | {name: value for name, value in more.items() if value}
