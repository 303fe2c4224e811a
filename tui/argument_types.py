"""What a flag takes: its words -> a value, or a complaint that says what is needed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from math import inf, nan
from pathlib import Path


def words(text: str) -> str:
    """Words that can be sent: a shell hands on bytes, which need not be UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("UTF-8 text is needed") from None
    return text


def whole(first: int, last: int | None = None) -> Callable[[str], int]:
    """Takes whole numbers from `first` to `last`, or without end."""
    span = f"from {first} on" if last is None else f"from {first} to {last}"

    def whole_number(text: str) -> int:
        if not text.isdecimal() or int(text) < first or (last is not None and int(text) > last):
            raise argparse.ArgumentTypeError(f"a whole number {span} is needed")
        return int(text)

    return whole_number


def port(text: str) -> int:
    """Where a server listens."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a number from 0 to 65535 is needed")
    return int(text)


def parameter(name: str) -> Callable[[str], object]:
    """Takes what a parameter of the API can be (`tui.core.parameters`)."""

    def value(text: str) -> object:
        from tui.core.parameters import BY_NAME, BadParameter

        known = BY_NAME[name]
        try:
            return known.from_text(text)
        except BadParameter:
            raise argparse.ArgumentTypeError(f"{known.wanted} is needed") from None

    return value


def member(text: str) -> tuple[str, object]:
    """A name, an equals sign, and what JSON says."""
    import json

    name, sign, said = text.partition("=")
    try:
        if not sign or not name:
            raise ValueError
        return name, json.loads(said)
    except (ValueError, RecursionError):
        raise argparse.ArgumentTypeError(
            "NAME=JSON is needed, as in top_k=40 or mode='\"fast\"'"
        ) from None


def seconds(text: str) -> float:
    """How long to wait."""
    if not 0 < (value := _number(text)) < inf:
        raise argparse.ArgumentTypeError("a number of seconds above 0 is needed")
    return value


def speed(text: str) -> float:
    """How many times as fast."""
    if not (value := _number(text)) > 0:
        raise argparse.ArgumentTypeError("a number above 0, or inf, is needed")
    return value


def _number(text: str) -> float:
    """The number that a text says; in no range where it says none."""
    try:
        return float(text)
    except ValueError:
        return nan


def written(name: str) -> Path | None:
    """A file to be written; - is standard output."""
    return None if name == "-" else Path(name)


class AddImage(argparse.Action):
    """One more image, of which the detail is not said yet."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option: str | None = None,
    ) -> None:
        """Add it."""
        namespace.image = [*namespace.image, (values, None)]


class SetDetail(argparse.Action):
    """The detail of the image before it; before the first, of all that say nothing else."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option: str | None = None,
    ) -> None:
        """Set it."""
        if not namespace.image:
            namespace.detail = values
        else:
            namespace.image = [*namespace.image[:-1], (namespace.image[-1][0], values)]
