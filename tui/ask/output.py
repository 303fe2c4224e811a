"""Where words and notes go, and what is known of models."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tui.ask.forms import Form
from tui.core.catalog import UNKNOWN, Profile
from tui.core.tokens import Tokenizer
from tui.core.vocabulary import encoding_of
from tui.edge.stdout import Streams


@dataclass(frozen=True, slots=True)
class Output(Streams):
    """Standard output and standard error, and what is said of models."""

    load: Callable[[str], Tokenizer]
    """Gives the tokenizer of a name; takes up to half a second, so it runs in a thread."""

    models: Mapping[str, Profile] = field(default_factory=dict)
    """What the user says of models."""

    def encoding(self, asked: str, served: str = "") -> tuple[str, bool]:
        """The encoding of a model, by the name that it was asked by and, if it said one, its own.

        It comes with whether it is the model's own.
        """
        return encoding_of(served or asked, self.models.get(asked, UNKNOWN))


@dataclass(frozen=True, slots=True)
class Notes:
    """Lines for people, beside whatever is drawn on the same terminal."""

    streams: Streams
    """Where they go."""

    form: Form
    """What is drawn."""

    is_quiet: bool = False
    """Whether only what went wrong is told."""

    def remark(self, text: str) -> None:
        """Something that is good to know."""
        if not self.is_quiet:
            self.error(text)

    def error(self, text: str) -> None:
        """Something that went wrong."""
        with self.form.aside():
            self.streams.note(text)
