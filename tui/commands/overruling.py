"""What a flag or the environment overrules of the configuration file, in a run."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

FLAGS = {
    "model": "--model",
    "system": "--system",
    "prompt": "--prompt",
    "theme": "--theme",
    "ascii": "--ascii",
    "reduced_motion": "--reduced-motion",
    "screen_reader": "--screen-reader",
    "first_timeout": "--first-timeout",
    "idle_timeout": "--idle-timeout",
    "retries": "--retries",
}
"""Flags by their names as arguments."""

SETTINGS = {
    "prompt": "system",
    "reduced_motion": "motion",
    "first_timeout": "wait.first_timeout",
    "idle_timeout": "wait.idle_timeout",
    "retries": "wait.retries",
}
"""The settings that they overrule, where these are called otherwise."""

SOURCES = ("demo", "gguf", "base_url", "endpoint")
"""Flags that say where replies come from."""


def overruled(arguments: argparse.Namespace, environ: Mapping[str, str]) -> dict[str, str]:
    """Settings, and the flag or variable that wins over the file."""
    return dict(_overruled(arguments, environ))


def _overruled(
    arguments: argparse.Namespace, environ: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for name, flag in FLAGS.items():
        if getattr(arguments, name, None) is not None:
            yield SETTINGS.get(name, name), flag
    said = [f"--{name.replace('_', '-')}" for name in SOURCES if getattr(arguments, name, None)]
    if environ.get("OPENAI_BASE_URL", "").strip():
        said.append("OPENAI_BASE_URL")
    for name in ("base_url", "endpoint") if said else ():
        yield name, said[0]
    if environ.get("NO_COLOR"):
        yield "images.previews", "NO_COLOR"
