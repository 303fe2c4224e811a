"""A bounded row of pieces between one writer and one reader.

The writer waits while too much is unread: so a slow client pauses the turn, and with it the
server's socket, and memory stays bounded. What was read is kept as far as `keeps` goes, for a
reader who lost the connection and comes again.
"""

from __future__ import annotations

import asyncio
from collections import deque

ROOM = 64 * 1024
"""Bytes that may be unread; beyond, the writer waits."""


class Tape:
    """Pieces, numbered from 1 in the order in which they came."""

    def __init__(self, keeps: int = 0, room: int = ROOM) -> None:
        """Empty.

        Args:
            keeps: Bytes of read pieces that are kept for whoever comes again.
            room: Bytes that may be unread.
        """
        self.is_ended = False
        """Whether no more will come."""
        self.last = 0
        """The number of the last piece."""
        self._keeps, self._room = keeps, room
        self._pieces: deque[bytes] = deque()
        self._read = 0
        self._unread_bytes = self._read_bytes = 0
        self._has_more, self._has_room = asyncio.Event(), asyncio.Event()
        self._is_released = False

    @property
    def unread(self) -> int:
        """How many bytes wait for the reader."""
        return self._unread_bytes

    async def put(self, piece: bytes) -> None:
        """Add a piece; waits while there is no room behind it."""
        self._pieces.append(piece)
        self.last += 1
        self._unread_bytes += len(piece)
        self._has_more.set()
        while self._unread_bytes > self._room and not self._is_released:
            self._has_room.clear()
            await self._has_room.wait()

    def end(self) -> None:
        """No more will come."""
        self.is_ended = True
        self._has_more.set()

    def release(self) -> None:
        """Nobody reads any more: the writer waits for nobody."""
        self._is_released = True
        self._has_room.set()

    def rewind(self, number: int) -> bool:
        """Read on after this piece; False where what follows it is not kept any more."""
        first = self.last - len(self._pieces) + 1
        if not first - 1 <= number <= self.last:
            return False
        self._read = number
        read = number - first + 1
        sizes = [len(piece) for piece in self._pieces]
        self._read_bytes, self._unread_bytes = sum(sizes[:read]), sum(sizes[read:])
        self._has_more.set()
        return True

    async def wait(self) -> None:
        """Wait until something is unread, or nothing more will come."""
        while self._read == self.last and not self.is_ended:
            self._has_more.clear()
            await self._has_more.wait()

    async def more(self, patience: float | None) -> bytes:
        """All that is unread, in one; empty after `patience` seconds of nothing, or at the end."""
        if self._read == self.last and not self.is_ended:
            try:
                async with asyncio.timeout(patience):
                    await self.wait()
            except TimeoutError:
                return b""
        return self._take()

    def _take(self) -> bytes:
        count = self.last - self._read
        kept = len(self._pieces)
        taken = b"".join(self._pieces[at] for at in range(kept - count, kept))
        self._read = self.last
        self._read_bytes += self._unread_bytes
        self._unread_bytes = 0
        while self._read_bytes > self._keeps and self._pieces:
            self._read_bytes -= len(self._pieces.popleft())
        self._has_room.set()
        return taken
