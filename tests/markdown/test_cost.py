"""The cost of a delta follows the delta: counted in calls of functions, not in seconds."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.bench.bench_markdown import KINDS
from tui.markdown.growing import GrowingMarkdown, whole
from tui.markdown.layout import rows
from tui.markdown.lexing import warm

DELTAS = 150


def calls(job: Callable[[], object]) -> int:
    """The calls of functions that a job makes."""
    count = 0

    def tally(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        job()
    finally:
        sys.setprofile(before)
    return count


def stream(growing: GrowingMarkdown, text: str) -> None:
    for start in range(0, len(text), 4):
        growing.feed(text[start : start + 4])
        for piece in growing.live:
            rows(piece, 80)


@pytest.mark.parametrize("kind", KINDS)
def test_a_delta_costs_the_same_in_a_long_text(kind: str) -> None:
    warm(["python", "javascript"])
    costs = []
    for size in (10_000, 200_000):
        growing, index = GrowingMarkdown(), 0
        while index * 40 < size:
            growing.feed(KINDS[kind](index))
            index += 1
        text = "".join(KINDS[kind](index + number) for number in range(30))[: DELTAS * 4]
        costs.append(calls(lambda made=growing, more=text: stream(made, more)))  # type: ignore[misc]
    assert costs[1] <= 1.3 * costs[0]
    assert costs[1] / DELTAS < 4000


HOSTILE = {
    "quotes": ">", "brackets": "[", "pairs": "[[a]", "pictures": "![", "stars": "*a ", "mixed": "*_`[<",
    "ticks": "`a\n", "links": "[a](", "tags": "<a ", "comments": "<!--", "maths": "\\(", "items": "- ",
    "numbers": "1. ", "pipes": "|", "hashes": "# ", "letters": "a", "words": "中", "addresses": "http://",
    "mails": "a@", "notes": "[^1]", "definitions": "[a]: ", "marks": "a\u0301\u0301", "tabs": "\t",
    "lazy": "> a\nb\n", "empty items": "-\n", "fences": "```\n", "blanks": "    \n", "breaks": "a  \n",
    "entities": "&a", "escapes": "\\", "joiners": "👩\u200d", "dots": "a.b", "anchors": '<a href="\n',
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_what_its_length_costs(name: str) -> None:
    unit = HOSTILE[name]

    def cost(length: int) -> int:
        text = unit * (length // len(unit))
        return calls(lambda: [rows(piece, 80) for piece in whole(text)])

    cost(2_000)
    assert cost(40_000) <= 2.8 * cost(20_000) + 20_000
    assert cost(40_000) < 40_000 * 200


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_at_most_a_few_times_while_it_streams(name: str) -> None:
    unit = HOSTILE[name]
    text = unit * (12_000 // len(unit))
    growing = GrowingMarkdown()
    costs = []
    for start in range(0, len(text), 120):
        costs.append(calls(lambda at=start: stream_one(growing, text[at : at + 120])))  # type: ignore[misc]
    assert max(costs) < 150_000


def stream_one(growing: GrowingMarkdown, delta: str) -> None:
    growing.feed(delta)
    for piece in growing.live:
        rows(piece, 80)


def test_no_word_of_hostile_nesting_is_lost() -> None:
    text = "\n".join("  " * depth + f"- word{depth}" for depth in range(200))
    shown = "".join(span.text for piece in whole(text) for row in rows(piece, 80) for span in row)
    assert all(f"word{depth}" in shown.replace(" ", "") for depth in range(200))


def test_heavy_modules_are_imported_at_first_use() -> None:
    code = (
        "import sys; import tui.markdown.growing, tui.markdown.layout, tui.markdown.lexing;"
        "print(sorted({'markdown_it', 'pygments', 'textual', 'linkify_it'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
