"""All places where Rillet keeps something, by the names that `rillet paths` gives them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.core.library import Kind
from tui.edge.library import folder_of, library_folder
from tui.edge.paths import chats_file, config_file, images_folder, state_path, styles_folder

Places = Mapping[str, Path | None]
"""Places by name; None where the environment names no home."""


def places(environ: Mapping[str, str], config: Path | None = None) -> Places:
    """Where things are, or would be: nothing is made.

    Args:
        environ: The environment.
        config: The configuration file that the command line names.
    """
    library = library_folder(environ)
    return {
        "config": config or config_file(environ),
        "prompts": library and folder_of(library, Kind.SYSTEM),
        "snippets": library and folder_of(library, Kind.SNIPPET),
        "conversations": chats_file(),
        "images": images_folder(),
        "state": state_path(),
        "styles": styles_folder(),
    }
