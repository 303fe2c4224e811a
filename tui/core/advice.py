"""What Rillet itself can add to a failure: numbers, its own count, the names that are near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from tui.core.errors import Failure, Kind
from tui.core.levels import Level, Origin
from tui.core.meanings import Meaning
from tui.core.parameters import NEWER_LIMIT, shown
from tui.core.prompt_tokens import PromptTokens
from tui.core.request import Request
from tui.core.sanitize import one_line, shortened
from tui.core.windows import window_in


def detail_of(meaning: Meaning, evidence: str) -> str:
    """What a trouble means, with the numbers that the server gave."""
    if meaning.kind is not Kind.CONTEXT_LENGTH:
        return meaning.detail
    return window_in(evidence).sentence + meaning.detail


def counted(failure: Failure, prompt: PromptTokens, *, is_own: bool) -> Failure:
    """With Rillet's own count of what was sent, where the server found it too long.

    Args:
        failure: What the server refused.
        prompt: What was sent, as counted here; a total of 0 is not counted.
        is_own: Whether the tokenizer was the model's own, else a stand-in.
    """
    if failure.kind is not Kind.CONTEXT_LENGTH or not prompt.total:
        return failure
    is_exact = is_own and not prompt.image_count
    count = f"{'' if is_exact else '≈'}{prompt.total:,} tokens"
    left_out = prompt.unsized + prompt.uncounted
    without = ", images of unknown size not counted" if left_out else ""
    said = f"By Rillet's count the conversation is {count}{without}. "
    return replace(failure, detail=said + failure.detail)


def with_names(failure: Failure, names: Sequence[str]) -> Failure:
    """With names that the server knows, where it did not know the one that was asked for."""
    if not names:
        return failure
    listed = ", ".join(one_line(name, 80) for name in names)
    return replace(failure, detail=f"{failure.detail} The server knows: {listed}.")


def blamed(failure: Failure, request: Request) -> Failure:
    """With who set the parameter that was refused, and how it is left out."""
    wanted, name = request.wanted, failure.parameter
    origin = wanted.where(name, request.model) if wanted is not None and name else None
    if origin is None or origin.is_unset:
        return failure
    said = f"{one_line(name, 60)} = {dict(shown(request.options)).get(name, '')}"
    told = f"{shortened(said, 120)} {_undone(origin, name, request.model)}"
    if name == "max_tokens" and NEWER_LIMIT in failure.said:
        told += f" As `--option {NEWER_LIMIT}=N` it has the name that this model wants."
    return replace(failure, detail=f"{told} Another model may take it (F2).")


def _undone(origin: Origin, name: str, model: str) -> str:
    """Where it was said, and how to take it back; goes on from the parameter."""
    match origin.level:
        case Level.CONVERSATION:
            return "was set in this conversation: unset it there (F7)."
        case Level.FLAG:
            return f"comes from {one_line(origin.place, 80)}: leave that out."
        case Level.MODEL:
            return f"comes from {one_line(origin.place, 120)} in the configuration file."
    here = f'unset = ["{one_line(name, 60)}"] below [models."{one_line(model, 80)}".options]'
    return (
        f"comes from {one_line(origin.place, 120)} in the configuration file: take it out there, "
        f"or write {here}."
    )


def with_base(failure: Failure, base_url: str) -> Failure:
    """With a base URL to try, where nothing is at the path and the one in use has none."""
    if failure.kind is not Kind.PATH_UNKNOWN or urlsplit(base_url).path:
        return failure
    return replace(failure, detail=f"{failure.detail} Try {one_line(base_url, 120)}/v1.")
