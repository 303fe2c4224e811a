"""Inline text that is parsed in settled parts reads like the text parsed at once."""

from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.strategies import FRAGMENTS, MODEST
from tui.markdown.growing import GrowingMarkdown, whole
from tui.markdown.inline import to_spans
from tui.markdown.parser import Environment, inline_tokens
from tui.markdown.pieces import Spans, joined
from tui.markdown.settling import PART, REACH, Settling

PLAIN = ("word", "some more plain words", "A sentence ends.", "and, then", "中文字符。", "x1")
OPEN = (
    *(
        "**",
        "*",
        "_",
        "`",
        "``",
        "~~",
        "[",
        "]",
        "](u)",
        '](u "t',
        '")',
        "<a",
        "</a>",
        "<!-- c",
        "-->",
    ),
    *(
        "\\[",
        "\\]",
        "\\(",
        "$$",
        "a_",
        "_a",
        "![",
        "][b]",
        "[a][b]",
        "\\",
        "&",
        "http://x",
        "(",
        ")",
    ),
)
ENVIRONMENT: Environment = {"references": {"B": {"href": "http://b", "title": ""}}}


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A paragraph of 300 to 2000 characters, plain for the most part."""
    plain = draw(st.lists(st.sampled_from(PLAIN), min_size=4, max_size=9))
    words: list[str] = []
    while sum(map(len, words)) < 300:
        marked = st.lists(st.sampled_from((*FRAGMENTS, *OPEN)), max_size=3)
        words += [*plain * draw(st.integers(1, 3)), *draw(marked)]
    text = draw(st.sampled_from([" ", " ", "\n"])).join(words)
    return text[: REACH - 100].strip()


def at_once(text: str) -> Spans:
    return joined(list(to_spans(inline_tokens(text, ENVIRONMENT))))


def one(parts: list[Spans]) -> Spans:
    return joined([span for part in parts for span in part])


@MODEST
@given(texts())
def test_settled_parts_read_like_the_whole(text: str) -> None:
    assert one(Settling(ENVIRONMENT).parts(text)) == at_once(text)


@MODEST
@given(texts(), st.integers(1, 90))
def test_text_that_grows_reads_like_the_whole(text: str, step: int) -> None:
    settling = Settling(ENVIRONMENT)
    for end in range(step, len(text), step):
        settling.parts(text[:end])
    assert one(settling.parts(text)) == at_once(text)


def test_text_that_turns_out_to_be_another_is_parsed_anew() -> None:
    settling = Settling(ENVIRONMENT)
    settling.parts("some *words* " * 60)
    assert one(settling.parts("other `words` " * 40)) == at_once("other `words` " * 40)


def test_a_long_paragraph_is_cut_at_the_ends_of_sentences() -> None:
    text = "A sentence of some words ends here. " * 400
    pieces = whole(text)
    assert len(pieces) > 3
    for piece in pieces:
        length = sum(len(span.text) for span in piece.spans)
        assert length < PART + 600
        assert piece.spans[-1].text.rstrip().endswith(".")
    assert "".join(span.text for piece in pieces for span in piece.spans) == text.strip()


def test_parts_do_not_depend_on_the_deltas() -> None:
    for word in ("A sentence of words. ", "no ends, ever, ", "a", "中文字符", "*open ", "x\ny. "):
        text = word * (15_000 // len(word))
        expected = whole(text)
        for step in (1000, 4096, 5000, 14_999):
            growing = GrowingMarkdown()
            for start in range(0, len(text), step):
                growing.feed(text[start : start + step])
                assert growing.live is not None
            growing.finish()
            assert list(growing.frozen) == expected, (word, step)


def test_a_mark_is_given_up_after_its_reach() -> None:
    text = f"**open {'words without an end, ' * 400}** x"
    assert {span.styles for piece in whole(text) for span in piece.spans} == {()}
