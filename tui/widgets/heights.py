"""Heights in a row and their sums, each in O(log n): a Fenwick tree.

`_sums[i]` holds the sum of as many items, the one at `i` the last, as the lowest bit that is set
in `i + 1` says (https://doi.org/10.1002/spe.4380240306).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Heights:
    """Rows of things that stand one above the other."""

    __slots__ = ("_items", "_sums", "total")

    def __init__(self, items: Iterable[int] = ()) -> None:
        self._build(list(items))

    def _build(self, items: list[int]) -> None:
        self._items = items
        self._sums = list(items)
        self.total = sum(items)
        """All rows."""
        for index in range(len(items)):
            above = index | (index + 1)
            if above < len(items):
                self._sums[above] += self._sums[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[int]:
        return iter(self._items)

    def __getitem__(self, index: int) -> int:
        return self._items[index]

    def __setitem__(self, index: int, height: int) -> None:
        more = height - self._items[index]
        if not more:
            return
        self._items[index] = height
        self.total += more
        while index < len(self._sums):
            self._sums[index] += more
            index |= index + 1

    def __delitem__(self, index: int) -> None:
        del self._items[index]
        self._build(self._items)

    def append(self, height: int) -> None:
        """One more thing, below all others."""
        index = len(self._items)
        first = index & (index + 1)
        self._sums.append(self.total - self.before(first) + height)
        self._items.append(height)
        self.total += height

    def before(self, index: int) -> int:
        """The rows above the thing at an index."""
        rows = 0
        while index > 0:
            rows += self._sums[index - 1]
            index &= index - 1
        return rows

    def find(self, row: int) -> tuple[int, int]:
        """The index of the thing that a row belongs to, and which of its rows that is.

        A row below all things belongs to none: the index is their number then.
        """
        index = 0
        step = 1 << len(self._sums).bit_length()
        while step:
            after = index + step
            if after <= len(self._sums) and self._sums[after - 1] <= row:
                index = after
                row -= self._sums[after - 1]
            step >>= 1
        return index, row
