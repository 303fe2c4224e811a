"""Which trouble a refusal tells of: by the provider's words and codes first, then by the status.

A row fits where the status is one of its own (or it has none) and every one of its patterns is
found in the evidence. The first row that fits decides, so what is special stands above what is
general. `tests/edge/bodies.py` has the bodies of the providers that each row is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tui.core import meanings as m
from tui.core.meanings import Meaning


@dataclass(frozen=True, slots=True)
class Row:
    """One way to recognise a trouble."""

    meaning: Meaning
    """What it is."""

    words: tuple[str, ...]
    """Regular expressions, all of which are found in the evidence, small and capital alike."""

    statuses: frozenset[int] = frozenset()
    """The statuses that it comes with; empty is any."""

    def fits(self, status: int, evidence: str) -> bool:
        """Whether this is it."""
        if self.statuses and status not in self.statuses:
            return False
        return all(re.search(each, evidence, re.I | re.M) for each in self.words)


def _row(meaning: Meaning, *words: str, on: tuple[int, ...] = ()) -> Row:
    return Row(meaning, words, frozenset(on))


def _any(*words: str) -> str:
    return "|".join(f"(?:{each})" for each in words)


LENGTH = _any(
    "context_length_exceeded|exceed_context_size|ContextWindowExceeded|tokens_limit_reached",
    "maximum (context|model|prompt) length|maximum context",
    r"context (length|size|window|limit)\b.{0,40}\b(exceed|overflow)",
    r"exceeds?\b.{0,60}\bcontext (length|size|window|limit)",
    "token count.{0,20}exceeds the (limit|maximum)|tokens in the prompt exceeds the limit",
    "configured limit of [0-9]+ tokens|exceeded model token limit|range of input length should be",
    "maximum allowed input length|configured context size is|prompt exceeds max length",
    "prompt (is )?too long|input (is|length) too long|context the overflows",
    "longer than the (model's context|maximum model)|the model's context length is only",
    r"greater than the context length|max_new_tokens\W+must be|reduce the length of the messages",
)

ANSWER = _any(
    r"[1-9][0-9]*( tokens)? (in|for) the (completion|output)",
    "max_(new_|completion_)?tokens",
    "requested [1-9][0-9]* output",
)

NOT_A_RATE = (200, 400, 403, 404, 413, 422, 500, 503)
"""Statuses of a request that is too long; with a 429, tokens are meant by the minute."""

UNSUPPORTED = (
    "unsupported|not support|not permitted|extra_forbidden|unknown|unrecognized|deprecated|"
    "must be|at most|at least|only the default|range|less than|greater than|too large|invalid|"
    "maximum allowed"
)


def _about(parameter: str) -> str:
    """Words against a parameter, in either order."""
    return _any(
        rf"^(param|loc): \W*({parameter})\b",
        rf"\b({parameter})\b.{{0,80}}\b({UNSUPPORTED})",
        rf"\b({UNSUPPORTED})\b.{{0,80}}\b({parameter})\b",
    )


MODEL = _any(
    "model_not_found|model_not_available|unknown_model|invalid_model|DeploymentNotFound",
    "model_decommissioned|not a valid model|invalid model|unknown model|no such model",
    r"\bmodel\b.{0,120}\b(not exist|not found|has been (decommissioned|deprecated|retired))",
    "no endpoints found for|unable to access (non-serverless )?model|try pulling it first",
    r"models/\S+ is not found|not_found_error\s+message: model: ",
)

ROWS = (
    _row(m.WANTS_TLS, "plain HTTP request was sent to HTTPS|HTTP request to an HTTPS server"),
    _row(m.TOO_LARGE_FOR_A_MINUTE, "request too large for", r"\btokens per min|\bTPM\b"),
    _row(m.TOO_LONG_WITH_ANSWER, LENGTH, ANSWER, on=NOT_A_RATE),
    _row(m.TOO_LONG, LENGTH, on=NOT_A_RATE),
    _row(m.TOO_LONG, "too large for .* model. max size: [0-9]+ tokens"),
    _row(m.TOO_LARGE, "string_above_max_length|string too long"),
    _row(m.TOO_DEAR, "more credits, or fewer max_tokens"),
    _row(
        m.QUOTA,
        "insufficient_quota|billing_hard_limit|billing_not_active|budget has been exceeded|"
        "budget_exceeded|spend(ing)? limit",
    ),
    _row(
        m.NO_CREDIT,
        _any(
            "credit balance|insufficient (balance|credits?|funds)|out of credits",
            "requires more credits|payment required|add credits|no credits? left",
        ),
    ),
    _row(
        m.TODAY,
        r"per.?day|\bdaily\b|\bTPD\b|\bRPD\b|weekly usage limit",
        on=(403, 429),
    ),
    _row(m.RATE, r"(retry|try again) (in|after) |per.?minute|rate.?limited|rate limit", on=(429,)),
    _row(m.QUOTA, "exceeded your current quota", on=(429,)),
    _row(m.VERIFY, "organization must be verified|verify organization"),
    _row(
        m.REGION,
        "unsupported_country|location is not supported|not available in your (country|region)",
    ),
    _row(
        m.FILTERED,
        _any(
            "ResponsibleAIPolicyViolation|content_filter|content_policy|content management policy",
            "was flagged|data_inspection_failed|content exists risk|prohibited_content",
            "requires moderation|violat.{0,40} (usage|content) polic|safety system",
        ),
    ),
    _row(m.CLOSED_ACCOUNT, "account_deactivated|account.{0,40}(deactivated|suspended|disabled)"),
    _row(m.ADDRESS, "ip_not_authorized|ip.{0,20}not (authorized|allowed)", on=(401, 403)),
    _row(m.NO_KEY, "didn't provide an API key|no auth credentials|no api.?key|missing api.?key"),
    _row(
        m.FORBIDDEN_MODEL,
        _any(
            "not allowed to access model|not have access to (the )?model|key_model_access_denied",
            "model requires a subscription",
        ),
    ),
    _row(
        m.REFUSED_KEY,
        _any(
            "invalid_api_key|API_KEY_INVALID|invalid (x-)?api.?key|incorrect api key",
            "api key not valid|invalid proxy server token|invalid subscription key",
        ),
    ),
    _row(
        m.NO_IMAGES,
        _any(
            "image(_url|s)?( input)?.{0,40}not (support|enabled)|not a multimodal model",
            "at most 0 image",
            "image_url is only supported|no endpoints found that support image",
            "unknown variant .image_url|(unsupported|unexpected|invalid) content.{0,60}image_url",
            "not support (image|vision|multimodal)|missing data required for image",
            "content must be a string",
        ),
    ),
    _row(
        m.TOO_MANY_IMAGES,
        r"at most [1-9][0-9]* image|too many images|image\b.{0,60}(too large|exceeds|too big)",
    ),
    _row(
        m.BAD_IMAGE,
        _any(
            "invalid_image|invalid image|image_parse_error|unsupported image|cannot identify image",
            "could not process image",
            "(error|timeout|failed|unable|cannot|could not).{0,30}(download|fetch|retriev|load)"
            ".{0,60}(image|multimodal|http)",
        ),
    ),
    _row(m.NOT_LOADED, "no models? (is |are )?loaded|endpoint_not_running|failed to load model"),
    _row(
        m.NO_CHAT,
        _any(
            "not a chat model|only supported in v1/(responses|completions)|not support chat",
            "not supported in the v1/chat/completions",
        ),
    ),
    _row(m.NO_ROOM, "requires more system memory|out of memory|runner process has terminated"),
    _row(m.TURNS, "roles must alternate|alternate user"),
    _row(
        m.SYSTEM_PROMPT,
        _any(
            "(developer|system) (instruction|message|prompt)s? .{0,20}not",
            "system role not supported|not support .system. with this model",
        ),
    ),
    _row(m.TEMPERATURE, _about("temperature")),
    _row(m.MAX_TOKENS, _about("max_(completion_|new_|output_)?tokens")),
    _row(m.NO_STREAM, "not support stream|stream(ing)? (is )?not supported"),
    _row(m.UNKNOWN_MODEL, MODEL),
    _row(m.LOADING, "loading model|(model|is) (currently )?loading|^estimated_time:"),
    _row(
        m.OVERLOADED,
        "overloaded|at capacity|capacity exceeded|capacity_exceeded|no deployments available",
        on=(200, 429, 500, 502, 503, 529),
    ),
    _row(
        m.UNKNOWN_PATH,
        _any(
            r"^\w+: not found\.?$|(page|file|resource) not found|unexpected endpoint or method",
            r"invalid URL \(|unknown request URL|cannot (POST|GET) /|no route",
        ),
        on=(200, 404),
    ),
    _row(m.BOT_CHECK, "just a moment|attention required|enable javascript and cookies", on=(403,)),
)
"""By words. `.` does not cross a line of the evidence."""

ALSO = {"max_tokens": ("max_tokens", "max_completion_tokens", "max_output_tokens")}
"""Other names that servers have for a parameter."""

BLAMED = frozenset({m.BAD_REQUEST, m.TEMPERATURE, m.MAX_TOKENS})
"""What a parameter can be the reason of."""

PAGES = {403: m.BLOCKED, 404: m.UNKNOWN_PATH, 407: m.PROXY_LOGIN}
PAGES |= dict.fromkeys((502, 503), m.GATEWAY)
"""By status, where a page came and not the API's words."""

STATUSES = {
    400: m.BAD_REQUEST,
    401: m.REFUSED_KEY,
    402: m.NO_CREDIT,
    403: m.FORBIDDEN,
    404: m.UNKNOWN,
    405: m.WRONG_METHOD,
    407: m.PROXY_LOGIN,
    408: m.WAITED,
    409: m.CONFLICT,
    410: m.GONE,
    413: m.TOO_LARGE,
    414: m.UNKNOWN_PATH,
    415: m.BAD_REQUEST,
    422: m.BAD_REQUEST,
    429: m.RATE,
    431: m.LONG_HEADER,
    451: m.LEGAL,
    497: m.WANTS_TLS,
    499: m.WAITED,
    501: m.NOT_MADE,
    503: m.OVERLOADED,
    504: m.GATEWAY_WAITED,
    520: m.GATEWAY,
    521: m.GATEWAY,
    522: m.GATEWAY,
    523: m.NO_SERVER_THERE,
    524: m.GATEWAY_WAITED,
    525: m.NO_SERVER_THERE,
    526: m.NO_SERVER_THERE,
    527: m.GATEWAY,
    529: m.OVERLOADED,
    530: m.NO_SERVER_THERE,
}
"""By status alone; 52x and 530 are Cloudflare's (its docs, 'Cloudflare 5xx errors')."""


def parameter_in(evidence: str, names: Iterable[str]) -> str:
    """Which of these parameters a refusal is about; empty where it is about none of them."""
    for name in names:
        called = "|".join(map(re.escape, ALSO.get(name, (name,))))
        if re.search(_about(called), evidence, re.I | re.M):
            return name
    return ""


def by_words(status: int, evidence: str) -> Meaning | None:
    """What the provider's words and codes tell, if they are known."""
    return next((row.meaning for row in ROWS if row.fits(status, evidence)), None)


def by_status(status: int, is_page: bool) -> Meaning:
    """What the status alone tells."""
    if is_page and status in PAGES:
        return PAGES[status]
    if 300 <= status < 400:
        return m.ELSEWHERE
    return STATUSES.get(status) or (m.BROKEN if status >= 500 else m.BAD_REQUEST)


def meaning_of(status: int, evidence: str, *, is_page: bool = False) -> Meaning:
    """What a refusal means.

    Args:
        status: The HTTP status.
        evidence: What the body says, by `tui.core.evidence`.
        is_page: Whether the body is HTML, so not the API's own words.
    """
    return by_words(status, evidence) or by_status(status, is_page)
