"""`import`: an export looked at beside the bot and put into the office's folder, where the bot takes it from."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.beside import NoSuchOffice, opened_by
from bot.export_lines import REFUSED, TITLES, quoted
from bot.gateways.export_folders import PARTIAL, ExportFolders, exports_folder, free_name
from bot.gateways.sheet_reader import SheetReader
from bot.program import program
from risk.export_columns import Fate
from risk.export_layouts import Recognition
from risk.export_rows import RowFault
from risk.offices import Office
from risk.powers import Power
from risk.sheet_faults import SheetRefused
from risk.use_cases.permission import holders
from storage.copies import sync_folder
from storage.database import Database, DatabaseInUse, DatabaseKind, FileLock, open_existing
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

_DROPPED = (
    (Fate.PERSONAL, "Не сохранятся личные данные"),
    (Fate.STAFF, "Не сохранятся имена сотрудников"),
    (Fate.UNKNOWN, "Незнакомые столбцы, не читаются"),
)


class CannotHandOver(Exception):
    """The bot gets nothing; the text is a plain line for whoever gave the command."""


async def hand_over(
    file: Path, database: Path, kind: DatabaseKind, key: str | None, reader: SheetReader | None = None
) -> list[str]:
    """Raises CannotHandOver, NoSuchOffice, DatabaseMissing, OSError."""
    async with opened_by(open_existing, database, kind) as opened:
        office = await _office(opened, key)
        async with Units(database=opened).view_of(office.id)() as unit:
            mappings = await unit.imports.mappings()
            officers = [each.title(office.plan) for each in await holders(unit, Power.IMPORT)]
    try:
        zone = office.plan.calendar.zone
        async with (reader or SheetReader()).reading(file, zone=zone, mappings=mappings) as reading:
            found, rows, faulty = reading.recognition, 0, 0
            _check(file, found)
            async for batch in reading.batches():
                rows += len(batch)
                faulty += sum(isinstance(row, RowFault) for row in batch)
    except SheetRefused as refused:
        raise CannotHandOver(f"{file}: {REFUSED[refused.fault]} Ничего не передано.") from None
    put = await asyncio.to_thread(_put, file, ExportFolders(exports_folder(database)).folder_of(office.plan.key))
    return [*_told(found, rows, faulty), f"Передано: {put}.", *_follows(officers, database)]


async def _office(opened: Database, key: str | None) -> Office:
    offices = await SqlDirectory(opened).offices()
    if key is None and len(offices) > 1:
        keys = ", ".join(each.plan.key for each in offices)
        raise CannotHandOver(f"Офисов несколько: {keys}. Укажите, чья выгрузка: --office КЛЮЧ.")
    chosen = [each for each in offices if key in {None, each.plan.key}]
    if chosen:
        return chosen[0]
    if key is None:
        raise CannotHandOver(f"Офисов пока нет. Завести: {program()} office add pestovo")
    raise NoSuchOffice(key)


def _check(file: Path, found: Recognition) -> None:
    if found.missing:
        raise CannotHandOver(f"{file}: нет столбцов: {quoted(found.missing)}. Ничего не передано.")
    if not found.columns:
        raise CannotHandOver(
            f"{file}: не похоже на выгрузку ИМ или ПОС, заголовков столбцов не видно. Ничего не передано."
        )


def _told(found: Recognition, rows: int, faulty: int) -> Iterator[str]:
    if found.layout is None:
        yield f"Таблица незнакомая: бот спросит, что в каком столбце. Столбцы: {quoted(found.headers(Fate.UNKNOWN))}."
        return
    yield f"Это {TITLES[found.layout]}, строк {rows}." + (f" С ошибкой: {faulty}." if faulty else "")
    for fate, says in _DROPPED:
        headers = found.headers(fate)
        if headers:
            yield f"{says}: {quoted(headers)}."


def _follows(officers: list[str], database: Path) -> Iterator[str]:
    if officers:
        yield f"Предпросмотр придёт в личные сообщения: {', '.join(officers)}."
    else:
        yield (
            "Загружать выгрузки сейчас некому: должность не занята. "
            f"Пригласить: {program()} office invites КЛЮЧ. Предпросмотр потом покажет команда /imports."
        )
    if not _is_running(database):
        yield f"Бот не запущен: файл подождёт в папке. Запустить: {program()} run"


def _is_running(database: Path) -> bool:
    try:
        with FileLock(database):
            return False
    except DatabaseInUse:
        return True


def _put(file: Path, folder: Path) -> Path:
    """A copy, whole or not there, for its owner alone; the file itself stays where it is."""
    wanted = free_name(folder, file.name.lstrip(".~$") or "export")
    partial = folder / f".{wanted.name[-100:]}{PARTIAL}"
    partial.unlink(missing_ok=True)  # what a killed run has left
    try:
        with file.open("rb") as source, open(partial, "xb", opener=_for_owner_alone) as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        partial.replace(wanted)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    return wanted


def _for_owner_alone(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
