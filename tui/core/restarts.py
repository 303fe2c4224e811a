r"""Places in a long run of text from which a tokenizer may begin anew.

tiktoken cuts a text into pieces by a regular expression, left to right and without looking
behind, and encodes each piece alone. A place is a *restart* if the pieces right of it end where
they end anyway, should the expression begin there instead of coming from the left, whatever text
follows. Borders of pieces are restarts, and so are many places inside of them. All below hold for
the expressions of o200k_base and of cl100k_base alike:

- before a capital or small letter: a word that it is in ends where it would anyway. But not
  within two characters after an apostrophe: a contraction ends early;
- before a letter without case, if only capitals and such letters lead up to it, or no letters. In
  o200k_base a word is capitals and caseless letters, then small and caseless ones; such a place
  is still in the first half. In the second half, behind a small letter, a capital ends the word;
- between a digit and anything else, and after each third digit of a run: borders;
- between a letter and a sign that is no apostrophe: a border;
- before a blank, and in white space that does not follow a sign before a line break: a piece of
  white space ends with its last line break, then with the last blank but one, or the text.

Other places need a context, a few characters instead of what was cut off:

- in a run of signs and marks that began with a blank and a sign or with two signs: it ends with
  the run. In o200k_base, slashes can also stand among the line breaks behind such a run, so two
  signs tell that only if the first is no slash, or is the first of its run;
- in the line breaks right behind a sign, which belong to its piece;
- before a letter without case in the second half of a word.

Which characters are letters, digits and so on differs between Unicode versions. So tiktoken's own
engine looks for the places: it encodes single bytes, with an expression that matches the text up
to its last restart, and the number of bytes tells the place.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

SIGN = r"[^\s\p{L}\p{M}\p{N}]"
BLANK = r"[\s&&[^\r\n]]"
CASELESS = r"[\p{Lo}\p{Lm}]"
NOT_CONTRACTED = r"(?<!')(?<!'.)"

PLAIN = (
    rf"{NOT_CONTRACTED}(?=[\p{{Ll}}\p{{Lu}}\p{{Lt}}])",
    rf"(?:\A|[^\p{{Ll}}\p{{Lo}}\p{{Lm}}\p{{M}}])[\p{{Lo}}\p{{Lm}}\p{{M}}]*(?={CASELESS})",
    r"(?:\A|\P{N})(?:\p{N}{3})*(?=\p{N})|\p{N}(?=\P{N})",
    r"\p{L}(?=[^\s\p{L}\p{M}\p{N}'])",
    rf"(?={BLANK})|(?:\A|[\p{{L}}\p{{N}}]|{BLANK})[\r\n]*(?=[\r\n])",
)
"""What stands to both sides of a restart without context, in the order of the list above."""

IN_SIGNS = (
    rf"(?:[^\s\p{{L}}\p{{M}}\p{{N}}/]| |(?:\A|{BLANK}|[\p{{L}}\p{{N}}]){SIGN}){SIGN}"
    r"[^\s\p{L}\p{N}]*(?=[^\s\p{L}\p{N}])",
    rf"{SIGN}[\r\n]+(?=[\r\n])",
)

IN_WORD = rf"{NOT_CONTRACTED}\p{{Ll}}[\p{{Lo}}\p{{Lm}}\p{{M}}]+(?={CASELESS})"


@dataclass(frozen=True, slots=True)
class Restart:
    """One kind of restart."""

    context: str
    """What to put in front of the rest of the text."""

    before: str
    """Matches what ends at such a place, in the syntax of tiktoken's expressions."""

    def last(self, text: str) -> int:
        """The last such place with two characters behind it, which is what the patterns look at.

        Returns:
            How many characters stand before the place; 0 if there is none.
        """
        engine = _engine(rf"(?s)\A.*(?:{self.before})(?<=.)(?=..)")
        return len(bytes(engine.encode(text, disallowed_special=())).decode())


RESTARTS = (
    Restart("", "|".join(PLAIN)),
    Restart("§§", "|".join(IN_SIGNS)),
    Restart("q", IN_WORD),
)
"""All kinds. The contexts hardly merge with what may follow them."""


@functools.cache
def _engine(pattern: str) -> tiktoken.Encoding:
    import tiktoken

    single = {bytes((value,)): value for value in range(256)}
    return tiktoken.Encoding("restarts", pat_str=pattern, mergeable_ranks=single, special_tokens={})
