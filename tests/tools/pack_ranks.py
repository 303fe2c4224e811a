"""Pack a published rank file for `tui.edge.ranks`.

    python -m tests.tools.pack_ranks o200k_base.tiktoken tui/edge/ranks/o200k_base.xz

The published files are a token in base64, a blank and its rank on each line. Prints the hash of
the packed file, which the loader checks.
"""

import base64
import hashlib
import lzma
import sys
from pathlib import Path


def pack(published: bytes) -> bytes:
    """The packed form: how many, their lengths, their bytes; by rank."""
    lines = [line.split() for line in published.splitlines()]
    tokens = [base64.b64decode(token) for token, _ in lines]
    if [int(rank) for _, rank in lines] != list(range(len(tokens))):
        raise ValueError("the ranks are not 0, 1, 2 ... in this order")
    lengths = bytes(map(len, tokens))
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 24}]
    content = len(tokens).to_bytes(4, "big") + lengths + b"".join(tokens)
    return lzma.compress(content, filters=filters)


if __name__ == "__main__":
    packed = pack(Path(sys.argv[1]).read_bytes())
    Path(sys.argv[2]).write_bytes(packed)
    print(len(packed), hashlib.sha256(packed).hexdigest())
