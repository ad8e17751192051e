"""One update, one end: done, or set aside after three attempts; a replay finds what was done."""

from collections.abc import Awaitable, Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery, Message
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.intake.whitelist import kept
from bot.intake.working import ATTEMPTS, REFERENCE_LETTERS, UpdateWorker
from risk.notices import MessageSetAside
from risk.people import Address
from storage import tables
from storage.inbox import Inbox, Receipt, Received
from storage.mapping import NOTICE
from tests.bot.telegram import ME, TOKEN, Json, ScriptedTelegram, message, press
from tests.support.offices import MEMBER, NOW, OFFICER, Offices, telegram

OLGA, STRANGER = 104, 999
WORDS = "звоните +7 921 555-01-23, Нет света"

Handle = Callable[[Receipt, int], Awaitable[None]]
"""What a handler does at its n-th attempt, counted from 1."""


class Room:
    """A worker with one handler, which does as the test says."""

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        self.inbox = Inbox(offices.database, ME.id)
        self.telegram = ScriptedTelegram()
        self.attempts = 0
        self._handle: Handle
        dispatcher = Dispatcher(disable_fsm=True)
        dispatcher.message.register(self._on_message)
        dispatcher.callback_query.register(self._on_press)
        self.worker = UpdateWorker(
            Bot(TOKEN, session=self.telegram),
            dispatcher,
            inbox=self.inbox,
            units=offices.units,
            directory=offices.directory,
        )

    async def works(self, handle: Handle, **update: Json) -> Receipt:
        self._handle = handle
        received = Received(update_id=1, lane="chat:1", payload=kept({"update_id": 1, **update}))
        [receipt] = await self.inbox.take([received], NOW)
        await self.worker.work(receipt)
        return receipt

    async def _on_message(self, _message: Message, receipt: Receipt) -> None:
        self.attempts += 1
        await self._handle(receipt, self.attempts)

    async def _on_press(self, _press: CallbackQuery, receipt: Receipt) -> None:
        self.attempts += 1
        await self._handle(receipt, self.attempts)

    async def commits(self, receipt: Receipt) -> None:
        async with self.offices.ours.unit(receipt.id)() as unit:
            await unit.people.add_position(MEMBER, number=70 + self.attempts)
            await unit.commit()

    async def row(self) -> dict[str, Any]:
        [row] = await self.offices.rows(tables.inbox)
        return row

    async def told(self) -> list[tuple[Address, MessageSetAside]]:
        """Whom the outbox tells of a message that was set aside, in the order of planning."""
        rows = await self.offices.rows(tables.outbox)
        notices = [(telegram(int(row["address"])), NOTICE.validate_json(row["notice"])) for row in rows]
        return [(address, notice) for address, notice in notices if isinstance(notice, MessageSetAside)]


@pytest.fixture
def room(offices: Offices) -> Room:
    return Room(offices)


@pytest.fixture(autouse=True)
def log() -> Iterator[list[EventDict]]:
    with capture_logs() as lines:
        yield lines


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses are noted, not waited for."""
    noted: list[float] = []

    async def sleep(seconds: float) -> None:
        noted.append(seconds)

    monkeypatch.setattr("bot.intake.working.asyncio", SimpleNamespace(sleep=sleep))
    return noted


async def nothing(_receipt: Receipt, _attempt: int) -> None:
    """A handler that changes nothing."""


async def fail(_receipt: Receipt, _attempt: int) -> None:
    raise LookupError("нет строки")


async def test_an_update_that_changes_nothing_is_settled_by_itself(room: Room) -> None:
    await room.works(nothing, message=message(WORDS, sender=OLGA))
    row = await room.row()
    assert (row["state"], row["payload"], room.attempts) == ("done", None, 1)


async def test_an_update_that_a_use_case_settled_is_left_so(room: Room) -> None:
    async def handle(receipt: Receipt, _attempt: int) -> None:
        await room.commits(receipt)

    await room.works(handle, message=message(WORDS, sender=OLGA))
    assert ((await room.row())["state"], room.attempts) == ("done", 1)


async def test_a_replay_of_a_settled_update_does_nothing(room: Room) -> None:
    receipt = await room.works(nothing, message=message(WORDS, sender=OLGA))
    await room.worker.work(receipt)
    assert room.attempts == 1


async def test_an_update_that_nobody_handles_is_settled(room: Room) -> None:
    await room.works(nothing, edited_message=message(WORDS, sender=OLGA))
    assert ((await room.row())["state"], room.attempts) == ("done", 0)


async def test_a_failure_that_passes_costs_nothing(room: Room, pauses: list[float]) -> None:
    async def handle(receipt: Receipt, attempt: int) -> None:
        if attempt < ATTEMPTS:
            raise LookupError
        await room.commits(receipt)

    await room.works(handle, message=message(WORDS, sender=OLGA))
    assert ((await room.row())["state"], room.attempts) == ("done", 3)
    assert pauses == sorted(pauses)
    assert await room.told() == []


async def test_after_three_failures_the_update_is_set_aside_without_personal_data(room: Room) -> None:
    await room.works(fail, message=message(WORDS, sender=OLGA))
    row = await room.row()
    assert (row["state"], room.attempts) == ("aside", 3)
    assert "555-01-23" not in row["payload"]
    assert "Нет света" in row["payload"]


async def test_the_sender_and_the_operator_get_the_same_reference(room: Room) -> None:
    await room.works(fail, message=message(WORDS, sender=OLGA))
    reference = (await room.row())["reference"]
    operator = room.offices.ours.actor(OFFICER).address
    assert set(reference) <= set(REFERENCE_LETTERS)
    assert await room.told() == [
        (telegram(OLGA), MessageSetAside(reference=reference, for_operator=False)),
        (operator, MessageSetAside(reference=reference, for_operator=True)),
    ]


async def test_the_log_names_the_reference_and_the_fault(room: Room, log: list[EventDict]) -> None:
    await room.works(fail, message=message(WORDS, sender=OLGA))
    [line] = [each for each in log if each["event"] == "update set aside"]
    assert line["reference"] == (await room.row())["reference"]
    assert isinstance(line["exc_info"], LookupError)


async def test_an_operator_whose_own_message_failed_is_told_once(room: Room) -> None:
    operator = room.offices.ours.actor(OFFICER).address
    await room.works(fail, message=message(WORDS, sender=int(operator.value)))
    assert [(address, notice.for_operator) for address, notice in await room.told()] == [(operator, False)]


async def test_of_a_stranger_nobody_is_told(room: Room) -> None:
    await room.works(fail, message=message("/start i_x", sender=STRANGER))
    assert (await room.row())["state"] == "aside"
    assert await room.told() == []


async def test_a_press_that_cannot_be_worked_in_is_answered_with_the_reference(room: Room) -> None:
    await room.works(fail, callback_query=press("b:1:2", sender=OLGA))
    [answer] = [call for call in room.telegram.calls if isinstance(call, AnswerCallbackQuery)]
    assert answer.show_alert
    assert (await room.row())["reference"] in (answer.text or "")


async def test_a_press_that_telegram_forgot_is_set_aside_all_the_same(room: Room) -> None:
    room.telegram.refuses(AnswerCallbackQuery, lambda call: TelegramBadRequest(method=call, message="query is too old"))
    await room.works(fail, callback_query=press("b:1:2", sender=OLGA))
    assert (await room.row())["state"] == "aside"


async def test_an_update_that_is_no_update_to_aiogram_is_set_aside(room: Room) -> None:
    await room.works(nothing, message=message(WORDS, sender=OLGA) | {"entities": [{"type": "url", "offset": "x"}]})
    assert ((await room.row())["state"], room.attempts) == ("aside", 0)


async def test_a_lost_reply_does_not_undo_what_was_done(room: Room) -> None:
    async def handle(receipt: Receipt, attempt: int) -> None:
        if attempt == 1:
            await room.commits(receipt)
        raise TelegramBadRequest(method=SendMessage(chat_id=1, text="да"), message="chat not found")

    await room.works(handle, message=message(WORDS, sender=OLGA))
    assert ((await room.row())["state"], room.attempts) == ("done", 1)


async def test_a_reply_that_telegram_never_takes_is_given_up(room: Room) -> None:
    async def handle(_receipt: Receipt, _attempt: int) -> None:
        raise TelegramBadRequest(method=SendMessage(chat_id=1, text="да"), message="chat not found")

    await room.works(handle, message=message(WORDS, sender=OLGA))
    assert ((await room.row())["state"], room.attempts) == ("done", 3)
    assert await room.told() == []


async def test_a_failure_after_the_commit_of_the_last_attempt_sets_nothing_aside(room: Room) -> None:
    """What was done is done: the person must not be told that it was not."""

    async def handle(receipt: Receipt, attempt: int) -> None:
        if attempt == ATTEMPTS:
            await room.commits(receipt)
        raise LookupError

    await room.works(handle, message=message(WORDS, sender=OLGA))
    assert (await room.row())["state"] == "done"
    assert await room.told() == []


async def test_a_flood_wait_is_no_attempt(room: Room, pauses: list[float]) -> None:
    async def handle(_receipt: Receipt, attempt: int) -> None:
        if attempt <= 5:
            raise TelegramRetryAfter(method=SendMessage(chat_id=1, text="да"), message="flood", retry_after=17)

    await room.works(handle, message=message(WORDS, sender=OLGA))
    row = await room.row()
    assert (row["state"], row["attempts"], pauses) == ("done", 0, [17] * 5)


async def test_an_inbox_that_cannot_be_written_is_waited_for(
    room: Room, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    finish, faults = Inbox.finish, [OSError("the disk is full"), OSError("the disk is full")]
    count = Inbox.count_attempt

    async def finished(inbox: Inbox, *args: Any) -> None:
        if faults:
            raise faults[0]
        await finish(inbox, *args)

    async def counted(inbox: Inbox, *args: Any) -> int:
        if faults:
            raise faults.pop()
        return await count(inbox, *args)

    monkeypatch.setattr(Inbox, "finish", finished)
    monkeypatch.setattr(Inbox, "count_attempt", counted)
    await room.works(nothing, message=message(WORDS, sender=OLGA))
    assert ((await room.row())["state"], pauses) == ("done", [1.0, 1.0])
