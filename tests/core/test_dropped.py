"""Paths as terminals paste them when files are dropped, and texts that are something else."""

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.dropped import dropped, path_in


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("/home/me/cat.png", ["/home/me/cat.png"]),
        ("/home/me/cat.png ", ["/home/me/cat.png"]),
        ("'/home/me/my cat.png' ", ["/home/me/my cat.png"]),
        ("'/home/me/it'\\''s.png'", ["/home/me/it's.png"]),
        ('"/home/me/my cat.png"', ["/home/me/my cat.png"]),
        ("/home/me/my\\ cat\\ \\(1\\).png ", ["/home/me/my cat (1).png"]),
        ("/home/me/my cat.png", ["/home/me/my cat.png"]),
        ("/home/me/it's.png", ["/home/me/it's.png"]),
        ("~/cat.png", ["~/cat.png"]),
        ("file:///home/me/my%20cat.png", ["/home/me/my cat.png"]),
        ("file://localhost/a.png", ["/a.png"]),
        ("FILE:/a.png", ["/a.png"]),
        ("file:///caf%C3%A9.png", ["/café.png"]),
        ("/a.png /b.png", ["/a.png", "/b.png"]),
        ("'/a b.png' /c\\ d.png", ["/a b.png", "/c d.png"]),
        ("/a b.png\n/c d.png\n", ["/a b.png", "/c d.png"]),
        ("file:///a.png\r\nfile:///b%20c.png\r\n", ["/a.png", "/b c.png"]),
    ],
)
def test_what_a_terminal_pastes_is_read(text: str, paths: list[str]) -> None:
    assert dropped(text) == [Path(path) for path in paths]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "cat.png", "see /home/me/cat.png", "./cat.png", "../cat.png", "~root/x", "// note",
        "https://a.example/cat.png", "file://elsewhere/a.png", "file:a.png", "file:///a%00b",
        "file:///a?b", "/a.png\0", "/a\x1b[31m.png", "/a.png" * 20_000, "file:///a%2Fb.png",
        "file://[/a.png", "'", "-rf /",
    ],
)  # fmt: skip
def test_what_is_something_else_is_no_drop(text: str) -> None:
    assert dropped(text) == []


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "So")), min_size=1)


@given(st.lists(NAMES, min_size=1, max_size=5))
def test_names_of_any_letters_come_back_as_they_were(names: list[str]) -> None:
    paths = [Path("/folder", name.replace("/", "|")) for name in names]
    assert dropped(" ".join(shlex.quote(str(path)) for path in paths)) == paths
    assert dropped("\n".join(path.as_uri() for path in paths)) == paths
    assert [path_in(path.as_uri()) for path in paths] == paths


@given(st.text())
def test_no_text_is_too_much(text: str) -> None:
    assert all(isinstance(path, Path) for path in dropped(text) + dropped(f"/{text}"))
