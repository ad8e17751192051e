"""Notices about exports of appeals: one is awaited, one is too old, appeals wait for a block."""

from collections.abc import Iterator
from typing import assert_never

from handlers.russian import counted
from handlers.views.dates import moment
from handlers.views.freshness import SYSTEMS, dated_exports
from handlers.views.message import Outgoing, outgoing
from risk.appeal_lists import Undistributed
from risk.notices import AppealsUndistributed, ExportAwaited, ExportNotice, ExportsStale
from risk.use_cases.export_watch import AwaitedTold, StaleTold
from risk.use_cases.telling import NoticeFacts


def export_notice(facts: NoticeFacts, said: ExportNotice) -> Outgoing:
    return outgoing(_lines(facts, said))


def _lines(facts: NoticeFacts, said: ExportNotice) -> Iterator[str]:
    match said:
        case ExportAwaited():
            assert isinstance(facts.exports, AwaitedTold)
            yield from _awaited(facts, facts.exports)
        case ExportsStale():
            assert isinstance(facts.exports, StaleTold)
            yield from _stale(facts, said, facts.exports)
        case AppealsUndistributed():
            assert isinstance(facts.exports, Undistributed)
            yield from _undistributed(facts.exports)
        case other:
            assert_never(other)


def _awaited(facts: NoticeFacts, told: AwaitedTold) -> Iterator[str]:
    yield f"Свежей выгрузки ещё нет. Последняя: {dated_exports(told.last, facts.office.plan, facts.now)}."
    if told.waits:
        yield "Один файл уже пришёл и ждёт вашего решения: /imports."
    yield "Положите файл в папку на сервере офиса; файл без личных данных можно прислать сюда."
    yield "Без свежих выгрузок напоминания по обращениям останавливаются."


def _stale(facts: NoticeFacts, said: ExportsStale, told: StaleTold) -> Iterator[str]:
    plan, source = facts.office.plan, SYSTEMS[said.source]
    made_at, fresh_for = moment(said.made_at, plan.calendar, facts.now), plan.exports_fresh_for
    yield f"Напоминания по обращениям {source} остановлены: последняя выгрузка от {made_at}."
    days = counted(fresh_for, "рабочего дня", "рабочих дней", "рабочих дней")
    yield f"Ей больше {days}. Открытых обращений по ней: {told.open}; что с ними сейчас, бот не знает."
    if told.asked:
        yield f"Свежую выгрузку загружает: {', '.join(told.asked)}. После неё напоминания пойдут снова."
    else:
        yield "Загрузить свежую выгрузку сейчас некому: должность не занята."


def _undistributed(told: Undistributed) -> Iterator[str]:
    overdue = f", из них просрочено {told.overdue}" if told.overdue else ""
    yield f"Обращений без блока: {told.count}{overdue}."
    yield "Назначьте блок: /appeals, кнопка «Без блока», затем номер обращения."
