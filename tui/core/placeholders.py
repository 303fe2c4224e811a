r"""Placeholders of a snippet, and the snippet with them filled.

    {{name}}            is asked for
    {{name:default}}    is asked for, and offers the default
    \{{name}}           stays as {{name}}

A name is made of letters, digits, blanks, `_`, `-`, begins with a letter or a digit and has 40
characters at most; a default stands on one line and holds no brace. Whatever else has braces is
left alone. A name that occurs again is asked for once; the first default that it has counts. What
is filled in is not looked at again: braces in it are text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

PLACEHOLDER = re.compile(r"(\\?)\{\{ {0,9}([^\W_][\w -]{0,39}?) {0,9}(?::([^{}\n]{0,2000}))?\}\}")


def placeholders(text: str) -> dict[str, str]:
    """The names that a text asks for, in their order, each with its default."""
    found: dict[str, str] = {}
    for escape, name, default in PLACEHOLDER.findall(text):
        if not escape:
            found[name] = found.get(name) or default.strip()
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with these values in the places of their names; a name without one stays."""

    def said(found: re.Match[str]) -> str:
        if found[1]:
            return found[0][1:]
        return values.get(found[2], found[0])

    return PLACEHOLDER.sub(said, text)
