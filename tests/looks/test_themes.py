"""Every theme can be read: ours as they promise, Textual's as well as they let us."""

from collections.abc import Mapping

import pytest
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tests.play import play
from tui.contrast import contrast, readable
from tui.edge.demo import DemoServer
from tui.themes import BARS, COLOURS, GROUNDS, HIGH_CONTRAST, OURS, TERMINAL, Bar, variables
from tui.widgets.log import Log
from tui.widgets.paint import resolved

COLOURED = [theme for theme in OURS if not theme.ansi]
ALL = {theme.name: theme for theme in (*OURS, *BUILTIN_THEMES.values())}


def made(theme: Theme) -> Mapping[str, str]:
    """What the sheets are given."""
    return variables(theme, {**theme.to_color_system().generate(), **theme.variables})


def grounds(of: Mapping[str, str]) -> list[Color]:
    return [Color.parse(of[name]) for name in GROUNDS]


def least(of: Mapping[str, str], ink: str, count: int = 3) -> float:
    return min(contrast(Color.parse(of[ink]), ground) for ground in grounds(of)[:count])


def test_contrast_is_measured_as_the_standard_says() -> None:
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    assert contrast(white, black) == contrast(black, white) == 21
    assert round(contrast(Color.parse("#777777"), white), 2) == 4.48


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable(Color.parse("#ff0000"), [Color(0, 0, 0)], 4.5) == Color.parse("#ff0000")


def test_a_colour_that_cannot_be_read_becomes_the_nearest_shade_that_can() -> None:
    shade = readable(Color.parse("#004578"), [Color.parse("#121212")], 4.5)
    assert 4.5 <= contrast(shade, Color.parse("#121212")) < 5
    assert shade.b > shade.r


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_our_themes_can_be_read_on_every_ground(theme: Theme) -> None:
    bar, of = BARS.get(theme.name, Bar()), made(theme)
    assert least(of, "foreground") >= max(bar.text, 7)
    assert {ink: least(of, ink) for ink in COLOURS if least(of, ink) < bar.text} == {}
    assert least(of, "quiet") >= bar.quiet
    assert least(of, "faint", 2) >= bar.faint
    assert contrast(Color.parse(of["foreground"]), Color.parse(of["warning-muted"])) >= bar.text


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_our_themes_need_no_mending(theme: Theme) -> None:
    of = made(theme)
    given = theme.to_color_system().generate()
    assert {name for name in COLOURS if of[name] != given[name]} == set()


def test_high_contrast_is_what_the_standard_calls_enhanced() -> None:
    of = made(HIGH_CONTRAST)
    assert BARS[HIGH_CONTRAST.name].text == 7
    assert contrast(Color.parse(of["edge"]), Color.parse(of["background"])) >= 4.5


@pytest.mark.parametrize("theme", BUILTIN_THEMES.values(), ids=lambda theme: theme.name)
def test_the_words_of_every_theme_of_textual_can_be_read(theme: Theme) -> None:
    of = made(theme)
    if theme.ansi:
        assert {of["quiet"], of["foreground"]} == {"ansi_default"}
        return
    assert {ink: least(of, ink, 2) for ink in COLOURS if least(of, ink, 2) < 4.5} == {}
    assert least(of, "foreground") >= 4.5
    assert least(of, "quiet") >= 4.5


def test_the_terminals_own_theme_has_no_colour_that_the_terminal_does_not_name() -> None:
    named = [getattr(TERMINAL, name) for name in (*COLOURS, "foreground", "background")]
    assert all(name.startswith("ansi_") for name in named)


async def test_every_theme_paints_every_style_of_the_log(demo: DemoServer) -> None:
    async with play(demo) as person:
        for theme in ALL.values():
            person.app.theme = theme.name
            await person.pilot.pause()
            log = person.log
            styles = {name: resolved(log, name) for name in Log.COMPONENT_CLASSES}
            assert all(isinstance(style, Style) for style in styles.values())
            if theme.ansi:
                mixed = [name for name, style in styles.items() if is_mixed(style)]
                assert mixed == [], theme.name
            assert log.render_line(0).cell_length == log.scrollable_content_region.width
            await person.sees("Rillet", "Ask anything")


def is_mixed(style: Style) -> bool:
    """Whether it has a colour that is none of the terminal's own."""
    return any(each is not None and each.triplet for each in (style.color, style.bgcolor))
