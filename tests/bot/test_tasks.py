"""No background task is lost, and none fails in silence."""

import asyncio
import gc

import pytest
from structlog.testing import capture_logs

from bot.tasks import TaskOwner, unless_stopped


async def fail() -> None:
    raise LookupError("нет строки")


async def test_finish_waits_for_all_tasks_and_for_those_that_they_start() -> None:
    owner, done = TaskOwner(), []

    async def work(name: str, then: str | None) -> None:
        await asyncio.sleep(0)
        if then is not None:
            owner.start(work(then, None), name=then)
        done.append(name)

    owner.start(work("first", "second"), name="first")
    await owner.finish()
    assert sorted(done) == ["first", "second"]


async def test_finish_with_nothing_under_way_returns_at_once() -> None:
    await TaskOwner().finish()


async def test_a_task_that_nobody_else_holds_is_kept_alive() -> None:
    owner, gate, done = TaskOwner(), asyncio.Event(), []

    async def work() -> None:
        await gate.wait()
        done.append("done")

    owner.start(work(), name="work")
    await asyncio.sleep(0)
    gc.collect()
    gate.set()
    await owner.finish()
    assert done == ["done"]


async def test_a_failed_task_is_reported_by_its_name_and_stops_no_other() -> None:
    owner = TaskOwner()
    with capture_logs() as lines:
        owner.start(fail(), name="bad")
        good = owner.start(asyncio.sleep(0), name="good")
        await owner.finish()
    assert good.done()
    assert [(line["event"], line["task"]) for line in lines] == [("task failed", "bad")]


async def test_a_cancelled_task_is_no_failure() -> None:
    owner = TaskOwner()
    with capture_logs() as lines:
        task = owner.start(asyncio.Event().wait(), name="waiting")  # type: ignore[arg-type]  # its result is not asked for
        await owner.cancel()
    assert task.cancelled()
    assert lines == []


async def test_cancel_waits_for_the_last_acts_of_the_cancelled() -> None:
    owner, tidied, begun = TaskOwner(), [], asyncio.Event()

    async def work() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            tidied.append("tidied")

    owner.start(work(), name="work")
    await begun.wait()
    await owner.cancel()
    assert tidied == ["tidied"]


async def test_work_that_ends_before_the_stop_gives_its_result() -> None:
    async def work() -> str:
        return "готово"

    assert await unless_stopped(work(), asyncio.Event()) == "готово"


async def test_work_that_fails_before_the_stop_raises() -> None:
    with pytest.raises(LookupError):
        await unless_stopped(fail(), asyncio.Event())


async def test_work_is_given_up_at_the_stop_and_nothing_of_it_is_left_running() -> None:
    stopped, ended = asyncio.Event(), []

    async def work() -> str:
        try:
            stopped.set()
            await asyncio.Event().wait()
        finally:
            ended.append("ended")
        return "никогда"

    assert await unless_stopped(work(), stopped) is None
    assert ended == ["ended"]


async def test_whoever_is_cancelled_while_waiting_takes_the_work_along() -> None:
    begun, ended = asyncio.Event(), []

    async def work() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            ended.append("ended")

    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(unless_stopped(work(), asyncio.Event()))
        await begun.wait()
        waiting.cancel()
    assert waiting.cancelled()
    assert ended == ["ended"]
