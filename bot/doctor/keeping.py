"""How the installation is kept: its last copy, its last purge, and what could not be worked in lately."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.beside import office_time
from bot.doctor.finding import Finding, amiss, fine
from bot.keeping.faults import asides_in_words
from bot.keeping.moments import Said, said_by_offices
from bot.keeping.purging import dropped_in_words
from storage.database import Database, DatabaseKind
from storage.faults import Fault, faults_since
from storage.upkeep import Done, Upkeep, last_upkeep

COPY_EVERY: Final = timedelta(days=7)
PURGE_EVERY: Final = timedelta(days=3)
LATELY: Final = timedelta(days=7)
NAMED: Final = 5
"""References in one line; the oldest are not what the operator looks for."""


async def look_at_keeping(path: Path, kind: DatabaseKind, hint: str) -> list[Finding]:
    """`hint` is how a command is given here, with a place for its name."""
    database = Database(path)
    try:
        now, done = await office_time(database), await last_upkeep(database)
        said = await said_by_offices(database)
        aside = await faults_since(database, now - LATELY, limit=NAMED)
    finally:
        await database.close()
    copies = [] if kind is DatabaseKind.SANDBOX else [_copy(done.get(Upkeep.BACKUP), now, said, hint.format("backup"))]
    return [*copies, _purge(done.get(Upkeep.PURGE), now, said, hint.format("purge")), _aside(aside, said, hint)]


def _copy(last: Done | None, now: datetime, said: Said, command: str) -> Finding:
    if last is None:
        return amiss(f"Копий базы ещё не было. Сделать: {command}")
    if now - last.at > COPY_EVERY:
        return amiss(f"Последняя копия базы старше недели: {said(last.at)}. Сделать: {command}")
    return fine(f"Копия базы: {said(last.at)}, {last.told['file']}.")


def _purge(last: Done | None, now: datetime, said: Said, command: str) -> Finding:
    if last is None:
        return fine("Очистки ещё не было: бот делает её сам через час после запуска.")
    if now - last.at > PURGE_EVERY:
        return amiss(f"Очистки давно не было: {said(last.at)}. Запустите бота или сделайте: {command}")
    return fine(f"Очистка: {said(last.at)}; удалено: {dropped_in_words(last.told)}.")


def _aside(found: Sequence[Fault], said: Said, hint: str) -> Finding:
    if not found:
        return fine("Необработанных сообщений за 7 дней нет.")
    more = "последние " if len(found) == NAMED else ""
    command = hint.format(f"fault {found[0].reference}")
    return amiss(f"Не обработаны за 7 дней, {more}{asides_in_words(found, said)}. Что случилось: {command}")
