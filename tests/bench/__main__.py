"""The figures: all of them, or those of one name (and of parts of it: `log c d`)."""

import sys
from importlib import import_module

NAMES = (
    *(
        "start",
        "reader",
        "cancel",
        "stream",
        "tokens",
        "counting",
        "markdown",
        "safety",
        "record",
        "store",
    ),
    "log",
)

if __name__ == "__main__":
    chosen, *parts = sys.argv[1:] or [""]
    if chosen and chosen not in NAMES:
        sys.exit(f"there are: {' '.join(NAMES)}")
    for name in (chosen,) if chosen else NAMES:
        bench = import_module(f"tests.bench.bench_{name}")
        bench.main(parts) if name == "log" else bench.main()
