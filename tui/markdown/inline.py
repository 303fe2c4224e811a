"""Inline tokens into styled spans.

Line breaks in a span's text are hard breaks; a soft one is a space, or nothing between two
characters of a script that sets no spaces. Entities and percent signs can name any character, and
what stood between two piles of marks may be gone, so the text is cleaned once more behind the
parser: here its width in cells is still to be measured.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.sanitize import Cleaner, clean
from tui.markdown.parser import address_end
from tui.markdown.pieces import Span, Spans, joined, shared

if TYPE_CHECKING:
    from markdown_it.token import Token

_STYLES = {"strong": "strong", "em": "em", "s": "strike", "link": "link"}
_SPACELESS = re.compile(
    r"[\u2e80-\u2fdf\u3001-\u303f\u3041-\u30ff\u31c0-\u9fff\uf900-\ufaff\uff01-\uff60"
    r"\U00020000-\U0003ffff]"
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKED = re.compile(
    r"(?P<footnote>\[\^[^\]\s]{1,40}\])"
    r"|(?<![\w./@-])(?P<web>www\.(?=[\w-]+\.))"
    r"|(?<![\w.+-])(?P<mail>[a-z0-9](?:[\w.+-]{0,63})@[a-z0-9-]+(?:\.[a-z0-9-]*[a-z0-9])+)",
    re.IGNORECASE | re.ASCII,
)


def to_spans(tokens: "list[Token]") -> Spans:
    """The spans that a paragraph's tokens are shown as."""
    writer = _Writer()
    for token in tokens:
        writer.take(token)
    writer.flush()
    return _cleaned(joined(writer.spans))


def _cleaned(spans: Spans) -> Spans:
    """The spans as one clean text: a character and the marks on it may be in several."""
    if all(span.text.isascii() for span in spans):
        return spans
    cleaner = Cleaner()
    out = [replace(span, text=cleaner.feed(span.text)) for span in spans]
    out.append(replace(spans[-1], text=cleaner.flush()))
    return joined(out)


def allowed(target: str) -> str:
    """The target if it may be opened: http, https or mailto; else nothing."""
    return target if re.match(r"(?:https?://|mailto:)\S", target, re.IGNORECASE) else ""


def plain(text: str) -> str:
    """The text on one line, without anything that steers a terminal."""
    return clean(text).replace("\n", " ").replace("\t", " ")


class _Writer:
    """The styles that are open, and the spans so far."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self._styles: list[str] = []
        self._targets: list[str] = []
        self._soft_break = False

    def take(self, token: "Token") -> None:
        match token.type:
            case "text" | "text_special":
                self._text(plain(token.content))
            case "code_inline":
                self._add(plain(token.content), "code")
            case "softbreak":
                self._soft_break = True
            case "hardbreak":
                self._add("\n")
            case "html_inline":
                self._html(token.content)
            case "maths":
                self._maths(token.content)
            case "image":
                self._image(token)
            case _:
                self._nest(token)

    def flush(self) -> None:
        """A soft break at the end, where another part of the text follows."""
        if self._soft_break:
            self._soft_break = False
            self._add(" ")

    def _nest(self, token: "Token") -> None:
        name = token.type.rpartition("_")[0]
        if token.nesting > 0:
            self._styles.append(_STYLES[name])
            if name == "link":
                self._targets.append(str(token.attrGet("href") or ""))
                self._styles[-1] = "link" if allowed(self._targets[-1]) else ""
        elif token.nesting < 0:
            self._styles.pop()
            if name == "link":
                self._close_link(self._targets.pop())

    def _close_link(self, target: str) -> None:
        """A target that is not opened is not lost either."""
        if target and not allowed(target) and not target.startswith("#"):
            self._add(plain(f" ({target})"))

    def _text(self, text: str) -> None:
        if self._targets or not ("[^" in text or "@" in text or "ww." in text.lower()):
            self._add(text)
            return
        done = 0
        for match in _MARKED.finditer(text):
            if match.start() >= done:
                self._add(text[done : match.start()])
                done = self._marked(text, match)
        self._add(text[done:])

    def _marked(self, text: str, match: re.Match[str]) -> int:
        if match.lastgroup == "footnote":
            self._add(match[0], "footnote")
            return match.end()
        if match.lastgroup == "mail":
            self._add(match[0], "link", f"mailto:{match[0]}")
            return match.end()
        end = address_end(text, match.start())
        address = text[match.start() : end]
        self._add(address, "link", f"http://{address}")
        return end

    def _html(self, tag: str) -> None:
        if _BREAK.fullmatch(tag):
            self._add("\n")
        else:
            self._add(plain(tag.replace("\n", " ")), "html")

    def _maths(self, content: str) -> None:
        lines = [line.strip() for line in content.split("\n")]
        self._add("\n".join(map(plain, lines)), "maths")

    def _image(self, token: "Token") -> None:
        source = str(token.attrGet("src") or "")
        name = plain(token.content.replace("\n", " ")) or "without a description"
        self._add(f"[image: {name}]", "image", "" if self._targets else allowed(source))

    def _add(self, text: str, style: str = "", link: str = "") -> None:
        if not text:
            return
        if self._soft_break:
            self._soft_break = False
            if not (_SPACELESS.match(text) and _SPACELESS.match(self._last())):
                self._add(" ")
        styles = shared(tuple(name for name in (*self._styles, style) if name))
        target = allowed(self._targets[-1]) if self._targets else ""
        self.spans.append(Span(text, styles, link or target))

    def _last(self) -> str:
        return self.spans[-1].text[-1] if self.spans else ""
