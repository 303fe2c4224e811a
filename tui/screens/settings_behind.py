"""What lies behind the screen of settings: where values are, and who keeps them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tui.core.sheet import Known, Row
from tui.core.sheet_items import Scope


class Keep(Protocol):
    """Keeps one setting, for the next request on and for the next start."""

    def __call__(
        self, scope: Scope, row: Row, value: object, *, is_left_out: bool = False
    ) -> Awaitable[None]:
        """Set it, or with None unset it.

        Raises:
            UsageError: If that cannot be; the text is a sentence.
        """
        ...


@dataclass(frozen=True, slots=True)
class Behind:
    """The chat behind the screen."""

    known: Callable[[], Known]
    """Gives all that the sheet is made of, as it is now; raises UsageError for a broken file."""

    keep: Keep
    """Keeps a setting."""

    file: Path | None
    """Where the file is, or would be; None where there is no place for it."""

    begins: str
    """The setting of everywhere to begin with; empty begins with this conversation."""

    edit: Callable[[], Awaitable[str]]
    """Lends the file to the user's editor; gives what is wrong with it then, or nothing."""
