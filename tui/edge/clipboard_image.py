"""The picture that is on the clipboard, by the tools that a desktop has for it.

A terminal pastes text only, so a picture has to be asked for. `wl-paste` knows it under Wayland,
`xclip` under X11, `pngpaste` or AppleScript on macOS, PowerShell on Windows and from within WSL.
Whatever they give is foreign: it is taken up to a number of bytes and within a few seconds, and
then looked at like any other picture. A tool that hangs is ended, with all that it started.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import os
import re
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tui.core.image_kinds import GIF, JPEG, PNG, WEBP
from tui.core.images import BadImage
from tui.core.pictures import in_bytes
from tui.edge.pictures.reading import MOST

PATIENCE = 5.0
"""Seconds for each question to a tool; PowerShell takes two to start."""

KINDS = (PNG, JPEG, WEBP, GIF)
"""What is asked for, the best first."""

NONE = "There is no picture on the clipboard."

TOO_LARGE = f"The picture on the clipboard has more than {in_bytes(MOST)}."

POWERSHELL = (
    "Add-Type -AssemblyName System.Windows.Forms,System.Drawing; "
    "$found = [Windows.Forms.Clipboard]::GetImage(); "
    "if ($found) { $out = New-Object IO.MemoryStream; "
    "$found.Save($out, [Drawing.Imaging.ImageFormat]::Png); "
    "[Convert]::ToBase64String($out.ToArray()) }"
)
"""Windows keeps a picture as pixels; a pipe of its takes text only."""

APPLESCRIPT = "the clipboard as «class PNGf»"
"""Gives «data PNGf8950...», in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that knows the clipboard."""

    name: str
    """The program."""

    give: tuple[str, ...]
    """Its arguments; `{kind}` is the media type."""

    kinds: tuple[str, ...] = ()
    """The arguments that let it list the types that there are; none where it gives one only."""

    decode: Callable[[bytes], bytes] = bytes
    """Makes a file of what it writes."""


def _from_base64(written: bytes) -> bytes:
    return base64.b64decode(b"".join(written.split()), validate=True)


def _from_hexadecimal(written: bytes) -> bytes:
    found = re.search(rb"PNGf([0-9A-Fa-f]+)", written)
    return binascii.unhexlify(found[1]) if found else b""


WAYLAND = Tool("wl-paste", ("--no-newline", "--type", "{kind}"), ("--list-types",))
X11 = Tool(
    "xclip",
    ("-selection", "clipboard", "-t", "{kind}", "-o"),
    ("-selection", "clipboard", "-t", "TARGETS", "-o"),
)
MACOS = (
    Tool("pngpaste", ("-",)),
    Tool("osascript", ("-e", APPLESCRIPT), decode=_from_hexadecimal),
)
WINDOWS = Tool(
    "powershell.exe",
    ("-NoProfile", "-NonInteractive", "-STA", "-Command", POWERSHELL),
    decode=_from_base64,
)


async def clipboard_image(environ: Mapping[str, str], platform: str = sys.platform) -> bytes:
    """The file of the picture on the clipboard.

    Args:
        environ: Tells which desktop there is, and where programs are.
        platform: The system, in the words of `sys.platform`.

    Raises:
        BadImage: If there is none, or no tool that could tell; the text says which.
    """
    wanted = _tools(environ, platform)
    if not wanted:
        raise BadImage(
            "There is no desktop here whose clipboard could be asked. Give the image as a file."
        )
    here = [tool for tool in wanted if shutil.which(tool.name, path=environ.get("PATH"))]
    if not here:
        names = " or ".join(tool.name for tool in wanted)
        raise BadImage(f"To take a picture from the clipboard, Rillet needs {names}. Install it.")
    return await _given(here[0], environ)


def _tools(environ: Mapping[str, str], platform: str) -> Sequence[Tool]:
    """The tools for this desktop, the best first."""
    if platform == "darwin":
        return MACOS
    if platform == "win32":
        return (WINDOWS,)
    found = []
    if environ.get("WAYLAND_DISPLAY"):
        found.append(WAYLAND)
    if environ.get("DISPLAY"):
        found.append(X11)
    if environ.get("WSL_DISTRO_NAME"):
        found.insert(0, WINDOWS)
    return found


async def _given(tool: Tool, environ: Mapping[str, str]) -> bytes:
    kind = PNG
    if tool.kinds:
        listed = (await _run(tool, tool.kinds, environ)).decode("utf-8", "replace").split()
        kind = next((each for each in KINDS if each in listed), "")
    if not kind:
        raise BadImage(NONE)
    written = await _run(tool, [each.replace("{kind}", kind) for each in tool.give], environ)
    try:
        content = tool.decode(written)
    except ValueError:  # binascii's is one
        raise BadImage(f"{tool.name} gave something that is no picture.") from None
    if not content:
        raise BadImage(NONE)
    if len(content) > MOST:
        raise BadImage(TOO_LARGE)
    return content


async def _run(tool: Tool, arguments: Sequence[str], environ: Mapping[str, str]) -> bytes:
    """What the tool writes; nothing where it says that there is nothing."""
    program = shutil.which(tool.name, path=environ.get("PATH")) or tool.name
    try:
        process = await asyncio.create_subprocess_exec(
            program, *arguments, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL,
            env=dict(environ), start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise BadImage(f"{tool.name} cannot be started: {error.strerror}.") from None
    try:
        async with asyncio.timeout(PATIENCE):
            written = await _written(process)
            code = await process.wait()
    except TimeoutError:
        raise BadImage(f"{tool.name} did not answer within {PATIENCE:g} seconds.") from None
    finally:
        await _end(process)
    return b"" if code else written


async def _written(process: Process) -> bytes:
    """All of it, up to what a picture may have; half as much again for digits that spell it."""
    assert process.stdout is not None
    received = bytearray()
    while some := await process.stdout.read(65_536):
        received += some
        if len(received) > 2 * MOST:
            raise BadImage(TOO_LARGE)
    return bytes(received)


async def _end(process: Process) -> None:
    """End the tool and what it started."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
