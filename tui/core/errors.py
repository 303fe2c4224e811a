"""What can go wrong: one small tree of exceptions, and the value that people read.

    RilletError            anything that Rillet itself raises
    ├── UsageError         the command line or the environment asks for what cannot be
    │   └── BadRecord      a file is no record, or a damaged one (tui.core.record)
    ├── RequestFailed      the server, or the way to it, said no; carries a Failure
    ├── CannotOpen         no browser could be given a link
    ├── ChildFailed        a server of our own did not start (tui.edge.child)
    └── RanksDamaged       a token table of the installation is damaged (tui.edge.ranks)

Exceptions of other packages are translated into these once, at the edge. Above the edge an
error is a `Failure`: a title, a sentence to act on, and the facts behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a failure is about, where Rillet can say more of it than the server did."""

    OTHER = auto()
    CONTEXT_LENGTH = auto()
    MODEL_UNKNOWN = auto()
    PATH_UNKNOWN = auto()
    IMAGES = auto()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a turn failed, in words that a person can act on."""

    title: str
    """What happened, in a few words, without a full stop."""

    detail: str
    """What it means and what to do, in whole sentences."""

    status: int = 0
    """The HTTP status, 0 where there was none."""

    url: str = ""
    """The URL that was tried."""

    said: str = ""
    """The provider's own words, redacted and cut."""

    cause: str = ""
    """The system's words, where no provider could say anything."""

    request_id: str = ""
    """The provider's name for the request, for its support desk."""

    can_help_again: bool = True
    """Whether asking once more can help: after a while, or with another model."""

    may_retry: bool = False
    """Whether Rillet may ask once more by itself: no words came and nothing was billed."""

    retry_after: float | None = None
    """Seconds that the server asked us to wait, None where it said nothing."""

    kind: Kind = Kind.OTHER
    """What it is about."""

    parameter: str = ""
    """The parameter that the server did not take, where it was one that the user set."""


class RilletError(Exception):
    """Anything that Rillet itself raises."""


class UsageError(RilletError):
    """The command line or the environment asks for something that cannot be."""


class CannotOpen(RilletError):
    """No browser could be given a link; the text is a sentence that says why."""


class RequestFailed(RilletError):
    """The server, or the way to it, said no."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.title)
        self.failure = failure
