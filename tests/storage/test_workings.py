"""Rounds, followers and records of an office as they are found: what is due, whose it is, what was told already."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from risk.ids import PersonId, PositionId, RecordId
from risk.records import Record, RecordKind, RecordStatus
from risk.risks import Risk, RiskState
from risk.workings import Working
from tests.support.offices import NOW, StaffedOffice

HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


async def awaiting(office: StaffedOffice, risk: Risk, check_at: datetime | None, **changed: Any) -> Working:
    """The current round of the risk, changed and with its next look at that moment."""
    async with office.uow() as unit:
        working = replace(await unit.workings.current(risk), **changed)
        await unit.workings.save(working, check_at=check_at, probe_at=None)
        await unit.commit()
    return working


async def told_of(office: StaffedOffice, working: Working) -> None:
    async with office.uow() as unit:
        await unit.workings.note_told(working)
        await unit.commit()


async def untold(office: StaffedOffice, now: datetime) -> list[Working]:
    async with office.view() as unit:
        return list(await unit.workings.checks_untold(now))


async def position_of(office: StaffedOffice, person: PersonId) -> PositionId:
    async with office.view() as unit:
        return next(each.id for each in await unit.people.positions() if each.holder == person)


async def test_a_look_is_due_from_its_moment_on_the_longest_due_first(office: StaffedOffice) -> None:
    later, sooner, never = [await office.filed() for _ in range(3)]
    second, first = await awaiting(office, later, NOW + HOUR), await awaiting(office, sooner, NOW)
    await awaiting(office, never, None)
    assert await untold(office, NOW - INSTANT) == []
    assert await untold(office, NOW) == [first]
    assert await untold(office, NOW + HOUR) == [first, second]


async def test_whoever_was_told_of_a_look_is_not_told_again_until_another_is_due(office: StaffedOffice) -> None:
    risk = await office.filed()
    await told_of(office, await awaiting(office, risk, NOW))
    assert await untold(office, NOW + HOUR) == []
    await awaiting(office, risk, NOW, mentions=1)
    assert await untold(office, NOW + HOUR) == [], "something else about the round has changed"
    another = await awaiting(office, risk, NOW + HOUR)
    assert await untold(office, NOW + HOUR) == [another]


async def test_whoever_takes_the_watch_over_is_told_of_a_look_that_is_due(office: StaffedOffice) -> None:
    risk = await office.filed()
    await told_of(office, await awaiting(office, risk, NOW))
    ivan = await position_of(office, await office.person(office.ivan))
    taken = await awaiting(office, risk, NOW, watcher=ivan)
    assert await untold(office, NOW) == [taken]


async def test_a_look_stays_due_for_its_watcher_after_it_was_told_of(office: StaffedOffice) -> None:
    risk = await office.filed()
    working = await awaiting(office, risk, NOW)
    await told_of(office, working)
    other = await position_of(office, await office.person(office.ivan))
    async with office.view() as unit:
        assert await unit.workings.checks_due([risk.filed_by], NOW) == [working]
        assert await unit.workings.checks_due([risk.filed_by], NOW - INSTANT) == []
        assert await unit.workings.checks_due([other], NOW) == []


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
