"""A conversation as one HTML page: escaped, readable in light and dark, whole without a network."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tui.core.chats import Chat
from tui.core.conversation import Message
from tui.core.exporting import Colours, page, plain, prose
from tui.core.exporting.facts import iso, tokens, told_ending, when
from tui.core.exporting.pictures import picture
from tui.core.exporting.roles import BETWEEN, WHO
from tui.core.images import Image
from tui.core.links import link_from
from tui.core.sanitize import clean, one_line


def in_html(chat: Chat, colours: Colours = plain) -> Iterator[str]:
    """The path that is shown, as a page."""
    yield page.top(one_line(chat.name))
    yield _header(chat)
    yield "<main>\n"
    if system := chat.conversation.system:
        yield _folded(WHO["system"], prose.plain(system))
    for message in chat.conversation.path:
        yield _article(message, colours)
    yield f"</main>\n{page.BOTTOM}"


def _header(chat: Chat) -> str:
    counted = tokens(chat)
    wave = "≈ " if counted and counted.is_estimate else ""
    facts = (
        escape(one_line(chat.model, 80)),
        _time(chat.created),
        f"{wave}{counted.total:,} tokens" if counted else "",
    )
    title = escape(one_line(chat.name))
    said = BETWEEN.join(filter(None, facts))
    return f'<header>\n<h1 dir="auto">{title}</h1>\n<p class="facts">{said}</p>\n</header>\n'


def _time(at: float) -> str:
    """The day and the minute; how far that is from UTC shows when it is pointed at."""
    told = when(at)
    return f'<time datetime="{iso(at)}" title="{told}">{told[:16]}</time>' if told else ""


def _article(message: Message, colours: Colours) -> str:
    is_question = message.role == "user"
    model = "" if is_question else one_line(message.model, 80)
    moment = f'<span class="when">{_time(message.at)}</span>' if when(message.at) else ""
    who = escape(model or WHO[message.role])
    kind = "question" if is_question else "answer"
    return (
        f'<article class="{kind}" id="m{message.id}">\n<h2><span>{who}</span>{moment}</h2>\n'
        f"{''.join(_parts(message, colours))}</article>\n"
    )


def _parts(message: Message, colours: Colours) -> Iterator[str]:
    yield from (_image(image) for image in message.images)
    if message.reasoning:
        yield _folded("Reasoning", _said(message.reasoning, colours))
    if message.text:
        yield prose.plain(message.text) if message.role == "user" else _said(message.text, colours)
    if message.refusal:
        yield f'<div class="refused">{prose.plain(message.refusal)}</div>\n'
    for call in message.tool_calls:
        words = escape(clean(f"→ {call.name}({call.arguments})"))
        yield f'<pre dir="ltr"><code>{words}</code></pre>\n'
    if end := told_ending(message):
        yield f'<p class="end">{escape(clean(end))}</p>\n'


def _said(text: str, colours: Colours) -> str:
    return f'<div class="said">{prose.in_html(text, colours)}</div>\n'


def _folded(name: str, inside: str) -> str:
    return f"<details>\n<summary>{name}</summary>\n{inside}</details>\n"


def _image(image: Image) -> str:
    """The image where the message carries it, else a link to it, else its name."""
    name = escape(one_line(image.name))
    if found := picture(image):
        return f'<img class="image" alt="{name}" src="{escape(found.url)}">\n'
    link = link_from(image.url)
    if link is None:
        return f"<p>Image: {name}</p>\n"
    return f'<p>Image: <a href="{escape(link.url)}" rel="noopener noreferrer">{name}</a></p>\n'
