"""Where Rillet's files are (XDG Base Directory Specification 0.8)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def styles_folder() -> Path:
    """The style sheets: inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / "styles"
    return inside if inside.is_dir() else PACKAGE.parent / "styles"


def config_file(environ: Mapping[str, str]) -> Path | None:
    """Where the user's configuration would be; None where the environment names no home.

    A relative path is ignored, as the specification says: it would be the current folder's.
    """
    for folder in (
        Path(environ.get("XDG_CONFIG_HOME", "")),
        Path(environ.get("HOME", ""), ".config"),
    ):
        if folder.is_absolute():
            return folder / "rillet" / "config.toml"
    return None


def state_folder() -> Path:
    """Things worth keeping for a while; made if it is not there, open to its owner only."""
    folder = state_path()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def state_path() -> Path:
    """Where that folder is, or would be."""
    home = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return home / "rillet"


def data_folder() -> Path:
    """Where what the user said is kept; the store makes it, so that a failure can be told."""
    home = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (home if home.is_absolute() else Path.home() / ".local" / "share") / "rillet"


def chats_file() -> Path:
    """The conversations that are kept."""
    return data_folder() / "chats.db"


def images_folder() -> Path:
    """The pictures of the conversations that are kept."""
    return data_folder() / "images"
