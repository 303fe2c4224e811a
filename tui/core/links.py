"""Where a link leads: read as strictly as a browser might, so that nobody is led elsewhere.

A link is shown and opened as one and the same string, in ASCII: what is not is written as a browser
would send it (percent signs, RFC 3986; Punycode, RFC 3492). A host that browsers and Rillet might
read differently (a backslash, a percent sign, a blank in it) is not opened at all.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

KEPT = "!#$%&'()*+,-./:;=?@[]_~"
"""The signs of a URL that mean something as they are (RFC 3986, 2.2), and the percent sign."""

_WEB = re.compile(r"(https?)://([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(r"mailto:([^?]*)(\?.*)?", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(?:(?P<user>.*)@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[^:@]+)(?P<port>:\d*)?")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_DOTS = re.compile("[.\u3002\uff0e\uff61]")
_NAMED = re.compile(r"(https?://)?((?:[\w-]+\.)+([a-z]{2,}))(?![\w.-])", re.IGNORECASE)
_USUAL = re.compile(
    "ai|app|at|au|bank|biz|br|ca|ch|cn|co|com|de|dev|edu|es|eu|fr|gov|in|info|int|io|it|jp|mil|net|"
    "nl|online|org|ru|shop|site|store|uk|us"
)
"""Ends of names that are hosts and hardly ever files."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link, as it is shown and as it is opened."""

    url: str
    """All of it, in ASCII; it begins with http:, https: or mailto:."""

    host: str
    """Who answers: the host, or the domain that a mail goes to."""

    at: int
    """Where the host begins in the URL."""

    user: str = ""
    """What stands before the host and an @: a name to log in with."""

    reads: str = ""
    """The host in its own letters, where these are others than ASCII's."""


def link_from(target: str) -> Link | None:
    """The link that a target means; None if it is none, or none that is safe to open."""
    if web := _WEB.fullmatch(target):
        return _web(web[1].lower(), web[2], web[3])
    if mail := _MAIL.fullmatch(target):
        return _mail(mail[1], mail[2] or "")
    return None


def _web(scheme: str, authority: str, rest: str) -> Link | None:
    parts = _AUTHORITY.fullmatch(authority)
    host = _host(parts["host"]) if parts else ""
    if not parts or not host or re.search(r"[\\\s]", authority):
        return None
    user = _quoted(parts["user"] or "")
    before = f"{scheme}://{f'{user}@' if user else ''}"
    url = f"{before}{host}{parts['port'] or ''}{_quoted(rest)}"
    return Link(url, host, len(before), user, _letters(host))


def _mail(to: str, more: str) -> Link | None:
    """A mail to one or several; the first one's domain is who gets it."""
    first = to.partition(",")[0]
    user, sign, domain = first.rpartition("@")
    host = _host(domain)
    if not sign or not user or not host:
        return None
    before = f"mailto:{_quoted(user)}@"
    return Link(f"{before}{host}{_quoted(to[len(first) :] + more)}", host, len(before))


def _host(given: str) -> str:
    """The host in ASCII; empty if it cannot be read for certain."""
    if given.startswith("["):
        return given.lower()
    labels = [_label(label) for label in _DOTS.split(given.removesuffix("."))]
    return ".".join(labels) if all(map(_LABEL.fullmatch, labels)) else ""


def _label(given: str) -> str:
    label = unicodedata.normalize("NFKC", given).lower()
    if label.isascii():
        return label
    kinds = {unicodedata.category(char) for char in label}
    if any(kind[0] not in "LMN" and kind not in ("So", "Pd") for kind in kinds):
        return ""
    return f"xn--{label.encode('punycode').decode()}"


def _letters(host: str) -> str:
    """The host as its owner writes it; empty where that is the same."""
    labels = [_decoded(label) for label in host.split(".")]
    reads = ".".join(labels)
    return "" if reads == host else reads


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except UnicodeError:
        return label


def _quoted(text: str) -> str:
    return quote(text, safe=KEPT, errors="replace")


def names_another(words: str, link: Link) -> str:
    """The host that a link's words name, if it is another than the one it leads to."""
    for found in _NAMED.finditer(words):
        named = found[2].lower().removeprefix("www.")
        is_host = (
            found[1] or found[2].lower().startswith("www.") or _USUAL.fullmatch(found[3].lower())
        )
        hosts = (link.host, link.reads)
        if is_host and not any(host == named or host.endswith(f".{named}") for host in hosts):
            return named
    return ""


def says_the_same(words: str, link: Link) -> bool:
    """Whether a link's words are its target, as far as people write it out."""

    def bare(text: str) -> str:
        return re.sub(r"^(?:https?://|mailto:)", "", text.strip().lower()).rstrip("/")

    return bare(words) == bare(link.url)
