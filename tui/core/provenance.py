"""Where an answer comes from: the request that was sent for it, and how its reply arrived.

Kept with the answer for good. Nothing in here is a secret: no key, no header.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.core.continuing import Way
from tui.core.counts import Count
from tui.core.options import Options


@dataclass(frozen=True, slots=True)
class Retry:
    """The request was sent once more by itself."""

    wait: float
    """Seconds that went by before it."""

    why: str
    """The title of the failure before it."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """One request and its reply."""

    endpoint: str = ""
    """The base URL that was asked; of the engine and the demo, what they are called."""

    asked: str = ""
    """The model that was asked for."""

    served: str = ""
    """The model that the server says it answered with; empty where it says none."""

    system: str = ""
    """The system prompt at that time."""

    options: Options = field(default_factory=Options)
    """The parameters that were set."""

    way: Way | None = None
    """How the rest was asked for, where an answer was continued."""

    began: float = 0.0
    """When the request went out, in Unix seconds."""

    first_s: float | None = None
    """Seconds to the first content; None where none came."""

    last_s: float | None = None
    """Seconds to the latest content."""

    thought_s: float = 0.0
    """Seconds from the first word of the reasoning to the first of the answer."""

    total_s: float = 0.0
    """Seconds to the end."""

    completion_id: str = ""
    """The completion's id."""

    request_id: str = ""
    """The server's name for the request, for its support desk."""

    retries: tuple[Retry, ...] = ()
    """How often, and why, the request was sent again by itself."""

    remarks: tuple[str, ...] = ()
    """What was odd about the stream, in sentences."""

    count: Count | None = None
    """The tokens, counted here and by the server; None where nothing was counted."""

    alterations: str = ""
    """What of the body was sent otherwise than the rest of this tells (`tui.core.altered`)."""
