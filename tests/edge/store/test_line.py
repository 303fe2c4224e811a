"""A thread's line: what waits in it is told as it is."""

from collections.abc import Callable
from threading import Event

from tui.edge.store.line import Line


def held_up() -> tuple[Line, Callable[[], None]]:
    """A line whose thread is busy, and what lets it go on."""
    line, began, may_end = Line("busy"), Event(), Event()

    def work() -> None:
        began.set()
        may_end.wait(10)

    line.put(work)
    assert began.wait(10)
    return line, may_end.set


def test_that_it_shall_end_is_nothing_that_waits() -> None:
    line, go_on = held_up()
    line.stop()
    assert line.is_empty
    go_on()


def test_a_job_before_the_end_waits() -> None:
    line, go_on = held_up()
    job = line.put(lambda: 7)
    line.stop()
    assert not line.is_empty
    go_on()
    assert job.result(10) == 7
    assert line.is_empty
