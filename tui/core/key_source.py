"""Where a key comes from, and to whom it may go."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Keeper(Enum):
    """Who has a key; the values are the settings that name it."""

    ENVIRONMENT = "key_env"
    COMMAND = "key_command"
    KEYRING = "key_keyring"


@dataclass(slots=True)
class KeySource:
    """One key that the file names; it is fetched when it is needed first."""

    keeper: Keeper
    """Who has it."""

    name: str
    """The name in the environment, the command, or service/user."""

    base_url: str
    """The endpoint that it is for: it goes to that scheme, host and port alone."""

    held: str = field(default="", repr=False, compare=False)
    """The key, once it was fetched."""

    @property
    def is_renewable(self) -> bool:
        """Whether it may give another key at another time."""
        return self.keeper is Keeper.COMMAND

    @property
    def words(self) -> str:
        """Where it comes from, for people."""
        match self.keeper:
            case Keeper.ENVIRONMENT:
                return self.name
            case Keeper.COMMAND:
                return f"key_command {self.name}"
            case Keeper.KEYRING:
                return f"keyring {self.name}"
