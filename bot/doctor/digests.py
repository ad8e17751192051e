"""The digest: at which hour each office's comes, and whether today's has come."""

from datetime import datetime
from pathlib import Path

from bot.beside import office_time
from bot.doctor.finding import Finding, amiss, fine
from risk.digest_rules import digest_due_at
from risk.digests import DigestKind
from risk.notices import NoticeState
from risk.ports import Unit
from risk.use_cases.digest_facts import once_of
from storage.database import Database
from storage.directory import SqlDirectory
from storage.unit_of_work import Units


async def look_at_digests(path: Path) -> list[Finding]:
    database = Database(path)
    try:
        units, now = Units(database=database), await office_time(database)
        findings = []
        for office in await SqlDirectory(database).offices():
            async with units.view_of(office.id)() as unit:
                findings.append(await _digest(unit, now))
    finally:
        await database.close()
    return findings


async def _digest(unit: Unit, now: datetime) -> Finding:
    plan = unit.office.plan
    today = plan.calendar.local(now).date()
    comes = f"{plan.title}: дайджест в {plan.reports.digest_at:%H:%M} по рабочим дням"
    if not plan.calendar.is_working_day(today):
        return fine(f"{comes}; сегодня выходной.")
    if now < digest_due_at(plan, today):
        return fine(f"{comes}; сегодняшний впереди.")
    bound_at = await unit.chats.bound_at()
    if bound_at is None:
        return amiss(f"{comes}; сегодняшнего нет: алерт-чат не привязан.")
    digest = await unit.digests.of_day(DigestKind.DAILY, today)
    if digest is None and bound_at > digest_due_at(plan, today):
        return fine(f"{comes}; алерт-чат привязан сегодня после этого часа, первый придёт в следующий раз.")
    if digest is None:
        return amiss(f"{comes}; сегодняшнего нет. Бот работает? Опоздавший больше чем на 3 часа войдёт в следующий.")
    told = await unit.outbox.told_as(once_of(digest))
    if told is None or told.state is NoticeState.SENT:
        return fine(f"{comes}; сегодняшний опубликован.")
    if told.state in {NoticeState.PLANNED, NoticeState.CLAIMED}:
        return fine(f"{comes}; сегодняшний готов и ждёт отправки.")
    return amiss(f"{comes}; сегодняшний мог не дойти до алерт-чата: посмотрите в чате.")
