"""What kind of image a file is, by how it begins and never by its name.

The four that vision models take: PNG (W3C PNG 3, 5.2), JPEG (ITU-T T.81, B.1.1.3), GIF (GIF89a, 17)
and WebP (RFC 9649, 2.4). Some others are known by name, so that a refusal can say what it was.
"""

from __future__ import annotations

import re

PNG, JPEG, GIF, WEBP = "image/png", "image/jpeg", "image/gif", "image/webp"

NAMES = {PNG: "PNG", JPEG: "JPEG", GIF: "GIF", WEBP: "WebP"}
"""What people call them."""

SIGNATURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PNG),
    (re.compile(rb"\xff\xd8\xff"), JPEG),
    (re.compile(rb"GIF8[79]a"), GIF),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), WEBP),
)

OTHERS = (
    (re.compile(rb".{4}ftyp(heic|heix|hevc|mif1|msf1)", re.DOTALL), "a HEIC photo"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "an AVIF image"),
    (re.compile(rb"II\*\0|MM\0\*"), "a TIFF image"),
    (re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL), "a BMP image"),
    (re.compile(rb"%PDF-"), "a PDF document"),
    (re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.{0,500}?-->\s*)?<svg[\s>]", re.DOTALL),
     "an SVG drawing"),
    (re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)", re.IGNORECASE),
     "a web page"),
)  # fmt: skip


def kind_of(content: bytes) -> str | None:
    """The media type of an image that can be sent; None for everything else."""
    return next((kind for begins, kind in SIGNATURES if begins.match(content)), None)


def why_not(content: bytes) -> str:
    """A sentence on why a file is no image that can be sent."""
    found = next((name for begins, name in OTHERS if begins.match(content[:4096])), "")
    if found:
        return f"This is {found}. Models take PNG, JPEG, GIF and WebP."
    return "This is no PNG, JPEG, GIF or WebP."
