"""The figures: all of them, or those of some names (and of parts of one: `log c d`)."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from tempfile import TemporaryDirectory

NAMES = (
    *("start", "reader", "cancel", "stream", "tokens", "counting", "markdown", "safety", "record"),
    *("store", "web", "log"),
)


def main(words: Sequence[str]) -> None:
    """Measure what these words name, all without any."""
    chosen: dict[str, list[str]] = {}
    for word in words:
        if word in NAMES:
            chosen[word] = []
        elif "log" in chosen:
            chosen["log"].append(word)
        else:
            sys.exit(f"there are: {' '.join(NAMES)}")
    for name in chosen or NAMES:
        bench = import_module(f"tests.bench.bench_{name}")
        bench.main(chosen.get(name, [])) if name == "log" else bench.main()


if __name__ == "__main__":
    with TemporaryDirectory(prefix="rillet-bench-", ignore_cleanup_errors=True) as home:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = home
        main(sys.argv[1:])
