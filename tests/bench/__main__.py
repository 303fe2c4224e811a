"""The figures: all of them, or those of some names (and of parts of one: `log c d`)."""

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
    chosen: dict[str, list[str]] = {}
    for word in sys.argv[1:]:
        if word in NAMES:
            chosen[word] = []
        elif "log" in chosen:
            chosen["log"].append(word)
        else:
            sys.exit(f"there are: {' '.join(NAMES)}")
    for name in chosen or NAMES:
        bench = import_module(f"tests.bench.bench_{name}")
        bench.main(chosen.get(name, [])) if name == "log" else bench.main()
