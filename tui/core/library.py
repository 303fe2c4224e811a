"""Prompts that are kept under names: system prompts, and snippets for the prompt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a text is for; the value is the heading of its list."""

    SYSTEM = "System prompts"
    SNIPPET = "Snippets"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the library."""

    kind: Kind
    """What it is for."""

    name: str
    """The name of its file, without the ending; it may be foreign."""

    text: str = ""
    """What it says; nothing in it is hidden."""

    trouble: str = ""
    """Why it cannot be read, in a sentence; empty where it can."""


@dataclass(frozen=True, slots=True)
class Library:
    """All that was found."""

    texts: tuple[Text, ...] = ()
    """The texts, the system prompts first, by name."""

    troubles: tuple[str, ...] = ()
    """What could not be looked at, in sentences."""

    def of(self, kind: Kind) -> tuple[Text, ...]:
        """Those of a kind."""
        return tuple(text for text in self.texts if text.kind is kind)

    def matching(self, kind: Kind, typed: str) -> tuple[Text, ...]:
        """Those of a kind whose names hold every typed word."""
        words = typed.casefold().split()
        return tuple(
            text for text in self.of(kind) if all(word in text.name.casefold() for word in words)
        )
