"""What a conversation looks like outside the terminal."""

from tui.core.exporting import Looks
from tui.markdown.coloured import coloured
from tui.markdown.drawn import drawn

LOOKS = Looks(coloured, drawn)
"""Pages with code in colours, and pictures."""
