"""Keys and base URLs as they come from the environment, checked before anything is built.

A key with a line break in it would be printed whole in a traceback of the transport, so what
cannot be sent is refused here, in a sentence that does not repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from tui.core.errors import UsageError
from tui.core.settings import Endpoint

OPENAI = "https://api.openai.com/v1"


def endpoint_from(base_url: str | None, environ: Mapping[str, str]) -> Endpoint | None:
    """The endpoint that a flag or the environment names; None where neither does.

    Raises:
        UsageError: If the key or the URL cannot be sent.
    """
    key = _key(environ.get("OPENAI_API_KEY", ""))
    url = base_url if base_url is not None else environ.get("OPENAI_BASE_URL", "").strip()
    if base_url is None and not url:
        return Endpoint(OPENAI, key) if key else None
    source = "OPENAI_BASE_URL" if base_url is None else "--base-url"
    return Endpoint(_url(url, source), key)


def _key(given: str) -> str:
    key = given.strip()
    if not re.fullmatch(r"[\x21-\x7e]*", key):
        raise UsageError(
            "OPENAI_API_KEY holds a blank, a line break or a character that no key has. "
            "Set it again, without quotes inside."
        )
    return key


def _url(given: str, source: str) -> str:
    url = given.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or parts.scheme not in ("http", "https") or re.search(r"[\s\x00-\x1f]", url):
        raise UsageError(
            f"{source} is not a URL that can be used: it should look like https://HOST/v1"
        )
    if parts.username or parts.password:
        raise UsageError(f"{source} holds a password; put the key into OPENAI_API_KEY instead.")
    return url.removesuffix("/chat/completions")
