"""The Markdown is for people: harmless in any viewer, and told apart from what was said."""

import re
from dataclasses import replace
from importlib import import_module
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.exports.attacks import ATTACKS
from tests.exports.chats import CHATS, FULL, only
from tests.markdown.strategies import MODEST
from tui.core.chats import Chat
from tui.core.exporting import Form, written
from tui.core.exporting.harmless import harmless
from tui.core.exporting.yaml import front_matter, unquoted

yaml = import_module("yaml")  # llmock brings it along, without types


def exported(chat: Chat) -> str:
    return "".join(written(chat, Form.MARKDOWN))


def viewers() -> list[MarkdownIt]:
    """One that reads CommonMark and one with tables; both run HTML and follow any link."""
    made = []
    for rules in ([], ["table", "strikethrough"]):
        viewer = MarkdownIt("commonmark", {"html": True, "maxNesting": 1000}).enable(rules)
        viewer.__dict__["validateLink"] = lambda url: True
        made.append(viewer)
    return made


def sights(text: str) -> list[Token]:
    """What any viewer finds in it."""
    blocks = [token for viewer in viewers() for token in viewer.parse(text)]
    return [*blocks, *(inside for token in blocks for inside in token.children or ())]


def check(text: str) -> None:
    found = sights(text)
    assert not [token for token in found if token.type in ("html_inline", "html_block", "image")]
    links = [str(token.attrs["href"]) for token in found if token.type == "link_open"]
    assert all(re.match("https?://|mailto:|#", link, re.IGNORECASE) for link in links)


PARTS = (
    *ATTACKS,
    *("`", "``", "`a`", "\\", "\\`", "|", " | ", "\n", "\n\n", "> ", "- ", "1. ", "    ", "```\n"),
    *("~~~\n", "|--|--|\n", "| a | b |\n", "[x]: ", "[x]", "<http://a.example>", "# You", "word "),
    *("---\n", "===\n", "<b>", "![", "](", "<", ">", "&lt;b>", "<div>\n", "</div>", "<?x?>"),
)  # fmt: skip


@MODEST
@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
@example("- `a <script>\n- b`")
@example("a ` | b\n--|--\n` `<script>` ` | c\n")
@example("# You\n    <script>")
@example("> " * 25 + "`a\n" + "> " * 25 + "`<script>`")
def test_what_a_model_writes_is_harmless_in_any_viewer(text: str) -> None:
    check(harmless(text.replace("\0", "").replace("\ud800", "")))


@MODEST
@given(CHATS)
def test_what_is_exported_is_harmless_in_any_viewer(chat: Chat) -> None:
    text = exported(chat)
    check(text[text.index("\n---", 3) + 4 :])
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    text.encode()


@MODEST
@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join))
@example("```\n    ```\n")
def test_a_message_ends_where_the_next_one_begins(text: str) -> None:
    found = viewers()[0].parse(exported(only(text, text, "the end")))
    headings = [
        inside.content
        for token, inside in pairwise(found)
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0
    ]
    assert [each for each in headings if each in ("You", "Answer")] == ["You", "Answer", "You"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1 < 2 and a[i](x)", "1 < 2 and a[i]\\(x)"),
        ("`a <b> ![c](d)`", "`a <b> ![c](d)`"),
        ("```html\n<b>\n```", "```html\n<b>\n```"),
        ("```html\n<b>", "```html\n<b>\n```"),
        ("    <b>", "    <b>"),
        ("see <https://a.example> or [this](https://a.example)",) * 2,
        ("<b>", "&lt;b>"),
        ("![a](http://a.example)", "\\![a](http://a.example)"),
        ("[a](javascript:x)", "[a]\\(javascript:x)"),
        ("[a]: javascript:x", "[a]\\: javascript:x"),
        ("## You", "## “You”"),
        ("> - # You #", "> - # “You” #"),
        ("Answer · m\n---", "“Answer · m”\n---"),
        ("> __You__\n> ==", "> “__You__”\n> =="),
        ("## Your turn", "## Your turn"),
    ],
)
def test_only_what_could_do_harm_is_changed(text: str, kept: str) -> None:
    assert harmless(text) == kept


def test_everything_that_is_shown_is_in_it() -> None:
    assert exported(FULL) == (
        '---\ntitle: "Why?"\nmodel: "m"\ncreated: "2023-11-14T22:13:20+00:00"\n'
        'updated: "2023-11-14T22:13:29+00:00"\ntokens: 162\n---\n\n'
        "## Instructions\n\nBe brief.\n\n"
        "## You · 2023-11-14 22:13 +00:00\n\n[image](https://a.example/1.png)\n\nWhy?\n\n"
        "## Answer · m · 2023-11-14 22:13 +00:00\n\n> **Reasoning**\n>\n> One.\n>\n> Two.\n\n"
        'No.\n\n```\n→ look({"at": 1})\n```\n\n'
        "## You · 2023-11-14 22:13 +00:00\n\nGo on.\n\n"
        "## Answer · m · 2023-11-14 22:13 +00:00\n\nHalf of\n\n"
        "_! cut off: the connection closed early: The connection broke_\n"
    )


@MODEST
@given(st.text())
@example("\"\\'#: ---\n- [a]: {b} & *c !d |e >f %g @h\t\x7f\x85\u2028\ufeff\U000e0001")
def test_any_text_is_a_value_in_the_front_matter(text: str) -> None:
    source = front_matter({"title": text, "tokens": 3, "tokens_estimated": True})
    said = yaml.safe_load(source.removesuffix("---"))
    assert (said.pop("tokens"), said.pop("tokens_estimated")) == (3, True)
    assert said == ({"title": text} if text else {})
    if text:
        assert unquoted(source.splitlines()[1].partition(":")[2]) == text


@pytest.mark.parametrize("title", ["---\nx: 1", "a: b", "# c", "{d}", "'", '"', "yes", "\x1b[31m"])
def test_the_front_matter_is_whole_whatever_the_title(title: str) -> None:
    text = exported(replace(FULL, title=title))
    said = next(iter(yaml.safe_load_all(text[: text.index("\n---", 3) + 1])))
    assert set(said) == {"title", "model", "created", "updated", "tokens"}


def test_times_that_are_none_are_left_out() -> None:
    for odd in (0.0, -1.0, 1e300, float("inf"), float("nan")):
        assert "created" not in exported(replace(FULL, created=odd))
