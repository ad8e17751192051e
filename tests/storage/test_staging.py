"""Rows that wait for their «Загрузить»: stored as any others are, told apart as they come, swept once they are idle."""

from dataclasses import fields, replace
from datetime import timedelta, timezone
from typing import Any, Final

import pytest

from risk.appeals import Appeal, AppealKind, AppealOutcome, AppealSource, AppealState, Regime, Satisfaction
from risk.ids import BlockKey, ImportId
from risk.imports import Door, Import, ImportState
from risk.routing import Routed, RoutingField
from risk.staging import StagedAppeal
from storage import tables
from storage.appeal_mapping import staged_values
from storage.database import insert_many
from tests.support.offices import NOW, Offices, StaffedOffice

EAST: Final = timezone(timedelta(hours=3))
FULL: Final = Appeal(
    source=AppealSource.IM,
    number="700000",
    regime=Regime.IM,
    created_on=NOW.date(),
    created_at=NOW.replace(microsecond=7),
    channel="ВК",
    kind=AppealKind.SOLVABLE,
    finished_on=NOW.date(),
    finished_at=NOW.astimezone(EAST),
    first_answered_at=NOW,
    first_answer_in_norm=True,
    first_answer_time=timedelta(hours=1, microseconds=5),
    outcome=AppealOutcome.SOLVED,
    mark=5,
    satisfaction=Satisfaction.PLEASED,
    repeated=True,
    planned_on=NOW.date(),
)
EMPTY: Final = Appeal(source=AppealSource.POS, number="1", regime=Regime.POS_ORDINARY, created_on=NOW.date())


async def test_many_rows_at_once_are_stored_as_one_by_one(offices: Offices) -> None:
    one = await waiting(offices.ours)
    routed = Routed(block=BlockKey("roads"), field=RoutingField.TOPIC, word="ямы", rule=1)
    staged = [replace(row(1), appeal=FULL, due_at=NOW.astimezone(EAST), routed=routed), replace(row(2), appeal=EMPTY)]
    values = [staged_values(each) | {"office_id": 1, "import_id": one.id} for each in staged]
    table = tables.staged_appeals
    names = ", ".join(column.name for column in table.c if column.name != "id")
    raw = f"SELECT {names} FROM staged_appeals ORDER BY id"
    async with offices.database.write() as connection:
        for value in values:
            await connection.execute(table.insert().values(**value))
        slowly = (await connection.exec_driver_sql(raw)).all()
        await connection.execute(table.delete())
        await insert_many(connection, table, values)
        assert (await connection.exec_driver_sql(raw)).all() == slowly


async def waiting(office: StaffedOffice, state: ImportState = ImportState.WAITING) -> Import:
    async with office.uow() as unit:
        one = await unit.imports.add(
            Import(
                id=ImportId(0),
                state=state,
                door=Door.FOLDER,
                file="выгрузка.csv",
                path="выгрузка.csv",
                received_at=NOW,
                made_at=NOW,
                source=AppealSource.POS,
                first_day=NOW.date(),
                last_day=NOW.date(),
                decided_at=NOW,
            )
        )
        await unit.commit()
    return one


def row(number: int, **changed: Any) -> StagedAppeal:
    values: dict[str, Any] = {"source": AppealSource.POS, "regime": Regime.POS_ORDINARY, "created_on": NOW.date()}
    appeal = Appeal(number=str(number), **values | changed)
    return StagedAppeal(
        appeal=appeal,
        state=AppealState.OPEN,
        due_at=NOW,
        routed=None,
        territory=None,
    )


async def stages(office: StaffedOffice, one: Import, *rows: StagedAppeal) -> None:
    async with office.uow() as unit:
        await unit.staging.add(one.id, rows)
        await unit.commit()


async def left(offices: Offices) -> list[tuple[int, str, str | None]]:
    found = await offices.rows(tables.staged_appeals)
    return [(each["import_id"], each["number"], each["fate"]) for each in found]


async def applies(office: StaffedOffice, one: Import) -> None:
    async with office.uow() as unit:
        await unit.staging.compare(one)
        await unit.staging.apply(one, NOW)
        await unit.imports.save(replace(one, state=ImportState.APPLIED))
        await unit.commit()


async def sweeps(office: StaffedOffice, most: int = 100) -> bool:
    async with office.uow() as unit:
        swept = await unit.staging.sweep(most)
        await unit.commit()
    return swept


async def test_what_an_earlier_import_left_is_swept_and_what_waits_or_leads_back_is_not(offices: Offices) -> None:
    office = offices.ours
    first, second, third = [await waiting(office) for _ in range(3)]
    await stages(office, first, row(1), row(2))
    await applies(office, first)
    await stages(office, second, row(1), row(2, topic="Ямы"), row(3))
    await stages(office, third, row(1), row(4))
    await applies(office, second)
    assert not await sweeps(office)
    assert await left(offices) == [
        (third.id, "1", "same"),
        (third.id, "4", "new"),
        (second.id, "2", "before"),
    ]


async def test_a_sweep_takes_no_more_at_once_than_it_is_asked(offices: Offices) -> None:
    one = await waiting(offices.ours, ImportState.CANCELLED)
    await stages(offices.ours, one, *map(row, range(25)))
    assert [await sweeps(offices.ours, 10) for _ in range(3)] == [True, True, False]
    assert await left(offices) == []


async def test_a_sweep_is_of_one_office(offices: Offices) -> None:
    theirs = await waiting(offices.theirs, ImportState.CANCELLED)
    await stages(offices.theirs, theirs, row(1))
    await sweeps(offices.ours)
    assert await left(offices) == [(theirs.id, "1", "new")]


async def test_numbers_alike_of_two_offices_or_two_sources_are_two_appeals(offices: Offices) -> None:
    ours, theirs = await waiting(offices.ours), await waiting(offices.theirs)
    await stages(offices.theirs, theirs, row(1))
    await applies(offices.theirs, theirs)
    await stages(offices.ours, ours, row(1))
    async with offices.ours.uow() as unit:
        assert (await unit.staging.compare(ours)).new == 1


async def test_comparing_again_says_the_same_and_follows_what_is_known_by_then(offices: Offices) -> None:
    office = offices.ours
    early, late = await waiting(office), await waiting(office)
    rows = tuple(map(row, range(10)))
    await stages(office, late, *rows)
    await stages(office, early, *rows[:4])
    await applies(office, early)
    async with office.uow() as unit:
        for _ in range(2):
            compared = await unit.staging.compare(late)
            assert (compared.new, compared.same, compared.changed) == (6, 4, 0)
        await unit.staging.take_back(early, NOW)
        assert (await unit.staging.compare(late)).new == 10


OTHERWISE: Final[dict[str, Any]] = {
    "regime": Regime.LAW_59,
    "created_on": NOW.date() + timedelta(days=1),
    "created_at": NOW.replace(microsecond=8),
    "kind": AppealKind.OTHER,
    "planned_on": NOW.date() + timedelta(days=1),
    "finished_on": NOW.date() + timedelta(days=1),
    "finished_at": NOW + timedelta(seconds=1),
    "first_answered_at": NOW + timedelta(seconds=1),
    "first_answer_in_norm": False,
    "first_answer_time": timedelta(hours=1, microseconds=6),
    "outcome": AppealOutcome.EXPLAINED,
    "mark": 4,
    "satisfaction": Satisfaction.NEUTRAL,
    "repeated": False,
}
FACTS: Final = [each.name for each in fields(Appeal) if each.name not in {"source", "number"}]


async def comes_after(office: StaffedOffice, known: Appeal, told: Appeal) -> tuple[int, int]:
    """How many are changed and the same."""
    first, second = await waiting(office), await waiting(office)
    await stages(office, first, replace(row(1), appeal=known))
    await applies(office, first)
    await stages(office, second, replace(row(1), appeal=told, territory=None))
    async with office.uow() as unit:
        compared = await unit.staging.compare(second)
    return compared.changed, compared.same


@pytest.mark.parametrize("name", FACTS)
async def test_another_value_of_any_fact_is_a_change(offices: Offices, name: str) -> None:
    told = replace(FULL, **{name: OTHERWISE.get(name, "иначе")})
    assert await comes_after(offices.ours, FULL, told) == (1, 0)


@pytest.mark.parametrize("name", [each.name for each in fields(Appeal) if each.default is None])
async def test_a_fact_that_is_empty_now_or_was_before_is_a_change(offices: Offices, name: str) -> None:
    empty: dict[str, Any] = {name: None}
    full = replace(FULL, **{name: OTHERWISE.get(name, "иначе")})
    bare = replace(FULL, **empty)
    assert await comes_after(offices.ours, full, bare) == (1, 0)
    assert await comes_after(offices.theirs, bare, full) == (1, 0)


async def test_the_same_facts_are_no_change_whatever_follows_from_them(offices: Offices) -> None:
    assert await comes_after(offices.ours, FULL, replace(FULL)) == (0, 1)
