"""The words by which people and programs say who speaks, in headings of a conversation."""

from __future__ import annotations

import re
from html import unescape

from tui.core.conversation import Role

WHO: dict[Role, str] = {"user": "You", "assistant": "Answer", "system": "Instructions"}
"""How the roles are called in what is exported."""

BETWEEN = " · "
"""What stands between the facts of a heading."""

DRAFT = "Not sent yet"
"""The heading of words that were typed and not sent."""

WORDS: dict[str, Role] = {
    **dict.fromkeys(("you", "user", "human", "me", "question", "prompt"), "user"),
    **dict.fromkeys(("answer", "assistant", "ai", "bot", "model", "response"), "assistant"),
    **dict.fromkeys(("chatgpt", "claude", "gemini", "copilot", "gpt", "llm"), "assistant"),
    **dict.fromkeys(("instructions", "system", "system prompt"), "system"),
}
"""Words for a role, in small letters; the first of a role is the one that is exported."""

_HEADING = re.compile(r"[\W_]*(?P<word>[^\W_]+(?: +[^\W_]+)*)[\W_]*?(?: · .*)?", re.DOTALL)


def speaks(heading: str) -> bool:
    """Whether a heading looks as if it said who speaks."""
    found = _HEADING.fullmatch(unescape(heading).strip())
    return found is not None and found["word"].lower() in {*WORDS, DRAFT.lower()}
