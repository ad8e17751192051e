"""Updates of one lane are worked in order, lanes beside one another, about a hundred at a time."""

import asyncio
from collections import defaultdict

import pytest

from bot.intake.lanes import IN_HAND, Lanes
from bot.tasks import TaskOwner
from risk.ids import ReceiptId
from storage.inbox import Receipt
from tests.support.offices import NOW


def receipt(number: int, lane: str) -> Receipt:
    return Receipt(id=ReceiptId(number), lane=lane, received_at=NOW, payload={}, attempts=0)


class Desk:
    """Work that begins at once and ends when the lane, or everybody, is let go."""

    def __init__(self) -> None:
        self.begun: list[ReceiptId] = []
        self.ended: list[ReceiptId] = []
        self.opened: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.most_at_once = 0
        self.news = asyncio.Condition()

    async def work(self, each: Receipt) -> None:
        async with self.news:
            self.begun.append(each.id)
            self.most_at_once = max(self.most_at_once, len(self.begun) - len(self.ended))
            self.news.notify_all()
        await self.opened[each.lane].wait()
        self.ended.append(each.id)

    async def has_begun(self, number: int) -> None:
        async with asyncio.timeout(10), self.news:
            await self.news.wait_for(lambda: len(self.begun) >= number)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def lanes(desk: Desk) -> Lanes:
    return Lanes(desk.work, TaskOwner())


def test_about_a_hundred_updates_are_in_hand_at_one_time() -> None:
    assert IN_HAND == 100


async def test_updates_of_one_lane_are_worked_one_after_another_in_order(lanes: Lanes, desk: Desk) -> None:
    desk.opened["chat:1"].set()
    for number in range(50):
        lanes.put(receipt(number, "chat:1"))
    await lanes.idle()
    assert desk.begun == desk.ended == list(range(50))
    assert desk.most_at_once == 1


async def test_lanes_do_not_wait_for_one_another(lanes: Lanes, desk: Desk) -> None:
    lanes.put(receipt(1, "chat:1"))
    lanes.put(receipt(2, "chat:1"))
    await desk.has_begun(1)
    desk.opened["chat:2"].set()
    lanes.put(receipt(3, "chat:2"))
    await desk.has_begun(2)
    assert desk.begun == [1, 3]
    desk.opened["chat:1"].set()
    await lanes.idle()
    assert desk.begun == [1, 3, 2]


async def test_no_more_than_a_hundred_are_worked_at_one_time(lanes: Lanes, desk: Desk) -> None:
    for number in range(250):
        lanes.put(receipt(number, f"chat:{number}"))
    await desk.has_begun(IN_HAND)
    assert lanes.in_hand == 250
    for number in range(250):
        desk.opened[f"chat:{number}"].set()
    await lanes.idle()
    assert desk.most_at_once == IN_HAND
    assert sorted(desk.ended) == list(range(250))


async def test_one_busy_lane_leaves_room_for_ninety_nine_others(lanes: Lanes, desk: Desk) -> None:
    for number in range(500):
        lanes.put(receipt(number, "chat:busy"))
    desk.opened["chat:quiet"].set()
    lanes.put(receipt(500, "chat:quiet"))
    await desk.has_begun(2)
    assert ReceiptId(500) in desk.begun
    desk.opened["chat:busy"].set()
    await lanes.idle()


async def test_an_update_is_in_hand_until_its_work_is_done(lanes: Lanes, desk: Desk) -> None:
    assert lanes.in_hand == 0
    lanes.put(receipt(1, "chat:1"))
    assert lanes.in_hand == 1
    await desk.has_begun(1)
    assert lanes.in_hand == 1
    desk.opened["chat:1"].set()
    await lanes.idle()
    assert lanes.in_hand == 0


async def test_a_lane_that_ran_empty_takes_updates_again(lanes: Lanes, desk: Desk) -> None:
    desk.opened["chat:1"].set()
    for number in (1, 2):
        lanes.put(receipt(number, "chat:1"))
        await lanes.idle()
    assert desk.ended == [1, 2]


async def test_an_idle_bot_is_idle_at_once(lanes: Lanes) -> None:
    await lanes.idle()
