"""Which tokenizer a model has, and what a conversation costs beyond its words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.core.catalog import Profile
from tui.core.tokens import Tokenizer, count

PER_MESSAGE = 3
"""Tokens round each message (OpenAI cookbook, 'How to count tokens with tiktoken')."""

PER_NAME = 1
"""A token more for a message that has a name (the same)."""

PRIMING = 3
"""Tokens that prime every reply (the same)."""

ENCODINGS = {
    "o200k_harmony": r"gpt-oss\b",
    "o200k_base": r"(gpt-(5|4\.1|4\.5|4o)|o[134])\b|chatgpt-",
    "cl100k_base": r"(gpt-4|gpt-3\.?5)\b",
}
"""How the names of the models that have an encoding begin; the first match counts."""


def encoding_for(model: str) -> tuple[str, bool]:
    """The encoding to count with, and whether it is the model's own.

    A provider's prefix (`openai/gpt-4o`) and a fine-tune's (`ft:gpt-4o-...`) do not matter.
    """
    name = model.rpartition("/")[2].lower().removeprefix("ft:")
    for encoding, beginning in ENCODINGS.items():
        if re.match(beginning, name):
            return encoding, True
    return "o200k_base", False


def encoding_of(model: str, profile: Profile) -> tuple[str, bool]:
    """The same, where something is known of the model: what the user says goes first."""
    said = profile.encoding
    return (said, True) if said in ENCODINGS else encoding_for(model)


def chat_tokens(messages: Iterable[tuple[str, ...]], tokenizer: Tokenizer) -> int:
    """The tokens of a prompt.

    Args:
        messages: The role, the words and, where it has one, the name of each.
        tokenizer: The model's own, or a stand-in.
    """
    return PRIMING + sum(
        PER_MESSAGE + sum(count(part, tokenizer) for part in message) + PER_NAME * len(message[2:])
        for message in messages
    )
