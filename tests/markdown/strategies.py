"""Markdown made up by hypothesis: blocks within blocks, and a soup of marks.

Left out is what markdown-it and the CommonMark text disagree on, or what is shown otherwise on
purpose: lazy lines that are indented by four columns or more, tables whose header begins with the
mark of a container, rows with surplus cells, reference definitions, footnotes and alerts.
"""

import os

from hypothesis import settings
from hypothesis import strategies as st

LONG = os.environ.get("RILLET_LONG_TESTS") == "1"
MODEST = settings(
    derandomize=not LONG, max_examples=3000 if LONG else 120, deadline=None, database=None
)
"""The same examples each time; many and new ones with RILLET_LONG_TESTS=1."""

Lines = list[str]

FRAGMENTS = (
    *("word", "some more words", "A sentence ends.", "x", "5 * 3", "snake_case", "a|b", "(x)"),
    *(
        "*em*",
        "**strong**",
        "***both***",
        "_under_",
        "`code`",
        "``a`b``",
        "~~gone~~",
        "<b>",
        "&amp;",
    ),
    *("[link](https://e.com)", '[t](http://e.com "title")', "<https://a.org>", "https://x.org/a_b"),
    *("www.e.com", "me@e.org", "![image](http://e.com/i.png)", "[local](file.md)", "[1]", "\\*"),
    *(
        "**open",
        "`open",
        "[open",
        "_open",
        "<br>",
        "\\(a*b\\)",
        "$$x_1$$",
        "中文",
        "字符。",
        "é",
        "👩‍💻",
    ),
    *("1.", "-", "+", "#", "=", "\\", "!", "❤️"),
)


def text() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8).map(" ".join)


@st.composite
def paragraph(draw: st.DrawFn) -> Lines:
    lines = draw(st.lists(text(), min_size=1, max_size=3))
    ends = [draw(st.sampled_from(["", "", "  ", "\\"])) for _ in lines]
    first = "word " if lines[0][0] in "-+#=1" else ""
    return [first + line + end for line, end in zip(lines, ends, strict=True)]


@st.composite
def setext(draw: st.DrawFn) -> Lines:
    return [*draw(paragraph()), draw(st.sampled_from(["===", "---", "=", "--  "]))]


@st.composite
def heading(draw: st.DrawFn) -> Lines:
    level = draw(st.integers(1, 7))
    return [
        "#" * level
        + draw(st.sampled_from([" ", " ", ""]))
        + draw(text())
        + draw(st.sampled_from(["", " ##"]))
    ]


def rule() -> st.SearchStrategy[Lines]:
    return st.sampled_from(["***", "---", "- - -", "_____", " * * *"]).map(lambda line: [line])


@st.composite
def fence(draw: st.DrawFn) -> Lines:
    mark = draw(st.sampled_from(["```", "~~~", "````", "```"]))
    info = draw(st.sampled_from(["", "python", " js", "unknown", "c x=1"]))
    code = st.sampled_from(
        [
            "",
            "x = 1",
            "    y",
            "def f():",
            '"""',
            "/* c",
            "*/",
            "# no heading",
            "- a",
            "``",
            "~~~ x",
            "| a |",
        ]
    )
    end = draw(st.sampled_from([[mark], [mark], [mark + mark[0]], []]))
    return [mark + info, *draw(st.lists(code, max_size=6)), *end]


def indented() -> st.SearchStrategy[Lines]:
    code = st.sampled_from(["    code", "      more", "", "    - no item", "    ``` "])
    return st.lists(code, max_size=3).map(lambda lines: ["    first", *lines, "    last"])


def html() -> st.SearchStrategy[Lines]:
    return st.sampled_from(
        [
            ["<div>", "*text*", "</div>"],
            ["<!-- a", "", "comment -->"],
            ["<pre>", "a", "", "b</pre>"],
            ["<custom-tag a='b'>", "text"],
            ["<details><summary>x</summary>"],
            ["<?php", "", "?>"],
        ]
    )


@st.composite
def table(draw: st.DrawFn) -> Lines:
    count = draw(st.integers(1, 3))
    cells = st.sampled_from(
        ["a", "*b*", "`c`", "a \\| b", "", "a longer cell of words", "中文", "x<br>y"]
    )
    delimiters = st.sampled_from(["---", ":--", "--:", ":-:", "-"])

    def row(cell: st.SearchStrategy[str], least: int) -> str:
        found = draw(st.lists(cell, min_size=least, max_size=count))
        return f"| {' | '.join(found)} |"

    body = [row(cells, 1) for _ in range(draw(st.sampled_from([0, 1, 3, 20])))]
    return [
        row(cells.filter(bool), count),
        row(delimiters, count).replace("| - |", "| -- |"),
        *body,
        "",
    ]


@st.composite
def quote(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    return [f"> {line}" if line else ">" for line in draw(inner)]


@st.composite
def listing(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    mark = draw(st.sampled_from(["-", "*", "+", "1.", "7)", "10."]))
    space = draw(st.sampled_from([" ", " ", "  ", "   "]))
    lines: Lines = []
    for _ in range(draw(st.integers(1, 3))):
        head, *rest = draw(inner)
        task = draw(st.sampled_from(["", "", "", "[ ] ", "[x] "]))
        task = task if head[:1].isalnum() else ""
        indent = " " * len(mark + space)
        lines += [
            f"{mark}{space}{task}{head}".rstrip(),
            *(indent + line if line else "" for line in rest),
        ]
        lines += draw(st.sampled_from([[], [], [""]]))
    return lines


def joined_blocks(block: st.SearchStrategy[Lines], most: int) -> st.SearchStrategy[Lines]:
    between = st.sampled_from([[""], [""], [], ["", ""]])
    pairs = st.lists(st.tuples(block, between), min_size=1, max_size=most)
    return pairs.map(lambda found: [line for lines, gap in found for line in (*lines, *gap)])


LEAVES = st.one_of(
    paragraph(), paragraph(), heading(), setext(), rule(), fence(), indented(), html(), table()
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(quote(joined_blocks(inner, 2)), listing(joined_blocks(inner, 2))),
    max_leaves=6,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A text of blocks, with line breaks of any kind."""
    lines = draw(joined_blocks(BLOCKS, 5))
    return draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])).join(lines)


PREFIXES = (
    "",
    "",
    "",
    "",
    " ",
    "  ",
    "> ",
    ">",
    "- ",
    "1. ",
    "2) ",
    "* ",
    "+ ",
    "> > ",
    "  - ",
    "-    ",
)
SOUP = (
    *(
        "text",
        "*em* text",
        "",
        "",
        "# head",
        "## head ##",
        "```",
        "```py",
        "~~~",
        "````",
        "a | b",
        "===",
    ),
    *(
        "---",
        "***",
        "- - -",
        "<div>",
        "</div>",
        "<!-- c",
        "-->",
        "<b>x</b>",
        "<span>",
        "`co de`",
        "[x] t",
    ),
    *(
        "-",
        "1.",
        "foo  ",
        "bar\\",
        "#",
        "#x",
        "=",
        "<pre>",
        "</pre>",
        "1) y",
        "~~~ x",
        "中文",
        "--",
        "10. z",
    ),
)


@st.composite
def soups(draw: st.DrawFn) -> str:
    """Lines of marks in any order."""
    prefix = st.lists(st.sampled_from(PREFIXES), max_size=3).map("".join)
    lines = draw(st.lists(st.tuples(prefix, st.sampled_from(SOUP)), min_size=1, max_size=10))
    return "\n".join(before + body for before, body in lines if "    " not in before)


def cuts(text: str) -> st.SearchStrategy[list[str]]:
    """The text in deltas."""
    places = st.lists(st.integers(0, len(text)), max_size=40).map(sorted)
    return places.map(
        lambda found: [
            text[start:end] for start, end in zip([0, *found], [*found, len(text)], strict=True)
        ]
    )
