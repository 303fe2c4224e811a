"""What the next prompt would cost, beside what its model takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tui.core.catalog import UNKNOWN, Profile
from tui.core.commands import rekeyed
from tui.core.prompt_tokens import PromptTokens

LEAST_ROOM = 256
"""Tokens that an answer needs at the least, where nobody says how long it may be."""

SHARE_OF_ROOM = 20
"""An answer that is left less than one such part of the window is short of room."""


class Fit(Enum):
    """How a prompt goes into the window."""

    UNKNOWN = "unknown"
    GOOD = "good"
    TIGHT = "tight"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Budget:
    """The tokens of the next prompt, and where they go."""

    prompt: PromptTokens
    """What would be sent: the system prompt, what was said, the draft, the images."""

    is_own: bool
    """Whether the tokenizer is the model's own."""

    profile: Profile = UNKNOWN
    """What is known of the model."""

    max_tokens: int | None = None
    """The longest answer that is asked for, where one is."""

    has_history: bool = False
    """Whether something was said before, which a new conversation would be without."""

    has_new_images: bool = False
    """Whether images go with the draft, which can be taken away."""

    @property
    def window(self) -> int | None:
        """The tokens that the model takes, prompt and answer together."""
        return self.profile.context

    @property
    def room(self) -> int:
        """The tokens of the window that the answer may take; 0 where nobody says."""
        answer = self.max_tokens or self.profile.answer or 0
        window, longest = self.profile.context or 0, self.profile.longest_prompt or 0
        return max(answer if answer < window else 0, window - longest)

    @property
    def left(self) -> int:
        """The tokens of the window that the prompt leaves to the answer, 0 at the least."""
        return max(0, (self.window or 0) - self.prompt.total)

    @property
    def fit(self) -> Fit:
        """How the prompt goes into the window."""
        window, longest = self.window, self.profile.longest_prompt
        if window is None or longest is None:
            return Fit.UNKNOWN
        if self.prompt.total >= window or self.prompt.total > longest:
            return Fit.OVER
        least = max(LEAST_ROOM, window // SHARE_OF_ROOM)
        wanted = self.max_tokens or min(least, self.room or least)
        return Fit.TIGHT if self.left < wanted else Fit.GOOD

    @property
    def shown(self) -> str:
        """The tokens: plain if they were counted with the model's own rules, else with a wave."""
        is_exact = self.is_own and not self.prompt.image_count
        return f"{'' if is_exact else '≈'}{self.prompt.total:,}"

    @property
    def per_cent(self) -> str:
        """The part of the window that is taken."""
        share = 100 * self.prompt.total / self.window if self.window else 0
        return "<1 %" if 0 < share < 1 else f"{share:.0f} %"

    @property
    def images(self) -> str:
        """The images that are not in the count, and why; empty where there are none."""
        reasons = ((self.prompt.unsized, "size unknown"), (self.prompt.uncounted, "not counted"))
        return ", ".join(
            f"+ {number} image{'s' if number > 1 else ''} ({why})"
            for number, why in reasons
            if number
        )

    @property
    def line(self) -> str:
        """All of it on one line, for where there is no room for the panel."""
        sign = {Fit.OVER: "✗ ", Fit.TIGHT: "! "}.get(self.fit, "")
        images = f" + {more}" if (more := self.prompt.unsized + self.prompt.uncounted) else ""
        said = f"{sign}next {self.shown}{f'{images} img' if images else ''}"
        if not self.window:
            return said
        how = "will not fit" if self.fit is Fit.OVER else self.per_cent
        return f"{said} of {self.window:,} · {how}"

    @property
    def warning(self) -> str:
        """What is wrong, and what would help; empty where nothing is."""
        if self.prompt.image_count and self.profile.sees is False:
            return f"This model takes no images. {self._help()}"
        match self.fit:
            case Fit.OVER:
                most = self.profile.longest_prompt or 0
                return f"This will not fit: the model takes {most:,} tokens. {self._help()}"
            case Fit.TIGHT:
                return f"This leaves {self.left:,} tokens for the answer. {self._help()}"
        return ""

    def _help(self) -> str:
        """What would help, as a sentence of keys."""
        ways = ["F2 changes the model"]
        if self.has_history:
            ways.insert(0, "Ctrl+N begins anew")
        if self.has_new_images:
            ways.append("F3 the images")
        return rekeyed(f"{', '.join(ways)}.")
