"""Whether a planned notice still holds when its turn comes, and what it needs to be worded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from risk.notices import (
    AlertChatBound,
    AlertChatClosed,
    AppealWorkNotice,
    ExportNotice,
    Joined,
    Message,
    MessageSetAside,
    NameCorrected,
    PersonUnreachable,
    PositionLost,
    Reminder,
    ReminderNotice,
    RemindersAstray,
    RemovalFailed,
    ReportNotice,
    StrangersInChat,
    WorkNotice,
)
from risk.offices import Office
from risk.people import Actor, Address, Place, Position, in_order
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Power
from risk.risks import Risk
from risk.use_cases.appeal_work_telling import AppealTold, appeal_told
from risk.use_cases.export_watch import ExportTold, export_told
from risk.use_cases.permission import holders
from risk.use_cases.reminder_telling import ReminderTold, reminder_told
from risk.use_cases.report_telling import PaperTold, ReportTold, report_told
from risk.use_cases.rota_telling import RotaTold, rota_told
from risk.use_cases.staff import work_of
from risk.use_cases.work_telling import WorkTold, work_told


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """A notice that holds. `position` is the title of the position that it speaks of, `work` what waits there."""

    office: Office
    notice: Message
    now: datetime
    position: str | None = None
    name: str | None = None
    work: Sequence[Risk] = ()
    rota: RotaTold | None = None
    told: WorkTold | None = None
    appeal: AppealTold | None = None
    reminders: ReminderTold | None = None
    exports: ExportTold | None = None
    report: ReportTold | None = None

    @property
    def answers(self) -> int | None:
        """The message that it replies to."""
        return self.report.answers if isinstance(self.report, PaperTold) else None

    @property
    def waits(self) -> bool:
        """Whether something else is to be sent before it."""
        return isinstance(self.report, PaperTold) and self.report.waits


async def notice_facts(unit: Unit, notice: Message, place: Place, *, now: datetime) -> NoticeFacts | None:
    """What the courier words; None when the notice no longer holds and is moot."""
    match notice:
        case Joined() | PositionLost():
            return await _of_seat(unit, notice, place, now)
        case NameCorrected():
            return await _name_corrected(unit, notice, now)
        case RemovalFailed():
            return await _removal_failed(unit, notice, now)
        case AlertChatBound() | StrangersInChat():
            return await _of_alert_chat(unit, notice, now)
        case AlertChatClosed() | MessageSetAside():
            return NoticeFacts(office=unit.office, now=now, notice=notice)
        case of_reminders if isinstance(of_reminders, ReminderNotice):
            return await _of_reminders(unit, of_reminders, now)
        case of_figures if isinstance(of_figures, ExportNotice | ReportNotice):
            return await _of_figures(unit, of_figures, place, now)
        case of_work if isinstance(of_work, WorkNotice):
            return await _of_work(unit, of_work, now)
        case of_appeal if isinstance(of_appeal, AppealWorkNotice):
            return await _of_appeal(unit, of_appeal, now)
        case of_rota:
            told = await rota_told(unit, of_rota, place, now)
            return None if told is None else NoticeFacts(office=unit.office, now=now, notice=of_rota, rota=told)


async def report_set_aside(reference: str, *, sender: Actor, answer_in: Place, uow: OpenUnit, now: datetime) -> None:
    """A message could not be worked in: its sender and whoever operates the installation get its number."""
    async with uow() as unit:
        if await unit.people.find(sender.address) is not None:
            notice = MessageSetAside(reference=reference, for_operator=False)
            await unit.outbox.plan(notice, answer_in, due_at=now)
        for operator in await _operators(unit):
            if operator != sender.address:
                notice = MessageSetAside(reference=reference, for_operator=True)
                await unit.outbox.plan(notice, Place(address=operator), due_at=now)
        await unit.commit()


async def _operators(unit: UnitOfWork) -> list[Address]:
    people = {each.holder for each in await holders(unit, Power.OPERATE) if each.holder is not None}
    return [await unit.people.address_of(person) for person in sorted(people)]


async def _joined(unit: Unit, notice: Joined, place: Place, now: datetime) -> NoticeFacts | None:
    position = await unit.people.position(notice.position)
    if not await _holds(unit, position, place):
        return None
    title, work = position.title(unit.office.plan), await work_of(unit, position)
    return NoticeFacts(office=unit.office, now=now, notice=notice, position=title, work=work)


async def _position_lost(unit: Unit, notice: PositionLost, place: Place, now: datetime) -> NoticeFacts | None:
    position = await unit.people.position(notice.position)
    if await _holds(unit, position, place):
        return None
    return NoticeFacts(office=unit.office, now=now, notice=notice, position=position.title(unit.office.plan))


async def _name_corrected(unit: Unit, notice: NameCorrected, now: datetime) -> NoticeFacts | None:
    held = [each for each in await unit.people.positions() if each.holder == notice.person]
    if not held:
        return None
    title, person = held[0].title(unit.office.plan), await unit.people.person(notice.person)
    return NoticeFacts(office=unit.office, now=now, notice=notice, position=title, name=person.official_name)


async def _of_reminders(unit: Unit, notice: ReminderNotice, now: datetime) -> NoticeFacts | None:
    match notice:
        case RemindersAstray():
            return NoticeFacts(office=unit.office, now=now, notice=notice)
        case PersonUnreachable():
            return await _unreachable(unit, notice, now)
        case Reminder():
            told = await reminder_told(unit, notice, now)
            return None if told is None else NoticeFacts(office=unit.office, now=now, notice=notice, reminders=told)


async def _of_seat(unit: Unit, notice: Joined | PositionLost, place: Place, now: datetime) -> NoticeFacts | None:
    if isinstance(notice, Joined):
        return await _joined(unit, notice, place, now)
    return await _position_lost(unit, notice, place, now)


async def _of_work(unit: Unit, notice: WorkNotice, now: datetime) -> NoticeFacts | None:
    told = await work_told(unit, notice, now)
    return None if told is None else NoticeFacts(office=unit.office, now=now, notice=notice, told=told)


async def _of_alert_chat(unit: Unit, notice: AlertChatBound | StrangersInChat, now: datetime) -> NoticeFacts | None:
    holds = await unit.chats.alert_chat() is not None
    return NoticeFacts(office=unit.office, now=now, notice=notice) if holds else None


async def _of_appeal(unit: Unit, notice: AppealWorkNotice, now: datetime) -> NoticeFacts | None:
    told = await appeal_told(unit, notice, now)
    return None if told is None else NoticeFacts(office=unit.office, now=now, notice=notice, appeal=told)


async def _of_figures(
    unit: Unit, notice: ExportNotice | ReportNotice, place: Place, now: datetime
) -> NoticeFacts | None:
    if isinstance(notice, ExportNotice):
        exports = await export_told(unit, notice, now)
        return None if exports is None else NoticeFacts(office=unit.office, now=now, notice=notice, exports=exports)
    report = await report_told(unit, notice, place, now)
    return None if report is None else NoticeFacts(office=unit.office, now=now, notice=notice, report=report)


async def _unreachable(unit: Unit, notice: PersonUnreachable, now: datetime) -> NoticeFacts | None:
    """None when they can be written to again, or hold no position any more."""
    person = await unit.people.person(notice.person)
    held = [each for each in await unit.people.positions() if each.holder == notice.person]
    if person.unreachable_since is None or not held:
        return None
    title = in_order(held, unit.office.plan)[0].title(unit.office.plan)
    return NoticeFacts(office=unit.office, now=now, notice=notice, position=title, name=person.official_name)


async def _removal_failed(unit: Unit, notice: RemovalFailed, now: datetime) -> NoticeFacts | None:
    if any(each.holder == notice.person for each in await unit.people.positions()):
        return None
    return NoticeFacts(
        office=unit.office, now=now, notice=notice, name=(await unit.people.person(notice.person)).official_name
    )


async def _holds(unit: Unit, position: Position, place: Place) -> bool:
    return position.holder is not None and await unit.people.address_of(position.holder) == place.address
