"""Appeals as daily exports bring them, put in through the storage; reading files is tried elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from risk.appeal_cases import AppealCase
from risk.appeals import Appeal, AppealSource, Regime
from risk.ids import BlockKey, ImportId
from risk.imports import Door, Import, ImportState
from risk.ports import OpenUnit
from risk.staging import Derivation


def appeal(number: str = "6100013", planned_on: date | None = date(2026, 11, 18), **kept: Any) -> Appeal:
    """Of ПОС, of Monday 09.11.2026, about pot-holes, unless something else is said."""
    values: dict[str, Any] = {
        "source": AppealSource.POS,
        "regime": Regime.POS_ORDINARY,
        "created_on": date(2026, 11, 9),
        "topic": "Ямы на Советской",
        "organisation": "Отдел ЖКХ",
    }
    return Appeal(number=number, planned_on=planned_on, **values | kept)


async def export_comes(
    uow: OpenUnit, *appeals: Appeal, made_at: datetime, source: AppealSource = AppealSource.POS
) -> Import:
    """An export with these rows is applied, and tells of the moment at which it is."""
    days = [each.created_on for each in appeals] or [made_at.date()]
    async with uow() as unit:
        one = await unit.imports.add(
            Import(
                id=ImportId(0),
                state=ImportState.APPLYING,
                door=Door.FOLDER,
                file="export.xlsx",
                path="export.xlsx",
                received_at=made_at,
                made_at=made_at,
                source=source,
                first_day=min(days),
                last_day=max(days),
            )
        )
        derivation = Derivation(unit.office.plan)
        await unit.staging.add(one.id, [derivation.of(each) for each in appeals])
        await unit.staging.compare(one)
        await unit.staging.apply(one, made_at)
        applied = replace(one, state=ImportState.APPLIED, decided_at=made_at)
        await unit.imports.save(applied)
        await unit.commit()
    return applied


async def given_to(uow: OpenUnit, block: str, *numbers: str) -> Sequence[AppealCase]:
    """Somebody gives the appeals of these numbers to the block by hand; they are to be settled anew."""
    given = []
    async with uow() as unit:
        for number in numbers:
            [case] = await unit.appeals.numbered(number)
            given.append(replace(case, block=BlockKey(block), chosen=True))
        await unit.appeals.save_all(given)
        await unit.appeals.unsettle_all()
        await unit.commit()
    return given
