"""The page is whole in itself: nothing runs in it, nothing is fetched, all is readable."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.attacks import ATTACKS
from tests.exports.chats import CHATS, FULL, only
from tests.markdown.strategies import MODEST
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.exporting import Form, file_name, written
from tui.core.images import Image
from tui.markdown.looks import LOOKS

PNG = "data:image/png;base64,iVBORw0KGgo="

TAGS = (
    "html head meta title style body header h1 h2 h3 h4 h5 h6 p time main article span div details"
    " summary footer a img pre code ul ol li blockquote strong em s table thead tbody tr th td hr"
    " br"
)
NAMES = (
    "charset http-equiv content name dir class id datetime title href rel alt src data-language"
    " start"
)


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, chat: Chat) -> None:
        super().__init__()
        self.source = "".join(written(chat, Form.HTML, LOOKS))
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.shown = ""
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.shown += data

    def given(self, name: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]


def check(page: Page) -> None:
    """Nothing runs, nothing is fetched, no link leads elsewhere than to the web or a mailbox."""
    assert {tag for tag, _ in page.tags} <= set(TAGS.split())
    assert {name for _, attrs in page.tags for name in attrs} <= set(NAMES.split())
    assert all(re.match("https?://|mailto:", url) for url in page.given("href"))
    assert all(url.startswith("data:image/") for url in page.given("src"))
    assert all(
        attrs["rel"] == "noopener noreferrer"
        for tag, attrs in page.tags
        if tag == "a" and "href" in attrs
    )
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page.source)
    page.source.encode()


@MODEST
@given(CHATS)
def test_nothing_runs_whatever_was_said(chat: Chat) -> None:
    check(Page(chat))


@MODEST
@given(st.lists(st.sampled_from((*ATTACKS, "\n\n", "> ", "- ", "`", "<", "[")), max_size=5))
def test_nothing_runs_whatever_attacks_stand_together(parts: list[str]) -> None:
    text = "".join(parts)
    talk = Conversation(system=text).asked(text, (Image(text),))
    talk = talk.answered(Message(0, "assistant", text, model=text, reasoning=text, refusal=text))
    page = Page(Chat("abcdefgh", title=text, model=text, conversation=talk))
    check(page)
    assert page.shown.endswith("\nWritten by Rillet.\n\n\n")


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_an_answer_stays_words(attack: str) -> None:
    page = Page(only("Hi", attack))
    check(page)
    assert page.shown.endswith("\nWritten by Rillet.\n\n\n")


def test_a_title_stays_in_its_place() -> None:
    page = Page(replace(FULL, title="</title><script>alert(1)</script>"))
    assert page.source.count("<script") == 0
    assert "&lt;/title&gt;&lt;script&gt;" in page.source


def test_the_page_allows_itself_one_sheet_and_its_own_images() -> None:
    (policy,) = [each for each in Page(FULL).given("content") if "default-src" in each]
    assert re.fullmatch(
        "default-src 'none'; style-src 'sha256-[^']+'; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        policy,
    )


def test_the_sheet_has_the_hash_that_the_policy_names() -> None:
    source = Page(FULL).source
    sheet = re.search("<style>(.*?)</style>", source, re.DOTALL)
    assert sheet
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in source


BYTES = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpeg": b"\xff\xd8\xff\xe0",
    "gif": b"GIF89a",
    "webp": b"RIFF\0\0\0\0WEBPVP8 ",
}


def in_url(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize("kind", BYTES)
def test_an_image_that_the_message_carries_is_shown_as_what_it_is(kind: str) -> None:
    for told in ("svg+xml", kind):
        image = Image(in_url(told, BYTES[kind]))
        page = Page(Chat("abcdefgh", conversation=Conversation().asked("Hi", (image,))))
        assert page.given("src") == [in_url(kind, BYTES[kind])]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/cat.png",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png;base64,PHN2Zz4=",
        f"rillet-image:{'0' * 64};image/png",
        "data:text/html;base64,PHN2Zz4=",
        'data:image/png;base64,AAAA"onerror="x',
    ],
)
def test_any_other_image_is_named_and_not_shown(url: str) -> None:
    page = Page(Chat("abcdefgh", conversation=Conversation().asked("Hi", (Image(url),))))
    check(page)
    assert page.given("src") == []
    assert "Image: " in page.shown


def test_markdown_is_a_page_as_it_should_be() -> None:
    source = Page(
        only("Hi", "# A\n\n**b** `c<d`\n\n| x |\n|--:|\n| 1 |\n\n```py\ndef f\n```")
    ).source
    for part in (
        '<h3 dir="auto">A</h3>',
        "<strong>b</strong> <code>c&lt;d</code>",
        '<td dir="auto" class="right">1</td>',
        '<pre dir="ltr" data-language="py"><code><span class="code-keyword">def '
        '</span><span class="code-function">f</span>',
    ):
        assert part in source


@pytest.mark.parametrize("language", ["", "html", "no-such", 'py"onclick=x', "json"])
def test_code_is_there_to_the_letter(language: str) -> None:
    code = "<b class='x'>\n\n\tif a < b & c:\r\n  é水 \"s\"\n"
    page = Page(only("Hi", f"```{language}\n{code}```"))
    check(page)
    assert code.replace("\r\n", "\n") in page.shown


def test_everything_that_is_shown_is_on_it() -> None:
    shown = Page(FULL).shown
    for words in (
        *("Why?", "Instructions", "Be brief.", "2023-11-14 22:13", "162 tokens", "Reasoning"),
        *('→ look({"at": 1})', "No.", "Half of", "! cut off: the connection closed early"),
    ):
        assert words in shown
    assert "Yes." not in shown
    assert "and then" not in shown


def test_a_flood_of_brackets_is_a_page_soon() -> None:
    page = Page(only("Hi", "[" * 100_000))
    assert "[" * 100_000 in page.shown


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What is a rillet?", "what-is-a-rillet.html"),
        ("../../etc/passwd\0", "etc-passwd.html"),
        ("山 und Tal", "山-und-tal.html"),
        ("...", "abcdefgh.html"),
        ("a" * 300, f"{'a' * 60}.html"),
    ],
)
def test_a_file_is_called_after_the_title(title: str, name: str) -> None:
    assert file_name(replace(FULL, title=title), Form.HTML) == name
