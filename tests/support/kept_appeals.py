"""A row of every kind that an export of appeals leaves in an office, for tests that must see all of them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from risk.appeal_cases import AppealCase, AppealHappening, Press, Pressed, change_of
from risk.appeals import Appeal, AppealSource, Regime
from risk.export_columns import Field, LayoutKind
from risk.export_layouts import ColumnMapping
from risk.first_answers import FirstAnswersOfDay
from risk.ids import AppealId, ImportId, PositionId
from risk.imports import Door, Import, ImportState
from risk.jobs import JobKind
from risk.ports import UnitOfWork
from risk.staging import Derivation

DAY = date(2026, 11, 9)


def _appeal(number: str, topic: str) -> Appeal:
    return Appeal(source=AppealSource.POS, number=number, regime=Regime.POS_ORDINARY, created_on=DAY, topic=topic)


async def keep_appeals(unit: UnitOfWork, position: PositionId, topic: str, now: datetime) -> AppealId:
    """One that was imported and pressed, one that is staged still; the caller commits. Gives the former."""
    one = await unit.imports.add(_import(position, now))
    derivation = Derivation(unit.office.plan)
    await unit.staging.add(one.id, [derivation.of(_appeal("6100013", topic))])
    await unit.staging.compare(one)
    await unit.staging.apply(one, now)
    [case] = await unit.appeals.numbered("6100013")
    pressed = Pressed(press=Press.SENT, at=now, by=position)
    await unit.appeals.save(case := _with(case, pressed))
    await unit.appeals.add_change(change_of(case, AppealHappening.PRESSED, now, position=position))
    await unit.appeals.note_settled([case.id])
    await unit.staging.add(one.id, [derivation.of(_appeal("6100014", topic))])
    await unit.staging.add_first_answers(one.id, [_first_answers()])
    mapping = ColumnMapping.of(AppealSource.HAND, {"Рег. №": Field.NUMBER, "Получено": Field.CREATED})
    await unit.imports.add_mapping(mapping, by=position, at=now)
    await unit.jobs.plan(JobKind.READ_EXPORT, one.id, now)
    return case.id


def _with(case: AppealCase, pressed: Pressed) -> AppealCase:
    return replace(case, pressed=pressed, acted_at=pressed.at)


def _import(position: PositionId, now: datetime) -> Import:
    return Import(
        id=ImportId(0),
        state=ImportState.APPLIED,
        door=Door.FOLDER,
        file="pos.xlsx",
        path="office/.taken/1",
        received_at=now,
        made_at=now,
        source=AppealSource.POS,
        layout=LayoutKind.POS,
        first_day=DAY,
        last_day=DAY,
        decided_by=position,
        decided_at=now,
    )


def _first_answers() -> FirstAnswersOfDay:
    times = (timedelta(hours=1),)
    return FirstAnswersOfDay(day=DAY, municipality=None, department=None, importance=None, total=2, times=times)
