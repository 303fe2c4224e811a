"""The colours of a picture of a conversation: a sheet for light viewers and for dark ones.

No variables: some viewers of SVG do not know them, nor media; those show the light one.
"""

from __future__ import annotations

NAMES = {
    ".paper": ("fill", "#fcfcfa", "#15171a"),
    "text": ("fill", "#23262b", "#dcdfe4"),
    ".dim,.code-label,.table-border,.rule,.code-comment,.html": ("fill", "#676d76", "#8f97a3"),
    ".model,.heading-1,.heading-2,.marker,.quote-bar,.task": ("fill", "#0e7c6b", "#5cc9b3"),
    ".you,.link,.code-function,.image": ("fill", "#0b62a8", "#74b7f2"),
    ".code-keyword,.footnote,.maths": ("fill", "#7d3fb0", "#c9a0f0"),
    ".code-string,.code-added": ("fill", "#2c6e1f", "#98cf8a"),
    ".code,.code-number": ("fill", "#a04a00", "#e8a777"),
    ".bad,.code-error,.code-removed": ("fill", "#b3261e", "#ff8f85"),
    "rect.code-block,rect.code-label": ("fill", "#f0f1ec", "#1f2329"),
}
"""What is painted how: selector, property, the colour on light paper and on dark."""

FONT = 'ui-monospace,"SF Mono","Cascadia Code",Menlo,Consolas,"DejaVu Sans Mono",monospace'

SHAPES = (
    f"text{{font:14px {FONT};white-space:pre}}"
    ".strong,.you,.model,.table-header,.heading-1,.heading-2,.heading-3,.heading-4,.heading-5,"
    ".heading-6{font-weight:bold}.em,.quote,.code-comment{font-style:italic}"
    ".link{text-decoration:underline}.strike{text-decoration:line-through}"
)


def _painted(which: int) -> str:
    return "".join(f"{name}{{{said[0]}:{said[which]}}}" for name, said in NAMES.items())


SHEET = f"{SHAPES}{_painted(1)}@media(prefers-color-scheme:dark){{{_painted(2)}}}"
"""The whole sheet."""
