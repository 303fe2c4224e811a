"""A package of npm's, installed once into a folder that outlives the run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

LEAST_NODE = (20, 15)
"""The version of node that the package asks for."""

NO_REGISTRY = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH"
    r"|ENOTCACHED|ERR_SOCKET_TIMEOUT|E40[1347]|E50\d"
)
"""What npm writes where the registry cannot be reached, or not from here."""

FLAGS = (
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--fetch-retries=1",
    "--fetch-timeout=20000",
    "--loglevel=error",
)


class NotHere(Exception):
    """The package cannot be had on this machine; the text says why."""


def installed(package: str, pinned: Path, folder: Path) -> Path:
    """Where the package lies, in the version that a lock file pins.

    Args:
        package: Its name.
        pinned: The folder with `package.json` and `package-lock.json`.
        folder: Where to install it; what lies there already is used.

    Raises:
        NotHere: If node is missing or too old, or the registry cannot be reached.
    """
    _look_for_node()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(pinned / name, folder / name)
    lock = json.loads((pinned / "package-lock.json").read_text())
    wanted = lock["packages"][f"node_modules/{package}"]["version"]
    place = folder / "node_modules" / package
    if _version(place) != wanted:
        _install(folder)
    assert _version(place) == wanted
    return place


def _look_for_node() -> None:
    if not (shutil.which("node") and shutil.which("npm")):
        raise NotHere("node and npm are not on this machine")
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if tuple(int(number) for number in re.findall(r"\d+", said)[:2]) < LEAST_NODE:
        raise NotHere(f"node {said.strip()} is too old")


def _install(folder: Path) -> None:
    done = subprocess.run(["npm", "ci", *FLAGS], cwd=folder, capture_output=True, text=True)
    if done.returncode and NO_REGISTRY.search(done.stderr):
        raise NotHere(f"npm's registry cannot be reached: {done.stderr.strip()[:200]}")
    assert done.returncode == 0, done.stderr


def _version(place: Path) -> str:
    try:
        found = json.loads((place / "package.json").read_text())["version"]
    except OSError:
        return ""
    return str(found)
