"""Risks of an office as they are found: by number, by page, by their deadline."""

from dataclasses import replace
from datetime import timedelta

import pytest

from risk.ids import RiskId
from risk.risks import NumberAsked, Risk
from risk.standing import Panel
from risk.use_cases.reading import card_facts
from storage.repositories.risks import RiskRows
from tests.support.offices import NOW, Offices, StaffedOffice

NEW_YEAR = NOW + timedelta(days=60)


async def saved(office: StaffedOffice, risk: Risk) -> None:
    async with office.uow() as unit:
        await unit.risks.save(risk)
        await unit.commit()


async def test_a_number_without_its_year_means_the_newest(office: StaffedOffice) -> None:
    old, new = await office.filed("Прошлогодний"), await office.filed("Новый", now=NEW_YEAR)
    assert [str(old.number), str(new.number)] == ["ИР-1/26", "ИР-1/27"]
    async with office.view() as view:
        assert await view.risks.numbered(NumberAsked(serial=1, year=None)) == new
        assert await view.risks.numbered(NumberAsked(serial=1, year=2026)) == old
        assert await view.risks.numbered(NumberAsked(serial=1, year=2025)) is None


async def test_several_risks_are_read_at_once_in_the_order_asked_for(offices: Offices) -> None:
    first, second = await offices.ours.filed("Первый"), await offices.ours.filed("Второй")
    foreign = await offices.theirs.filed("Чужой")
    async with offices.ours.view() as view:
        asked = (second.id, RiskId(10_000), foreign.id, first.id)
        assert await view.risks.those(asked) == [second, first]
        assert await view.risks.those(()) == []


async def test_a_card_reads_the_risks_that_are_alike_at_once(
    office: StaffedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    risk, *others = [await office.filed(f"Случай {number}") for number in range(6)]
    async with office.uow() as unit:
        working = replace(await unit.workings.current(risk), alike=tuple(each.id for each in others))
        await unit.workings.save(working, probe_at=None)
        await unit.commit()
    asked: list[RiskId] = []
    get = RiskRows.get

    async def counted(rows: RiskRows, each: RiskId) -> Risk | None:
        asked.append(each)
        return await get(rows, each)

    monkeypatch.setattr(RiskRows, "get", counted)
    async with office.view() as view:
        facts = await card_facts(view, risk.id, Panel.MAIN, NOW)
    assert facts.alike == others
    assert asked == [risk.id]


async def test_open_risks_are_listed_by_their_deadline_then_by_their_filing(office: StaffedOffice) -> None:
    risks = [await office.filed(f"Случай {number}") for number in range(5)]
    await saved(office, replace(risks[3], verify_by=NOW))
    async with office.view() as view:
        first, total = await view.risks.open_page(offset=0, limit=2)
        rest, _ = await view.risks.open_page(offset=2, limit=10)
    assert total == 5
    assert [risk.id for risk in (*first, *rest)] == [risks[index].id for index in (3, 0, 1, 2, 4)]


async def test_a_risk_is_overdue_from_its_deadline_on_and_until_that_is_noted(office: StaffedOffice) -> None:
    risk = await office.filed()
    async with office.view() as view:
        assert await view.risks.overdue_unnoted(risk.verify_by - timedelta(microseconds=1)) == []
        assert await view.risks.overdue_unnoted(risk.verify_by) == [risk]
    await saved(office, replace(risk, overdue_noted=True))
    async with office.view() as view:
        assert await view.risks.overdue_unnoted(risk.verify_by) == []
