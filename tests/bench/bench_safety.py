"""What cleaning costs: CPU time per delta, beside what Markdown takes for the same text.

Run by `python -m tests.bench safety`. The share is the cleaning's part of both.
"""

import time
from collections.abc import Callable, Iterator

from tests.attacks import ATTACKS
from tui.core.sanitize import Cleaner
from tui.markdown.growing import GrowingMarkdown

SIZE = 100_000
"""Characters of a text."""

DELTA = 4
"""Characters of a delta."""

TEXTS = {
    "prose": "The quick brown fox jumps over 12 lazy dogs, it **rests** near `main.py`.\n\n",
    "code": "    def rest(self) -> None:\n\t\treturn self.fox\n",
    "dashes": "The fox — quick and brown – doesn’t rest…\n\n",
    "Chinese": "人工智能的发展正在改变我们的生活方式，从医疗到教育，从交通到娱乐。\n\n",
    "Hindi": "यह एक हिन्दी वाक्य है जिससे गति मापी जाती है।\n\n",
    "Thai": "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน\n\n",
    "Persian": "می‌خواهم کتاب‌ها را بخوانم\n\n",
    "emoji": "Hi 🎉 there 👩‍👩‍👧, it is ❤️.\n\n",
    "marks": "a" + "\u0301" * 200 + "\n\n",
    "attacks": "".join(ATTACKS.values()) + "\n\n",
}


def cost(text: str, take: Callable[[str], object]) -> float:
    """Microseconds of CPU time per delta."""
    started = time.process_time()
    for delta in _deltas(text):
        take(delta)
    return (time.process_time() - started) / (len(text) / DELTA) * 1e6


def _deltas(text: str) -> Iterator[str]:
    for start in range(0, len(text), DELTA):
        yield text[start : start + DELTA]


def main() -> None:
    """Print the table."""
    print(f"{'CPU us per delta of 4':24}{'cleaning':>10}{'Markdown':>10}{'share':>8}")
    for name, part in TEXTS.items():
        text = part * (SIZE // len(part))
        growing = GrowingMarkdown()
        cleaning, reading = cost(text, Cleaner().feed), cost(text, growing.feed)
        share = 100 * cleaning / (cleaning + reading)
        print(f"{name:24}{cleaning:10.2f}{reading:10.2f}{share:7.0f}%")


if __name__ == "__main__":
    main()
