"""A thread that does one job after another, and what is due in between."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def never() -> float | None:
    """Nothing is ever due."""
    return None


class Line:
    """Jobs wait in a line; the thread starts with the first one."""

    def __init__(self, name: str, due: Callable[[], float | None] = never) -> None:
        """Nothing runs yet.

        Args:
            name: The thread's name.
            due: Does, in the thread, what is due, and gives the seconds until there is more.
        """
        self._name = name
        self._due = due
        self._jobs = SimpleQueue[Callable[[], None] | None]()
        self._is_stopped = False
        self._thread: Thread | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no job is waiting; one may still be under way."""
        return self._jobs.qsize() <= int(self._is_stopped)  # the mark of its end is no job

    def put(self, job: Callable[[], T]) -> Future[T]:
        """One more job; its result, or what it raised, is in the future."""
        future = Future[T]()

        def run() -> None:
            try:
                future.set_result(job())
            except BaseException as error:
                future.set_exception(error)

        if self._is_stopped:
            raise RuntimeError(f"{self._name} was stopped")
        self._jobs.put(run)
        self._start()
        return future

    def wake(self) -> None:
        """Something will be due: have the thread ask when."""
        self._jobs.put(_nothing)
        self._start()

    def stop(self) -> None:
        """End after the jobs that are waiting."""
        self._is_stopped = True
        self._jobs.put(None)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=self._due())
            except Empty:
                continue
            if job is None:
                return
            job()


def _nothing() -> None:
    pass
