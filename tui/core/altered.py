"""What of a request's body was sent otherwise than the request alone tells.

The client asks some servers for more (running counts of tokens), leaves out what one refused, and
a model that nobody named is the first that is listed. What was different is kept as JSON beside
the answer, so that the body can be built once more exactly as it was.
"""

from __future__ import annotations

import json

from tui.core.request import JSON

MOST = 1000
"""Characters that are read at most; what is kept by us has about a hundred."""


def alterations(plain: JSON, sent: JSON) -> str:
    """The members that differ, as a JSON object; null is left out; empty where none differs."""
    names = [*sent, *(name for name in plain if name not in sent)]
    other = {
        name: sent.get(name)
        for name in names
        if name not in plain or name not in sent or sent[name] != plain[name]
    }
    return json.dumps(other) if other else ""


def altered(plain: JSON, told: str) -> JSON:
    """The body with these alterations; what is no such thing alters nothing."""
    try:
        other = json.loads(told) if 0 < len(told) <= MOST else {}
    except ValueError:
        other = {}
    both = plain | other if isinstance(other, dict) else plain
    return {name: value for name, value in both.items() if value is not None}
