"""A conversation in which nothing is to be seen, for a model or a server that takes no images."""

from __future__ import annotations

from dataclasses import replace

from tui.core.conversation import Conversation


def without_images(talk: Conversation) -> Conversation:
    """Ready for an answer to the last question, on a path without any images.

    What had images stays beside it, as a sibling: its questions are asked anew in words, and the
    answers between them are said again, whose cost was counted where they were given.
    """
    path = talk.path
    last = max((at for at, said in enumerate(path) if said.role == "user"), default=-1)
    seen = next((at for at, said in enumerate(path[: last + 1]) if said.images), None)
    if seen is None:
        return talk
    bare = talk.before(path[seen].id)
    for said in path[seen : last + 1]:
        if said.role == "user":
            bare = bare.asked(said.text, (), said.at)
        else:
            bare = bare.answered(replace(said, usage=None, provenance=None, seams=()))
    return bare
