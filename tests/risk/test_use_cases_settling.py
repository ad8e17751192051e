"""What is owed about appeals follows from what exports say and from the office's rules, in batches, and once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import pytest

from risk.appeal_cases import AppealHappening, Press, Pressed, Redirected
from risk.appeals import AppealSource, AppealState, Regime
from risk.ids import BlockKey, LevelKey, OfficeId
from risk.obligations import ObligationKind
from risk.offices import OfficePlan
from risk.routing import RoutingField, RoutingRule
from risk.use_cases import settling
from risk.use_cases.settling import reckon_appeals, settle_appeals
from storage import tables
from storage.mapping import PLAN as PLAN_ADAPTER
from storage.mapping import dumped
from tests.risk.rota import seat_of
from tests.support.exported import appeal, export_comes, given_to
from tests.support.offices import NOW, PLAN, Offices, StaffedOffice

HOUR: Final = timedelta(hours=1)
ROADS: Final = RoutingRule(block=BlockKey("roads"), words={RoutingField.ORGANISATION: ("Отдел ЖКХ",)})
MOSCOW_CLOSING: Final = datetime(2026, 11, 18, 15, tzinfo=UTC)


async def settles(office: StaffedOffice, now: datetime = NOW) -> int:
    return await settle_appeals(uow=office.uow, view=office.view, now=now)


async def plan_is(offices: Offices, plan: OfficePlan) -> None:
    async with offices.database.write() as connection:
        of_office = tables.offices.c.id == OfficeId(1)
        await connection.execute(tables.offices.update().where(of_office).values(plan=dumped(PLAN_ADAPTER, plan)))
        await connection.commit()


async def owed(offices: Offices) -> list[dict[str, Any]]:
    return [row for row in await offices.rows(tables.obligations) if row["ended_at"] is None]


@pytest.fixture
async def ours(offices: Offices) -> StaffedOffice:
    """Its rules give everything of these tests to the block of roads."""
    await plan_is(offices, replace(PLAN, routing=(ROADS,)))
    return offices.ours


async def test_what_an_export_brings_is_owed_by_the_block_that_the_rules_give_it_to(
    offices: Offices, ours: StaffedOffice
) -> None:
    await export_comes(ours.uow, appeal("1"), appeal("2", planned_on=None, regime=Regime.LAW_59), made_at=NOW)
    assert await settles(ours) == 2
    told = [(row["kind"], row["block"], row["known_from"], row["level"]) for row in await owed(offices)]
    assert told == [(ObligationKind.APPEAL_ANSWER, "roads", AppealSource.POS, None)] * 2
    assert (await owed(offices))[0]["due_at"] == MOSCOW_CLOSING
    assert await settles(ours) == 0


async def test_what_is_answered_is_owed_no_more(offices: Offices, ours: StaffedOffice) -> None:
    await export_comes(ours.uow, appeal(), made_at=NOW)
    await settles(ours)
    await export_comes(ours.uow, appeal(finished_on=date(2026, 11, 20)), made_at=NOW + HOUR)
    await settles(ours, NOW + HOUR)
    assert await owed(offices) == []


async def test_a_planned_date_that_was_moved_is_another_ladder(offices: Offices, ours: StaffedOffice) -> None:
    await export_comes(ours.uow, appeal(), made_at=NOW)
    await settles(ours)
    await export_comes(ours.uow, appeal(planned_on=date(2026, 12, 2)), made_at=NOW + HOUR)
    await settles(ours, NOW + HOUR)
    [row] = await owed(offices)
    assert (row["due_at"], row["since"]) == (datetime(2026, 12, 2, 15, tzinfo=UTC), NOW + HOUR)


async def test_the_two_clocks_of_im_are_two_things_owed(offices: Offices, ours: StaffedOffice) -> None:
    of_im: dict[str, Any] = {"source": AppealSource.IM, "regime": Regime.IM, "planned_on": None, "created_at": NOW}
    await export_comes(ours.uow, appeal("7", **of_im), made_at=NOW, source=AppealSource.IM)
    await settles(ours)
    [first] = await owed(offices)
    answered = appeal("7", **of_im, first_answered_at=NOW + HOUR)
    await export_comes(ours.uow, answered, made_at=NOW + 2 * HOUR, source=AppealSource.IM)
    await settles(ours, NOW + 2 * HOUR)
    [final] = await owed(offices)
    assert (first["kind"], final["kind"]) == (ObligationKind.FIRST_ANSWER, ObligationKind.APPEAL_ANSWER)


@pytest.mark.parametrize("how", ["pressed", "redirected", "undistributed"])
async def test_nothing_is_owed_while_nobody_could_do_anything(offices: Offices, ours: StaffedOffice, how: str) -> None:
    await export_comes(ours.uow, appeal(), made_at=NOW)
    await settles(ours)
    by = await seat_of(ours, ours.head)
    async with ours.uow() as unit:
        [case] = await unit.appeals.numbered("6100013")
        changed = {
            "pressed": replace(case, pressed=Pressed(press=Press.SENT, at=NOW, by=by)),
            "redirected": replace(case, redirected=Redirected(to="Минздрав", on=date(2026, 11, 20))),
            "undistributed": replace(case, block=None, chosen=True),
        }
        await unit.appeals.save(changed[how])
        await unit.appeals.unsettle_all()
        await unit.commit()
    await settles(ours)
    assert await owed(offices) == []


async def test_another_rule_of_distribution_moves_what_nobody_has_chosen_and_says_so_in_its_history(
    offices: Offices, ours: StaffedOffice
) -> None:
    await export_comes(ours.uow, appeal("1"), appeal("2"), made_at=NOW)
    await given_to(ours.uow, "roads", "2")
    await settles(ours)
    social = replace(ROADS, block=BlockKey("social"))
    await plan_is(offices, replace(PLAN, routing=(social,)))
    assert await reckon_appeals(uow=ours.uow, view=ours.view, now=NOW + HOUR) == 2
    async with ours.view() as view:
        [moved], [kept] = await view.appeals.numbered("1"), await view.appeals.numbered("2")
        lines = [await view.appeals.changes_of(case.id) for case in (moved, kept)]
    assert (moved.block, kept.block) == ("social", "roads")
    assert [[each.happening for each in of_one] for of_one in lines] == [
        [AppealHappening.IMPORTED, AppealHappening.RECKONED],
        [AppealHappening.IMPORTED],
    ]
    assert lines[0][-1].block == "social"


async def test_at_the_start_nothing_changes_where_the_rules_are_what_they_were(
    offices: Offices, ours: StaffedOffice
) -> None:
    await export_comes(ours.uow, appeal(), made_at=NOW)
    await settles(ours)
    before = [await offices.rows(table) for table in (tables.obligations, tables.appeals, tables.appeal_changes)]
    await reckon_appeals(uow=ours.uow, view=ours.view, now=NOW + HOUR)
    after = [await offices.rows(table) for table in (tables.obligations, tables.appeals, tables.appeal_changes)]
    assert after == before


async def test_what_people_say_of_an_appeal_registered_by_hand_stands(offices: Offices, ours: StaffedOffice) -> None:
    await export_comes(ours.uow, appeal(source=AppealSource.HAND, regime=Regime.BY_HAND), made_at=NOW,
                       source=AppealSource.HAND)  # fmt: skip
    async with ours.uow() as unit:
        [case] = await unit.appeals.numbered("6100013")
        await unit.appeals.save(replace(case, state=AppealState.DEFERRED))
        await unit.appeals.unsettle_all()
        await unit.commit()
    await settles(ours)
    async with ours.view() as view:
        [case] = await view.appeals.numbered("6100013")
    assert case.state is AppealState.DEFERRED
    [row] = await owed(offices)
    assert row["known_from"] is None


async def test_more_than_a_batch_is_settled_in_several_commits(
    offices: Offices, ours: StaffedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "AT_ONCE", 3)
    await export_comes(ours.uow, *[appeal(str(number)) for number in range(8)], made_at=NOW)
    assert await settles(ours) == 8
    assert len(await owed(offices)) == 8


async def test_appeals_of_another_office_are_left_alone(offices: Offices, ours: StaffedOffice) -> None:
    await export_comes(offices.theirs.uow, appeal(), made_at=NOW)
    assert await settles(ours) == 0


async def test_what_has_no_level_is_reminded_of_by_the_offices_usual_ladder(
    offices: Offices, ours: StaffedOffice
) -> None:
    """The first rung is Wednesday's dawn, two working hours before its closing come later."""
    await export_comes(ours.uow, appeal(planned_on=date(2026, 11, 25)), made_at=NOW)
    await settles(ours)
    [row] = await owed(offices)
    assert PLAN.ladder(None) == PLAN.level(LevelKey("medium")).ladder
    assert PLAN.calendar.local(row["next_at"]).time() == time(6)
