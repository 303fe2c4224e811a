"""The cost of a delta follows the delta: counted in calls of functions, not in seconds."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial

import pytest

from tests.bench.bench_markdown import KINDS, grown
from tui.markdown.growing import GrowingMarkdown, whole
from tui.markdown.layout import rows
from tui.markdown.lexing import warm


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


def stream(growing: GrowingMarkdown, deltas: list[str]) -> None:
    for delta in deltas:
        growing.feed(delta)
        for piece in growing.live:
            rows(piece, 80)


@pytest.mark.parametrize("kind", KINDS)
def test_a_delta_costs_the_same_in_a_long_text(kind: str) -> None:
    warm(["python", "javascript"])
    costs = []
    for size in (10_000, 200_000):
        growing = grown(KINDS[kind], size)
        text = "".join(KINDS[kind](10_000 + number) for number in range(80))[:3500]
        costs.append(calls(partial(stream, growing, slices(text, 41))))
    assert costs[1] <= 1.15 * costs[0]


def slices(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


HOSTILE = (
    *(">", "[", "[[a]", "![", "*a ", "*_`[<", "`a\n", "[a](", "<a ", "<!--", "\\(", "- ", "1. "),
    *("|", "# ", "a", "中", "http://", "a@", "[^1]", "[a]: ", "a\u0301\u0301", "\t", "> a\nb\n"),
    *("-\n", "```\n", "    \n", "a  \n", "&a", "\\", "👩\u200d", "a.b", '<a href="\n', "\\[a\n"),
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_costs_what_its_length_costs(unit: str) -> None:
    def read(length: int) -> None:
        for piece in whole(unit * (length // len(unit))):
            rows(piece, 80)

    read(100)
    once, twice = calls(partial(read, 5_000)), calls(partial(read, 10_000))
    assert twice <= 2.5 * once + 20_000
    assert twice < 10_000 * 300


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_never_stalls_the_stream(unit: str) -> None:
    growing = GrowingMarkdown()
    deltas = slices(unit * (6_000 // len(unit)), 200)
    costs = [calls(partial(stream, growing, [delta])) for delta in deltas]
    assert max(costs) < 600_000


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
