"""What a prompt costs: the words of its messages, what stands round them, and their images."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tui.core.conversation import Message
from tui.core.image_size import size_in_url
from tui.core.image_tokens import image_tokens
from tui.core.images import Image
from tui.core.tokens import Tokenizer, count
from tui.core.vocabulary import PER_MESSAGE, PRIMING


@dataclass(frozen=True, slots=True)
class PromptTokens:
    """The tokens of a prompt, as far as they can be counted before it is sent."""

    text: int = 0
    """Of words, and of what stands round the messages."""

    images: int = 0
    """Of the images that can be counted."""

    image_count: int = 0
    """How many images there are."""

    unsized: int = 0
    """How many images cannot be counted because their size is not known."""

    uncounted: int = 0
    """How many images cannot be counted because nobody says how the model does."""

    @property
    def total(self) -> int:
        """All that can be counted."""
        return self.text + self.images


class PromptCounter:
    """Counts prompts; what was counted of a message is not counted again."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], tuple[str, int]] = {}

    def tokens(
        self, messages: Iterable[Message], model: str, encoding: str, tokenizer: Tokenizer
    ) -> PromptTokens:
        """The tokens of a prompt of these messages.

        Args:
            messages: What is sent, in order.
            model: The name of the model, whose rule counts the images.
            encoding: The name of the tokenizer's encoding.
            tokenizer: Counts the words.
        """
        text, images = PRIMING, list[Image]()
        for message in messages:
            text += self._of_message(message, encoding, tokenizer)
            images += message.images
        costs = [_image(image, model) for image in images]
        return PromptTokens(
            text=text,
            images=sum(cost for cost in costs if cost > 0),
            image_count=len(images),
            unsized=costs.count(_UNSIZED),
            uncounted=costs.count(_UNCOUNTED),
        )

    def _of_message(self, message: Message, encoding: str, tokenizer: Tokenizer) -> int:
        said = message.text or message.refusal
        known = self._known.get((encoding, message.id))
        if known is None or known[0] is not said:
            tokens = PER_MESSAGE + count(message.role, tokenizer) + count(said, tokenizer)
            known = self._known[encoding, message.id] = (said, tokens)
        return known[1]


_UNSIZED, _UNCOUNTED = -1, -2


def _image(image: Image, model: str) -> int:
    """The tokens of an image, or why there is no saying."""
    size = size_in_url(image.url)
    tokens = image_tokens(model, size, image.detail)
    if tokens is not None:
        return tokens
    return _UNSIZED if size is None else _UNCOUNTED
