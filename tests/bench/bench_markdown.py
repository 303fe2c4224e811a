"""What a delta costs in text that is short or long: CPU time of `feed` and `live`, in microseconds.

Run by `python -m tests.bench.bench_markdown`. The ratios are what counts; a fixed job in pure
Python beside them tells how busy the machine is.
"""

import time
from collections.abc import Callable

from tui.markdown.growing import GrowingMarkdown, whole
from tui.markdown.layout import rows

SIZES = {"10 KB": 10_000, "1 MB": 1_000_000}
DELTAS = 900
TOKEN = 4
"""Characters of a delta."""
FIRST = 20_000
"""The number of the first measured block, the same behind a short and a long text."""


def prose(index: int) -> str:
    """Paragraphs of four sentences with some marks in them."""
    words = "The **quick** brown fox, `jumps` over the *lazy* dog and [rests](https://x.org/a)"
    return f"{words} in part {index}. " * 4 + "\n\n"


def listing(index: int) -> str:
    """Items of one list, every fourth with a nested one."""
    nested = "  - with a nested item that says `more` about it\n" if index % 4 == 0 else ""
    return f"- Item {index} of the list, with **some** text in it\n{nested}"


def table(index: int) -> str:
    """Rows of one table."""
    head = "" if index else "| Name | Value | What it says |\n|---|--:|:-:|\n"
    return f"{head}| row {index} | {index * 37 % 1000} | some `text` in a *cell* |\n"


def fence(index: int) -> str:
    """Lines of one block of Python."""
    head = "" if index else "```python\n"
    return f"{head}def function_{index}(a: int) -> str:  # a comment\n    return f'{{a}}'\n"


def long_paragraph(index: int) -> str:
    """Sentences of one paragraph without a line break."""
    return f"Sentence {index} has **strong** words, `code` and an end. "


def code_in_list(index: int) -> str:
    """A long fence in an item of a list in a quote."""
    head = "" if index else "> 1. Step:\n>\n>    ```js\n"
    return f"{head}>    const value{index} = call({index}, 'text'); // comment\n"


KINDS: dict[str, Callable[[int], str]] = {
    "prose": prose,
    "list": listing,
    "table": table,
    "fence": fence,
    "one paragraph": long_paragraph,
    "fence in list in quote": code_in_list,
}


def grown(make: Callable[[int], str], size: int) -> GrowingMarkdown:
    """A text of a size, at the end of a block."""
    growing, length, index = GrowingMarkdown(), 0, 0
    while length < size:
        text = make(index)
        growing.feed(text)
        length, index = length + len(text), index + 1
    return growing


def costs(growing: GrowingMarkdown, make: Callable[[int], str]) -> list[float]:
    """Microseconds of each delta, the rows of the live pieces included."""
    text = "".join(make(FIRST + number) for number in range(DELTAS * TOKEN // 20))
    out = []
    for start in range(0, DELTAS * TOKEN, TOKEN):
        before = time.process_time_ns()
        growing.feed(text[start : start + TOKEN])
        for piece in growing.live:
            rows(piece, 80)
        out.append((time.process_time_ns() - before) / 1000)
    return sorted(out)


def fixed_job() -> float:
    """Milliseconds of a job that is always the same."""
    before = time.process_time_ns()
    sum(number * number for number in range(1_000_000))
    return (time.process_time_ns() - before) / 1e6


def main() -> None:
    """Print the tables."""
    print(f"fixed job {fixed_job():.0f} ms; microseconds of CPU per delta of {TOKEN} characters")
    print(f"{'':24}{'10 KB':>9}{'p95':>7}{'1 MB':>9}{'p95':>7}{'ratio':>7}")
    for name, make in KINDS.items():
        print(f"{name:24}{_line(make)}")
    print("\na whole text of 100 KB: milliseconds of CPU, pieces")
    for name, make in KINDS.items():
        text = "".join(make(index) for index in range(100_000 // len(make(1))))
        before = time.process_time_ns()
        count = len(whole(text))
        print(f"{name:24}{(time.process_time_ns() - before) / 1e6:9.0f}{count:9}")


def _line(make: Callable[[int], str]) -> str:
    """The quietest of three runs each, taken in turns."""
    texts = [grown(make, size) for size in SIZES.values()]
    runs = [[costs(text, make) for text in texts] for _ in range(3)]
    short, long = (min(found, key=sum) for found in zip(*runs, strict=True))
    means = [sum(found) / len(found) for found in (short, long)]
    tails = [found[int(len(found) * 0.95)] for found in (short, long)]
    figures = f"{means[0]:9.0f}{tails[0]:7.0f}{means[1]:9.0f}{tails[1]:7.0f}"
    return f"{figures}{means[1] / means[0]:7.2f}"


if __name__ == "__main__":
    main()
