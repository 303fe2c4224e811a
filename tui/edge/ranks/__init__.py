"""Tokenizers without a network: the ranks of OpenAI's encodings, packed beside this file.

tiktoken itself fetches its ranks at the first use, without a time-out. Here they come with the
package: every token in the order of its rank, as one xz stream of their lengths (a byte each)
followed by their bytes. That is lossless; a test rebuilds the published files and checks their
SHA-256. The ranks are under tiktoken's MIT licence, which is beside them.

Built, o200k_base takes 79 MB of memory and cl100k_base 32 MB; what is not asked for is not built.

The patterns that cut text into pieces are tiktoken's (`tiktoken_ext/openai_public.py`, 0.14).
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from tui.core.errors import RilletError

if TYPE_CHECKING:
    from tiktoken import Encoding

PACKED = {
    "o200k_base": "a73204aed71a70d1659f3c283d33c588fb63ddd80663ef1e35e1154fe1a78965",
    "cl100k_base": "169e737398c9c348e8a36b8979bd2dc055d15903dad2553b412b5c34b284cc7e",
}
"""The encodings whose ranks are here, with the SHA-256 of each packed file."""

SAME_RANKS = {"o200k_harmony": "o200k_base"}
"""Encodings that differ from another only in special tokens, which are never counted as such."""

_UPPER, _LOWER = r"\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}", r"\p{Ll}\p{Lm}\p{Lo}\p{M}"
_SUFFIX = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"

PATTERNS = {
    "o200k_base": "|".join(
        (
            rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]*[{_LOWER}]+{_SUFFIX}",
            rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]+[{_LOWER}]*{_SUFFIX}",
            r"\p{N}{1,3}",
            r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
            r"\s*[\r\n]+",
            r"\s+(?!\S)",
            r"\s+",
        )
    ),
    "cl100k_base": r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
    r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
}
"""How each encoding cuts a text into the pieces that it encodes one by one."""

FOLDER = Path(__file__).parent

_LOADING = Lock()


class RanksDamaged(RilletError):
    """The packed ranks are not what was packed."""


def load(name: str) -> Encoding:
    """The tokenizer of an encoding's name; the first time takes up to half a second.

    Raises:
        RanksDamaged: If the installed file is damaged or missing.
        KeyError: If the encoding is not one of those packed here.
    """
    with _LOADING:
        return _built(SAME_RANKS.get(name, name))


@lru_cache
def _built(name: str) -> Encoding:
    from tiktoken import Encoding

    ranks = {token: rank for rank, token in enumerate(tokens(name))}
    return Encoding(name, pat_str=PATTERNS[name], mergeable_ranks=ranks, special_tokens={})


def tokens(name: str) -> list[bytes]:
    """Every token of an encoding, by rank.

    Raises:
        RanksDamaged: If the installed file is damaged or missing.
        KeyError: If the encoding is not one of those packed here.
    """
    import lzma

    content = lzma.decompress(_packed(name, PACKED[name]))
    count = int.from_bytes(content[:4], "big")
    lengths, words = content[4 : 4 + count], content[4 + count :]
    return [
        words[end - length : end] for length, end in zip(lengths, accumulate(lengths), strict=True)
    ]


def _packed(name: str, sha256: str) -> bytes:
    import hashlib

    with suppress(OSError):
        packed = FOLDER.joinpath(f"{name}.xz").read_bytes()
        if hashlib.sha256(packed).hexdigest() == sha256:
            return packed
    raise RanksDamaged(
        f"The token table {name}.xz of this installation is damaged or missing: "
        "install Rillet again."
    )
