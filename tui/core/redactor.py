"""Secrets on their way out of what is recorded: the key wherever it stands, headers by name.

A key can stand in a body as it is, with its signs escaped in JSON, or quoted in a URL, and two
pieces of a body can cut it in two. What a provider shows of a key is hidden as well, by `redact`,
which takes anything that looks like a key of OpenAI's for one; and so are names of accounts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from tui.core.sanitize import redact

HIDDEN = "•••"
"""What stands in a secret's place."""

SHORTEST = 4
"""Characters from which on a key is looked for: hiding less would hide words."""

_SECRET = re.compile(
    r"(?:^|[-_])(?:auth|authorization|cookie2?|credentials?|(?:api)?key|org(?:ani[sz]ation)?|"
    r"password|project|secret|session(?:id)?|sig(?:nature)?|token)(?:$|[-_])",
    re.IGNORECASE,
)
"""Names of header fields and of parameters of a URL whose values are nobody's business."""

_ACCOUNT = re.compile(r"\b(org-|proj_)[A-Za-z0-9]{12,}")
"""Names of organisations and projects, which OpenAI puts into its refusals."""

_TELLING = ("sk-", "org-", "proj_")
"""One of these stands in a text in which there may be something to hide; to look is quicker."""


class Redactor:
    """Hides keys, and whatever else looks like a secret."""

    def __init__(self, *keys: str) -> None:
        forms = {form for key in keys if len(key) >= SHORTEST for form in _forms(key)}
        self._forms = sorted(forms, key=len, reverse=True)

    def text(self, text: str) -> str:
        """Any text, without the key."""
        for form in self._forms:
            text = text.replace(form, HIDDEN)
        return _shown(text)

    def url(self, url: str) -> str:
        """A URL, also without the parameters that are secrets by their names."""
        parts = urlsplit(url)
        asked = parse_qsl(parts.query, keep_blank_values=True)
        if any(_SECRET.search(name) for name, _ in asked):
            shown = [(name, HIDDEN if _SECRET.search(name) else value) for name, value in asked]
            url = urlunsplit(parts._replace(query=urlencode(shown, safe=HIDDEN)))
        return self.text(url)

    def headers(self, fields: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Header fields; those of one name are joined by a comma (RFC 9110, 5.2)."""
        shown: dict[str, str] = {}
        for name, value in fields:
            name = name.lower()
            value = HIDDEN if _SECRET.search(name) else self.text(value)
            shown[name] = f"{shown[name]}, {value}" if name in shown else value
        return shown

    def body(self, content: bytes) -> object:
        """What the JSON of a request says."""
        text = self.text(content.decode(errors="replace"))
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text or None

    def hider(self) -> Hider:
        """For the pieces of one body."""
        return Hider([form.encode() for form in self._forms])


def _forms(key: str) -> set[str]:
    """How a key can stand in a text."""
    in_json = json.dumps(key)[1:-1]
    return {key, in_json, in_json.replace("/", "\\/"), quote(key, safe="")}


class Hider:
    """Takes the pieces of one body, each with its time; gives them without the key.

    A piece whose end may be the beginning of the key is held until the next one has come.
    """

    def __init__(self, forms: Iterable[bytes]) -> None:
        self._forms = list(forms)
        self._key = re.compile(b"|".join(map(re.escape, self._forms)))
        self._held: list[tuple[float, bytes]] = []

    def feed(self, at: float, piece: bytes) -> list[tuple[float, bytes]]:
        """The pieces that can be shown now."""
        if not self._forms:
            return [(at, _redacted(piece))]
        self._held.append((at, piece))
        return self._release(self._hide())

    def flush(self) -> list[tuple[float, bytes]]:
        """The body has ended: the pieces that were held."""
        return self._release(0)

    def _release(self, held: int) -> list[tuple[float, bytes]]:
        """Let go of all pieces but those with the last bytes, which are so many."""
        kept: list[tuple[float, bytes]] = []
        while held > 0:
            kept.insert(0, self._held.pop())
            held -= len(kept[0][1])
        shown, self._held = self._held, kept
        return [(at, _redacted(piece)) for at, piece in shown]

    def _hide(self) -> int:
        """Hide the keys in what is held; gives how many bytes at its end may begin another."""
        whole = b"".join(piece for _, piece in self._held)
        spans = [found.span() for found in self._key.finditer(whole)]
        if spans:
            start, hidden = 0, []
            for at, piece in self._held:
                hidden.append((at, _outside(whole, start, start + len(piece), spans)))
                start += len(piece)
            self._held = hidden
        return self._begun(whole[spans[-1][1] :] if spans else whole)

    def _begun(self, end: bytes) -> int:
        """How many bytes at the end may begin a key whose rest has not come."""
        return max(_overlap(end, form) for form in self._forms)


def _overlap(text: bytes, form: bytes) -> int:
    """The length of the longest end of the text that begins the form without being all of it."""
    place = text.find(form[:1], max(0, len(text) - len(form) + 1))
    while place >= 0:
        if form.startswith(text[place:]):
            return len(text) - place
        place = text.find(form[:1], place + 1)
    return 0


def _outside(whole: bytes, start: int, stop: int, spans: list[tuple[int, int]]) -> bytes:
    """The part from `start` to `stop` without the spans; each is hidden where it begins."""
    parts: list[bytes] = []
    place = start
    for first, last in spans:
        if first >= stop:
            break
        parts.append(whole[place:first])
        if first >= start:
            parts.append(HIDDEN.encode())
        place = max(place, last)
    return b"".join((*parts, whole[place:stop]))


def _redacted(piece: bytes) -> bytes:
    """Without what a provider shows of a key; other bytes stay as they are, text or not."""
    return _shown(piece.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _shown(text: str) -> str:
    if not any(sign in text for sign in _TELLING):
        return text
    return _ACCOUNT.sub(rf"\1{HIDDEN}", redact(text))
