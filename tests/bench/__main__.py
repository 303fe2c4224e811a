"""The figures whose names are given, or all of them, one after the other."""

import sys
from importlib import import_module

NAMES = ("start", "reader", "cancel", "stream", "tokens", "counting", "markdown", "record")

if __name__ == "__main__":
    for name in sys.argv[1:] or NAMES:
        if name not in NAMES:
            sys.exit(f"there are: {' '.join(NAMES)}")
        import_module(f"tests.bench.bench_{name}").main()
