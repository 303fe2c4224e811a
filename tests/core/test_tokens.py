"""A growing count is tiktoken's own, at every moment and at the price of what came last."""

import itertools
import random
from collections.abc import Iterable, Iterator

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from tests.core.vocabularies import BYTES, IS_LONG, matched, often, texts
from tui.core.tail import LONGEST_TOKEN
from tui.core.tokens import GrowingCount, Tokenizer, count
from tui.edge.ranks import PATTERNS, load, tokens

ENCODINGS = ("o200k_base", "cl100k_base")

PROSE = "It's a **quick** brown fox,\n\n- that jumps: 12 times (3.5 s) / day.\n\tAnd rests.\n"

ENDLESS = (
    "a", "A", "ha", "Ha", "哈", "哈喽", "ال", "กำลัง", "0", "123", "=", "-=", "/", "'", "😂",
    "❤️", "─", " ", "\t", "\n", "\n \n\t", "\u3000", "{\n", "c3VyZS4/", "漢A", "a漢",
)  # fmt: skip
"""What a model that lost its way may repeat."""


class Listening:
    """A tokenizer that remembers how much it was given."""

    def __init__(self, encoding: Tokenizer) -> None:
        self._encoding = encoding
        self.given: list[int] = []

    def encode(self, text: str, *, disallowed_special: tuple[()] = ()) -> list[int]:
        self.given.append(len(text))
        return self._encoding.encode(text, disallowed_special=disallowed_special)


def whole(text: str, encoding: Tokenizer) -> int:
    return len(encoding.encode(text, disallowed_special=()))


def growing(text: str, sizes: Iterator[int], counter: GrowingCount) -> Iterator[str]:
    """The text so far, after each delta of these sizes."""
    end = 0
    while end < len(text):
        start, end = end, end + next(sizes)
        counter.feed(text[start:end])
        yield text[:end]


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("limit", [16, 48, 512])
def test_the_count_is_that_of_the_whole_text_at_every_moment(name: str, limit: int) -> None:
    encoding = load(name)

    @often(40, long=25_000)
    @given(texts(), st.lists(st.integers(1, 9), min_size=1, max_size=7))
    def holds(text: str, sizes: list[int]) -> None:
        counter = GrowingCount(encoding, limit=limit)
        for so_far in growing(text, itertools.cycle(sizes), counter):
            assert counter.count == whole(so_far, encoding)

    holds()


@pytest.mark.parametrize("name", ENCODINGS)
def test_looking_seldom_counts_the_same(name: str) -> None:
    encoding = load(name)

    @often(40, long=25_000)
    @given(st.lists(texts(), max_size=4))
    def holds(deltas: list[str]) -> None:
        counter = GrowingCount(encoding, limit=48)
        for delta in deltas:
            counter.feed(delta)
        assert counter.count == whole("".join(deltas), encoding)

    holds()


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize(
    "text", [PROSE, "don't 漢字、👩\u200d💻❤️ \ud83d\ude00\n\n/ 1234567 <|endoftext|>"]
)
def test_it_does_not_matter_where_a_text_is_cut(name: str, text: str) -> None:
    encoding = load(name)
    for place in range(len(text) + 1):
        counter = GrowingCount(encoding)
        counter.feed(text[:place])
        assert counter.count == whole(text[:place], encoding)
        counter.feed(text[place:])
        assert counter.count == whole(text, encoding)


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_split_of_a_text_counts_the_same(name: str) -> None:
    encoding = load(name)

    @often(15, long=3_000)
    @given(texts(parts=4))
    def holds(text: str) -> None:
        for place in range(len(text) + 1):
            counter = GrowingCount(encoding, limit=48)
            counter.feed(text[:place])
            assert counter.count == whole(text[:place], encoding)
            counter.feed(text[place:])
            assert counter.count == whole(text, encoding)

    holds()


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("unit", ENDLESS)
def test_an_endless_repetition_is_never_encoded_whole(name: str, unit: str) -> None:
    listening = Listening(load(name))
    counter = GrowingCount(listening)
    text = "He said: " + unit * (12_000 // len(unit))
    for so_far in growing(text, itertools.repeat(97), counter):
        seen = counter.count
        if len(so_far) % 1_000 < 97:
            assert seen == whole(so_far, load(name))
    assert counter.count == whole(text, load(name))
    assert max(listening.given) < 5_000


def test_ordinary_text_is_encoded_little_more_than_once() -> None:
    listening = Listening(load("o200k_base"))
    counter = GrowingCount(listening)
    for _ in growing(PROSE * 100, itertools.repeat(4), counter):
        assert counter.count
    assert max(listening.given) < 40
    assert sum(listening.given) < 4 * len(PROSE) * 100


def test_looking_twice_encodes_nothing() -> None:
    listening = Listening(load("o200k_base"))
    counter = GrowingCount(listening)
    counter.feed("Hello, world")
    assert counter.count == 3
    given_before = len(listening.given)
    assert counter.count == 3
    assert len(listening.given) == given_before


def test_no_text_has_no_tokens() -> None:
    counter = GrowingCount(load("o200k_base"))
    assert counter.count == 0
    counter.feed("")
    assert counter.count == 0
    assert count("", load("o200k_base")) == 0


def test_a_surrogate_pair_cut_in_two_is_one_character() -> None:
    encoding = load("o200k_base")
    counter = GrowingCount(encoding)
    counter.feed("so \ud83d")
    assert counter.count == whole("so \ufffd", encoding)
    counter.feed("\ude02!")
    assert counter.count == whole("so 😂!", encoding)


def test_a_surrogate_alone_counts_as_the_replacement_character() -> None:
    encoding = load("o200k_base")
    for text in ("\ud83d", "\ude02", "a\ud83db", "\ud83d\ud83d\ude02", "\ude02\ud83d"):
        assert count(text, encoding) == whole(text, encoding)


def test_the_names_of_special_tokens_are_text() -> None:
    assert count("<|endoftext|><|endofprompt|>", load("o200k_base")) > 10


@pytest.mark.parametrize("blank", [" ", "\u3000"] if IS_LONG else [" "])
def test_more_blanks_than_tiktoken_takes_are_counted(blank: str) -> None:
    encoding = load("o200k_base")
    longest = 12_800
    per_blank = whole(blank * longest, encoding) / longest
    assert count(blank * 80 * longest, encoding) == 80 * longest * per_blank


def merging(name: str, words: Iterable[str]) -> tiktoken.Encoding:
    """Cuts text as an encoding does, and merges bytes to these tokens, the first ones first."""
    ranks = BYTES | {word.encode(): 256 + rank for rank, word in enumerate(words)}
    return tiktoken.Encoding(
        "merging", pat_str=PATTERNS[name], mergeable_ranks=ranks, special_tokens={}
    )


@pytest.mark.parametrize("name", ENCODINGS)
def test_tokens_that_change_far_back_are_counted_again(name: str) -> None:
    """Each pair of letters merges before the pair left of it: one letter more changes all."""
    alphabet = "abcdefghij"
    letters = "".join(i + "".join(i + j for j in alphabet if j > i) for i in alphabet)
    pairs = [left + right for left, right in itertools.pairwise(letters)]
    assert len(set(pairs)) == len(pairs)
    encoding = merging(name, reversed(pairs))
    assert encoding.encode(letters)[0] != encoding.encode(letters[:-1])[0]
    for limit in (36, 40):
        counter = GrowingCount(encoding, limit=limit)
        for so_far in growing(letters + ", and", itertools.repeat(1), counter):
            assert counter.count == whole(so_far, encoding)


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("text", ["x\n{}\nx", "x\n{}x", "א{}a", "א{}א", "א{}!"])
def test_what_may_yet_be_one_piece_is_not_settled_as_two(name: str, text: str) -> None:
    """Here the border between the pieces would shift all that follows it, if it fell."""
    encoding = merging(name, ("\n ", "א", "אA", "  ", "    ", "AA", "AAAA"))
    for size in range(180, 184):
        counter = GrowingCount(encoding, limit=80)
        run = (" " if "\n" in text else "A") * size
        for so_far in growing(text.format(run), itertools.repeat(1), counter):
            assert counter.count == whole(so_far, encoding)


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_slash_goes_with_the_line_break_before_it(name: str) -> None:
    encoding = merging(name, ("\n/", "/ "))
    counter = GrowingCount(encoding)
    for so_far in growing("a =\n// a\n/ =\r\n/", itertools.repeat(1), counter):
        assert counter.count == whole(so_far, encoding)


@pytest.mark.parametrize("name", ENCODINGS)
def test_merging_the_bytes_of_a_token_gives_the_token(name: str) -> None:
    """So tiktoken's short way, to look a whole piece up, changes nothing."""
    by_rank = tokens(name)
    ranks = {token: rank for rank, token in enumerate(by_rank)}
    sample = by_rank if IS_LONG else random.Random(1).sample(by_rank, 2_000)
    assert [token for token in sample if merged(token, ranks) != [token]] == []
    assert max(map(len, by_rank)) == LONGEST_TOKEN


def merged(piece: bytes, ranks: dict[bytes, int]) -> list[bytes]:
    """What byte pair encoding makes of a piece, step by step."""
    parts = [bytes((value,)) for value in piece]
    while True:
        pairs = [left + right for left, right in itertools.pairwise(parts)]
        lowest = min(pairs, key=lambda pair: ranks.get(pair, len(ranks)), default=b"")
        if lowest not in ranks:
            return parts
        place = pairs.index(lowest)
        parts[place : place + 2] = [lowest]


def test_what_is_white_space_to_tiktoken_is_so_to_python() -> None:
    characters = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    blanks = "".join(matched(r"\s", part) for part in characters.split("a"))
    assert len(blanks) >= 25
    assert blanks.isspace()


class Letters:
    """A tokenizer of another kind."""

    def encode(self, text: str, *, disallowed_special: tuple[()] = ()) -> list[int]:
        return [ord(letter) for letter in text]


def test_any_tokenizer_will_do() -> None:
    counter = GrowingCount(Letters())
    for so_far in growing(PROSE * 3, itertools.repeat(5), counter):
        assert counter.count == len(so_far)
