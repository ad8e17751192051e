"""Rounds of which a published link is to be probed, as they are found."""

from dataclasses import replace
from datetime import datetime, timedelta

from risk.risks import Risk
from risk.workings import Working
from tests.support.offices import NOW, Offices, StaffedOffice

HOUR = timedelta(hours=1)


async def awaiting(office: StaffedOffice, probe_at: datetime | None) -> Risk:
    risk = await office.filed()
    async with office.uow() as unit:
        await unit.workings.save(await unit.workings.current(risk), probe_at=probe_at)
        await unit.commit()
    return risk


async def due(office: StaffedOffice, now: datetime, limit: int = 9) -> list[Working]:
    async with office.view() as unit:
        return list(await unit.workings.probes_due(now, limit=limit))


async def test_the_longest_due_come_first_and_no_more_than_are_asked_for(office: StaffedOffice) -> None:
    later, sooner = await awaiting(office, NOW + HOUR), await awaiting(office, NOW)
    await awaiting(office, None)
    assert [each.risk for each in await due(office, NOW)] == [sooner.id]
    assert [each.risk for each in await due(office, NOW + HOUR)] == [sooner.id, later.id]
    assert [each.risk for each in await due(office, NOW + HOUR, limit=1)] == [sooner.id]
    assert await due(office, NOW - HOUR) == []


async def test_a_round_that_its_risk_has_left_is_not_due(office: StaffedOffice) -> None:
    risk = await awaiting(office, NOW)
    async with office.uow() as unit:
        await unit.workings.begin((await unit.workings.current(risk)).next_round(None, begun_at=NOW))
        await unit.risks.save(replace(risk, round=2))
        await unit.commit()
    assert await due(office, NOW) == []


async def test_another_office_has_nothing_due(offices: Offices, office: StaffedOffice) -> None:
    await awaiting(office, NOW)
    assert await due(offices.theirs, NOW) == []
