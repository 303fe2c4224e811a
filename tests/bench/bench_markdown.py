"""What a delta costs in text that is short or long: CPU time of `feed` and `live`, in microseconds.

Run by `python -m tests.bench.bench_markdown`. The ratios are what counts; a fixed job in pure
Python beside them tells how busy the machine is.
"""

import time
from collections.abc import Callable

from tui.markdown.growing import GrowingMarkdown, whole
from tui.markdown.layout import rows

SIZES = {"10 KB": 10_000, "1 MB": 1_000_000}
DELTAS = 400
TOKEN = 4
"""Characters of a delta."""


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
    return f"{head}def function_{index}(argument: int) -> str:  # a comment\n    return f'{{argument}}'\n"


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


def grown(make: Callable[[int], str], size: int) -> tuple[GrowingMarkdown, int]:
    """A text of a size, and the number of the next block."""
    growing, length, index = GrowingMarkdown(), 0, 0
    while length < size:
        text = make(index)
        growing.feed(text)
        length, index = length + len(text), index + 1
    return growing, index


def costs(growing: GrowingMarkdown, make: Callable[[int], str], index: int) -> list[float]:
    """Microseconds of each delta, the rows of the live pieces included."""
    text = "".join(make(index + number) for number in range(DELTAS * TOKEN // 20))
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
    """Print the table."""
    print(f"fixed job {fixed_job():.0f} ms; microseconds of CPU per delta of {TOKEN} characters")
    print(f"{'':24}{'10 KB':>9}{'p95':>7}{'1 MB':>9}{'p95':>7}{'ratio':>7}")
    for name, make in KINDS.items():
        means, figures = [], []
        for size in SIZES.values():
            found = costs(*_with_make(make, size))
            means.append(sum(found) / len(found))
            figures += [means[-1], found[int(len(found) * 0.95)]]
        print(
            f"{name:24}"
            + "".join(
                f"{figure:{width}.0f}" for figure, width in zip(figures, (9, 7, 9, 7), strict=True)
            )
            + f"{means[1] / means[0]:7.2f}"
        )
    for name, make in KINDS.items():
        text = "".join(make(index) for index in range(100_000 // len(make(1))))
        before = time.process_time_ns()
        count = len(whole(text))
        print(
            f"whole({name}, {len(text):,}): {(time.process_time_ns() - before) / 1e6:.0f} ms, {count} pieces"
        )


def _with_make(
    make: Callable[[int], str], size: int
) -> tuple[GrowingMarkdown, Callable[[int], str], int]:
    growing, index = grown(make, size)
    return growing, make, index


if __name__ == "__main__":
    main()
