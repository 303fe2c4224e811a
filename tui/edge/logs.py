"""Logs of every package, and the ends of threads, without the key and harmless on a terminal.

Nothing is logged unless someone asks for it (OPENAI_LOG, PYTHONASYNCIODEBUG) or a task ends in a
fault that nobody waits for. A log line can hold headers and what a server said: it is redacted
and cleaned where it is made, whoever writes it in the end.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable

from tui.core.redactor import Redactor
from tui.core.sanitize import clean

Make = Callable[..., logging.LogRecord]

_hidden: list[str] = []
"""Every key that this process has had, those that were fetched late among them."""


def redact_logs(key: str) -> None:
    """Let no log line of this process hold a key, or anything that steers a terminal."""
    hide(key)
    make = logging.getLogRecordFactory()
    logging.setLogRecordFactory(lambda *given, **named: _harmless(make(*given, **named)))
    threading.excepthook = lambda ended: _tell(ended.exc_value)


def hide(key: str) -> None:
    """Let no log line hold this key from now on."""
    if key and key not in _hidden:
        _hidden.append(key)


def hidden() -> tuple[str, ...]:
    """Every key that this process has had."""
    return tuple(_hidden)


def _tell(fault: BaseException | None) -> None:
    from tui.core.crash import report

    if fault is not None and sys.stderr is not None:
        sys.stderr.write(f"rillet: {report(fault, *_hidden)}")


def _harmless(record: logging.LogRecord) -> logging.LogRecord:
    redactor = Redactor(*_hidden)
    record.msg, record.args = clean(redactor.text(record.getMessage())), ()
    if record.exc_info:
        told = logging.Formatter().formatException(record.exc_info)
        record.exc_text = clean(redactor.text(told))
    return record
