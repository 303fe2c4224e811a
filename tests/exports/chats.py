"""Conversations to be exported: any at all, and one with everything in it."""

from dataclasses import replace

from hypothesis import strategies as st

from tests.core.levels import LEVELS
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message, Seam
from tui.core.counts import Count
from tui.core.deltas import Outcome, ToolCall, Usage
from tui.core.errors import Failure
from tui.core.images import Image
from tui.core.options import Options
from tui.core.provenance import Provenance, Retry


def is_sound(text: str) -> bool:
    """Whether no two halves of a surrogate pair stand together: those are one character."""
    return text == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


SIGNS = "`~#<>!?[](){}|*_\\\"'\n\r\t:&-=\0\x1b\u202e\u2028\ufeff"
LETTERS = st.one_of(
    st.characters(codec="utf-8"), st.characters(categories=["Cs"]), st.sampled_from(SIGNS)
)
TEXTS = st.text(LETTERS, max_size=40).map(lambda text: text if is_sound(text) else "")
"""Any text, single halves of surrogate pairs included."""

FLOATS = st.floats(allow_nan=False)
IMAGES = st.builds(Image, url=TEXTS, detail=TEXTS)
RECORDS = st.builds(
    Provenance,
    asked=TEXTS,
    began=FLOATS,
    first_s=st.none() | FLOATS,
    last_s=st.none() | FLOATS,
    thought_s=FLOATS,
    total_s=FLOATS,
    options=st.builds(Options, temperature=st.none() | FLOATS),
    retries=st.lists(st.builds(Retry, wait=FLOATS, why=TEXTS), max_size=1).map(tuple),
)
FAILURES = st.builds(Failure, title=TEXTS, detail=TEXTS, retry_after=st.none() | FLOATS)
SEAMS = st.builds(Seam, model=TEXTS, failure=st.none() | FAILURES, provenance=st.none() | RECORDS)
MESSAGES = st.builds(
    Message,
    text=TEXTS,
    images=st.lists(IMAGES, max_size=2).map(tuple),
    model=TEXTS,
    reasoning=TEXTS,
    refusal=TEXTS,
    at=FLOATS,
    failure=st.none() | FAILURES,
    seams=st.lists(SEAMS, max_size=1).map(tuple),
    provenance=st.none() | RECORDS,
)


@st.composite
def conversations(draw: st.DrawFn) -> Conversation:
    """Any tree, its head anywhere in it."""
    messages = list[Message]()
    for said in draw(st.lists(MESSAGES, max_size=4)):
        number = (messages[-1].id if messages else 0) + draw(st.integers(1, 3))
        parent = draw(st.sampled_from([0, *(message.id for message in messages)]))
        messages.append(replace(said, id=number, parent=parent))
    head = draw(st.sampled_from([0, *(message.id for message in messages)]))
    return Conversation(draw(TEXTS), tuple(messages), head, draw(LEVELS))


CHATS = st.builds(
    Chat,
    id=st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=8, max_size=8),
    title=TEXTS,
    model=TEXTS,
    created=FLOATS,
    updated=FLOATS,
    draft=TEXTS,
    conversation=conversations(),
    draft_images=st.lists(IMAGES, max_size=1).map(tuple),
)

NOON = 1_700_000_000.0

RECORD = Provenance(
    endpoint="https://api.example/v1",
    asked="m",
    served="m-1",
    began=NOON,
    request_id="req_1",
    retries=(Retry(1.5, "Too many requests"),),
    count=Count(120, 40, is_own=True, usage=Usage(121, 41), is_over=True),
)

ANSWER = Message(
    0,
    "assistant",
    "Yes.",
    model="m",
    reasoning="One.\n\nTwo.",
    reason="stop",
    at=NOON,
    provenance=RECORD,
)

FULL = Chat(
    "abcdefgh",
    model="m",
    created=NOON,
    updated=NOON + 9,
    draft="and then",
    conversation=Conversation(system="Be brief.")
    .asked("Why?", (Image("https://a.example/1.png"),), at=NOON)
    .answered(ANSWER)
    .again()
    .answered(replace(ANSWER, text="No.", tool_calls=(ToolCall(0, "look", '{"at": 1}'),)))
    .deleted(2)
    .asked("Go on.", at=NOON + 5)
    .answered(
        Message(
            0,
            "assistant",
            "Half of",
            model="m",
            outcome=Outcome.INTERRUPTED,
            failure=Failure("The connection broke", "Ask again."),
            at=NOON + 6,
        )
    ),
)
"""A conversation with a branch, a deleted answer, a tool call and an end that broke off."""


def only(*said: str) -> Chat:
    """A conversation in which questions and answers take turns."""
    talk = Conversation()
    for at, text in enumerate(said):
        talk = talk.answered(Message(0, "assistant", text)) if at % 2 else talk.asked(text)
    return Chat("abcdefgh", conversation=talk)
