"""A conversation from Markdown: our own export, or any transcript with a heading to a message.

Who speaks is said by a heading (`## You`, `# User:`, `### Assistant · gpt-4o`) or, where there is
none, by a line in bold (`**User:**`). The first of them says which: headings of another level and
those within code are part of what is said. Words before the first are a question too; a text
without any such line is one question. Only the path that was exported is there to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Outcome
from tui.core.exporting.as_markdown import REASONING
from tui.core.exporting.roles import BETWEEN, DRAFT, WORDS
from tui.core.exporting.yaml import unquoted
from tui.core.images import Image
from tui.core.importing.damage import named
from tui.core.importing.pictured import LookUp, checked, defined, nowhere, pictured
from tui.core.phase import BY_OUTCOME, CUT, LEFT

ONE_QUESTION = "No heading in it says who speaks (## You, ## Answer), so all of it is one question."
"""What is said of a text that is no transcript."""

_HASHES = re.compile(
    r"(?P<style>#{1,6})[ \t]+(?P<word>\w[\w ]*?)[ \t]*(?::(?P<first>.*?)|·(?P<facts>.*?))?[ \t]*#*"
)
_BOLD = re.compile(
    r"(?P<style>\*\*|__)(?P<word>[^\W_][\w ]*?)(?P<facts>):?(?P=style):?(?P<first>[ \t].*)?"
)
_BREAKS = re.compile("\r\n?")
_WHEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d")
_ENDED = re.compile(r"_(?P<sign>\S) (?P<words>[^_\n]*)_")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A part of the text, and what its heading says of it."""

    word: str
    """The word for who speaks, in small letters; empty before the first heading."""

    facts: tuple[str, ...]
    """What else the heading says."""

    text: str
    """What is below it."""


def chat_from(text: str, look_up: LookUp = nowhere) -> tuple[Chat, str]:
    """The conversation, and a sentence on what might surprise.

    Args:
        text: What the file says.
        look_up: Finds the picture of a file that it names.
    """
    facts, body = _front(_BREAKS.sub("\n", text))
    body, urls = defined(body)

    def find(target: str) -> Image | None:
        return checked(urls[target]) if target in urls else look_up(target)

    turns = list(_turns(body))
    talk, draft = Conversation(), ""
    for turn in turns:
        if turn.word == DRAFT.lower():
            draft = turn.text
        elif turn.word and WORDS[turn.word] == "system" and not talk.system:
            talk = replace(talk, system=turn.text)
        else:
            talk = talk.answered(_message(turn, find))
    times = [message.at for message in talk.messages if message.at]
    models = [message.model for message in talk.messages if message.model]
    title = facts.get("title", "")
    chat = Chat(
        named(text),
        title="" if title == talk.title else title,
        model=facts.get("model", "") or (models[-1] if models else ""),
        created=_moment(facts.get("created", "")) or (times[0] if times else 0.0),
        updated=_moment(facts.get("updated", "")) or (times[-1] if times else 0.0),
        draft=draft,
        conversation=talk,
    )
    return chat, "" if any(turn.word for turn in turns) else ONE_QUESTION


def _front(text: str) -> tuple[dict[str, str], str]:
    """The front matter's plain values, and what is behind it."""
    found = re.match(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if found is None:
        return {}, text
    pairs = (line.partition(":") for line in (found[1] or "").split("\n"))
    return {name.strip(): unquoted(value) for name, _, value in pairs}, text[found.end() :]


def _turns(text: str) -> Iterator[_Turn]:
    """The parts of the text, in order; empty ones before the first heading left out."""
    style, word, facts = "", "", tuple[str, ...]()
    lines: list[str] = []
    for line, is_top in _lines(text):
        found = _heading(line) if is_top else None
        if found is None or style not in ("", found[0]):
            lines.append(line)
            continue
        if word or "".join(lines).strip():
            yield _Turn(word, facts, _trimmed(lines))
        style, word, facts, first = found
        lines = [first] if first else []
    yield _Turn(word, facts, _trimmed(lines))


def _trimmed(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is a heading's or a paragraph's that stands in nothing else."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).disable("inline")
    top = {
        at
        for token in made.parse(text)
        if token.type in ("heading_open", "paragraph_open") and token.map and not token.level
        for at in range(*token.map)
    }
    for at, line in enumerate(text.split("\n")):
        yield line, at in top


def _heading(line: str) -> tuple[str, str, tuple[str, ...], str] | None:
    """The style of a line that says who speaks, the word, what else it says, and first words."""
    found = _HASHES.fullmatch(line.rstrip()) or _BOLD.fullmatch(line.rstrip())
    word = found["word"].lower() if found else ""
    if found is None or word not in {*WORDS, DRAFT.lower()}:
        return None
    facts = tuple(fact.strip() for fact in (found["facts"] or "").split(BETWEEN.strip()))
    return found["style"], word, tuple(filter(None, facts)), (found["first"] or "").strip()


def _message(turn: _Turn, find: LookUp) -> Message:
    at = next((fact for fact in turn.facts if _WHEN.fullmatch(fact)), "")
    message = Message(0, "user", turn.text, at=_moment(at))
    if not turn.word or WORDS[turn.word] != "assistant":
        text, images = pictured(turn.text, find)
        return replace(message, text=text, images=images)
    model = BETWEEN.join(fact for fact in turn.facts if fact != at)
    return _ended(_thought(replace(message, role="assistant", model=model)))


def _thought(answer: Message) -> Message:
    """With the reasoning in its place, which stands as a quote before the words."""
    if not answer.text.startswith(f"{REASONING}\n"):
        return answer
    quoted, lines = list[str](), answer.text.split("\n")
    while len(quoted) < len(lines) and lines[len(quoted)].startswith(">"):
        quoted.append(lines[len(quoted)].removeprefix(">").removeprefix(" "))
    reasoning = "\n".join(quoted[1:]).strip("\n")
    return replace(answer, reasoning=reasoning, text=_trimmed(lines[len(quoted) :]))


def _ended(answer: Message) -> Message:
    """With how it ended in its place, which stands on a line behind the words."""
    before, _, last = answer.text.rpartition("\n")
    found = _ENDED.fullmatch(last)
    if found is None:
        return answer
    text = before.rstrip("\n")
    if found["words"].startswith(CUT.words) and found["sign"] == CUT.sign:
        return replace(answer, text=text, reason="length")
    for outcome, end in (*BY_OUTCOME.items(), (Outcome.INTERRUPTED, LEFT)):
        if found["sign"] == end.sign and found["words"].startswith(end.words):
            return replace(answer, text=text, outcome=Outcome(outcome))
    return answer


def _moment(said: str) -> float:
    try:
        return datetime.fromisoformat(said.replace(" +", "+").replace(" -", "-")).timestamp()
    except (ValueError, OverflowError):
        return 0.0
