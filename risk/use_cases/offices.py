"""A preset loaded again over a founded office, and its calendar kept up to date; founding itself is in `founding`."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from risk.calendar import WorkingCalendar
from risk.offices import OfficePlan
from risk.ports import OpenUnit, OpenView, Unit, UnitOfWork
from risk.preset_loading import Living, PresetLoading, loading_over
from risk.seats import SeatChanges
from risk.staff_events import StaffEvent, StaffEventKind
from risk.standing import Subject
from risk.use_cases.menus import show_all_commands
from risk.use_cases.seating import withdraw_entries

CalendarOf = Callable[[OfficePlan], WorkingCalendar]
"""The calendar in force for an office of this plan, as it is known now."""


async def compare_preset(loaded: OfficePlan, *, view: OpenView) -> PresetLoading:
    """What `load_preset_anew` would do. For the operator's shell."""
    async with view() as unit:
        return await _loading(unit, loaded)


async def load_preset_anew(loaded: OfficePlan, *, uow: OpenUnit, now: datetime) -> PresetLoading:
    """Let the office go by this plan from now on; nothing is written when it changes nothing. For the shell.

    Cards and forms that stand are shown anew; an open form loses what the office offers no more.
    """
    async with uow() as unit:
        loading = await _loading(unit, loaded)
        if loading.changes_something:
            await unit.preset.store(loading.plan)
            for seats in loading.seats:
                await _seats_changed(unit, seats)
            for key in loading.overruled:
                await unit.settings.drop(key)
            await unit.staff_events.add(_loaded(loading, now))
            await _shown_anew(unit, loading.plan)
            await show_all_commands(unit, now)
            await unit.commit()
    return loading


async def renew_calendar(calendar_of: CalendarOf, *, uow: OpenUnit) -> bool:
    """Take over what became known of working days since the preset was loaded; whether anything did."""
    async with uow() as unit:
        plan = await unit.preset.read()
        renewed = replace(plan, calendar=calendar_of(plan))
        if renewed == plan:
            return False
        await unit.preset.store(renewed)
        await _shown_anew(unit, renewed)
        await unit.commit()
    return True


async def _loading(unit: Unit, loaded: OfficePlan) -> PresetLoading:
    risks = await unit.risks.all_open()
    living = Living(
        positions=await unit.people.positions(),
        named=await unit.people.named_in_history(),
        blocks=Counter(str(risk.block) for risk in risks if risk.block is not None),
        levels=Counter(str(risk.level) for risk in risks),
        overrides=await unit.settings.all(),
    )
    return loading_over(await unit.preset.read(), loaded, living)


async def _seats_changed(unit: UnitOfWork, seats: SeatChanges) -> None:
    for position in seats.removed:
        await unit.people.remove_position(position)
    for position, number in seats.renumbered:
        await unit.people.renumber(position, number)
    for number in seats.added:
        await unit.people.add_position(seats.role, number=number)
    for position in seats.voided:
        await unit.invitations.void(position)
        await withdraw_entries(unit, position)


async def _shown_anew(unit: UnitOfWork, plan: OfficePlan) -> None:
    for risk in await unit.risks.all_open():
        await unit.standing.refresh(Subject.RISK, risk.id)
    for draft in await unit.drafts.all_open():
        await unit.drafts.save(draft.within(plan))
        await unit.standing.refresh(Subject.DRAFT, draft.id)


def _loaded(loading: PresetLoading, now: datetime) -> StaffEvent:
    conflicts = sum(change.is_conflict for change in loading.changes)
    facts = {"changes": str(len(loading.changes)), "conflicts": str(conflicts)}
    return StaffEvent(at=now, kind=StaffEventKind.PRESET_LOADED, by=None, facts=facts)
