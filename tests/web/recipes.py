"""The recipes of the README, as they are written there."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"


def recipe(of: str) -> str:
    """The one Python block of the README that has these words in it."""
    blocks = re.findall(r"^```python\n(.*?)^```$", README.read_text("utf-8"), re.M | re.S)
    (found,) = [block for block in blocks if of in block]
    return str(found)
