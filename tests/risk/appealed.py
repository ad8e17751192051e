"""Short words for the tests of appeals: one that stands in the office, presses and records about it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from risk.appeal_cases import AppealCase, AppealChange, AppealHappening, change_of
from risk.appeals import Appeal, AppealSource, Regime
from risk.ids import AppealId, BlockKey, RoleKey
from risk.people import Actor
from risk.records import CHOSEN, RecordKind
from risk.staging import Derivation
from risk.use_cases.appeal_keeping import keep_case
from risk.use_cases.appeal_records import OpenAppealForm, OpenAppealRecord, open_appeal_form, open_appeal_record
from tests.risk.worked import Pressed, chooses, open_record_of, says
from tests.support.offices import NOW, StaffedOffice

ROADS, SOCIAL = BlockKey("roads"), BlockKey("social")
HEAD_SOCIAL = RoleKey("head_social")


def appeal(**known: Any) -> Appeal:
    """Of ПОС, due on Monday 30.11, of a place that is of no block."""
    facts: dict[str, Any] = {
        "source": AppealSource.POS,
        "number": "6100013",
        "regime": Regime.POS_ORDINARY,
        "created_on": date(2026, 11, 9),
        "group": "Дороги",
        "topic": "Ямы на дороге",
        "planned_on": date(2026, 11, 30),
        "step": "Назначен исполнитель",
    }
    return Appeal(**{**facts, **known})


async def stands(
    office: StaffedOffice,
    of: Appeal | None = None,
    *,
    block: BlockKey | None = ROADS,
    now: datetime = NOW,
    **known: Any,
) -> AppealCase:
    """An appeal as an import leaves it."""
    derived = Derivation(office.plan).of(of or appeal())
    case = AppealCase(
        id=AppealId(0), appeal=derived.appeal, state=derived.state, due_at=derived.due_at, block=block, **known
    )
    async with office.uow() as unit:
        stored = await unit.appeals.add(case)
        await keep_case(unit, stored, change_of(stored, AppealHappening.IMPORTED, now), now)
        await unit.commit()
    return stored


async def now_is(office: StaffedOffice, case: AppealCase | AppealId) -> AppealCase:
    async with office.view() as view:
        stored = await view.appeals.get(case.id if isinstance(case, AppealCase) else case)
    assert stored is not None
    return stored


async def becomes(office: StaffedOffice, case: AppealCase, **known: Any) -> AppealCase:
    """Whatever a later import, or anybody, may have made of it."""
    changed = replace(await now_is(office, case), **known)
    async with office.uow() as unit:
        await unit.appeals.save(changed)
        await unit.commit()
    return changed


async def story(office: StaffedOffice, case: AppealCase) -> list[AppealChange]:
    async with office.view() as view:
        return list(await view.appeals.changes_of(case.id))


async def puts(
    office: StaffedOffice, case: AppealCase, kind: RecordKind, *answers: str | Pressed, by: Actor, now: datetime = NOW
) -> None:
    """A record from its opening to its last answer."""
    wanted = OpenAppealRecord(appeal=case.id, kind=kind, place=office.private(by))
    await open_appeal_record(wanted, actor=by, uow=office.uow, now=now)
    await answers_all(office, *answers, by=by, now=now)


async def registers(
    office: StaffedOffice, *answers: str | Pressed, by: Actor | None = None, now: datetime = NOW
) -> None:
    author = by or office.olga
    await open_appeal_form(OpenAppealForm(place=office.private(author)), actor=author, uow=office.uow, now=now)
    await answers_all(office, *answers, by=author, now=now)


async def answers_all(office: StaffedOffice, *answers: str | Pressed, by: Actor, now: datetime) -> None:
    for answer in answers:
        record = await open_record_of(office, by)
        assert record is not None, "more answers than questions"
        if isinstance(answer, Pressed) or record.asked in CHOSEN:
            value = answer.value if isinstance(answer, Pressed) else answer
            await chooses(office, record, value, by=by, now=now)
        else:
            assert await says(office, answer, by=by, now=now)
    assert await open_record_of(office, by) is None, "more questions than answers"


async def numbered(office: StaffedOffice, number: str) -> AppealCase:
    async with office.view() as view:
        [case] = await view.appeals.numbered(number)
    return case


async def somebody_in(office: StaffedOffice, role: RoleKey) -> Actor:
    """Somebody new who holds this seat and nothing else."""
    async with office.uow() as unit:
        seat = next(each for each in await unit.people.positions() if each.role == role)
        await unit.people.seat(seat.id, await unit.people.find_or_add(office.newcomer.address), NOW)
        await unit.commit()
    return office.newcomer
