"""A refusal as it came: for those who pass it on to a program, which reads statuses and codes.

People get a `Failure`; the exception that carried it has the response behind it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tui.core.sanitize import redact

MOST = 256 * 1024
"""The most characters of a refusal that are passed on."""

HEADERS = ("retry-after", "retry-after-ms", "x-should-retry", "x-request-id")
"""What is passed on beside the body: when to ask again, and what to name to a support desk."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What an endpoint answered in place of a reply."""

    status: int
    """Its HTTP status, from 400 on."""

    headers: dict[str, str]
    """Those of its headers that a client acts on."""

    error: dict[str, object] | None
    """The whole body, where it has OpenAI's form: an object with an object `error`."""


def refused_in(error: BaseException, key: str = "") -> Refused | None:
    """The refusal behind an exception, without the key; None where no endpoint has answered."""
    from openai import APIStatusError

    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, APIStatusError):
        cause = cause.__cause__
    if cause is None:
        return None
    headers = cause.response.headers
    told = {name: headers[name][:200] for name in HEADERS if name in headers}
    return Refused(cause.response.status_code, told, _error(cause.response.text, key))


def _error(text: str, key: str) -> dict[str, object] | None:
    """A body in OpenAI's form; a page, or a form of the server's own, is none."""
    if len(text) > MOST:
        return None
    try:
        found = json.loads(redact(text, key))
    except (ValueError, RecursionError):
        return None
    is_openai = isinstance(found, dict) and isinstance(found.get("error"), dict)
    return found if is_openai else None
