"""The end that nobody wants: what went wrong is told, and every word is kept.

Textual would print the local variables of every frame, and with them the key and the prompt.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TextIO

from tui.core.crash import report
from tui.edge.rescue import keep


def tell(
    fault: BaseException,
    key: str,
    last_words: Callable[[], str],
    save: Callable[[str], str],
    to: TextIO,
) -> None:
    """Tell of the fault, and where the conversation is now.

    Args:
        fault: What went wrong.
        key: The secret that must not be told.
        last_words: Gives the conversation; it may fail as well.
        save: Takes the conversation and says where it is: `keep_words` or `show_words`.
        to: The terminal, which is a plain one again.
    """
    to.write(f"rillet: {report(fault, key)}")
    try:
        words = last_words()
        to.write(save(words) if words else "")
    except Exception as worse:
        to.write(f"The conversation could not be put together: {type(worse).__name__}.\n")
    to.write("Please report it with these lines.\n")
    to.flush()


def keep_unsaved(trouble: str, last_words: Callable[[], str], to: TextIO) -> None:
    """Say that the conversation did not get to its place, and put it to another.

    Args:
        trouble: Why it did not, in a sentence; what follows it is of no use any more.
        last_words: Gives the conversation.
        to: The terminal, which is a plain one again.
    """
    why = trouble.partition(".")[0] or "The conversation could not be saved"
    to.write(f"rillet: {why}.\n")
    words = last_words()
    to.write(keep_words(words) if words else "")
    to.flush()


def keep_words(words: str) -> str:
    """Write a conversation to a file of its own, and say where that is."""
    try:
        return f"The conversation is kept in {keep(words, datetime.now())}\n"
    except OSError as error:
        return f"The conversation cannot be written ({error.strerror}), so here it is:\n\n{words}\n"


def show_words(words: str) -> str:
    """Say a conversation that is to leave no trace on the disk."""
    return f"It was to be kept nowhere, so here is the conversation:\n\n{words}\n"
