"""Reading the ledger of reminders, and the hourly watch: who may, which days, and what the watch says to whom."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

import pytest

from risk.errors import NotListed, NotPermitted
from risk.ladders import RungKind
from risk.ledgers import Strays
from risk.notices import RemindersAstray
from risk.nudges import NudgeState, Why
from risk.powers import Power
from risk.records import RecordKind
from risk.use_cases.nudge_ledger import LedgerFacts, read_ledger, watch_reminders
from risk.use_cases.nudging import nudge
from risk.use_cases.working import take_up
from storage import tables
from tests.risk.rota import planned
from tests.risk.worked import presses, puts
from tests.support.offices import CURATOR, HEAD_ROADS, NOW, OFFICER, Offices, StaffedOffice

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON: Final = NOW + 2 * HOUR
"""Two hours before what was filed at 10:00 is due: the first reminder."""
MONDAY: Final = NOW + 3 * DAY
"""10:00; overdue since Friday 14:00, and said at 9:00."""


async def remind(office: StaffedOffice, *moments: datetime) -> None:
    for moment in moments:
        await nudge(uow=office.uow, view=office.view, now=moment)


async def sent(offices: Offices) -> None:
    """The messenger has taken all that was to be said."""
    async with offices.database.write() as connection:
        await connection.execute(tables.outbox.update().values(state="sent"))
        await connection.commit()


async def ledger(office: StaffedOffice, now: datetime) -> LedgerFacts:
    return await read_ledger(actor=office.head, view=office.view, now=now)


async def astray(offices: Offices, office: StaffedOffice) -> Sequence[RemindersAstray]:
    return [each for each in await planned(offices, office.actor(OFFICER)) if isinstance(each, RemindersAstray)]


# --- reading --------------------------------------------------------------------------------------


async def test_the_ledger_is_for_whoever_decides(office: StaffedOffice) -> None:
    await ledger(office, NOW)
    for actor in (office.olga, office.actor(HEAD_ROADS), office.actor(OFFICER), office.actor(CURATOR)):
        with pytest.raises(NotPermitted) as refused:
            await read_ledger(actor=actor, view=office.view, now=NOW)
        assert refused.value.power is Power.DECIDE
    with pytest.raises(NotListed):
        await read_ledger(actor=office.stranger, view=office.view, now=NOW)


async def test_of_an_office_where_nothing_was_owed_it_is_empty(office: StaffedOffice) -> None:
    told = await ledger(office, NOW)
    assert (told.ledger.first, told.ledger.last) == (date(2026, 11, 14), date(2026, 11, 20))
    assert (told.ledger.planned, told.ledger.seats, told.late) == (0, [], {})
    assert told.strays == Strays(rungs=0, nudges=0, messages=0)


async def test_it_tells_what_was_said_to_whom_and_what_is_late(offices: Offices, office: StaffedOffice) -> None:
    """Two reminders to the head of the block, on Friday and on Monday; nothing was done."""
    await office.filed("Яма на дороге")
    await remind(office, NOON)
    await sent(offices)
    await remind(office, MONDAY)
    await sent(offices)
    told = await ledger(office, MONDAY)
    (line,) = told.ledger.seats
    assert told.titles[line.position] == "руководитель блока «Дороги, ЖКХ, благоустройство»"
    assert (line.said, line.acted, line.unanswered) == (2, 0, 1)
    assert told.late == {"руководитель блока «Дороги, ЖКХ, благоустройство»": 1}
    person = await office.person(office.actor(HEAD_ROADS))
    assert told.ledger.messages == {person: {date(2026, 11, 20): 1, date(2026, 11, 23): 1}}
    assert told.people[person] == "руководитель блока «Дороги, ЖКХ, благоустройство»"


async def test_it_tells_what_a_reminder_has_led_to_and_how_soon(offices: Offices, office: StaffedOffice) -> None:
    risk = await office.filed("Яма на дороге")
    await remind(office, NOON)
    await sent(offices)
    await presses(office, take_up, risk, by=office.actor(HEAD_ROADS), now=NOON + HOUR)
    await puts(office, risk, RecordKind.CONFIRMED, "Видели", by=office.actor(HEAD_ROADS), now=NOON + HOUR)
    (line,) = (await ledger(office, MONDAY)).ledger.seats
    assert (line.said, line.acted, line.unanswered, line.median_wait) == (1, 1, 0, HOUR)


async def test_it_goes_back_seven_days_today_among_them(offices: Offices, office: StaffedOffice) -> None:
    """Friday's reminder is in the ledger until Thursday, and not on the next Friday."""
    await office.filed("Яма на дороге")
    await remind(office, NOON)
    assert (await ledger(office, NOW + 6 * DAY)).ledger.planned == 1
    assert (await ledger(office, NOW + 7 * DAY)).ledger.planned == 0


async def test_what_waited_for_the_morning_is_told_by_its_reason(office: StaffedOffice) -> None:
    await office.filed("Яма на дороге")
    await remind(office, NOW + 12 * HOUR, MONDAY - HOUR, MONDAY)
    told = (await ledger(office, MONDAY)).ledger
    assert told.held == {Why.CLOSED: 1}
    assert told.unsaid == {Why.FOLDED: 1}


async def test_another_office_is_not_looked_into(offices: Offices) -> None:
    await offices.theirs.filed("Яма на дороге")
    await remind(offices.theirs, NOON)
    told = await ledger(offices.ours, MONDAY)
    assert (told.ledger.planned, told.late, told.strays.total) == (0, {}, 0)


# --- the watch ------------------------------------------------------------------------------------


async def watch(office: StaffedOffice, now: datetime) -> int:
    return await watch_reminders(uow=office.uow, view=office.view, now=now)


async def test_when_all_has_an_outcome_nothing_is_said(offices: Offices, office: StaffedOffice) -> None:
    """What is ahead, what was said and has arrived, what is held for the morning."""
    await office.filed("Яма на дороге")
    assert await watch(office, NOW + HOUR) == 0
    await remind(office, NOON)
    await sent(offices)
    assert await watch(office, NOON + 2 * HOUR) == 0
    await office.filed("Нет света", now=NOW + 3 * HOUR)
    await remind(office, NOW + 20 * HOUR)
    assert [row["state"] for row in await offices.rows(tables.nudges)][-1] == NudgeState.HELD
    assert await watch(office, NOW + 20 * HOUR) == 0
    assert await astray(offices, office) == []


async def test_a_rung_that_nobody_has_climbed_for_an_hour_is_told_to_whoever_operates(
    offices: Offices, office: StaffedOffice
) -> None:
    await office.filed("Яма на дороге")
    assert await watch(office, NOON + HOUR - timedelta(minutes=1)) == 0
    assert await watch(office, NOON + HOUR) == 1
    assert await astray(offices, office) == [RemindersAstray(count=1)]
    assert not [each for each in await planned(offices, office.head) if isinstance(each, RemindersAstray)]
    assert (await ledger(office, NOON + HOUR)).strays == Strays(rungs=1, nudges=0, messages=0)


async def test_a_message_that_does_not_leave_is_told_too(offices: Offices, office: StaffedOffice) -> None:
    await office.filed("Яма на дороге")
    await remind(office, NOON)
    assert await watch(office, NOON + HOUR) == 1
    assert (await ledger(office, NOON + HOUR)).strays == Strays(rungs=0, nudges=0, messages=1)
    await sent(offices)
    assert await watch(office, NOON + HOUR) == 0


async def test_it_is_told_once_a_day(offices: Offices, office: StaffedOffice) -> None:
    await office.filed("Яма на дороге")
    for hour in (1, 2, 3, 9):
        assert await watch(office, NOON + hour * HOUR) == 1
    assert len(await astray(offices, office)) == 1
    await watch(office, NOON + DAY)
    assert len(await astray(offices, office)) == 2


async def test_once_it_is_climbed_the_watch_is_content(offices: Offices, office: StaffedOffice) -> None:
    await office.filed("Яма на дороге")
    await watch(office, NOON + HOUR)
    await remind(office, NOON + HOUR)
    await sent(offices)
    assert await watch(office, NOON + 2 * HOUR) == 0
    assert [row["kind"] for row in await offices.rows(tables.nudges)] == [RungKind.BEFORE]


async def test_what_is_astray_in_one_office_is_not_told_in_another(offices: Offices) -> None:
    await offices.theirs.filed("Яма на дороге")
    assert await watch(offices.ours, NOON + DAY) == 0
    assert await watch(offices.theirs, NOON + DAY) == 1
