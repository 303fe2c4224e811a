"""A request as text to take along: as JSON, and as a command that a POSIX shell runs.

Both are copied, pasted and looked at, so they hold nothing that steers a terminal and nothing
that is not seen: what could is written as JSON's own escape, which means the same. No key is in
them; the command has the shell put it in, from the environment.
"""

from __future__ import annotations

import json
import re
from shlex import quote

from tui.core.odd import ODD
from tui.core.request import JSON
from tui.core.sanitize import clean

KEY = "$OPENAI_API_KEY"
"""What stands in the place of the key."""

URL = "$OPENAI_BASE_URL"
"""What stands in the place of an address, where what answered has none."""

WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)

LONGEST = 100_000
"""Bytes of one argument: Linux takes 128 KiB, and no more, whatever the others are."""


def as_json(body: JSON, indent: int | None = 2) -> str:
    """The body as JSON that is shown, copied and pasted as it is."""
    text = json.dumps(body, ensure_ascii=False, indent=indent)
    return text if clean(text) == text else ODD.sub(_escaped, text)


def command(endpoint: str, body: JSON) -> str:
    """A command that sends this body to this endpoint, with the key of the environment.

    Args:
        endpoint: The base URL; what is no URL of the web gives `$OPENAI_BASE_URL` its place.
        body: What is sent.
    """
    text = as_json(body, indent=None)
    is_long = len(text.encode()) > LONGEST
    given = "--data-binary @-" if is_long else f"--data-raw {quote(text)}"
    lines = (
        f"curl -sSN --globoff --url {_url(endpoint)}",
        f'-H "Authorization: Bearer {KEY}"',
        "-H 'Content-Type: application/json'",
        given,
    )
    asks = " \\\n  ".join(lines)
    return f"printf %s {quote(text)} |\n{asks}" if is_long else asks


def has_address(endpoint: str) -> bool:
    """Whether it can be asked from elsewhere: what runs inside of Rillet cannot."""
    return bool(WEB.fullmatch(clean(endpoint))) and clean(endpoint) == endpoint


def _url(endpoint: str) -> str:
    if has_address(endpoint):
        return quote(f"{endpoint.rstrip('/')}/chat/completions")
    return f'"{URL}/chat/completions"'


def _escaped(run: re.Match[str]) -> str:
    """The characters as JSON escapes them; those beyond 16 bits as two surrogates."""
    units = run[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
