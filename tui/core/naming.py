"""A name for a conversation, asked of a model: the request, and what its answer is good for."""

from __future__ import annotations

import re

from tui.core.conversation import Conversation, Message
from tui.core.request import Request
from tui.core.sanitize import one_line, shortened

EXCERPT = 1_000
"""Characters of the question and of the answer that the model is shown."""

LONGEST = 60
"""Characters of a name; of an answer, four times as many are waited for."""

ASKED = (
    "Name the conversation below for a list of conversations: two to six words, in its own "
    "language, without quotes and without a full stop. Answer with the name alone."
)
"""What the model is told."""

QUOTES = " \"'“”„‘’«»「」*_`#."
"""What models write round a name although they were told not to."""

LABEL = re.compile(r"(title|name)[\s*]*:", re.IGNORECASE)
"""What they write before it."""


def naming(talk: Conversation, model: str) -> Request | None:
    """The request for a name; None while nothing was asked and answered."""
    said = [message for message in talk.path if message.text.strip()][:2]
    if [message.role for message in said] != ["user", "assistant"]:
        return None
    question, answer = (shortened(message.text, EXCERPT) for message in said)
    text = f"{ASKED}\n\n<question>\n{question}\n</question>\n<answer>\n{answer}\n</answer>"
    return Request(model, (Message(1, "user", text),))


def name_in(answer: str) -> str:
    """The name that an answer gives; empty where it gives none."""
    lines = [line.strip() for line in answer.splitlines() if line.strip()]
    if not lines:
        return ""
    line = one_line(lines[0], 4 * LONGEST).strip(QUOTES)
    return one_line(
        LABEL.sub("", line, count=1).strip(QUOTES) if LABEL.match(line) else line, LONGEST
    )
