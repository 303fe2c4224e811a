"""Sets of characters that are written as ranges of code points."""

from __future__ import annotations

from bisect import bisect_right


class Ranges:
    """Hexadecimal ranges, apart by blanks and in their order, the last code point included."""

    def __init__(self, written: str) -> None:
        pairs = [part.split("-") for part in written.split()]
        self._starts = [int(pair[0], 16) for pair in pairs]
        self._ends = [int(pair[-1], 16) for pair in pairs]

    def __contains__(self, char: str) -> bool:
        place = bisect_right(self._starts, ord(char)) - 1
        return place >= 0 and ord(char) <= self._ends[place]

    def inside(self, last: int = 0x10FFFF) -> str:
        """What stands between the brackets of a regular expression; `last` is the last to start."""
        pairs = zip(self._starts, self._ends, strict=True)
        return "".join(f"\\U{start:08x}-\\U{end:08x}" for start, end in pairs if start <= last)
