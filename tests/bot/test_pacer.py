"""One pace for everything that is sent: exact in the long run, never over a limit, urgent first, nobody forgotten."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Final

import pytest

from bot.delivery.pacer import MINUTE, Limits, Pacer
from tests.bot.virtual_time import in_virtual_time, seconds

UNLIMITED: Final = 1e9
GROUP: Final = -1100
CHAT: Final = 101


def limits(*, overall: float = UNLIMITED, chat: float = UNLIMITED, group: int = 1_000_000) -> Limits:
    return Limits(per_second=overall, chat_per_second=chat, group_per_minute=group)


async def departures(pacer: Pacer, chats: Sequence[int | None]) -> list[float]:
    """When messages to these chats left, as soon as they might; seconds since the first."""
    begun, crowd = seconds(), asyncio.Semaphore(50)

    async def leave(chat: int | None) -> float:
        async with crowd:
            await pacer.turn(chat, urgent=False)
            return seconds() - begun

    return sorted(await asyncio.gather(*map(leave, chats)))


def paced(rules: Limits, chats: Sequence[int | None], *, jitter: float = 0.0) -> list[float]:
    chance = Random(7)  # the same lateness in each run

    async def story() -> list[float]:
        return await departures(Pacer(rules, seconds), chats)

    return in_virtual_time(story(), late=lambda: chance.random() * jitter)


def most_within(moments: Sequence[float], window: float) -> int:
    """How many of the moments at most fall into any half-open window of this length."""
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= window - 1e-6:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.parametrize("jitter", [0.0, 0.03], ids=["exact timers", "late timers"])
def test_all_chats_together_keep_the_rate_to_a_thousandth(jitter: float) -> None:
    _, second, *_, last = paced(limits(overall=28), range(1, 3001), jitter=jitter)
    assert 2998 / (last - second) == pytest.approx(28, rel=1e-3)


@pytest.mark.parametrize("jitter", [0.0, 0.03], ids=["exact timers", "late timers"])
def test_the_rate_is_never_exceeded_by_more_than_the_one_message_that_a_late_timer_may_owe(jitter: float) -> None:
    assert most_within(paced(limits(overall=28), range(1, 400), jitter=jitter), 1.0) <= 29


def test_one_chat_keeps_its_rate_to_a_thousandth() -> None:
    moments = paced(limits(chat=1), [CHAT] * 500)
    assert 499 / moments[-1] == pytest.approx(1, rel=1e-3)


def test_one_chat_is_never_written_to_faster_than_it_may_however_late_the_timers() -> None:
    moments = paced(limits(chat=1), [CHAT] * 200, jitter=0.2)
    assert min(after - before for before, after in pairwise(moments)) >= 1 - 1e-6


@pytest.mark.parametrize("jitter", [0.0, 0.2], ids=["exact timers", "late timers"])
def test_a_group_takes_no_more_than_its_share_in_any_minute(jitter: float) -> None:
    moments = paced(limits(chat=1, group=20), [GROUP] * 205, jitter=jitter)
    assert most_within(moments, MINUTE) == 20
    assert moments[200] == pytest.approx(10 * MINUTE, rel=0.02)


def test_a_group_that_was_quiet_may_be_written_to_at_its_rate() -> None:
    moments = paced(limits(chat=1, group=20), [GROUP] * 20)
    assert moments[-1] == pytest.approx(19)


def test_a_private_chat_knows_no_share_of_a_minute() -> None:
    assert paced(limits(group=20), [CHAT] * 100)[-1] == pytest.approx(0, abs=1e-3)


def test_a_busy_chat_does_not_hold_up_the_others() -> None:
    async def story() -> tuple[float, float]:
        pacer = Pacer(limits(chat=1), seconds)
        busy = asyncio.gather(*(pacer.turn(CHAT, urgent=False) for _ in range(10)))
        begun = seconds()
        await pacer.turn(CHAT + 1, urgent=False)
        other = seconds() - begun
        await busy
        return other, seconds() - begun

    other, busy = in_virtual_time(story())
    assert other == pytest.approx(0, abs=1e-3)
    assert busy == pytest.approx(9)


def test_urgent_ones_leave_first_and_equals_in_the_order_of_their_asking() -> None:
    left: list[str] = []

    async def leave(pacer: Pacer, name: str, *, urgent: bool) -> None:
        await pacer.turn(CHAT, urgent=urgent)
        left.append(name)

    async def story() -> None:
        pacer = Pacer(limits(chat=1), seconds)
        await leave(pacer, "first", urgent=False)
        asked = [("a", False), ("b", False), ("C", True), ("d", False), ("E", True)]
        await asyncio.gather(*(leave(pacer, name, urgent=urgent) for name, urgent in asked))

    in_virtual_time(story())
    assert left == ["first", "C", "E", "a", "b", "d"]


def test_of_all_who_must_wait_an_urgent_one_leaves_first_whatever_its_chat() -> None:
    left: list[int] = []

    async def leave(pacer: Pacer, chat: int, *, urgent: bool) -> None:
        await pacer.turn(chat, urgent=urgent)
        left.append(chat)

    async def story() -> None:
        pacer = Pacer(limits(overall=1), seconds)
        await asyncio.gather(*(leave(pacer, chat, urgent=chat == 6) for chat in range(1, 7)))

    in_virtual_time(story())
    assert left == [1, 2, 6, 3, 4, 5]


def test_what_goes_to_no_chat_is_paced_with_all_the_others() -> None:
    assert paced(limits(overall=10), [None, CHAT] * 6)[-1] == pytest.approx(1)


@pytest.mark.parametrize(("held", "waits"), [(CHAT, 30.0), (CHAT + 1, 0.0), (None, 30.0)])
def test_a_flood_wait_holds_the_chat_it_names_or_everything(held: int | None, waits: float) -> None:
    async def story() -> float:
        pacer, begun = Pacer(limits(), seconds), seconds()
        pacer.hold(held, 30.0)
        await pacer.turn(CHAT, urgent=True)
        return seconds() - begun

    assert in_virtual_time(story()) == pytest.approx(waits, abs=1e-3)


def test_a_flood_wait_holds_those_who_were_waiting_already() -> None:
    async def story() -> float:
        pacer, begun = Pacer(limits(chat=1), seconds), seconds()
        await pacer.turn(CHAT, urgent=False)
        waiting = asyncio.gather(pacer.turn(CHAT, urgent=False))
        await asyncio.sleep(0.5)
        pacer.hold(CHAT, 30.0)
        await waiting
        return seconds() - begun

    assert in_virtual_time(story()) == pytest.approx(30.5)


def test_a_shorter_flood_wait_does_not_shorten_a_longer_one() -> None:
    async def story() -> float:
        pacer, begun = Pacer(limits(), seconds), seconds()
        pacer.hold(CHAT, 30.0)
        pacer.hold(CHAT, 1.0)
        await pacer.turn(CHAT, urgent=False)
        return seconds() - begun

    assert in_virtual_time(story()) == pytest.approx(30)


def test_whoever_gave_up_waiting_takes_no_turn() -> None:
    async def story() -> float:
        pacer, begun = Pacer(limits(chat=1), seconds), seconds()
        await pacer.turn(CHAT, urgent=False)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*(pacer.turn(CHAT, urgent=True) for _ in range(5))), 0.5)
        await pacer.turn(CHAT, urgent=False)
        return seconds() - begun

    assert in_virtual_time(story()) == pytest.approx(1)


def test_chats_that_were_quiet_for_a_minute_are_forgotten() -> None:
    async def story() -> int:
        pacer = Pacer(limits(), seconds)
        for chat in range(1, 10_002):
            await pacer.turn(chat, urgent=False)
        await asyncio.sleep(MINUTE + 1)
        await pacer.turn(20_000, urgent=False)
        return len(pacer._lanes)

    assert in_virtual_time(story()) <= 1
