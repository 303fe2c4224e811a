"""Markdown that grows at its end, as pieces that stay and pieces that may still change.

Every complete line is read once, by `Blocks`, and what it completes is frozen: at once for a line
of code or a long table's row, at the end of the block for everything else, in parts for a very
long paragraph. The line that is still coming is read by a draft of the blocks when `live` is asked
for, so many deltas between two frames cost one draft. Lines which may yet turn out to be a mark
(`--`, a closing fence, a number) are held back from the draft, for their meaning would flicker.

Frozen pieces never change, but the columns of a streaming table grow; then `version` grows, and
`stale_from` is the first piece to be wrapped again. A reader that sees a new version keeps the
rows of the pieces before it, then takes `frozen` from there on, and `live` last.

All that reading on needs is small, so a `twin` can wait at any place of the text. Who keeps the
text and some twins may let go of the pieces (`take`) and have them made again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tui.markdown.blocks import Blocks
from tui.markdown.columns import Columns
from tui.markdown.leaves import Code
from tui.markdown.lexing import warm as warm_lexers
from tui.markdown.page import Page
from tui.markdown.pieces import Piece
from tui.markdown.references import References
from tui.markdown.sections import Begin
from tui.markdown.starts import LONG

LANGUAGES = (
    *("python", "bash", "json", "javascript", "typescript", "html", "css", "sql", "yaml"),
    *("c", "cpp", "java", "rust", "go", "diff"),
)
"""What code in replies is most often written in."""

_HELD = re.compile(r"[ >]*+(?:[-+*_=`~#|: ]*+|\d{1,9}[.)]?|(?:[-+*]|\d{1,9}[.)]) +\[[ xX]?\]?) *")
_MARK = re.compile(r" {0,3}(`+|~+) *")


class GrowingMarkdown:
    """The pieces of a text that is still coming."""

    __slots__ = (
        *("_blocks", "_ends_in_return", "_frozen", "_known", "_live", "_looked_at", "_partial"),
        *("_references", "_seen", "_stale", "_taken"),
    )

    def __init__(self, references: References | None = None) -> None:
        self._references = references or References()
        self._known = self._references.count  # definitions, where a twin waits
        self._blocks = Blocks(Page(self._references))
        self._frozen: list[Piece] = []
        self._taken = 0  # pieces frozen before them
        self._live: Sequence[Piece] | None = ()
        self._partial = ""
        self._looked_at = 0  # how much of a long partial line the last draft has read
        self._ends_in_return = False
        self._stale: list[int] = []  # for each version, the first piece that it made stale
        self._seen = 0  # the version when `live` was last read

    @property
    def frozen(self) -> Sequence[Piece]:
        """The pieces that stay, since the last `take`; only ever appended to."""
        return self._frozen

    def take(self) -> list[Piece]:
        """Let go of the frozen pieces."""
        taken, self._frozen = self._frozen, []
        self._taken += len(taken)
        return taken

    def twin(self) -> "GrowingMarkdown":
        """A reader of its own that stands here and knows no more than is known here."""
        references = self._references.until(self._known)
        twin = GrowingMarkdown(references)
        twin._blocks = self._blocks.twin(self._blocks.page.fork(references))
        twin._partial, twin._ends_in_return = self._partial, self._ends_in_return
        twin._live = None
        return twin

    @property
    def again(self) -> Begin | None:
        """What to read the whole text with, if it has links that were defined too late."""
        return reader if self.has_late_references else None

    @property
    def live(self) -> Sequence[Piece]:
        """The pieces behind the frozen ones, as the text is now."""
        if self._live is None:
            self._live = self._draft()
        self._seen = self.version
        return self._live

    @property
    def version(self) -> int:
        """Grows when frozen pieces must be wrapped again."""
        return len(self._stale)

    @property
    def has_late_references(self) -> bool:
        """Whether a link was frozen before its definition came; `whole` would show it as one."""
        return self._references.comes_late

    @property
    def stale_from(self) -> int:
        """The first frozen piece to be wrapped again since `live` was last read."""
        if self._seen == self.version:
            return len(self._frozen)
        return max(0, self._stale[self._seen] - self._taken)

    def feed(self, text: str) -> None:
        """Append text; its line breaks may be of any kind and cut anywhere."""
        text = self._normal(text)
        if not text:
            return
        *lines, rest = text.split("\n")
        for line in lines:
            self._end_line(line)
        self._go_on(rest)
        self._freeze()
        self._known = self._references.count
        if not self._is_barely_longer():
            self._live = None

    def finish(self) -> None:
        """No more text: everything is frozen."""
        if self._ends_in_return or self._blocks.is_open or self._partial.strip(" \t"):
            self._end_line("")
        self._blocks.close()
        self._freeze()
        self._live = ()

    def _normal(self, text: str) -> str:
        """CRLF and CR as LF; a CR at the end waits for what follows."""
        if self._ends_in_return:
            text = f"\r{text}"
        self._ends_in_return = text.endswith("\r")
        if "\r" not in text:
            return text
        return text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")

    def _end_line(self, rest: str) -> None:
        if len(self._partial) + len(rest) >= 2 * LONG:
            self._go_on(rest)
            rest = ""
        if self._blocks.is_open:
            self._blocks.extend(rest)
            self._blocks.end_long()
        else:
            line, self._partial = self._partial + rest, ""
            self._blocks.line(line)
        self._looked_at = 0

    def _go_on(self, text: str) -> None:
        """More of a line; at 4096 characters, 8192 and so on it may prove to be mere text.

        These places are the same however the text is cut, so a twin finds what was found before.
        """
        while text and not self._blocks.is_open:
            length = len(self._partial)
            turn = max(2 * LONG, 1 << length.bit_length())
            self._partial += text[: turn - length]
            text = text[turn - length :]
            if len(self._partial) == turn and self._blocks.begin_long(self._partial):
                self._partial = ""
        if text:
            self._blocks.extend(text)

    def _is_barely_longer(self) -> bool:
        """Whether a long line that must be read whole has grown by too little to read it again."""
        length = len(self._partial)
        if self._looked_at and length - self._looked_at < length // 16 and length > 2 * LONG:
            return True
        self._looked_at = length
        return False

    def _draft(self) -> Sequence[Piece]:
        draft = self._blocks.draft()
        if self._partial and not self._is_held_back():
            draft.line(self._partial)
        draft.close()
        return _with_own_columns(draft.page.out)

    def _is_held_back(self) -> bool:
        """Whether the line that is coming is nothing but the beginning of some mark."""
        if isinstance(self._blocks.leaf, Code):
            match = _MARK.fullmatch(self._partial)
            return match is not None and self._blocks.leaf.mark.startswith(match[1])
        return _HELD.fullmatch(self._partial) is not None

    def _freeze(self) -> None:
        pieces = self._blocks.page.take()
        grown = [piece.columns.start for piece in pieces if piece.columns and _widens(piece)]
        known = [start for start in grown if start >= 0]
        if known:
            self._stale.append(min(known))
        for piece in pieces:
            if piece.columns and piece.columns.start < 0:
                piece.columns.start = self._taken + len(self._frozen)
            self._frozen.append(piece)


def _widens(piece: Piece) -> bool:
    return piece.columns is not None and piece.columns.widen(piece.cells)


def _with_own_columns(pieces: list[Piece]) -> list[Piece]:
    """Let rows that may still change widen columns of their own, if no row of them is frozen."""
    own: dict[Columns, Columns] = {}
    for piece in pieces:
        if piece.columns and piece.columns.start < 0:
            own.setdefault(piece.columns, piece.columns.copy()).widen(piece.cells)
    return [
        replace(piece, columns=own[piece.columns])
        if piece.columns and piece.columns in own
        else piece
        for piece in pieces
    ]


def warm(languages: Iterable[str] = LANGUAGES) -> None:
    """Import and build what the first text would wait for; may run in a thread."""
    whole("A *first* text.")
    warm_lexers(languages)


def reader(text: str) -> GrowingMarkdown:
    """What reads a text that is complete: references may be defined behind their use."""
    references = References()
    references.read(text)
    return GrowingMarkdown(references)


def whole(text: str) -> list[Piece]:
    """The pieces of a text that is complete."""
    growing = reader(text)
    growing.feed(text)
    growing.finish()
    return list(growing.frozen)
