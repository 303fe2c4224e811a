"""How a wait ends: by itself, by Esc, by its deadline, or because somebody else cancels."""

import asyncio
import time

import pytest

from tests.waiting import until
from tui.stop import Silence, Stop, Stopped

NEVER = 3600.0


def now() -> float:
    return asyncio.get_running_loop().time()


async def wait(stop: Stop, deadline: float | None, seconds: float = NEVER) -> str:
    async with stop.until(deadline):
        await asyncio.sleep(seconds)
    return "waited"


async def test_a_wait_that_ends_in_time_is_left_alone() -> None:
    stop = Stop()
    assert await wait(stop, now() + NEVER, 0) == "waited"
    assert await wait(stop, None, 0) == "waited"


async def test_a_deadline_ends_a_wait() -> None:
    with pytest.raises(Silence):
        await wait(Stop(), now() + 0.01)


async def test_a_deadline_that_has_passed_ends_a_wait_at_once() -> None:
    with pytest.raises(Silence):
        await wait(Stop(), now() - 1)


async def test_a_deadline_that_has_passed_takes_nothing_that_is_there() -> None:
    async with Stop().until(now() - 1):
        pass


async def test_a_later_deadline_is_not_struck_by_the_alarm_of_an_earlier_one() -> None:
    stop = Stop()
    await wait(stop, now() + 0.02, 0)
    assert await wait(stop, now() + NEVER, 0.06) == "waited"


async def test_after_an_early_alarm_the_later_deadline_still_strikes() -> None:
    stop = Stop()
    await wait(stop, now() + 0.02, 0)
    with pytest.raises(Silence):
        await wait(stop, now() + 0.06)


async def test_an_earlier_deadline_strikes_though_the_alarm_stands_later() -> None:
    stop = Stop()
    await wait(stop, now() + NEVER, 0)
    with pytest.raises(Silence):
        await wait(stop, now() + 0.01)


async def test_an_alarm_between_two_waits_strikes_nobody() -> None:
    stop = Stop()
    await wait(stop, now() + 0.01, 0)
    await asyncio.sleep(0.03)
    assert await wait(stop, now() + NEVER, 0) == "waited"


async def test_esc_ends_the_wait_and_every_later_one() -> None:
    stop = Stop()
    task = asyncio.create_task(wait(stop, now() + NEVER))
    await asyncio.sleep(0)
    stop()
    stop()
    with pytest.raises(Stopped):
        await task
    with pytest.raises(Stopped):
        await wait(stop, None)


async def test_esc_between_two_waits_ends_the_next_one() -> None:
    stop = Stop()
    await wait(stop, None, 0)
    stop()
    with pytest.raises(Stopped):
        await wait(stop, None, 0)


async def test_a_cancel_from_elsewhere_goes_on_its_way() -> None:
    stop = Stop()
    task = asyncio.create_task(wait(stop, now() + NEVER))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("is_esc_first", [True, False])
async def test_a_cancel_from_elsewhere_wins_over_esc(is_esc_first: bool) -> None:
    stop = Stop()
    task = asyncio.create_task(wait(stop, None))
    await asyncio.sleep(0)
    for end in (stop, task.cancel) if is_esc_first else (task.cancel, stop):
        end()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_task_goes_on_after_a_wait_that_was_ended() -> None:
    async def twice() -> list[str]:
        told = []
        for _ in range(2):
            try:
                await wait(Stop(), now())
            except Silence:
                told.append("silent")
        await asyncio.sleep(0)
        return told

    task = asyncio.create_task(twice())
    await until(task.done)
    assert await task == ["silent", "silent"]
    assert task.cancelling() == 0


async def test_an_error_of_the_wait_comes_through_though_esc_came_too() -> None:
    async def failing(stop: Stop) -> None:
        async with stop.until(None):
            try:
                await asyncio.sleep(NEVER)
            finally:
                raise BrokenPipeError

    stop = Stop()
    task = asyncio.create_task(failing(stop))
    await asyncio.sleep(0)
    stop()
    with pytest.raises(BrokenPipeError):
        await task
    assert task.cancelling() == 0


async def test_what_was_slept_through_is_waited_for_once_more() -> None:
    stop, words = Stop(), asyncio.Event()

    def sleep() -> None:
        time.sleep(1.3)  # as a process that the shell stopped: nothing runs meanwhile
        asyncio.get_running_loop().call_later(0.2, words.set)

    asyncio.get_running_loop().call_later(0.05, sleep)
    async with stop.until(now() + 0.2):
        await words.wait()


async def test_a_sleep_does_not_make_a_wait_endless() -> None:
    # a process that the shell stopped, not a wait of the test's own
    asyncio.get_running_loop().call_later(0.05, time.sleep, 1.3)
    began = now()
    with pytest.raises(Silence):
        await wait(Stop(), now() + 0.2)
    assert now() - began < 10
