"""What is typed where nothing can be written."""

from __future__ import annotations

from textual import events
from textual.widget import Widget


def typed(widget: Widget, event: events.Key) -> str:
    """The character that was typed, where it is no key of the widget's; it goes no further."""
    is_bound = event.key in widget.screen.active_bindings
    if is_bound or not event.is_printable or not event.character:
        return ""
    event.stop()
    return event.character
