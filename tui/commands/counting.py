"""`rillet tokens`: a file, a pipe and images are counted."""

from __future__ import annotations

import argparse
import os
import sys

from tui.core.catalog import UNKNOWN
from tui.core.errors import UsageError
from tui.core.vocabulary import encoding_of
from tui.edge.files import image_size, text_of
from tui.edge.ranks import load
from tui.edge.stdout import words
from tui.settings import settings_from
from tui.tally import picture, report, tally


def count_tokens(arguments: argparse.Namespace) -> int:
    """Count a file, a pipe, images; gives the exit code."""
    settings = settings_from(arguments, os.environ)
    model = settings.model
    encoding, is_own = encoding_of(model, settings.models.get(model, UNKNOWN))
    pictures = tuple(
        picture(image_size(given), detail or arguments.detail, model)
        for given, detail in arguments.image
    )
    text = text_of(name) if (name := _counted(arguments)) else ()
    counted = tally(text, pictures, load(encoding), encoding, is_own=is_own)
    report(counted, model, words(), sys.stderr, is_json=arguments.json)
    return 0


def _counted(arguments: argparse.Namespace) -> str:
    """The name of what is counted; empty where only images are."""
    if arguments.file not in ("", "-"):
        return str(arguments.file)
    is_piped = sys.stdin is not None and not sys.stdin.isatty()
    if not (is_piped or arguments.image):
        raise UsageError("there is nothing to count. Try: rillet tokens FILE, or a pipe into it")
    return "-" if is_piped else ""
