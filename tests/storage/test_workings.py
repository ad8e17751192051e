"""Rounds, followers and records of an office as they are found: which are in work, whose they are."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from risk.ids import RecordId
from risk.records import Record, RecordKind, RecordStatus
from risk.risks import RiskState
from risk.workings import Working
from tests.support.offices import NOW, StaffedOffice

HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


async def test_watched_are_the_rounds_that_open_risks_are_in(office: StaffedOffice) -> None:
    anew, over, first_round = [await office.filed() for _ in range(3)]
    async with office.uow() as unit:
        second = Working(risk=anew.id, round=2, watcher=anew.filed_by)
        await unit.workings.begin(second)
        await unit.risks.save(replace(anew, round=2, state=RiskState.ANSWERING))
        await unit.risks.save(replace(over, state=RiskState.WORKED_OFF))
        only = await unit.workings.current(first_round)
        assert await unit.workings.watched_by([anew.filed_by]) == [second, only]
        assert await unit.workings.watched_by([]) == []


async def test_a_risk_is_followed_once_by_each_position_until_it_is_no_more(office: StaffedOffice) -> None:
    risk, other = await office.filed(), await office.filed()
    async with office.uow() as unit:
        first, second, *_ = [each.id for each in await unit.people.positions()]
        for position in (second, first, second):
            await unit.followers.add(risk.id, position)
        await unit.followers.add(other.id, second)
        assert await unit.followers.of(risk.id) == [first, second]
        assert await unit.followers.followed_by([second]) == {risk.id, other.id}
        await unit.followers.remove(risk.id, second)
        await unit.followers.remove(other.id, first)
        assert (await unit.followers.of(risk.id), await unit.followers.of(other.id)) == ([first], [second])


async def recorded(office: StaffedOffice, *, touched_at: datetime = NOW) -> Record:
    async with office.uow() as unit:
        [risk, *_] = await unit.risks.all_open()
        record = Record(
            id=RecordId(0),
            author=await office.person(office.olga),
            place=office.private(office.olga),
            risk=risk.id,
            round=1,
            kind=RecordKind.NOTE,
            status=RecordStatus.OPEN,
            touched_at=touched_at,
        )
        stored = await unit.records.add(record)
        await unit.commit()
    return stored


@pytest.mark.parametrize("status", [RecordStatus.DONE, RecordStatus.CANCELLED])
async def test_open_records_of_a_person_are_listed_the_newest_first(
    office: StaffedOffice, status: RecordStatus
) -> None:
    await office.filed()
    first, second, ended = [await recorded(office) for _ in range(3)]
    olga, ivan = await office.person(office.olga), await office.person(office.ivan)
    async with office.uow() as unit:
        await unit.records.save(ended.ended(status))
        assert await unit.records.open_of(olga) == [second, first]
        assert await unit.records.open_of(ivan) == []


async def test_an_open_record_is_abandoned_when_nobody_has_touched_it_since(office: StaffedOffice) -> None:
    await office.filed()
    left, touched = await recorded(office), await recorded(office, touched_at=NOW + HOUR)
    async with office.uow() as unit:
        assert await unit.records.untouched_since(NOW) == []
        assert await unit.records.untouched_since(NOW + INSTANT) == [left]
        assert await unit.records.untouched_since(NOW + 2 * HOUR) == [left, touched]
        await unit.records.save(left.ended(RecordStatus.CANCELLED))
        assert await unit.records.untouched_since(NOW + 2 * HOUR) == [touched]
