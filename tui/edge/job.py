"""Jobs of a shell: whether a stop has somebody to end it, and the stop.

A terminal's own Ctrl-Z stops all processes of the job, so that whoever started Rillet in it
(`make`, a script) does not wait on while the shell does nothing. Where no shell looks after the
job, nobody would ever wake it (POSIX, 'Orphaned Process Group').
"""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

PATIENCE = 2.0
"""Seconds for `ps` to name a parent."""


def can_stop() -> bool:
    """Whether a shell with job control waits for this job."""
    if not hasattr(signal, "SIGTSTP"):
        return False
    job, session, above = os.getpgrp(), os.getsid(0), os.getppid()
    try:
        while above > 1 and os.getpgid(above) == job:
            above = _parent(above)
        return above > 1 and os.getsid(above) == session
    except OSError:
        return False


def stop() -> None:
    """Stop the job, as Ctrl-Z does; returns when the shell goes on with it.

    All of it stops at once: a process that first had something to do could miss that the shell
    goes on, and would stop after that.
    """
    usual = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(0, signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, usual)


def _parent(process: int) -> int:
    """The number of a process' parent; 0 where nobody tells."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
        return int(stat.rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        pass
    command = ("ps", "-o", "ppid=", "-p", str(process))
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        return int(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0
