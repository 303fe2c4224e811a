r"""Places in a long run of text from which a tokenizer may begin anew.

tiktoken cuts a text into pieces by a regular expression, left to right and without looking
behind, and encodes each piece alone. A place is a *restart* if the pieces to the right of it end
at the same places whether the expression came from the left or begins there, whatever text
follows. That is so at the borders of pieces, and at many places inside of them. These hold for
the expressions of o200k_base and of cl100k_base alike:

- before a lower-case letter: it continues a word up to the word's end, whatever the word was;
  not after an apostrophe, where it may belong to a contraction, which ends early;
- before a letter without case, where no lower-case letter came before it in its run: a word
  still in its first half (o200k_base: capitals and caseless letters, then small and caseless
  ones) runs on from there; behind a lower-case letter it would be in the second half, which a
  capital ends;
- before a capital, where only capitals came before it, or a small letter, which ends a word in
  o200k_base and changes nothing in cl100k_base;
- between a digit and anything else, and after every third digit of a run;
- between a letter and a sign that is no apostrophe;
- before two signs: neither can lead a word, so both are in one run of signs; a slash may also
  belong to the line breaks after such a run, so not before one;
- before a line break in a run of white space that did not begin as the end of a run of signs:
  the run is one piece up to its last line break; and before a blank that only blanks precede.

Two long runs need a word of context, put in place of what was cut off: line breaks that follow a
sign belong to its piece (the context is such a piece), and blanks that follow a line break are
one piece with it if another line break comes (the context is a line break).

The classes of characters are tiktoken's own, since its own engine looks for the places: an
encoding of single bytes whose expression matches the text up to the last restart.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

SIGN = r"[^\s\p{L}\p{M}\p{N}]"
BLANK = r"[\s&&[^\r\n]]"
UPPER = r"[\p{Lu}\p{Lt}]"
CASELESS = r"[\p{Lo}\p{Lm}]"
NO_CONTRACTION = r"(?<!')(?<!'.)"

PLAIN = (
    rf"{NO_CONTRACTION}(?=\p{{Ll}})",
    rf"(?:\A|[^\p{{Ll}}\p{{Lo}}\p{{Lm}}\p{{M}}])[\p{{Lo}}\p{{Lm}}\p{{M}}]*(?={CASELESS})",
    rf"(?:\A|[^\p{{Lu}}\p{{Lt}}\p{{Lo}}\p{{Lm}}\p{{M}}]){UPPER}*{NO_CONTRACTION}(?={UPPER})",
    r"(?:\A|\P{N})(?:\p{N}{3})*(?=\p{N})",
    r"\p{N}(?=\P{N})",
    r"\p{L}(?=[^\s\p{L}\p{M}\p{N}'])",
    rf"(?=[^\s\p{{L}}\p{{M}}\p{{N}}/]{SIGN})",
    rf"(?:\A|[\p{{L}}\p{{N}}]|{BLANK})[\r\n]*(?=[\r\n])",
    rf"(?:\A|\S){BLANK}+(?={BLANK})",
)
"""What stands left and right of a restart that needs no context."""


@dataclass(frozen=True, slots=True)
class Restart:
    """One way to begin anew inside a run."""

    context: str
    """Put in front of the rest, it leads the tokenizer to the state that the left side left."""

    pattern: str
    """Matches a text from its beginning to its last restart of this kind, in tiktoken's syntax."""

    def last(self, text: str) -> int:
        """The last such place before the end of the text, in characters; 0 if there is none."""
        return len(bytes(_matched(self.pattern, text)).decode())


RESTARTS = (
    Restart("", rf"(?s)\A.+(?:{'|'.join(PLAIN)})"),
    Restart("=\n", rf"(?s)\A.*{SIGN}[\r\n]+(?=[\r\n])"),
    Restart("\n", rf"(?s)\A.*[\r\n]{BLANK}+(?={BLANK})"),
)
"""All kinds, the ones that change least first."""


def _matched(pattern: str, text: str) -> list[int]:
    return _engine(pattern).encode(text, disallowed_special=())


@functools.cache
def _engine(pattern: str) -> tiktoken.Encoding:
    import tiktoken

    letters = {bytes((value,)): value for value in range(256)}
    return tiktoken.Encoding(
        "restarts", pat_str=pattern, mergeable_ranks=letters, special_tokens={}
    )
