"""The page, in a real browser: someone at the keyboard, and what is seen."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.waiting import until
from tests.web.bridges import TOKEN, Bridge, bridging
from tests.web.browser import Browser, Tab, browsing
from tests.web.cuts import cutting
from tui.edge.demo import DemoServer, saying


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    async with browsing(tmp_path) as found:
        yield found


@pytest.fixture
async def tab(browser: Browser, bridge: Bridge) -> Tab:
    return await opened(browser, bridge)


async def opened(browser: Browser, bridge: Bridge) -> Tab:
    tab = await browser.open(f"{bridge.url}/#{TOKEN}")
    await tab.sees("Ready.")
    return tab


async def ask(tab: Tab, text: str, model: str = "") -> None:
    if model:
        await tab.value(f"document.querySelector('#model').value = {json.dumps(model)}")
    await tab.value("document.querySelector('#prompt').focus()")
    await tab.types(text)
    await tab.presses("Enter")


def asked_last(demo: DemoServer) -> list[dict[str, object]]:
    messages = demo.asked[-1].body["messages"]
    assert isinstance(messages, list)
    return messages


async def test_a_question_is_answered_word_by_word_and_its_end_is_told(
    tab: Tab, demo: DemoServer
) -> None:
    await ask(tab, "What is a rillet?", "demo-30t-20ps")
    await tab.sees("1. The brook")
    assert await tab.value("document.querySelector('#send').disabled") is True
    assert await tab.value("document.querySelector('#log').getAttribute('aria-busy')") == "true"
    await tab.sees("complete · 30 tokens")
    assert await tab.value("document.querySelector('#log').getAttribute('aria-busy')") == "false"
    assert await tab.value("document.querySelector('.said h3, .said h2') !== null")
    await ask(tab, "And then?", "demo-echo")
    await tab.shows("document.querySelectorAll('#log .end').length === 2")
    messages = asked_last(demo)
    assert [message["role"] for message in messages] == ["user", "assistant", "user"]
    assert messages[2]["content"] == "And then?"


async def test_the_token_is_in_no_address_and_no_request(tab: Tab) -> None:
    await ask(tab, "Hi", "demo-echo")
    await tab.sees("complete ·")
    assert TOKEN not in str(await tab.value("location.href"))
    urls = [str(event["request"]["url"]) for event in tab.told("Network.requestWillBeSent")]
    assert len(urls) >= 3
    assert not [url for url in urls if TOKEN in url.partition("#")[0]]
    assert {url.split("/")[2] for url in urls if url.startswith("http")} == {
        str(await tab.value("location.host"))
    }


async def test_without_its_token_the_page_asks_for_it(browser: Browser, bridge: Bridge) -> None:
    tab = await browser.open(bridge.url)
    await tab.sees("This page needs the token of this run")
    await tab.shows("document.activeElement.id === 'token'")
    await tab.types(TOKEN)
    await tab.presses("Enter")
    await tab.sees("Ready.")
    await tab.shows("document.querySelector('#entry').hidden")


@pytest.mark.parametrize("how", ["key", "button"])
async def test_an_answer_can_be_stopped_and_its_words_stay(
    tab: Tab, demo: DemoServer, how: str
) -> None:
    await ask(tab, "Go", "demo-slow")
    await tab.shows("document.querySelector('.said').innerText.length > 5")
    if how == "key":
        await tab.presses("Escape")
    else:
        await tab.clicks("#stop")
    await tab.sees("stopped by you")
    assert len(await tab.value("document.querySelector('.said').innerText")) > 5
    await until(lambda: demo.gone == ["demo-slow"])
    await tab.shows("!document.querySelector('#send').disabled")


async def test_an_error_is_told_in_sentences_and_can_be_asked_again(
    tab: Tab, demo: DemoServer
) -> None:
    await ask(tab, "Go", "demo-401")
    await tab.sees("The server says: Incorrect API key provided")
    await tab.sees("Ask again")
    demo.script("demo-401", saying("Now it works."))
    await tab.clicks("#log li button")
    await tab.sees("Now it works.")
    assert len(asked_last(demo)) == 1


async def test_a_cut_answer_keeps_its_words_and_says_so(tab: Tab) -> None:
    await ask(tab, "Go", "demo-drop")
    await tab.sees("cut off: the connection closed early")
    await tab.sees("The connection broke")
    assert len(await tab.value("document.querySelector('.said').innerText")) > 5


ATTACKS = (
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    '<svg onload="window.hit = 1"></svg><iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
    "[a](javascript:window.hit=1) [b](JaVaScRiPt:window.hit=1)",
    "[c](data:text/html,<script>1</script>)",
    "[d](  javascript:window.hit=1 ) [e](&#106;avascript:window.hit=1) <javascript:window.hit=1>",
    "![i](https://tracker.example/pixel.png) ![j](x' onerror='window.hit=1)",
    "```html\n<script>window.hit = 1</script>\n```",
    "`<b onclick=window.hit=1>`",
    "| <img src=x onerror=window.hit=1> |\n| --- |\n| <script>window.hit=1</script> |",
    '[f](https://evil.example/"onmouseover="window.hit=1)',
    "<style>body { display: none }</style><base href='https://evil.example/'>",
    "# <a href=x onclick=window.hit=1>h</a>\n\n> <form action=//evil.example><button>x",
    "- <input autofocus onfocus=window.hit=1>",
    "{{constructor.constructor('window.hit=1')()}} ${window.hit=1} </textarea></script>",
)


async def test_nothing_that_a_model_says_runs_or_is_fetched(tab: Tab, demo: DemoServer) -> None:
    demo.script("evil", saying("\n\n".join(ATTACKS)))
    await ask(tab, "<img src=x onerror='window.hit = 1'>", "evil")
    await tab.sees("complete ·")
    await tab.value("document.querySelectorAll('#log a, #log code').forEach((n) => n.click)")
    assert await tab.value("window.hit") is None
    inside = "#log :is(script, img, svg, iframe, style, base, form, input, object, embed)"
    assert await tab.value(f"document.querySelectorAll('{inside}').length") == 0
    marks = "[...document.querySelectorAll('#log *')].flatMap((n) => n.getAttributeNames())"
    names = set(await tab.value(marks))
    assert names <= {"class", "href", "target", "rel", "title", "tabindex", "aria-label", "start"}
    links = await tab.value("[...document.querySelectorAll('#log a')].map((a) => a.protocol)")
    assert set(links) <= {"https:", "http:", "mailto:"}
    assert await tab.value("getComputedStyle(document.body).display") == "grid"
    urls = [str(event["request"]["url"]) for event in tab.told("Network.requestWillBeSent")]
    assert not [url for url in urls if "example" in url]
    await tab.sees("<script>window.hit = 1</script>")


async def test_what_turns_text_round_is_shown_as_a_sign(tab: Tab, demo: DemoServer) -> None:
    demo.script("m", saying("pay \u202eevil\u202c `a\u202eb` \x1b[31m 👩\u200d🚀 done"))
    await ask(tab, "Go", "m")
    await tab.sees("complete ·")
    shown = await tab.value("document.querySelector('.said').innerText")
    assert shown == "pay �evil� a�b �[31m 👩\u200d🚀 done"
    assert "\u202e" in await tab.value("messages.at(-1).content")


async def test_the_policy_stops_what_the_page_would_not_do(tab: Tab) -> None:
    await tab.value(
        "(() => { const s = document.createElement('div');"
        " try { s.innerHTML = '<img src=x onerror=window.hit=1>'; } catch { window.stopped = 1; }"
        " document.body.append(s); })()"
    )
    assert await tab.value("window.stopped") == 1
    assert await tab.value("window.hit") is None
    fetched = "fetch('https://evil.example/').then(() => 'sent', () => 'refused')"
    assert await tab.value(fetched) == "refused"


async def test_markdown_is_shown_as_it_is_meant(tab: Tab, demo: DemoServer) -> None:
    text = (
        "# Rivers\n\nA **bold** *word*, `code` and ~~none~~, [mill](https://mill.example/a_b).\n\n"
        "1. one\n2. two\n   - deep\n   - deeper\n\n> quoted\n> more\n\n"
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n```py\nx = 1 < 2\n\ny\n```\n\n---\n\n"
        "2 * 3 * 4 snake_case_x"
    )
    demo.script("m", saying(text))
    await ask(tab, "Go", "m")
    await tab.sees("complete ·")
    there = {
        "h2": 1, "strong": 1, "em": 1, "p code": 1, "del": 1, "a": 1, "ol > li": 2,
        "ol > li ul > li": 2, "blockquote": 1, "tbody td": 2, "td.right": 1, "pre code": 1, "hr": 1,
    }  # fmt: skip
    for selector, count in there.items():
        found = f"document.querySelectorAll('.said {selector}').length"
        assert await tab.value(found) == count, selector
    assert await tab.value("document.querySelector('.said pre').innerText") == "x = 1 < 2\n\ny"
    await tab.sees("mill (mill.example)")
    await tab.sees("2 * 3 * 4 snake_case_x")


SLOW = (
    *("*", "_", "[", "`", "~", "<", "\\", "#", "- ", "> ", "| ", "1. ", "![", "**a ", "](", "# "),
    *("[a](", "- - ", " ", "\t", "|-", "``` ", "*a_", "- a\n\n", "\n", "> - ", "|\n", "http://"),
)


async def test_no_text_is_slow_to_draw(tab: Tab) -> None:
    """Hostile repetitions, 100 KB each: on one line, and as the end of a line that fits nothing."""
    took = await tab.value(
        f"""{json.dumps(SLOW)}.flatMap((mark) => ["", "x", "\u2028", "#`|"].map((end) => {{
          const text = mark.repeat(100000 / mark.length) + end, began = performance.now();
          blocks(text.split("\\n"));
          blocks(("- " + text).split("\\n"));
          return [performance.now() - began, mark, end];
        }})).sort((a, b) => b[0] - a[0])[0]"""
    )
    assert took[0] < 3000, took


async def test_words_come_the_same_however_they_are_cut(tab: Tab) -> None:
    """What grew block by block is what the whole would have been."""
    text = (
        "# A\n\npara *em\nph* x\n\n- a\n- b\n\n  more\n\n1) n\n\n"
        "| a |\n|---|\n| 1 |\n\n```\nq\n\n```\nend"
    )
    grown = (
        "((text, step) => { const place = document.createElement('div');"
        " const growing = new Growing(place);"
        " for (let at = 0; at < text.length; at += step) {"
        " growing.feed(text.slice(at, at + step)); growing.draw(); }"
        f" return place.innerHTML; }})({json.dumps(text)}, "
    )
    whole = await tab.value(f"{grown}1000)")
    for step in (1, 2, 3, 7):
        assert await tab.value(f"{grown}{step})") == whole


async def test_a_lost_connection_is_taken_up_again(browser: Browser, demo: DemoServer) -> None:
    async with bridging(demo.base_url) as bridge, cutting(bridge) as (url, cut):
        tab = await browser.open(f"{url}/#{TOKEN}")
        await tab.sees("Ready.")
        await ask(tab, "Go", "demo-80t-20ps")
        await tab.shows("document.querySelector('.said').innerText.length > 20")
        assert cut() > 0
        await tab.sees("trying again")
        await tab.sees("complete · 80 tokens")
        whole = await bridge.fetch(await bridge.ask("demo-80t-20ps"))
        words = "".join(
            str(json.loads(line[6:])["content"])
            for line in whole.text.splitlines()
            if line.startswith("data: ")
        )
        kept = await tab.value("messages.at(-1).content")
        assert kept == words
        assert len([asked for asked in demo.asked if asked.method == "POST"]) == 2


async def test_two_tabs_talk_apart(browser: Browser, bridge: Bridge, demo: DemoServer) -> None:
    one, two = await opened(browser, bridge), await opened(browser, bridge)
    await ask(one, "First question", "demo-60t-40ps")
    await ask(two, "Second question", "demo-echo")
    await two.sees("complete ·")
    await one.sees("complete · 60 tokens")
    assert "Second" not in await one.value("document.querySelector('#log').innerText")
    assert "First" not in await two.value("document.querySelector('#log').innerText")


async def test_a_tab_that_is_closed_cancels_its_answer(
    browser: Browser, bridge: Bridge, demo: DemoServer
) -> None:
    tab = await opened(browser, bridge)
    await ask(tab, "Go", "demo-slow")
    await tab.shows("document.querySelector('.said').innerText.length > 5")
    await tab.do("Page.navigate", url="about:blank")
    await until(lambda: demo.gone == ["demo-slow"], patience=5)


async def test_an_image_goes_with_the_question(tab: Tab, demo: DemoServer) -> None:
    await tab.value("document.querySelector('#image').focus()")
    await tab.types("cat.png")
    await tab.presses("Enter")
    await tab.sees("An image URL begins with https://")
    await tab.value("document.querySelector('#image').select()")
    await tab.types("https://example.org/cat.png")
    await tab.presses("Enter")
    await tab.shows("document.querySelectorAll('#images li').length === 1")
    await ask(tab, "What is it?", "demo-echo")
    await tab.sees("complete ·")
    (message,) = asked_last(demo)
    image = {"type": "image_url", "image_url": {"url": "https://example.org/cat.png"}}
    assert message["content"] == [{"type": "text", "text": "What is it?"}, image]


async def test_everything_has_a_name_and_is_reached_by_tab(tab: Tab) -> None:
    tree = await tab.do("Accessibility.getFullAXTree")
    nameless = [
        node["role"]["value"]
        for node in tree["nodes"]
        if not node.get("ignored")
        and node["role"]["value"] in ("textbox", "button", "combobox", "log", "status", "main")
        and node["role"]["value"] != "status"
        and not node.get("name", {}).get("value")
    ]
    assert nameless == []
    await tab.value("document.querySelector('#model').focus()")
    reached = []
    for _ in range(6):
        await tab.presses("Tab")
        reached.append(await tab.value("document.activeElement.id"))
    assert reached == ["new", "main", "prompt", "image", "add", "send"]


@pytest.mark.parametrize("dark", [False, True])
async def test_it_fits_a_phone_and_can_be_read_in_both_schemes(tab: Tab, dark: bool) -> None:
    await tab.sizes(360, 640, dark=dark)
    await ask(tab, "Go", "demo-100t")
    await tab.sees("complete · 100 tokens")
    assert await tab.value("document.documentElement.scrollWidth") <= 360
    inside = "document.querySelector('#send').getBoundingClientRect()"
    assert await tab.value(f"{inside}.bottom <= innerHeight && {inside}.right <= innerWidth")
    for selector in ("body", ".end", "#send", ".who", "label"):
        assert await tab.value(f"({CONTRAST})({json.dumps(selector)})") >= 4.5, selector


CONTRAST = """(selector) => {
  const light = (rgb) => rgb.map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const numbers = (text) => text.match(/[0-9.]+/g).map(Number);
  const one = document.querySelector(selector);
  let under = one;
  while (numbers(getComputedStyle(under).backgroundColor)[3] === 0) under = under.parentElement;
  const pair = [getComputedStyle(one).color, getComputedStyle(under).backgroundColor]
    .map((text) => light(numbers(text).slice(0, 3))).sort((a, b) => b - a);
  return (pair[0] + 0.05) / (pair[1] + 0.05);
}"""
