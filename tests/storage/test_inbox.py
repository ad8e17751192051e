"""The inbox loses nothing, repeats nothing, keeps the order and forgets what was done."""

from datetime import timedelta
from typing import Any

import pytest

from risk.ids import ReceiptId
from storage import tables
from storage.inbox import DUPLICATES_WITHIN, AlreadySettled, Inbox, Received, SetAside, settle
from tests.support.offices import NOW, Offices

BOT, OTHER_BOT = 42, 43


def received(update_id: int, words: str = "", *, lane: str = "chat:1") -> Received:
    return Received(update_id=update_id, lane=lane, payload={"update_id": update_id, "text": words})


@pytest.fixture
def inbox(offices: Offices) -> Inbox:
    return Inbox(offices.database, BOT)


async def test_a_batch_is_returned_as_stored_and_in_order(inbox: Inbox) -> None:
    taken = await inbox.take([received(7, "раз"), received(3, "два", lane="chat:2")], NOW)
    assert [(each.lane, each.payload["text"], each.received_at, each.attempts) for each in taken] == [
        ("chat:1", "раз", NOW, 0),
        ("chat:2", "два", NOW, 0),
    ]
    assert await inbox.waiting() == taken


async def test_an_update_received_twice_in_one_batch_is_stored_once(inbox: Inbox) -> None:
    assert [each.payload["text"] for each in await inbox.take([received(7, "раз"), received(7, "два")], NOW)] == ["раз"]


@pytest.mark.parametrize(
    ("after", "stored"),
    [
        (timedelta(), 0),
        (timedelta(hours=47, minutes=59), 0),
        (DUPLICATES_WITHIN - timedelta(seconds=1), 0),
        (DUPLICATES_WITHIN, 1),
        (timedelta(days=8), 1),
    ],
)
async def test_an_update_id_proves_a_duplicate_for_48_hours_only(inbox: Inbox, after: timedelta, stored: int) -> None:
    await inbox.take([received(7)], NOW)
    assert len(await inbox.take([received(7)], NOW + after)) == stored


async def test_a_finished_update_is_recognised_as_a_duplicate(inbox: Inbox) -> None:
    [receipt] = await inbox.take([received(7)], NOW)
    await inbox.finish(receipt.id)
    assert await inbox.take([received(7)], NOW) == []
    assert await inbox.waiting() == []


async def test_the_same_id_of_another_bot_is_another_update(offices: Offices, inbox: Inbox) -> None:
    other = Inbox(offices.database, OTHER_BOT)
    await inbox.take([received(7, "наш")], NOW)
    await other.take([received(7, "чужой")], NOW)
    assert [each.payload["text"] for each in await inbox.waiting()] == ["наш"]
    assert [each.payload["text"] for each in await other.waiting()] == ["чужой"]


async def test_a_batch_is_stored_whole_or_not_at_all(inbox: Inbox) -> None:
    unstorable = Received(update_id=8, lane="chat:1", payload={"text": object()})
    with pytest.raises(TypeError):
        await inbox.take([received(7), unstorable, received(9)], NOW)
    assert await inbox.waiting() == []
    assert len(await inbox.take([received(7), received(9)], NOW)) == 2


async def test_waiting_updates_come_in_the_order_of_receipt_not_of_their_ids(offices: Offices, inbox: Inbox) -> None:
    for update_id in (2_000_000_000, 5, 17):
        await inbox.take([received(update_id)], NOW)
    assert [each.payload["update_id"] for each in await inbox.waiting()] == [2_000_000_000, 5, 17]


async def test_a_replay_sees_the_moment_of_receipt_and_the_attempts_made(offices: Offices, inbox: Inbox) -> None:
    [receipt] = await inbox.take([received(7)], NOW)
    assert [await inbox.count_attempt(receipt.id) for _ in range(2)] == [1, 2]
    [replayed] = await Inbox(offices.database, BOT).waiting()
    assert (replayed.id, replayed.received_at, replayed.attempts) == (receipt.id, NOW, 2)


async def test_an_update_settles_once(offices: Offices, inbox: Inbox) -> None:
    [receipt] = await inbox.take([received(7)], NOW)
    assert not await inbox.is_settled(receipt.id)
    await inbox.finish(receipt.id)
    assert await inbox.is_settled(receipt.id)
    async with offices.database.write() as connection:
        with pytest.raises(AlreadySettled):
            await settle(connection, receipt.id)


async def test_finishing_what_is_settled_changes_nothing(offices: Offices, inbox: Inbox) -> None:
    [done, aside] = await inbox.take([received(7), received(8)], NOW)
    await inbox.finish(done.id)
    await inbox.set_aside(aside.id, SetAside(reference="K7QF", payload={}, trace=""))
    before = await offices.rows(tables.inbox)
    for receipt in (done, aside):
        await inbox.finish(receipt.id)
    assert await offices.rows(tables.inbox) == before


async def test_a_receipt_that_never_was_cannot_be_settled(offices: Offices) -> None:
    async with offices.database.write() as connection:
        with pytest.raises(AlreadySettled):
            await settle(connection, ReceiptId(404))


async def test_a_finished_update_keeps_neither_its_payload_nor_whose_it_was(offices: Offices, inbox: Inbox) -> None:
    [receipt] = await inbox.take([received(7, "слова", lane="chat:101")], NOW)
    await inbox.finish(receipt.id)
    [row] = await offices.rows(tables.inbox)
    assert (row["state"], row["payload"], row["lane"]) == ("done", None, "")


async def test_an_update_set_aside_keeps_what_it_is_given_under_its_reference(offices: Offices, inbox: Inbox) -> None:
    [receipt] = await inbox.take([received(7, "телефон")], NOW)
    await inbox.set_aside(receipt.id, SetAside(reference="K7QF", payload={"text": "скрыто"}, trace="KeyError: act:7"))
    [row] = await offices.rows(tables.inbox)
    assert (row["state"], row["reference"], row["payload"]) == ("aside", "K7QF", '{"text": "скрыто"}')
    assert row["trace"] == "KeyError: act:7"
    assert await inbox.is_settled(receipt.id)
    assert await inbox.waiting() == []


async def test_only_finished_receipts_too_old_to_tell_a_duplicate_are_forgotten(offices: Offices, inbox: Inbox) -> None:
    [old] = await inbox.take([received(1)], NOW - DUPLICATES_WITHIN - timedelta(seconds=1))
    [unfinished] = await inbox.take([received(2)], NOW - timedelta(days=9))
    [young] = await inbox.take([received(3)], NOW - DUPLICATES_WITHIN)
    for receipt in (old, young):
        await inbox.finish(receipt.id)
    assert await inbox.forget_old(NOW) == 1
    assert [row["id"] for row in await offices.rows(tables.inbox)] == [unfinished.id, young.id]


async def test_the_number_of_a_receipt_is_never_given_again(inbox: Inbox) -> None:
    [first] = await inbox.take([received(1)], NOW - timedelta(days=9))
    await inbox.finish(first.id)
    await inbox.forget_old(NOW)
    [second] = await inbox.take([received(2)], NOW)
    assert second.id > first.id


def on_disk(offices: Offices, words: str) -> bool:
    files = list(offices.path.parent.glob(f"{offices.path.name}*"))
    return any(words.encode() in file.read_bytes() for file in files)


@pytest.mark.parametrize("words", ["Зоряна-Проверка", "Зоряна-Проверка " * 5000], ids=["short", "many pages"])
async def test_nothing_of_a_finished_update_stays_on_disk_once_the_log_is_truncated(
    offices: Offices, inbox: Inbox, words: str
) -> None:
    receipts: list[Any] = await inbox.take([received(number, words) for number in range(5)], NOW)
    await offices.database.truncate_wal()
    assert on_disk(offices, "Зоряна-Проверка")
    for receipt in receipts:
        await inbox.finish(receipt.id)
    await offices.database.truncate_wal()
    assert not on_disk(offices, "Зоряна-Проверка")
