"""Foreign exceptions -> failures in sentences; the one place where they are translated.

The openai package wraps what went wrong: the reason is in `__cause__` and in the response, not in
the exception's text. Answers with a status are read here, by the tables of `tui.core.recognise`;
what happens before there is one is `tui.edge.causes`. Nothing here repeats a key or a header.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2
from openai import APIStatusError

from tui.core import meanings
from tui.core.advice import detail_of, with_base
from tui.core.body import page_words
from tui.core.errors import Failure, RequestFailed
from tui.core.evidence import evidence_in, words_of
from tui.core.meanings import Meaning, not_taken
from tui.core.recognise import BLAMED, meaning_of, parameter_in
from tui.core.sanitize import one_line, redact
from tui.core.settings import Endpoint
from tui.edge.causes import trouble_of

RETRIED = frozenset({408, 409, 429, 500, 502, 503, 529})
"""Statuses that a server gives for a passing trouble, before any word."""

REQUEST_IDS = (
    *("x-request-id", "request-id", "apim-request-id", "x-ms-request-id", "x-amzn-requestid"),
    *("x-trace-id", "x-ds-trace-id", "cf-ray"),
)
"""Headers in which providers name a request, the better ones first."""

MOST_READ = 256 * 1024
"""The most characters of a refusal that are looked at."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """One answer that is a refusal, read."""

    status: int
    headers: httpx2.Headers
    text: str
    said: object

    @property
    def is_page(self) -> bool:
        return self.text.lstrip().startswith("<")

    @property
    def evidence(self) -> str:
        if self.is_page:
            return page_words(self.text)
        return evidence_in(self.said if self.said is not None else self.text)

    @property
    def words(self) -> str:
        """The provider's sentence: from its JSON, or what its page says."""
        if self.is_page:
            return page_words(self.text)
        return words_of(self.said) if self.said is not None else self.text

    @property
    def request_id(self) -> str:
        found = next(filter(None, (self.headers.get(name) for name in REQUEST_IDS)), "")
        inside = self.said.get("request_id") if isinstance(self.said, dict) else ""
        return found or (inside if isinstance(inside, str) else "")


def failure_of(
    error: Exception, endpoint: Endpoint, *, has_begun: bool = False, names: Collection[str] = ()
) -> Failure:
    """What the exception means to a person.

    Args:
        error: What was raised by the SDK, or below it.
        endpoint: Who was asked.
        has_begun: Whether the answer's body was being read.
        names: The parameters that the user set.
    """
    if isinstance(error, RequestFailed):
        return error.failure
    if isinstance(error, APIStatusError):
        return _refused(error, endpoint, names)
    return trouble_of(error, endpoint, has_begun=has_begun)


def _refused(error: APIStatusError, endpoint: Endpoint, names: Collection[str]) -> Failure:
    refusal = _read(error.response)
    evidence = refusal.evidence
    meaning = _meaning(refusal, evidence, endpoint)
    wait = retry_after(refusal.headers, datetime.now(UTC))
    parameter = parameter_in(evidence, names) if names and meaning in BLAMED else ""
    meaning = not_taken(parameter) if parameter and meaning is meanings.BAD_REQUEST else meaning
    failure = Failure(
        title=meaning.title,
        detail=detail_of(meaning, evidence) + _pause(wait),
        status=refusal.status,
        url=str(error.request.url),
        said=one_line(redact(refusal.words, endpoint.key), 300),
        request_id=one_line(refusal.request_id, 80),
        can_help_again=meaning.can_help_again,
        may_retry=_may_retry(refusal, meaning, wait),
        retry_after=wait,
        kind=meaning.kind,
        parameter=parameter,
    )
    return with_base(failure, endpoint.base_url)


def _meaning(refusal: _Refusal, evidence: str, endpoint: Endpoint) -> Meaning:
    meaning = meaning_of(refusal.status, evidence, is_page=refusal.is_page)
    if meaning is meanings.REFUSED_KEY and not endpoint.key:
        return meanings.NO_KEY
    return meaning


def _may_retry(refusal: _Refusal, meaning: Meaning, wait: float | None) -> bool:
    """Whether asking again by itself is right; OpenAI's `x-should-retry` can forbid it."""
    if refusal.status not in RETRIED or not meaning.passes:
        return False
    if refusal.headers.get("x-should-retry", "").lower() == "false":
        return False
    return refusal.status != 429 or wait is not None


def _pause(wait: float | None) -> str:
    """How long the server asks to wait, in a sentence."""
    if wait is None or wait < 1:
        return ""
    for unit, seconds in (("hour", 3600), ("minute", 60)):
        if wait >= 2 * seconds:
            return f" The server asks for a pause of {wait / seconds:.0f} {unit}s."
    return f" The server asks for a pause of {wait:.0f} second{'s' if wait >= 1.5 else ''}."


def _read(response: httpx2.Response) -> _Refusal:
    try:
        text = response.text[:MOST_READ].strip()
    except httpx2.ResponseNotRead:
        text = ""
    try:
        said: object = response.json() if text[:1] in ("{", "[", '"') else None
    except (ValueError, RecursionError):
        said = None
    return _Refusal(response.status_code, response.headers, text, said)


def retry_after(headers: httpx2.Headers, now: datetime) -> float | None:
    """Seconds to wait: `retry-after-ms` (OpenAI, Azure), or Retry-After (RFC 9110, 10.2.3)."""
    exact = headers.get("retry-after-ms", "").strip()
    if exact.isdecimal() and exact.isascii() and len(exact) < 16:
        return int(exact) / 1000
    said = headers.get("retry-after", "").strip()
    if said.replace(".", "", 1).isdecimal() and said.isascii() and len(said) < 16:
        return float(said)
    try:
        then = parsedate_to_datetime(said)
    except (ValueError, OverflowError, TypeError):
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds())
