"""Keys and base URLs as they come from the environment, checked before anything is built.

A key with a line break in it would be printed whole in a traceback of the transport, so what
cannot be sent is refused here, in a sentence that does not repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.core.errors import UsageError
from tui.core.hosts import is_loopback
from tui.core.key_source import Keeper
from tui.core.settings import Endpoint

if TYPE_CHECKING:
    from tui.core.endpoint_settings import Named

OPENAI = "https://api.openai.com/v1"


def endpoint_from(
    base_url: str | None, environ: Mapping[str, str], in_file: str | None = None
) -> Endpoint | None:
    """The endpoint that a flag, the environment or the file names; None where none does.

    Args:
        base_url: What the flag says.
        environ: The environment; the key is in it, too.
        in_file: What the configuration file says, checked.

    Raises:
        UsageError: If the key or the URL cannot be sent.
    """
    key = _checked(key_in(environ))
    if base_url is not None:
        return Endpoint(checked_url(base_url, "--base-url"), key)
    if url := environ.get("OPENAI_BASE_URL", "").strip():
        return Endpoint(checked_url(url, "OPENAI_BASE_URL"), key)
    if in_file or key:
        return Endpoint(in_file or OPENAI, key)
    return None


def key_in(environ: Mapping[str, str]) -> str:
    """The key as the environment gives it, whatever that is; empty where none is set."""
    return environ.get("OPENAI_API_KEY", "").strip()


def endpoint_of(named: Named, environ: Mapping[str, str]) -> Endpoint:
    """An endpoint that the file describes.

    Its key is the one that is named there, and no other: where nothing is there under that name,
    the key of another endpoint must not go along instead. What is not in the environment is
    fetched when it is needed, since that may take time.

    Raises:
        UsageError: If the key cannot be sent.
    """
    source = named.key
    if source is None:
        return Endpoint(named.base_url, _checked(key_in(environ)))
    if source.keeper is Keeper.ENVIRONMENT:
        key = _checked(environ.get(source.name, "").strip(), source.name)
        return Endpoint(named.base_url, key, source)
    return Endpoint(named.base_url, key_from=source)


def can_be_sent(key: str) -> bool:
    """Whether a header can carry the key, and it is no more than that."""
    return bool(re.fullmatch(r"[\x21\x23-\x26\x28-\x7e]*", key))


def _checked(key: str, name: str = "OPENAI_API_KEY") -> str:
    if not can_be_sent(key):
        raise UsageError(
            f"{name} holds a blank, a quote, a line break or a character that no key has. "
            "Set it again, the key alone."
        )
    return key


def checked_url(given: str, source: str) -> str:
    """A base URL as it is used, without a slash at its end.

    Args:
        given: What the user wrote.
        source: Where, for the sentence.

    Raises:
        UsageError: If it cannot be used.
    """
    url = given.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or parts.scheme not in ("http", "https") or re.search(r"[\s\x00-\x1f]", url):
        raise UsageError(
            f"{source} is not a URL that can be used: it should look like https://HOST/v1"
            f"{_meant(url)}"
        )
    if parts.username or parts.password:
        raise UsageError(f"{source} holds a password; put the key into OPENAI_API_KEY instead.")
    if parts.query or parts.fragment:
        raise UsageError(f"{source} holds a ? or #, behind which no path can be added: cut it off.")
    return url.removesuffix("/chat/completions")


def _meant(url: str) -> str:
    """The URL that may be meant by a bare host."""
    if not re.fullmatch(r"[A-Za-z0-9.-]+(:\d{1,5})?(/[\w/.-]*)?", url):
        return ""
    scheme = "http" if is_loopback(f"http://{url}") else "https"
    return f". Is it {scheme}://{url}?"
