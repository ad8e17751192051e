"""Papers: whether their folder can be written, what lies there, whether templates open, whether work has stuck."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.beside import office_time
from bot.doctor.finding import Finding, amiss, fine
from bot.gateways.paper_files import PaperFiles, papers_folder
from bot.gateways.paper_templates import templates_folder
from risk.use_cases.papers import files_needed
from storage.database import Database
from storage.directory import SqlDirectory
from storage.documents.templates import TemplateRefused, check_template
from storage.unit_of_work import Units
from storage.vitals import Vitals, read_vitals

STUCK_AFTER: Final = timedelta(hours=1)
"""The longest work, registers of a year, takes minutes."""
_MEGABYTE: Final = 2**20
_MINUTE: Final = timedelta(minutes=1)
_REFUSED: Final = {"too big": "слишком большой", "unpacks too big": "слишком большой", "macros": "в нём макросы"}


async def look_at_papers(path: Path) -> list[Finding]:
    database = Database(path)
    try:
        now = await office_time(database)
        units, needed = Units(database=database), set[str]()
        for office in await SqlDirectory(database).offices():
            needed |= set(await files_needed(view=units.view_of(office.id)))
        vitals = await read_vitals(database, now)
    finally:
        await database.close()
    return [_folder(papers_folder(path), needed), *_templates(templates_folder(path)), _work(vitals, now)]


def _folder(folder: Path, needed: set[str]) -> Finding:
    """What no paper needs goes by itself, at the start and by the hour: it is told, not complained of."""
    nearest = next(each for each in (folder, *folder.absolute().parents) if each.is_dir())
    if not os.access(nearest, os.W_OK | os.X_OK):
        return amiss(f"Папка бумаг закрыта для записи: {folder}. Откройте её для того, от чьего имени работает бот.")
    lying = PaperFiles(folder).names()
    size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) if lying else 0
    left = len(lying - needed)
    leftover = f", лишних {left}: бот удалит их сам при запуске или в течение часа" if left else ""
    return fine(f"Папка бумаг: файлов {len(lying)}, {-(-size // _MEGABYTE)} МБ{leftover}.")


def _templates(folder: Path) -> list[Finding]:
    """Nothing where there are none: the papers look as the program makes them."""
    findings = []
    for template in sorted(folder.glob("*/*.docx")):
        try:
            check_template(template)
        except TemplateRefused as refused:
            why = _REFUSED.get(refused.why, "это не документ Word")
            findings.append(amiss(f"Бланк не подходит, {why}: {template}. Пока бумаги выходят без него."))
        else:
            findings.append(fine(f"Бланк в порядке: {template}."))
    return findings


def _work(vitals: Vitals, now: datetime) -> Finding:
    if vitals.oldest_work_at is None:
        return fine("Работы в очереди нет.")
    waits = max(now - vitals.oldest_work_at, timedelta())
    says = f"Работы в очереди: {vitals.work_waiting}, старшая ждёт {waits // _MINUTE} мин"
    if waits > STUCK_AFTER:
        return amiss(f"{says}. Перезапустите бота; если не поможет, смотрите журнал.")
    return fine(f"{says}.")
