"""How many tokens a model takes, out of the words in which a server refused too many.

Each server has its own sentence; `tests/edge/bodies.py` has them with their sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LIMITS = (
    r"context length (?:is|of) only (\d+)",
    r"maximum (?:context|model|prompt) length(?: is| of|:)? \(?(\d+)",
    r"maximum allowed input length of (\d+)",
    r"with (\d+) maximum context length",
    r"maximum number of tokens allowed \((\d+)\)",
    r"> (\d+)(?: maximum|, decrease)",
    r"available context size \((\d+)",
    r"model's context length \((\d+)",
    r"context (?:window of|size is|limit is) (\d+)",
    r"configured limit of (\d+)",
    r"(?:exceeds the limit of|while limit is) (\d+)",
    r"model token limit: (\d+)",
    r"input length should be \[\d+, (\d+)\]",
    r"must be <= (\d+)",
    r"max size: (\d+) tokens",
    r"n_ctx: (\d+)",
)
"""How servers say what the model takes."""

ASKED = (
    r"you requested (?:about |a total of )?(\d+)",
    r"resulted in (\d+) tokens",
    r"too long: (\d+)",
    r"contains (\d+) tokens",
    r"token count (?:of )?\(?(\d+)",
    r"(?:request|input) \((\d+) tokens\)",
    r"input length \(?(\d+)",
    r"prompt has (\d+) tokens",
    r"\(requested: (\d+)\)",
    r"requested tokens \((\d+)\)",
    r"request has (\d+) input",
    r"you passed (\d+) input",
    r"current length is (\d+)",
    r"keep the first (\d+) tokens",
    r"given: (\d+)",
    r"n_keep: (\d+)",
    r"n_prompt_tokens: (\d+)",
    r"context limit: (\d+) \+",
)
"""How servers say what was asked of it."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a server said of a request that was too long."""

    limit: int | None = None
    """Tokens that the model takes, None where it did not say."""

    asked: int | None = None
    """Tokens of the request by the server's count, None where it did not say."""

    @property
    def sentence(self) -> str:
        """Both numbers in a sentence with a blank behind it; empty where there is none."""
        if self.limit and self.asked:
            return f"The model takes {self.limit:,} tokens; the server counts {self.asked:,}. "
        if self.limit:
            return f"The model takes {self.limit:,} tokens. "
        return f"The server counts {self.asked:,} tokens. " if self.asked else ""


def window_in(evidence: str) -> Window:
    """The numbers in a server's words."""
    return Window(_first(LIMITS, evidence), _first(ASKED, evidence))


def _first(patterns: tuple[str, ...], evidence: str) -> int | None:
    for pattern in patterns:
        found = re.search(pattern, evidence, re.IGNORECASE)
        if found and len(found[1]) < 13:
            return int(found[1])
    return None
