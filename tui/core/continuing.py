"""Asking for the rest of an answer that was cut: the ways in which servers let one ask.

A partial answer goes back as the last message, and the server is to write on in it:

    FLAGS        `continue_final_message: true` with `add_generation_prompt: false`, as vLLM,
                 SGLang and llama.cpp take them; Ollama, OpenRouter and others go on from a last
                 message of the assistant by themselves and pass over what they do not know
    PREFIX       `prefix: true` on that message, as Mistral and DeepSeek's beta take it
    INSTRUCTION  a plain request in words after it, for everyone else (OpenAI, Azure, Gemini)

A server that is not known is asked with the flags first. One that refuses them (400 or 422,
before anything is billed) is asked in words, and the client remembers which way it was.

Sources: vLLM, 'Extra parameters for the chat completions API'; llama.cpp, pull request 23012;
LiteLLM, 'Pre-fix assistant messages'; OpenAI API reference, 'Create chat completion'.
"""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

QUOTED = 60
"""Characters of the answer's end that are quoted to a model which is asked in words."""


class Way(StrEnum):
    """How the rest of an answer is asked for."""

    FLAGS = "continue_final_message"
    PREFIX = "prefix"
    INSTRUCTION = "instruction"


BY_HOST = {
    "api.openai.com": Way.INSTRUCTION,
    "openai.azure.com": Way.INSTRUCTION,
    "generativelanguage.googleapis.com": Way.INSTRUCTION,
    "api.mistral.ai": Way.PREFIX,
    "api.deepseek.com": Way.PREFIX,
}
"""The way of hosts that are known, subdomains included; all others are tried."""

REFUSALS = frozenset({400, 422})
"""The statuses by which a server says that it does not know a way."""


def first_way(base_url: str) -> Way:
    """The way to try first at this endpoint."""
    host = urlsplit(base_url).hostname or ""
    for known, way in BY_HOST.items():
        if host == known or host.endswith(f".{known}"):
            return way
    return Way.FLAGS


def instruction(partial: str) -> str:
    """The request in words: it quotes the end, so that the seam can be found in the rest."""
    end = " ".join(partial[-QUOTED:].split())
    return (
        "Your last message was cut off. Go on from exactly where it stops: begin by repeating "
        f"its last words, “{end}”, and write on from there. Start nothing anew and add no remark."
    )
