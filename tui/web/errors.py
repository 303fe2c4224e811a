"""What went wrong, in OpenAI's form: `{"error": {"message", "type", "param", "code"}}`."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.core.deltas import Finished, Outcome
from tui.core.errors import Failure
from tui.core.sanitize import one_line
from tui.edge.passed_on import Refused

JSON = dict[str, object]

LONGEST = 600
"""Characters of a sentence that is not ours."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response that tells what went wrong."""

    status: int
    """The HTTP status."""

    body: JSON
    """The JSON."""

    headers: dict[str, str] = field(default_factory=dict)
    """More headers."""


class Unacceptable(Exception):
    """A request that is not carried out; it carries the answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def error(
    status: int,
    message: str,
    *,
    param: str | None = None,
    code: str | None = None,
    kind: str = "invalid_request_error",
    headers: dict[str, str] | None = None,
) -> Answer:
    """An answer of our own."""
    told: JSON = {"message": message, "type": kind, "param": param, "code": code}
    return Answer(status, {"error": told}, headers or {})


BUSY = error(
    429,
    "All the streams that rillet serve allows at once are taken. Ask again in a moment; "
    "--max-streams allows more.",
    kind="rate_limit_error",
    code="too_many_streams",
    headers={"retry-after": "1"},
)
"""No place is free."""

LEAVING = error(
    503, "rillet serve is ending, so the answer was broken off.", kind="server_error", code="ending"
)
"""The server ends."""

STATUSES = {Outcome.STALLED: 504, Outcome.INTERRUPTED: 502, Outcome.FAILED: 502}
"""The status of an ending before which there was none."""


def failed(finished: Finished, refused: Refused | None = None) -> Answer:
    """The answer for a turn that did not finish: as the endpoint refused it, where it did."""
    if finished.outcome is Outcome.CANCELLED or finished.failure is None:
        return LEAVING
    failure = finished.failure
    if refused is not None:
        body = refused.error or _told(failure)
        return Answer(refused.status, body, refused.headers)
    # What is no error's status came with an answer that cannot be read, or a redirect.
    status = failure.status if failure.status >= 400 else STATUSES.get(finished.outcome, 502)
    return Answer(status, _told(failure))


def _told(failure: Failure) -> JSON:
    """A failure's sentences as one message."""
    parts = (f"{failure.title}.", failure.detail, failure.said, failure.cause)
    message = " ".join(one_line(part, LONGEST) for part in parts if part)
    code = failure.kind.name.lower() if failure.kind.name != "OTHER" else None
    told: JSON = {"message": message, "type": "upstream_error", "param": None, "code": code}
    return {"error": told}
