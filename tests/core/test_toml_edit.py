"""Editing a TOML text: one setting changes, every comment stays with what it is about."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.vocabularies import IS_LONG
from tui.core.toml_edit import CannotEdit, with_value, without

Path = tuple[str, ...]

HELD = """# What Rillet is told.
model = 'small'    # the quick one

# How long it waits.
[wait]
retries = 2

# Of one model.
[models."gpt-4o".options]
temperature = 0.2
# top_p = 0.9
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("model",), "large", "'small'    # the", "'large'    # the"),
        (("model",), "it's", "'small' ", '"it\'s" '),
        (("theme",), "nord", "one\n", 'one\ntheme = "nord"\n'),
        (("wait", "retries"), 0, "= 2", "= 0"),
        (("wait", "idle_timeout"), 4.5, "= 2\n", "= 2\nidle_timeout = 4.5\n"),
        (("system",), "a\nb", "one\n", 'one\nsystem = """\na\nb"""\n'),
        (
            ("models", "gpt-4o", "options", "stop"),
            ["a", "b"],
            "# top_p = 0.9\n",
            '# top_p = 0.9\nstop = ["a", "b"]\n',
        ),
        (
            ("models", "gpt-4o", "context"),
            5,
            "retries = 2\n",
            'retries = 2\n\n[models."gpt-4o"]\ncontext = 5\n',
        ),
        (("options", "seed"), 1, "0.9\n", "0.9\n\n[options]\nseed = 1\n"),
        (
            ("wait", "x", "y"),
            True,
            "retries = 2\n",
            "retries = 2\n\n[wait.x]\ny = true\n",
        ),
    ],
)
def test_one_value_changes_and_nothing_else(path: Path, value: object, old: str, new: str) -> None:
    assert with_value(HELD, path, value) == HELD.replace(old, new)


@pytest.mark.parametrize(
    ("held", "path", "value", "made"),
    [
        ("", ("model",), "a", 'model = "a"\n'),
        ("", ("options", "seed"), 1, "[options]\nseed = 1\n"),
        ("# c\n[wait]\n", ("model",), "a", 'model = "a"\n\n# c\n[wait]\n'),
        ("# c\n\n[wait]\n", ("model",), "a", '# c\n\nmodel = "a"\n\n[wait]\n'),
        ("a.b = 1\n[c]\n", ("a", "d"), 2, "a.b = 1\na.d = 2\n[c]\n"),
        ("a = { b = 1 }  # c\n", ("a", "d"), 2, "a = { b = 1, d = 2}  # c\n"),
        ("a = {}\n", ("a", "b", "c"), 2, "a = {b = {c = 2}}\n"),
        ("[a.b]\nc = 1\n\n[d]\n\n[a]\n", ("a", "e"), 1, "[a.b]\nc = 1\n\n[d]\n\n[a]\ne = 1\n"),
        ("[a.b] # c\nd = 1\n", ("a", "e"), 1, "[a]\ne = 1\n[a.b] # c\nd = 1\n"),
        ('a = """\n# b\n"""\n', ("a",), True, "a = true\n"),
        ("# c\n", ("a",), True, "# c\n\na = true\n"),
        ("a = 1", ("b",), 2, "a = 1\nb = 2"),
        ("a = 1\r\n", ("b",), "c\nd", 'a = 1\r\nb = """\r\nc\r\nd"""\r\n'),
        ('a = """\n[b]\n# no\n"""\n', ("c",), 1, 'a = """\n[b]\n# no\n"""\nc = 1\n'),
        ("a = [ # one\n  1, # ]\n]\n", ("b",), 1, "a = [ # one\n  1, # ]\n]\nb = 1\n"),
        ("[w]\n# x = 1\n\n# of v\n[v]\n", ("w", "y"), 1, "[w]\n# x = 1\ny = 1\n\n# of v\n[v]\n"),
    ],
)
def test_a_setting_goes_where_one_would_write_it(
    held: str, path: Path, value: object, made: str
) -> None:
    assert with_value(held, path, value) == made


@pytest.mark.parametrize(
    ("held", "path", "made"),
    [
        ("a = 1 # why\nb = 2\n", ("a",), "# why\nb = 2\n"),
        ("b = 2\n\n[a]\nc = 1\n", ("a", "c"), "b = 2\n"),
        ("[a]\n# c = 2\nc = 1\n", ("a", "c"), "[a]\n# c = 2\n"),
        ("# of a\n[a]\nc = 1\n", ("a", "c"), "# of a\n[a]\n"),
        ("[a]\nb = 1\n\n[a.c]\nd = 1\n", ("a", "b"), "[a.c]\nd = 1\n"),
        ("a = { c = 1 }\n", ("a", "c"), ""),
        ("a = 1\n", ("b",), "a = 1\n"),
    ],
)
def test_a_setting_goes_and_every_comment_stays(held: str, path: Path, made: str) -> None:
    assert without(held, path) == made


@pytest.mark.parametrize(
    "held", ["[[a]]\nb = 1\n", "a = 1\n", "[a]\nc = [\n# why\n1]\n", "[a.c.d]\n"]
)
def test_what_cannot_be_changed_alone_is_refused(held: str) -> None:
    with pytest.raises(CannotEdit, match="by hand"):
        with_value(held, ("a", "c"), 1)


NAMES = st.sampled_from(["model", "wait", "top_p", "a.b", "gpt 4", "é", 'q"', ""])
PLAIN = st.text("ab é'\"\\#[]{}=\n\t\r\x07\x7f🌊", max_size=9)
VALUES = st.one_of(
    PLAIN, st.booleans(), st.integers(-9, 9), st.floats(), st.lists(PLAIN, max_size=3)
)
REMARKS = st.sampled_from(["", "", "# why", "# a = 1", "# [b]", '# "', "# it's", "\t", " # é"])
QUOTED = st.sampled_from(['"x"', "'x'", '"""\nx\n"""', "'''x'''", "1_000", "1979-05-27", "[1, 2]"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file as a person writes it: comments and blank lines anywhere, any quotes."""
    lines: list[str] = []

    def settings_of() -> None:
        names = draw(st.lists(NAMES, unique=True, max_size=3))
        for name in names:
            lines.extend(draw(st.lists(REMARKS, max_size=2)))
            quoted = '"' + name.replace('"', '\\"') + '"'
            lines.append(f"{quoted} = {draw(QUOTED)} {draw(REMARKS)}".rstrip())
        lines.extend(draw(st.lists(REMARKS, max_size=2)))
        if not names:
            lines.append("filled = 0")

    settings_of()
    for name in draw(st.lists(st.sampled_from(["t", "t.u", "t.v.w", '"x y"']), unique=True)):
        lines.append(f"[{name}] {draw(REMARKS)}".rstrip())
        settings_of()
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end]))


PATHS = st.tuples(st.lists(st.sampled_from(["t", "u", "new", "x y"]), max_size=3), NAMES)


@settings(max_examples=3000 if IS_LONG else 150, derandomize=not IS_LONG, deadline=None)
@given(files(), PATHS, VALUES)
def test_a_change_is_the_only_one_and_unset_takes_it_back(
    held: str, where: tuple[list[str], str], value: object
) -> None:
    path = (*where[0], where[1])
    before = tomllib.loads(held)
    try:
        made = with_value(held, path, value)
    except CannotEdit:
        assert _stands_in_the_way(before, path)
        return
    after = tomllib.loads(made)
    assert str(_taken(after, path)) == str(value)
    if _find(before, path) is None:
        assert _written(without(made, path)) == _written(held)
    others = _settings(before)
    others.pop(path, None)
    assert _settings(after) == others
    assert not _remarks(held) - _remarks(made)


@settings(max_examples=3000 if IS_LONG else 150, derandomize=not IS_LONG, deadline=None)
@given(files(), st.data())
def test_unset_takes_one_setting_and_leaves_every_comment(held: str, data: st.DataObject) -> None:
    before = tomllib.loads(held)
    path = data.draw(st.sampled_from(sorted(_settings(before))))
    after = tomllib.loads(without(held, path))
    there = _settings(before)
    del there[path]
    assert _settings(after) == there
    assert not _remarks(held) - _remarks(without(held, path))


def _stands_in_the_way(held: object, path: Path) -> bool:
    """Whether one of the tables of a path is no table, or the setting is one."""
    for name in path:
        if not isinstance(held, dict):
            return True
        if name not in held:
            return False
        held = held[name]
    return isinstance(held, dict)


def _find(held: object, path: Path) -> object:
    for name in path:
        held = held.get(name) if isinstance(held, dict) else None
    return held


def _taken(held: object, path: Path) -> object:
    """What a path leads to, which is taken out."""
    for name in path[:-1]:
        held = cast("dict[str, object]", held)[name]
    return cast("dict[str, object]", held).pop(path[-1])


def _settings(held: Mapping[str, object], path: Path = ()) -> dict[Path, str]:
    found: dict[Path, str] = {}
    for name, value in held.items():
        if isinstance(value, dict):
            found |= _settings(value, (*path, name))
        else:
            found[*path, name] = repr(value)
    return found


def _written(text: str) -> list[str]:
    """The lines that are not blank."""
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def _remarks(text: str) -> Counter[str]:
    lines = (line.strip() for line in text.split("\n"))
    return Counter(line for line in lines if line.startswith("#"))
