"""Updates are stored before they are confirmed; nothing that Telegram answers ends the listening."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.health import Health, Part, Why
from bot.intake.door import HEARD
from bot.intake.polling import Polling
from bot.intake.replies import Doorkeeper
from bot.tasks import TaskOwner
from handlers.views.strangers import STRANGER
from storage.hindrance import DatabaseUnavailable, Hindrance
from storage.inbox import Inbox, Receipt
from tests.bot.doors import census_of, door_of
from tests.bot.telegram import ME, TOKEN, Fault, Json, ScriptedTelegram, message
from tests.support.offices import Offices

OLGA, STRANGER_ID = 104, 999


def update(number: int, **kind: Any) -> Json:
    return {"update_id": number, **kind}


def words(number: int, text: str = "Нет света", *, sender: int = OLGA) -> Json:
    return update(number, message=message(text, sender=sender))


class Ear:
    """Polling with its surroundings; what it hands to the lanes stands in `worked`."""

    def __init__(self, offices: Offices) -> None:
        self.telegram = ScriptedTelegram()
        self.worked: list[Json] = []
        self.inbox = Inbox(offices.database, ME.id)
        self.tasks = TaskOwner()
        bot = Bot(TOKEN, session=self.telegram)
        self.doorkeeper = Doorkeeper(bot, lambda: 0.0)
        self.health = Health(lambda: 0.0)
        self.census = census_of(offices, bot)
        door = door_of(
            offices,
            inbox=self.inbox,
            tasks=self.tasks,
            doorkeeper=self.doorkeeper,
            census=self.census,
            work=self._work,
        )
        self.polling = Polling(bot, door, self.health)

    async def _work(self, receipt: Receipt) -> None:
        self.worked.append(receipt.payload)

    async def hears(self, *batches: list[Json] | Fault) -> None:
        """Run until all of these are taken and no more come."""
        self.telegram.batches.extend(batches)
        async with self.listening():
            await self.telegram.asked.wait()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        async with asyncio.timeout(10), asyncio.TaskGroup() as group:
            group.create_task(self.polling.run())
            yield
            self.polling.stop()
            await self.census.idle()
        await self.doorkeeper.idle()
        await self.tasks.finish()

    @property
    def offsets(self) -> list[int | None]:
        return [call.offset for call in self.telegram.calls if call.__api_method__ == "getUpdates"]  # type: ignore[attr-defined]  # GetRawUpdates has it

    @property
    def patience(self) -> list[int]:
        return [call.timeout for call in self.telegram.calls if call.__api_method__ == "getUpdates"]  # type: ignore[attr-defined]  # the same


@pytest.fixture
def ear(offices: Offices) -> Ear:
    return Ear(offices)


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses are noted, not waited for."""
    pauses: list[float] = []

    async def noted(_: Polling, seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(Polling, "_rest", noted)
    return pauses


async def test_what_is_ours_is_stored_and_handed_on(ear: Ear) -> None:
    await ear.hears([words(7), words(8, "Яма")])
    assert [each["message"]["text"] for each in ear.worked] == ["Нет света", "Яма"]
    assert len(await ear.inbox.waiting()) == 2


async def test_the_offset_comes_from_the_last_batch_and_is_dropped_once_that_is_confirmed(ear: Ear) -> None:
    await ear.hears([words(7), words(900)], [], [words(3)])
    assert ear.offsets == [None, 901, None, 4]


async def test_a_batch_is_not_confirmed_before_it_is_stored(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Inbox, "take", full)
    with pytest.raises(ExceptionGroup):
        await ear.hears([words(7)])
    assert ear.offsets == [None]


async def test_only_updates_that_are_heard_are_asked_for(ear: Ear) -> None:
    await ear.hears([])
    assert {tuple(call.allowed_updates) for call in ear.telegram.calls} == {tuple(HEARD)}  # type: ignore[attr-defined]  # GetRawUpdates has it
    assert "message_reaction" not in HEARD


async def test_a_stranger_is_answered_and_nothing_of_them_is_stored(ear: Ear) -> None:
    await ear.hears([words(7, "Добрый вечер", sender=STRANGER_ID), words(8, "Ау", sender=STRANGER_ID), words(9)])
    assert ear.telegram.said == [STRANGER]
    assert [receipt.payload["update_id"] for receipt in await ear.inbox.waiting()] == [9]


FAULTS: list[Fault] = [
    lambda method: TelegramNetworkError(method=method, message="timeout"),
    lambda method: TelegramServerError(method=method, message="Bad Gateway"),
    lambda method: TelegramConflictError(method=method, message="terminated by other getUpdates request"),
    lambda _: ClientDecodeError("Failed to decode object", ValueError("html"), "<html>502 Bad Gateway</html>"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=["network", "server", "conflict", "a page instead of JSON"])
async def test_an_outage_is_waited_out_with_growing_pauses(ear: Ear, no_pauses: list[float], fault: Fault) -> None:
    await ear.hears(*([fault] * 7), [words(7)], fault, [words(8)])
    assert no_pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 1.0]
    assert len(ear.worked) == 2


async def test_the_first_poll_and_the_first_after_an_outage_are_short(ear: Ear, no_pauses: list[float]) -> None:
    await ear.hears([], FAULTS[0], [], [])
    assert ear.patience == [0, 25, 0, 25, 25]


async def test_a_flood_is_waited_out_as_long_as_asked(ear: Ear, no_pauses: list[float]) -> None:
    await ear.hears(lambda method: TelegramRetryAfter(method=method, message="flood", retry_after=17), [words(7)])
    assert no_pauses == [17]
    assert len(ear.worked) == 1


def refused(method: TelegramMethod[Any]) -> Exception:
    return TelegramUnauthorizedError(method=method, message="Unauthorized")


async def test_a_refused_token_is_said(ear: Ear, no_pauses: list[float]) -> None:
    await ear.hears(refused, refused)
    assert ear.health.ills[Part.TELEGRAM] is Why.TOKEN_REFUSED
    assert no_pauses == [1.0, 2.0]


async def test_a_token_that_is_accepted_again_ends_the_complaint(ear: Ear, no_pauses: list[float]) -> None:
    await ear.hears(refused, [words(7)])
    assert ear.health.ills == {}
    assert len(ear.worked) == 1


async def test_a_batch_that_finds_no_room_is_asked_for_again(
    ear: Ear, no_pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Inbox.take
    tries = iter([True, False])

    async def full_once(inbox: Inbox, *batch: Any) -> Any:
        if next(tries):
            raise DatabaseUnavailable(Hindrance.NO_ROOM)
        return await take(inbox, *batch)

    monkeypatch.setattr(Inbox, "take", full_once)
    await ear.hears([words(7)], [words(7)])
    assert ear.offsets == [None, None, 8]
    assert no_pauses == [2.0]
    assert len(ear.worked) == 1


async def test_a_stop_does_not_wait_for_the_long_poll(ear: Ear) -> None:
    async with ear.listening():
        await ear.telegram.asked.wait()


ODD: list[Json] = [
    {"message": "слово"},
    {"message": ["слово"]},
    {"message": None},
    {"message": {"chat": "слово", "from": {"id": OLGA}}},
    {"message": message("слово", sender=OLGA) | {"from": "слово"}},
    {"message": message("слово", sender=OLGA) | {"from": {"id": "слово"}}},
    {"message": message("слово", sender=OLGA) | {"forward_origin": "слово"}},
    {"message": message("/risk", sender=OLGA, chat=-5) | {"reply_to_message": "слово"}},
    {"message": message("слово", sender=OLGA, chat=-5) | {"reply_to_message": "слово"}},
    {"message": message("слово", sender=OLGA, chat=-5) | {"reply_to_message": {"from": 5}}},
    {"callback_query": 5},
    {"callback_query": {"from": {"id": OLGA}, "message": "chat"}},
    {"my_chat_member": {"from": {"id": OLGA}, "chat": 5}},
    {"holographic_message": {"from": {"id": OLGA}}},
    {},
]


@pytest.mark.parametrize("odd", ODD)
async def test_an_update_of_an_unknown_form_does_not_spoil_its_batch(ear: Ear, odd: Json) -> None:
    await ear.hears([words(7), update(8, **odd), words(9)])
    assert {7, 9} <= {each["update_id"] for each in ear.worked}
