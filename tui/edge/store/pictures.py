"""The pictures of the conversations: each once, in a file of its own beside the database.

- **On the way in** the writer's thread puts the bytes into the folder `images` and has them on the
  disk before the row is committed that names them by their hash.
- **Nothing is lost where that cannot be.** A full disk makes the whole write wait, as it does with
  words. If only this folder cannot be written, the bytes stay in the row, and go out of it at the
  first start at which they can.
- **A picture goes with the last row that names it.** A deleted message is a row still, since it can
  be brought back at any time; a deleted conversation goes for good after 30 days. The files that no
  row names are removed at a start, under the lock round writes: who writes meanwhile, in another
  window, puts the file and the row there within one hold of it. Where a file system knows no
  locks, what is younger than a day stays. And while a damaged database lies beside, no picture goes
  at all, since rows that could not be read may name it.
- **On the way out** the reader's thread puts the bytes back. Where a file is gone or is not what it
  was, the image says that it is missing, and everything else is there.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from tui.core.conversation import Message
from tui.core.images import Image
from tui.core.references import Carried, Named, carried, named
from tui.edge.pictures.kept import Kept
from tui.edge.store.troubles import reason

FOLDER = "images"

DAY = 24 * 3600
"""Seconds for which a file that nobody names stays."""

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""With these the database cannot be written either: the write waits."""


class Pictures:
    """Those beside one database."""

    def __init__(self, database: Path, tell: Callable[[str], None] | None = None) -> None:
        """Nothing is read or made.

        Args:
            database: The file of conversations.
            tell: Is told, in a sentence, what the user should know.
        """
        self._database = database
        self._folder = database.with_name(FOLDER)
        self._kept = Kept(self._folder)
        self._tell = tell
        self._told = ""

    def aside(self, images: tuple[Image, ...]) -> tuple[Image, ...]:
        """The images as a row has them; their bytes are on the disk.

        Raises:
            OSError: If there is no room.
        """
        return tuple(self._aside(image) for image in images)

    def message_aside(self, message: Message) -> Message:
        """A message as its row has it.

        Raises:
            OSError: If there is no room.
        """
        return replace(message, images=self.aside(message.images)) if message.images else message

    def whole(self, images: tuple[Image, ...]) -> tuple[Image, ...]:
        """The images with their bytes; those that are missing as the row has them."""
        return tuple(self._whole(image) for image in images)

    def message_whole(self, message: Message) -> Message:
        """A message with the bytes of its images."""
        return replace(message, images=self.whole(message.images)) if message.images else message

    def sweep(self, used: Collection[str], now: float) -> None:
        """Remove the files that no row names."""
        if not any(self._database.parent.glob(f"{self._database.name}.damaged-*")):
            self._kept.sweep(used, now - DAY)

    def _aside(self, image: Image) -> Image:
        found = carried(image.url)
        if found is None:
            return image
        try:
            name = self._kept.put(found.content)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise
            self._say(error)
            return image
        return replace(image, url=Named(name, found.kind).url)

    def _whole(self, image: Image) -> Image:
        found = named(image.url)
        if found is None:
            return image
        try:
            content = self._kept.get(found.name)
        except OSError:
            content = None
        return image if content is None else replace(image, url=Carried(found.kind, content).url)

    def _say(self, error: OSError) -> None:
        why = reason(error)
        if self._tell is not None and why != self._told:
            self._told = why
            self._tell(
                f"The folder of images cannot be written: {why} ({self._folder}). "
                "Images are kept in the file of conversations until that changes."
            )
