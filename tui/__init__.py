"""Rillet: a chat that streams, in your terminal.

The floors, from the top; each imports only those below it:

    cli         which command is meant, and what is said where it cannot be carried out
    commands    arguments -> settings -> the app, or a command without one
    app, ask    the two faces: a screen, and a pipe; for pipes too, tally counts, and shelf
                lists, exports and imports; beside them, arguments (the grammar) and settings
    screens     chat (the conductor), help
    widgets     prompt, log, panels; what is seen
    turn        the spine: a server and a request in, deltas out, the last one Finished
    markdown    growing text -> rows of styled spans
    stop        how a wait ends: by Esc or by silence
    edge        network, disk, environment, clipboard: client, embedded engine, demo server
    core        values and pure functions

The one way through, each arrow one file:

    key -prompt-> Submitted -chat-> Request -client-> bytes -sse-> events -chunks-> deltas
        -turn-> feed (one batch a frame) -exchange-> log (seen) + reply (said) + meter (counted)
        Finished -chat-> Conversation.answered -> finish panel
"""

__version__ = "0.1.0"
