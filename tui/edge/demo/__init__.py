"""The scripted demo server: an OpenAI-compatible endpoint that no model stands behind.

It is real HTTP on a port of this machine, spoken by asyncio alone, since faults on the wire need
the socket in hand. Its models say `demo` in their names and follow scripts: see `models` for what
each is for, and `script` for how a test says exactly what goes over the wire.

    script      what a script may do: acts, and `raw` for exact bytes
    prompt      what a request says to a model
    reply       a model's words, streamed or whole, at a rate
    chunks      their JSON
    errors      answers that are errors
    models      the table of models, with `prose` and `tour.md` for what they say
    check       what is wrong with a request
    wire        HTTP, read and written
    connection  a connection that notices who leaves
    server      routes, and what tests look at
"""

from tui.edge.demo.chunks import Delta
from tui.edge.demo.errors import failed
from tui.edge.demo.models import tour
from tui.edge.demo.reply import Reply, ServerError, replying, saying, words
from tui.edge.demo.script import (
    Act,
    Asked,
    Bytes,
    Drop,
    Ending,
    Hang,
    Pause,
    Reset,
    Script,
    Status,
    raw,
)
from tui.edge.demo.server import DemoServer, serve_forever

__all__ = [
    "Act",
    "Asked",
    "Bytes",
    "Delta",
    "DemoServer",
    "Drop",
    "Ending",
    "Hang",
    "Pause",
    "Reply",
    "Reset",
    "Script",
    "ServerError",
    "Status",
    "failed",
    "raw",
    "replying",
    "saying",
    "serve_forever",
    "tour",
    "words",
]
