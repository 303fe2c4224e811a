"""What a refused request means to a person, and what there is to do: the words, as data.

`tui.core.recognise` chooses among them. A detail is whole sentences and names only keys and flags
that exist.
"""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.errors import Kind
from tui.core.sanitize import one_line


@dataclass(frozen=True, slots=True)
class Meaning:
    """One trouble, in words."""

    title: str
    """What happened, in a few words, without a full stop."""

    detail: str
    """What it means and what to do."""

    kind: Kind = Kind.OTHER
    """What it is about, where more can be said of it."""

    can_help_again: bool = True
    """Whether asking once more can help: after a while, or with another model."""

    passes: bool = True
    """Whether it may be over in a moment, so that Rillet may ask again by itself."""


def _lasting(title: str, detail: str, kind: Kind = Kind.OTHER) -> Meaning:
    """A trouble that is there until something is changed."""
    return Meaning(title, detail, kind, passes=False)


def _final(title: str, detail: str) -> Meaning:
    """A trouble that asking again, here and now, does not change."""
    return Meaning(title, detail, can_help_again=False, passes=False)


# What was asked

TOO_LONG = _lasting(
    "The conversation is too long for the model",
    "Begin a new one (Ctrl+N), choose a model that takes more (F2), or ask for less at once.",
    Kind.CONTEXT_LENGTH,
)
TOO_LONG_WITH_ANSWER = _lasting(
    TOO_LONG.title,
    "Question and answer have to fit together: begin a new conversation (Ctrl+N), choose a model "
    "that takes more (F2), or give a smaller --max-tokens.",
    Kind.CONTEXT_LENGTH,
)
TOO_LARGE_FOR_A_MINUTE = _lasting(
    "The request is larger than a minute's allowance",
    "The account may not send so many tokens at once. Begin a new conversation (Ctrl+N), give a "
    "smaller --max-tokens, or choose another model (F2).",
)
FILTERED = _final(
    "The provider's filter refused the question",
    "Its rules for content were hit, so the model never saw it. Put it in other words; in a long "
    "conversation an earlier message can be the cause (Ctrl+N begins a new one).",
)
NO_IMAGES = _lasting(
    "The model takes no images",
    "Choose a model that sees (F2) and ask again, or ask without the images.",
    Kind.IMAGES,
)
BAD_IMAGE = _lasting(
    "The server could not use an image",
    "It has to be reachable from the server without a login, and be PNG, JPEG, WebP or GIF. Ask "
    "without the images, or edit the question and give another one (F3).",
    Kind.IMAGES,
)
TOO_MANY_IMAGES = _lasting(
    "The images are too many or too large",
    "Ask without the images, or edit the question and give fewer or smaller ones (F3).",
    Kind.IMAGES,
)
TEMPERATURE = _lasting(
    "The model does not take this temperature",
    "Leave --temperature out (in the configuration file too), or choose another model (F2).",
)
MAX_TOKENS = _lasting(
    "The model does not take this limit of the answer",
    "Leave --max-tokens out (in the configuration file too) or make it smaller, or choose another "
    "model (F2).",
)


def not_taken(parameter: str) -> Meaning:
    """The model does not take a parameter of this name."""
    return _lasting(
        f"The model does not take {one_line(parameter, 60)}",
        "Leave it out, or choose another model (F2).",
    )


SYSTEM_PROMPT = _lasting(
    "The model takes no system prompt",
    "Leave --system out (in the configuration file too), or choose another model (F2).",
)
NO_STREAM = _lasting(
    "The model does not stream",
    "Choose another model (F2); `rillet ask --no-stream` waits for the whole answer.",
)
TURNS = _lasting(
    "The model refuses the order of the messages",
    "It wants question and answer in turn, and here an answer is missing. Begin a new "
    "conversation (Ctrl+N).",
)
TOO_LARGE = _lasting(
    "The request is too large",
    "Something before the model refused its size. Begin a new conversation (Ctrl+N), without "
    "images or with smaller ones.",
)

# The model

UNKNOWN_MODEL = _lasting(
    "The server does not know this model",
    "Or this key may not use it. Choose another: F2, or --model NAME.",
    Kind.MODEL_UNKNOWN,
)
FORBIDDEN_MODEL = _lasting(
    "This key may not use this model",
    "Choose another (F2, or --model NAME), or give the key access at the provider.",
    Kind.MODEL_UNKNOWN,
)
UNKNOWN = _lasting(
    "The server does not know this model or path",
    "Choose another model (F2), and check that the base URL ends as the server expects (usually "
    "/v1).",
    Kind.MODEL_UNKNOWN,
)
NO_CHAT = _lasting(
    "This model does not chat",
    "It answers other kinds of requests only. Choose another model (F2).",
)
NOT_LOADED = _lasting(
    "No model is loaded in the server",
    "Load one there, or choose one that is (F2); then ask again.",
)
LOADING = Meaning(
    "The server is still loading the model",
    "Wait a moment and ask again.",
)
NO_ROOM = _lasting(
    "The server has no room to run the model",
    "Its memory does not do for this model, or something else takes it. Choose a smaller model "
    "(F2), or see the server's log.",
)

# The account

REFUSED_KEY = _lasting(
    "The key was refused",
    "Check OPENAI_API_KEY, and that it belongs to this endpoint.",
)
NO_KEY = _lasting(
    "The server wants a key",
    "None was sent: set OPENAI_API_KEY and start again.",
)
FORBIDDEN = _lasting(
    "The key may not do this",
    "Use a key with access to this model, or choose another model (F2).",
)
QUOTA = _final(
    "The account's quota is used up",
    "Asking again will not help: see the provider's billing page, or use another endpoint.",
)
NO_CREDIT = _final(
    "The account has no credit left",
    "Add credit at the provider, or use another endpoint (--base-url).",
)
TOO_DEAR = _lasting(
    "The credit does not do for so long an answer",
    "Give a smaller --max-tokens, choose another model (F2), or add credit at the provider.",
)
TODAY = _lasting(
    "Today's allowance is used up",
    "Choose another model (F2), or come back when the allowance is renewed.",
)
CLOSED_ACCOUNT = _final(
    "The account is closed or suspended",
    "Only the provider can open it again. Use another key or endpoint.",
)
ADDRESS = _final(
    "This network may not use the key",
    "The provider takes the key from certain IP addresses only. Change the network, or the "
    "addresses in the provider's settings.",
)
VERIFY = _lasting(
    "The provider wants the organisation verified",
    "Verify it in the provider's settings, or choose another model (F2); `rillet ask --no-stream` "
    "may do without.",
)
REGION = _final(
    "The provider does not serve this region",
    "Its API is closed to where this network is. Use another endpoint.",
)

# The server and the way to it

BAD_REQUEST = _lasting(
    "The server refused the request",
    "What it did not like stands in its words below.",
)
ELSEWHERE = _lasting(
    "The server points elsewhere",
    "It does not say where to. Check the base URL.",
)
UNKNOWN_PATH = _lasting(
    "There is no chat API at this address",
    "Something answers, but not to this path. Check the base URL: it usually ends in /v1.",
    Kind.PATH_UNKNOWN,
)
WRONG_METHOD = _lasting(
    "There is no chat API at this address",
    "The path takes no POST. Check the base URL: it usually ends in /v1.",
    Kind.PATH_UNKNOWN,
)
WANTS_TLS = _lasting(
    "The server wants TLS",
    "Begin the base URL with https:// instead of http://.",
)
PROXY_LOGIN = _final(
    "The proxy wants a login",
    "Put it into the proxy's URL: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT.",
)
BOT_CHECK = _lasting(
    "A check for browsers stands before the server",
    "A page came that only a browser passes. Check the base URL, or ask whoever runs the server "
    "to let its API through.",
)
BLOCKED = _lasting(
    "Something on the way refused the request",
    "A page came instead of the API's words: a proxy or firewall of this network, or a gateway "
    "before the server. Check the base URL and the proxy.",
)
WAITED = Meaning("The server gave up waiting", "Ask again.")
CONFLICT = Meaning("The server is busy with a conflicting request", "Wait a moment and ask again.")
GONE = _lasting(
    "What was asked for is no longer there",
    "Choose another model (F2), or check the base URL.",
    Kind.MODEL_UNKNOWN,
)
LONG_HEADER = _final(
    "The request's header is too long for the server",
    "Check OPENAI_API_KEY and the base URL for something that does not belong there.",
)
LEGAL = _final(
    "The server may not answer for legal reasons",
    "Choose another model (F2) or endpoint.",
)
RATE = Meaning("Too many requests", "Wait a moment and ask again.")
BROKEN = Meaning(
    "The server is in trouble",
    "Ask again in a moment; nothing of the conversation is lost.",
)
NOT_MADE = _lasting(
    "The server cannot do this",
    "It does not have this part of the API. Check the base URL, or use another endpoint.",
)
OVERLOADED = Meaning(
    "The server is overloaded",
    "Wait a moment and ask again, or choose another model (F2).",
)
GATEWAY = Meaning(
    "The server behind the gateway does not answer",
    "It may be down or starting again. Ask again in a moment.",
)
GATEWAY_WAITED = Meaning(
    "The server behind the gateway took too long",
    "Ask again; a shorter question or answer (--max-tokens) may get through.",
    passes=False,
)
NO_SERVER_THERE = _lasting(
    "The gateway finds no server behind it",
    "Its name, address or certificate is not in order there; whoever runs the server has to look.",
)

IN_THE_ANSWER = Meaning(
    "The server reported an error",
    "It came in the middle of the answer. What had arrived before is kept.",
)
