"""Clipboards of their own for tests: a tmux, and a desktop that nobody sees."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator

import pytest

# A person's own machine may lack them; `.ci/run` installs them where it may.
needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux here")
needs_desktop = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xclip")), reason="Xvfb and xclip make a desktop"
)


@pytest.fixture
def tmux() -> Iterator[dict[str, str]]:
    """The environment of a program in a tmux of its own."""
    with tempfile.TemporaryDirectory() as folder:  # a socket's path is short
        socket = f"{folder}/tmux"
        server = ("tmux", "-S", socket, "-f", "/dev/null")
        subprocess.run((*server, "new-session", "-d", "cat"), check=True)
        try:
            yield {**os.environ, "TMUX": f"{socket},1,0", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
        finally:
            subprocess.run((*server, "kill-server"), check=False)


@pytest.fixture
def desktop() -> Iterator[str]:
    """The display of an X server of its own."""
    read, write = os.pipe()
    command = ("Xvfb", "-displayfd", str(write), "-nolisten", "tcp", "-screen", "0", "64x64x8")
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, pass_fds=(write,), stderr=quiet) as server:
        os.close(write)
        try:
            with os.fdopen(read) as said:
                yield f":{said.readline().strip()}"
        finally:
            server.terminate()
