"""Rows of tables into cells."""

from collections.abc import Iterator

from rich.cells import cell_len

from tui.markdown.columns import Align, Columns
from tui.markdown.parser import Environment
from tui.markdown.pieces import Cell, Spans, styled
from tui.markdown.settling import inline_spans


def columns(header: str, delimiters: list[str], environment: Environment) -> Columns | None:
    """The columns that a header and its delimiter row begin; None if their numbers differ."""
    names = split(header)
    if len(names) != len(delimiters) or "|" not in header:
        return None
    cells = [_cell(name, environment, ("table-header",)) for name in names]
    return Columns([_align(delimiter) for delimiter in delimiters], cells)


def cells(line: str, count: int, environment: Environment, base: tuple[str, ...]) -> list[Cell]:
    """The cells of a row; missing ones are empty, surplus ones are joined to the last."""
    texts = split(line)
    if len(texts) > count:
        texts[count - 1 :] = [" | ".join(text.strip() for text in texts[count - 1 :])]
    texts.extend([""] * (count - len(texts)))
    return [_cell(text, environment, base) for text in texts]


def split(line: str) -> list[str]:
    """The texts between the pipes that have no backslash before them."""
    texts = list(_between_pipes(line.strip(" ")))
    start = int(texts[0] == "")
    end = len(texts) - (len(texts) > start and texts[-1] == "")
    return texts[start:end]


def _between_pipes(line: str) -> Iterator[str]:
    parts: list[str] = []
    for part in line.split("|"):
        if parts and parts[-1].endswith("\\"):
            parts[-1] = f"{parts[-1][:-1]}|"
            parts.append(part)
            continue
        if parts:
            yield "".join(parts)
        parts = [part]
    yield "".join(parts)


def _cell(text: str, environment: Environment, base: tuple[str, ...]) -> Cell:
    spans = styled(inline_spans(text.strip(" "), environment), base)
    return Cell(spans, _width(spans))


def _width(spans: Spans) -> int:
    lines = "".join(span.text for span in spans).split("\n")
    return max(cell_len(line.rstrip(" ")) for line in lines)


def _align(delimiter: str) -> Align:
    if delimiter.endswith(":"):
        return "center" if delimiter.startswith(":") else "right"
    return "left"
