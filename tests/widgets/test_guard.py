"""The last look at what is drawn: nothing steers, and every row keeps its width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.filter import LineFilter
from textual.widget import Widget

from tests.attacks import ATTACKS
from tests.core.test_sanitize import STEERS, texts
from tests.core.vocabularies import often
from tui.guard import LastGuard, harmless

BLACK = Color(0, 0, 0)


@given(st.text() | texts)
@often(300, long=20_000)
def test_a_row_keeps_its_width_and_steers_nothing(text: str) -> None:
    assert cell_len(harmless(text)) == cell_len(text)
    assert not STEERS.search(harmless(text))
    assert "\n" not in harmless(text)


@pytest.mark.parametrize("text", ["words", "日本語 👩‍👩‍👧", "नमस्ते", "─┼─ ▌ …"])
def test_what_is_harmless_is_the_same_segment(text: str) -> None:
    segments = [Segment(text, Style(bold=True))]
    assert LastGuard().apply(segments, BLACK)[0].text is text


def test_no_hidden_target_gets_through() -> None:
    style = Style(bold=True, link="https://evil.example")
    (segment,) = LastGuard().apply([Segment("harmless", style)], BLACK)
    assert segment.style is not None
    assert segment.style.link is None
    assert segment.style.bold


class Careless(Widget):
    """A widget that shows what it is given."""

    def render(self) -> str:
        return "|".join(ATTACKS.values()).replace("\n", " ").replace("[", "(")


class Guarded(App[None]):
    """An app with a careless widget."""

    def compose(self) -> ComposeResult:
        yield Careless()

    def get_line_filters(self) -> list[LineFilter]:
        return [LastGuard()]


async def test_a_careless_widget_harms_nothing() -> None:
    app = Guarded()
    async with app.run_test(size=(100, 24)):
        for strip in app.screen._compositor.render_strips():
            assert not STEERS.search(strip.text)
            assert cell_len(strip.text) == 100
