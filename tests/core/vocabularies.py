"""Alphabets on which tokenizers and counters disagree, and what tiktoken makes of them."""

import os
from functools import cache

import tiktoken
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tui.edge.ranks import PATTERNS

IS_LONG = bool(os.environ.get("RILLET_LONG_TESTS"))

BYTES = {bytes((value,)): value for value in range(256)}

UNITS = (
    *" \t\n\r/'=-_.,\"#*", "\r\n", "   ", "\u3000", "\xa0", "\u2028", "\x85", "\x1c", "\u200b",
    *"abelrstvAELRSTVſßéÉ", "ǅ", "ʰ", "'s", "'ll", "'RE", "'ve", "ing", "The",
    *"漢字かー한هกำ", "、", "。", "\u0301", "\ufe0f", "❤", "❤️", "😂", "👩\u200d💻", "🇫🇷", "\u200d",
    *"0123٣Ⅷ²", "<|endoftext|>", "<|im_start|>", "\ud83d", "\ude00", "─", "§", "q", "�",
)  # fmt: skip


def often(examples: int, *, long: int) -> settings:
    """So many examples, always the same; `long` new ones where RILLET_LONG_TESTS is set."""
    return settings(
        max_examples=long if IS_LONG else examples,
        deadline=None,
        derandomize=not IS_LONG,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


def texts(
    units: tuple[str, ...] = UNITS, parts: int = 10, repeats: tuple[int, ...] = (1, 1, 1, 2, 5, 20)
) -> st.SearchStrategy[str]:
    """Texts of few different units, some of them repeated."""
    few = st.lists(st.sampled_from(units), min_size=1, max_size=4, unique=True)

    def of(alphabet: list[str]) -> st.SearchStrategy[str]:
        words = st.lists(st.sampled_from(alphabet), min_size=1, max_size=4).map("".join)
        repeated = st.tuples(words, st.sampled_from(repeats))
        return st.lists(repeated, max_size=parts).map(
            lambda found: "".join(word * times for word, times in found)
        )

    return few.flatmap(of)


@cache
def matcher(pattern: str) -> tiktoken.Encoding:
    """An encoding that gives the bytes of what a pattern matches."""
    return tiktoken.Encoding("match", pat_str=pattern, mergeable_ranks=BYTES, special_tokens={})


def matched(pattern: str, text: str) -> str:
    """All that a pattern matches in a text, to tiktoken's regular expressions."""
    return bytes(matcher(pattern).encode(text, disallowed_special=())).decode()


def ends(encoding: str, text: str) -> list[int]:
    """Where the pieces end into which an encoding cuts a text."""
    found = [0]
    while found[-1] < len(text):
        first = matched(rf"\A(?:{PATTERNS[encoding]})", text[found[-1] :])
        found.append(found[-1] + len(first))
    return found[1:]
