"""One update, one end: done, or set aside after three attempts; a replay finds what was done."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest, TelegramServerError
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery, Message
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.delivery.pacer import Pacer
from bot.delivery.pacing import Pacing
from bot.intake.whitelist import kept
from bot.intake.working import ATTEMPTS, REFERENCE_LETTERS, UpdateWorker, remains
from bot.running import UNHURRIED
from risk.notices import MessageSetAside
from risk.people import Address
from storage import tables
from storage.inbox import Inbox, Receipt, Received
from storage.mapping import NOTICE
from tests.bot.telegram import ME, TOKEN, Fault, Json, ScriptedTelegram, message, press
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
        self.telegram.middleware(Pacing(Pacer(UNHURRIED, monotonic)))
        self.bot = Bot(TOKEN, session=self.telegram)
        self.attempts = 0
        self._handle: Handle
        dispatcher = Dispatcher(disable_fsm=True)
        dispatcher.message.register(self._on_message)
        dispatcher.callback_query.register(self._on_press)
        self.worker = UpdateWorker(
            self.bot,
            dispatcher,
            inbox=self.inbox,
            units=offices.units,
            directory=offices.directory,
        )

    def handles(self, handle: Handle) -> None:
        self._handle = handle

    async def receives(self, **update: Json) -> Receipt:
        received = Received(update_id=1, lane="chat:1", payload=kept({"update_id": 1, **update}))
        [receipt] = await self.inbox.take([received], NOW)
        return receipt

    async def works(self, handle: Handle, **update: Json) -> Receipt:
        """Bring an update to its end, all that is to be said included."""
        self.handles(handle)
        receipt = await self.receives(**update)
        await self.worker.work(receipt)
        await self.worker.idle()
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

    for module in ("bot.intake.working", "bot.delivery.pacing"):
        monkeypatch.setattr(f"{module}.asyncio", SimpleNamespace(**{**vars(asyncio), "sleep": sleep}))
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
    assert json.loads(row["payload"]) == {
        "kind": "message",
        "message_id": 55,
        "words": "звоните [номер скрыт], Нет света",
    }


async def test_a_code_that_was_set_aside_opens_no_seat(room: Room) -> None:
    await room.works(fail, message=message("/start i_code-of-a-seat", sender=OLGA))
    assert "code-of-a-seat" not in (await room.row())["payload"]


async def test_the_sender_and_the_operator_get_the_same_reference(room: Room) -> None:
    await room.works(fail, message=message(WORDS, sender=OLGA))
    reference = (await room.row())["reference"]
    operator = room.offices.ours.actor(OFFICER).address
    assert set(reference) <= set(REFERENCE_LETTERS)
    assert await room.told() == [
        (telegram(OLGA), MessageSetAside(reference=reference, for_operator=False)),
        (operator, MessageSetAside(reference=reference, for_operator=True)),
    ]


async def test_the_places_where_an_update_failed_are_kept_with_it_and_no_words(room: Room) -> None:
    async def fails(_receipt: Receipt, _attempt: int) -> None:
        raise KeyError(WORDS)

    await room.works(fails, message=message(WORDS, sender=OLGA))
    kept = (await room.row())["trace"]
    assert kept.startswith("KeyError: ")
    assert " > fails:" in kept
    assert not any(word in kept for word in WORDS.split())


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


@pytest.mark.parametrize("commits", [True, False])
async def test_a_reply_that_telegram_never_takes_undoes_nothing(room: Room, commits: bool) -> None:
    room.telegram.refuses(SendMessage, lambda call: TelegramBadRequest(method=call, message="chat not found"))

    async def handle(receipt: Receipt, _attempt: int) -> None:
        if commits:
            await room.commits(receipt)
        await room.bot.send_message(OLGA, "да")

    await room.works(handle, message=message(WORDS, sender=OLGA))
    assert ((await room.row())["state"], room.attempts) == ("done", 1)
    assert await room.told() == []


@pytest.mark.parametrize("commits", [True, False])
async def test_a_reply_lost_after_settling_is_logged_and_not_repeated_by_a_replay(
    room: Room, log: list[EventDict], commits: bool
) -> None:
    room.telegram.refuses(SendMessage, lambda call: TelegramBadRequest(method=call, message="chat not found"))

    async def handle(receipt: Receipt, _attempt: int) -> None:
        if commits:
            await room.commits(receipt)
        await room.bot.send_message(OLGA, "да")

    receipt = await room.works(handle, message=message(WORDS, sender=OLGA))
    await room.worker.work(receipt)
    await room.worker.idle()
    [line] = [each for each in log if each["event"] == "a reply was lost"]
    assert isinstance(line["exc_info"], TelegramBadRequest)
    assert (room.attempts, room.telegram.said) == (1, ["да"])


async def test_a_reply_that_is_tried_again_costs_the_update_no_attempt(room: Room) -> None:
    faults: list[Fault] = [lambda call: TelegramServerError(method=call, message="Bad Gateway")]
    room.telegram.refuses(SendMessage, *faults * 2)

    async def handle(receipt: Receipt, _attempt: int) -> None:
        await room.commits(receipt)
        await room.bot.send_message(OLGA, "да")

    await room.works(handle, message=message(WORDS, sender=OLGA))
    row = await room.row()
    assert (row["state"], row["attempts"], room.attempts) == ("done", 0, 1)
    assert room.telegram.said == ["да"] * 3


async def test_an_update_leaves_its_lane_before_its_reply_is_on_the_way(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_comes = asyncio.Event()

    async def turn(_pacer: Pacer, _chat: int | None, *, urgent: bool) -> None:
        await turn_comes.wait()

    async def handle(receipt: Receipt, _attempt: int) -> None:
        await room.commits(receipt)
        await room.bot.send_message(OLGA, "да")

    monkeypatch.setattr(Pacer, "turn", turn)
    room.handles(handle)
    async with asyncio.timeout(10):
        await room.worker.work(await room.receives(message=message(WORDS, sender=OLGA)))
    assert ((await room.row())["state"], room.telegram.said) == ("done", [])
    turn_comes.set()
    await room.worker.idle()
    assert room.telegram.said == ["да"]


async def test_while_a_reply_waits_its_lane_goes_on(room: Room) -> None:
    waiting, over = asyncio.Event(), asyncio.Event()

    async def handle(_receipt: Receipt, _attempt: int) -> None:
        await room.bot.send_message(OLGA, "да")
        waiting.set()
        await over.wait()

    room.handles(handle)
    receipt = await room.receives(message=message(WORDS, sender=OLGA))
    await room.worker.work(receipt)
    await waiting.wait()
    assert (await room.row())["state"] == "done"
    async with asyncio.TaskGroup() as group:
        idle = group.create_task(room.worker.idle())
        await asyncio.sleep(0)
        assert not idle.done()
        over.set()


async def test_what_is_not_said_yet_can_be_given_up(room: Room) -> None:
    async def handle(_receipt: Receipt, _attempt: int) -> None:
        await room.bot.send_message(OLGA, "да")
        await asyncio.Event().wait()

    room.handles(handle)
    await room.worker.work(await room.receives(message=message(WORDS, sender=OLGA)))
    await room.worker.give_up()
    await room.worker.idle()
    assert (await room.row())["state"] == "done"


async def test_work_that_is_cancelled_leaves_the_update_to_the_next_run(room: Room) -> None:
    begun = asyncio.Event()

    async def handle(_receipt: Receipt, _attempt: int) -> None:
        begun.set()
        await asyncio.Event().wait()

    room.handles(handle)
    receipt = await room.receives(message=message(WORDS, sender=OLGA))
    async with asyncio.TaskGroup() as group:
        working = group.create_task(room.worker.work(receipt))
        await begun.wait()
        working.cancel()
    await room.worker.idle()
    assert [each.id for each in await room.inbox.waiting()] == [receipt.id]


async def test_a_failure_after_the_commit_of_the_last_attempt_sets_nothing_aside(room: Room) -> None:
    """What was done is done: the person must not be told that it was not."""

    async def handle(receipt: Receipt, attempt: int) -> None:
        if attempt == ATTEMPTS:
            await room.commits(receipt)
        raise LookupError

    await room.works(handle, message=message(WORDS, sender=OLGA))
    assert (await room.row())["state"] == "done"
    assert await room.told() == []


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


async def test_what_was_done_is_not_done_again_when_the_inbox_cannot_be_read(
    room: Room, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    is_settled, faults = Inbox.is_settled, list[OSError]()

    async def asked(inbox: Inbox, *args: Any) -> bool:
        if faults:
            raise faults.pop()
        return await is_settled(inbox, *args)

    async def handle(receipt: Receipt, _attempt: int) -> None:
        await room.commits(receipt)
        faults.append(OSError("the disk is gone"))
        raise LookupError

    monkeypatch.setattr(Inbox, "is_settled", asked)
    await room.works(handle, message=message(WORDS, sender=OLGA))
    assert ((await room.row())["state"], room.attempts, pauses) == ("done", 1, [1.0])


# --- what may be kept of an update set aside ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("/start i_secret", "/start"),
        ("/START i_secret", "/start"),
        ("/start@mcu_bot i_secret", "/start"),
        ("код t.me/mcu_bot?start=i_secret", "код"),
        ("https://vk.com/wall-1_2 пишут", "пишут"),
        ("передайте @zorya_v", "передайте [имя скрыто]"),
        ("почта z@example.org", "почта [почта скрыта]"),
        ("Нет света", "Нет света"),
    ],
)
@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("field", ["text", "caption"])
def test_no_names_links_or_codes_remain(kind: str, field: str, words: str, left: str) -> None:
    replied = message("Зоряна дома", sender=ME.id, number=54)
    remainder = remains({"update_id": 1, kind: message(sender=OLGA, reply_to_message=replied) | {field: words}})
    assert remainder | {"words": remainder["words"].strip()} == {"kind": kind, "message_id": 55, "words": left}


def test_of_a_press_its_button_remains() -> None:
    assert remains({"update_id": 1, "callback_query": press("b:1:2")})["words"] == "b:1:2"


def test_of_a_change_of_membership_nobody_remains() -> None:
    membership = {"chat": {"id": -1}, "from": {"id": OLGA}, "new_chat_member": {"user": {"id": ME.id}}}
    left = remains({"update_id": 1, "my_chat_member": membership})
    assert left == {"kind": "my_chat_member", "message_id": None, "words": ""}


@pytest.mark.parametrize("payload", [{"update_id": 1}, {"update_id": 1, "poll": {"question": "Нет света?"}}])
def test_of_an_unknown_update_nothing_remains(payload: Json) -> None:
    assert remains(payload) == {"kind": ""}


def test_a_name_that_the_messenger_marked_does_not_remain() -> None:
    entity = {"type": "text_mention", "offset": 9, "length": 6}
    content = {"message_id": 5, "text": "Спросите Зоряну", "entities": [entity]}
    assert remains({"message": content})["words"] == "Спросите [имя скрыто]"


def test_of_a_press_the_message_remains_by_its_number() -> None:
    assert remains({"callback_query": {"data": "cp:1:2", "message": {"message_id": 70}}})["message_id"] == 70
