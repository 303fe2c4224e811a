"""One question without a screen: the same spine, for pipes, scripts and a terminal's scrollback.

What was asked for goes to stdout and nothing else does; what there is to say about it goes to
stderr. A form decides how the words look; whatever it is, the turn is the same, and where the
conversation is kept, it is kept as the app keeps it. A reader of stdout that goes away ends the
request, and what has come until then is kept too.
"""

from tui.ask.asking import Question, ask
from tui.ask.output import Notes, Output
from tui.ask.place import Kept, Place

__all__ = ["Kept", "Notes", "Output", "Place", "Question", "ask"]
