"""What cannot reach a terminal, and what must."""

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.vocabularies import often
from tui.core.odd import FLAGS, Kind, kind_of
from tui.core.sanitize import Cleaner, clean, one_line, redact, shortened

STEERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000\U000e0001]"
)

ODD = (
    *("\r", "\n", "\t", "\x1b", "\x07", "\x7f", "\x85", "\x9b", "\u2028", "\u202e", "\u2066"),
    *("\u200b", "\u200c", "\u200d", "\u200e", "\u2060", "\xad", "\ufeff", "\u180e", "\u180b"),
    *("\ufe0f", "\ufe0e", "\ufe00", "\U000e0100", "\U0001f3fb", "\U0001f3f4", *FLAGS[0][1:]),
    *("\u0301", "\u0e31", "\u093e", "\u094d", "\u1161", "\u0f71", "\u3164", "\ufffe", "\ud800"),
    *("a", "1", " ", "é", "日", "葛", "क", "ක", "ب", "ᠨ", "👩", "❤", FLAGS[0], "\U000e0001"),
)
"""A character of every class that is treated in a way of its own, and what they stand beside."""

texts = st.lists(st.one_of(st.sampled_from(ODD), st.characters(codec=None)), max_size=20).map(
    "".join
)


@given(st.text() | texts)
@often(300, long=20_000)
def test_nothing_that_steers_a_terminal_gets_through(text: str) -> None:
    assert not STEERS.search(clean(text))


@given(texts, st.data())
@example("🏴\u200d" + FLAGS[0], None)
@often(300, long=20_000)
def test_pieces_are_shown_as_the_whole_is(text: str, data: st.DataObject | None) -> None:
    cleaner, pieces, rest = Cleaner(), [], text
    while rest:
        size = data.draw(st.integers(1, 4)) if data else 1
        pieces.append(cleaner.feed(rest[:size]))
        rest = rest[size:]
    assert "".join([*pieces, cleaner.flush()]) == clean(text)


@given(texts)
@often(300, long=20_000)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(texts.filter(lambda text: not re.search("[\r\u200d\U0001f3f4]", text)))
@often(300, long=20_000)
def test_only_what_the_next_piece_explains_waits_for_it(text: str) -> None:
    cleaner = Cleaner()
    assert cleaner.feed(text) == clean(text)
    assert cleaner.flush() == ""


PEOPLE = (
    *("Hello, world", "Zeile\nzwei\tdrei", "日本語 🎉", "é", "cafe\u0301"),
    *("👩‍👩‍👧 👩🏻‍❤️‍💋‍👨🏾 🧑‍🚒 🏳️‍🌈 🏴‍☠️ 1️⃣ ✌🏽 🇨🇭", *FLAGS, "❤️ ☎︎ ≨︀"),
    *("नमस्ते र्‍य क्‌ष मी॑ळे", "ශ්‍රී ලංකා", "র‌্যাব", "ക്‍", "می‌خواهم کتاب‌ها", "ٱلرَّحْمَٰنِ وَٱلصَّٰٓفَّٰتِ"),
    *("ที่นี่ น้ำ", "ພາສາ\u200bລາວ", "ភាសា\u200bខ្មែរ", "မြွှို့ အကျွမ်းတဝင်", "בְּרֵאשִׁ֖ית הַשֵּׁ֤ם"),
    *("ཧྐྵྨླྺྼྻྂ", "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ", "Tiê\u0301ng Viê\u0323t", "n̪̊͡ ɔ̃́ː", "葛󠄀", "ᠨ᠋ ᠠᠮᠤᠷ᠎ᠠ", "각"),
)


@pytest.mark.parametrize("text", PEOPLE)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert clean(text) == text
    cleaner = Cleaner()
    assert "".join([*map(cleaner.feed, text), cleaner.flush()]) == text


def test_every_mark_that_python_knows_is_known() -> None:
    for point in range(sys.maxunicode + 1):
        char = chr(point)
        if unicodedata.category(char) in ("Mn", "Me", "Mc"):
            known = kind_of(char)
            assert known in (Kind.MARK, Kind.LETTERED, Kind.SELECTOR, Kind.UNSEEN), hex(point)


def test_every_format_character_is_known() -> None:
    seen = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    for point in range(sys.maxunicode + 1):
        char = chr(point)
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in seen:
            assert kind_of(char) is not Kind.PLAIN or char in "\t\n", hex(point)


def test_an_escape_sequence_is_seen_and_not_obeyed() -> None:
    assert clean("\x1b]52;c;aGk=\x07") == "␛]52;c;aGk=␇"


def test_a_return_cannot_overwrite_its_own_line() -> None:
    assert clean("secret\rharmless") == "secret␍harmless"
    assert clean("one\r\ntwo") == "one\ntwo"


def test_a_line_break_cut_in_two_pieces_is_one() -> None:
    cleaner = Cleaner()
    assert [cleaner.feed("one\r"), cleaner.feed("\ntwo\r"), cleaner.feed("x")] == [
        "one",
        "\ntwo",
        "␍x",
    ]


def test_what_waits_at_the_end_is_not_lost() -> None:
    cleaner = Cleaner()
    assert [cleaner.feed("one\r"), cleaner.flush(), cleaner.flush()] == ["one", "␍", ""]
    assert [cleaner.feed("🏴"), cleaner.flush()] == ["", "🏴"]


@pytest.mark.parametrize("most", [5, 10, 27])
def test_what_is_shortened_keeps_both_its_ends(most: int) -> None:
    short = shortened("https://a.example/a/long/path/cat.png", most)
    assert len(short) == most
    assert short.startswith("ht")
    assert short.endswith("g")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb\u2066c", "a⟨RLO⟩b⟨LRI⟩c"),
        ("a\u200e\u200f\u061c\u2060\ufeff\xad\u034f\u2065b", "ab"),
        ("pay\u200bpal pay\u200cpal pay\u200dpal", "paypal paypal paypal"),
        ("\u3164\uffa0\u115f\u1160", "␣␣␣␣"),
        ("x\x85y\u2028z\u2029", "x\ny\nz\n"),
        ("\ufff9a\ufffab\ufffb \ufdd0\U0001fffe", "�a�b� ��"),
        ("hi" + "".join(chr(0xE0000 + ord(letter)) for letter in "run"), "hi���"),
        (FLAGS[0][:-1] + "x", "🏴�����x"),
    ],
    ids=["bidi", "unseen", "joiners", "fillers", "breaks", "noncharacters", "tags", "half-a-flag"],
)
def test_what_nobody_would_see_is_seen_or_gone(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" + "\u0301" * 100, "a" + "\u0301" * 4),
        ("a" + "\u0301\u20dd" * 9, "a" + "\u0301\u20dd" * 2),
        ("क" + "\u093e" * 100, "क" + "\u093e" * 8),
        ("ᄀ" + "ᅡ" * 100, "ᄀ" + "ᅡ" * 8),
        ("a" + "\u0301\u200d\xad\ufe0f" * 9, "a" + "\u0301" * 4),
        ("a" + "\ufe0f\ufe01\U000e0101" * 9, "a"),
        ("葛" + "\U000e0100" * 9, "葛\U000e0100"),
        ("❤" + "\ufe0f" * 9, "❤\ufe0f"),
        ("👍" + "🏻" * 3, "👍🏻��"),
        ("👩" + "\u200d👩" * 6, "👩" + "\u200d👩" * 3 + "👩" + "\u200d👩" * 2),
        ("क" + "्\u200dक" * 6, "क" + "्\u200dक" * 3 + "्क" + "्\u200dक" * 2),
    ],
    ids=[
        *("marks", "two-marks", "vowels", "jamo", "marks-apart", "selectors-of-nothing"),
        *("ideograph", "emoji", "skins", "family", "conjuncts"),
    ],
)
def test_no_character_carries_more_than_writing_needs(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_one_line_is_one_line_and_cut() -> None:
    assert one_line("a\r\n\x1b b" + "c" * 300, 10) == "a ␛ bcccc…"


def test_keys_are_redacted_also_where_a_provider_shows_a_part() -> None:
    assert (
        redact("key tok-12345678 and sk-proj-ab**************yz", "tok-12345678")
        == "key ••• and sk-•••"
    )
