"""Who of each office has not come yet, and what is left to nobody but the operator."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.beside import office_time
from bot.doctor.finding import Finding, amiss, fine
from bot.keeping.moments import moment
from risk.offices import OfficePlan
from risk.people import Invitation, Position
from risk.powers import Power
from storage.database import Database
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

POWERS: Final[Mapping[Power, str]] = {
    Power.READ: "смотреть карточки",
    Power.FILE: "регистрировать риски",
    Power.CLASSIFY: "менять блок и критичность",
    Power.WORK: "отрабатывать риски",
    Power.APPROVE: "согласовывать ответы",
    Power.IMPORT: "загружать выгрузки обращений",
    Power.DISTRIBUTE: "распределять обращения",
    Power.REPORT: "читать сводки и справки по всему офису",
    Power.DECIDE: "решать о закрытии риска без критериев",
    Power.BIND: "выбирать алерт-чат",
    Power.INVITE: "приглашать сотрудников",
    Power.DISMISS: "освобождать и передавать должности",
    Power.MANAGE_ABSENCE: "отмечать отсутствие других",
    Power.ASSIGN_DUTY: "назначать дежурных",
    Power.CONFIGURE: "менять настройки офиса",
    Power.OPERATE: "обслуживать бота",
}
"""As the chat names them; what words it there loads all of Telegram, and the doctor must not wait for it."""


async def look_at_staff(path: Path, hint: str) -> list[Finding]:
    """`hint` is how a command is given here, with a place for its name."""
    database = Database(path)
    try:
        now, units, findings = await office_time(database), Units(database=database), []
        for office in await SqlDirectory(database).offices():
            async with units.view_of(office.id)() as unit:
                positions, unused = await unit.people.positions(), await unit.invitations.unused()
            invite = hint.format(f"office invites {office.plan.key}")
            findings.append(_not_joined(office.plan, positions, unused, now, invite))
            findings.append(_left_to_operator(office.plan, positions, invite))
    finally:
        await database.close()
    return findings


def _not_joined(
    plan: OfficePlan, positions: Sequence[Position], unused: Sequence[Invitation], now: datetime, invite: str
) -> Finding:
    if not unused:
        return fine(f"{plan.title}: неиспользованных приглашений нет.")
    seats = {each.id: each for each in positions}
    awaited = [f"{seats[each.position].title(plan)} ({_until(each, plan, now)})" for each in unused]
    return amiss(
        f"{plan.title}: не подключились по приглашению {'; '.join(awaited)}. Напомните им или выдайте новые: {invite}"
    )


def _until(invitation: Invitation, plan: OfficePlan, now: datetime) -> str:
    until = moment(invitation.expires_at, plan.calendar)
    return f"истекло {until}" if invitation.expires_at <= now else f"до {until}"


def _left_to_operator(plan: OfficePlan, positions: Sequence[Position], invite: str) -> Finding:
    held = frozenset(each.role for each in positions if each.holder is not None)
    left = [POWERS[power] for power in plan.powers if power in plan.left_to_operator(held=held)]
    if not left:
        return fine(f"{plan.title}: у каждого полномочия есть кто-то в офисе.")
    return amiss(
        f"{plan.title}: пока некому, кроме администратора сервера, {', '.join(left)}. Займите должности: {invite}"
    )
