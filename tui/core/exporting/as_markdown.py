"""A conversation as Markdown, for people: harmless wherever it is shown, and readable as text.

What is shown is what is exported: the path, with front matter before it. A reader of ours finds
the messages again by their headings (`tui.core.importing.transcripts`).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from tui.core.chats import Chat
from tui.core.conversation import Message
from tui.core.exporting.facts import heading, iso, tokens, told_ending
from tui.core.exporting.harmless import SAFE, harmless
from tui.core.exporting.pictures import EMBEDDED, Placing, file_name, label, picture, pictures
from tui.core.exporting.roles import WHO
from tui.core.exporting.yaml import front_matter
from tui.core.images import Image
from tui.core.sanitize import clean, one_line

REASONING = "> **Reasoning**"
"""The line that begins the quote of what the model thought before it answered."""

CALL = "→ "
"""What a call begins with that the answer asks for."""


def in_markdown(chat: Chat, placing: Placing = EMBEDDED) -> Iterator[str]:
    """The path that is shown, a heading to a message, and the pictures that are in the file."""
    yield f"{front_matter(_facts(chat))}\n"
    if system := chat.conversation.system:
        yield f"\n## {WHO['system']}\n\n{harmless(clean(system))}\n"
    for message in chat.conversation.path:
        yield "".join(f"\n{part}\n" for part in _parts(message, placing))
    yield from _definitions(chat, placing)


def _facts(chat: Chat) -> dict[str, object]:
    counted = tokens(chat)
    return {
        "title": one_line(chat.name),
        "model": one_line(chat.model, 80),
        "created": iso(chat.created),
        "updated": iso(chat.updated),
        "tokens": counted.total if counted else None,
        "tokens_estimated": True if counted and counted.is_estimate else None,
    }


def _parts(message: Message, placing: Placing) -> Iterator[str]:
    yield f"## {heading(message)}"
    yield from (_image(image, placing) for image in message.images)
    if message.reasoning:
        yield _quote(harmless(clean(message.reasoning)))
    yield from (harmless(clean(words)) for words in (message.text, message.refusal) if words)
    yield from (_call(call.name, call.arguments) for call in message.tool_calls)
    if end := told_ending(message):
        yield f"_{harmless(end)}_"


def _definitions(chat: Chat, placing: Placing) -> Iterator[str]:
    """The pictures themselves, at the end, since each is a page of letters."""
    if placing.folder or not placing.is_embedded:
        return
    found = pictures(chat)
    yield "\n" if found else ""
    yield from (f"[image-{label(each)}]: {each.url}\n" for each in found.values())


def _image(image: Image, placing: Placing) -> str:
    """A picture that is here; otherwise a link, since an image would be fetched."""
    if (found := picture(image)) and (placing.folder or placing.is_embedded):
        if placing.folder:
            return f"![image]({quote(f'{placing.folder}/{file_name(found)}')})"
        return f"![image][image-{label(found)}]"
    name = one_line(image.name)
    is_link = SAFE.match(image.url) and not set(image.url) & set(" \n\t<>()\\")
    return f"[image]({clean(image.url)})" if is_link else harmless(f"Image: {name}")


def _quote(words: str) -> str:
    lines = (f"> {line}".rstrip() for line in words.split("\n"))
    return "\n".join((REASONING, ">", *lines))


def _call(name: str, arguments: str) -> str:
    """The call as code, in a fence that nothing in it closes."""
    words = clean(f"{CALL}{name}({arguments})")
    longest = max((len(run) for run in _ticks(words)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{words}\n{fence}"


def _ticks(words: str) -> Iterator[str]:
    run = ""
    for sign in words:
        run = run + sign if sign == "`" else ""
        yield run
