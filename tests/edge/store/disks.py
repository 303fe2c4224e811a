"""Disks that are full and folders that can only be read, also for root, whom no mode stops."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


class Disk(ABC):
    """A place with little room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def fill(self) -> None:
        """Leave no room."""

    @abstractmethod
    def empty(self) -> None:
        """Make room again."""


class SmallDisk(Disk):
    """A file system of a megabyte."""

    def fill(self) -> None:
        with (self.folder / "filler").open("wb", buffering=0) as file:
            for size in (4096, 512, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue

    def empty(self) -> None:
        (self.folder / "filler").unlink()


class Quota(Disk):
    """No file of this process may grow any more."""

    def fill(self) -> None:
        largest = max(each.stat().st_size for each in self.folder.rglob("*") if each.is_file())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))

    def empty(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """A real full disk where one can be mounted, a limit of the process elsewhere."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size=1m,mode=0700,uid={os.geteuid()}", "none"]
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    try:
        subprocess.run([*sudo, *mount, str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        with quota(folder) as disk:
            yield disk
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run([*sudo, "umount", "--lazy", str(folder)], check=True)


@contextmanager
def quota(folder: Path) -> Iterator[Disk]:
    """A limit of the process."""
    folder.mkdir(exist_ok=True)
    disk = Quota(folder)
    try:
        yield disk
    finally:
        disk.empty()


@contextmanager
def as_somebody() -> Iterator[Path]:
    """A folder of a user whom modes stop; root becomes one for the time."""
    with tempfile.TemporaryDirectory() as name:
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(name, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            if is_root:
                os.seteuid(0)


@contextmanager
def only_read(path: Path) -> Iterator[None]:
    """A file or folder that can only be read for the time."""
    mode = path.stat().st_mode
    path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        yield
    finally:
        path.chmod(mode)
