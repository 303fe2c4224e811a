"""The environment that other programs are given."""

from __future__ import annotations

from collections.abc import Mapping

SECRETS = frozenset({"OPENAI_API_KEY"})
"""What goes to the endpoint in use and nowhere else."""


def without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment, without what is nobody else's business."""
    return {name: value for name, value in environ.items() if name not in SECRETS}
