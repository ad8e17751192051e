"""The settings of the office that may be changed in the chat: shown, changed, given back to the preset."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from risk.office_settings import Setting, with_setting, written
from risk.offices import Office
from risk.people import Actor
from risk.ports import OpenUnit, OpenView, Unit
from risk.powers import Action
from risk.staff_events import StaffEvent, StaffEventKind
from risk.use_cases.permission import permitted


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsFacts:
    """What is in force, and which of it was `changed` in the chat."""

    office: Office
    changed: frozenset[Setting]


async def settings(*, actor: Actor, view: OpenView) -> SettingsFacts:
    async with view() as unit:
        await permitted(unit, actor, Action.READ_SETTINGS)
        known = await unit.settings.all()
        changed = frozenset(setting for setting in Setting if setting in known)
        return SettingsFacts(office=unit.office, changed=changed)


async def last_changed(unit: Unit, settings: Collection[Setting], *, since: datetime) -> datetime | None:
    """When one of them was, or may have been, changed last; None when none was, since that moment.

    Of a preset that was loaded anew it is not kept what became of each.
    """
    events = await unit.staff_events.since(since, {StaffEventKind.SETTING_CHANGED, StaffEventKind.PRESET_LOADED})
    touched = [
        each for each in events if each.kind is StaffEventKind.PRESET_LOADED or each.facts.get("setting") in settings
    ]
    return max((each.at for each in touched), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSetting:
    """`value` is written as a preset writes it."""

    setting: Setting
    value: str


async def change_setting(command: ChangeSetting, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Raises SettingUnfit for a value that a preset could not have either."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.CHANGE_SETTING)
        before = written(unit.office.plan, command.setting)
        after = written(with_setting(unit.office.plan, command.setting, command.value), command.setting)
        signed = member.acting_as.id
        await unit.settings.put(command.setting, after, by=signed, at=now)
        if after != before:
            facts = {"setting": str(command.setting), "before": before, "after": after}
            await unit.staff_events.add(StaffEvent(at=now, kind=StaffEventKind.SETTING_CHANGED, by=signed, facts=facts))
        await unit.commit()


async def restore_setting(setting: Setting, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """As the preset has it, from now on."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.CHANGE_SETTING)
        if setting in await unit.settings.all():
            facts = {"setting": str(setting), "before": written(unit.office.plan, setting)}
            await unit.settings.drop(setting)
            await unit.staff_events.add(
                StaffEvent(at=now, kind=StaffEventKind.SETTING_CHANGED, by=member.acting_as.id, facts=facts)
            )
        await unit.commit()
