"""What a process remembers of what it has written, beside the file."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Known:
    """Names that this process gives to rows, and those that they have in the file."""

    owner: str
    """What its streaming rows are marked with."""

    streams: dict[tuple[str, int], int] = field(default_factory=dict)
    """The row of each answer that it is writing."""

    births: dict[tuple[str, int, float], int] = field(default_factory=dict)
    """The number that a message got whose own was taken."""

    moved: dict[tuple[str, int], int] = field(default_factory=dict)
    """The same, for messages that follow it, until the conversation is read again."""

    def read_again(self, chat: str) -> None:
        """The conversation was read: from now on the process means what is in the file."""
        self.moved = {key: new for key, new in self.moved.items() if key[0] != chat}

    def copy(self) -> Known:
        """The same, to go another way."""
        return Known(self.owner, dict(self.streams), dict(self.births), dict(self.moved))
