"""`export-all`: an office's data as a folder of files that opens without us; the folder is whole or not there."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bot.beside import NoSuchOffice, office_time, opened_by
from bot.keeping.export.cells import FORMER, Who
from bot.keeping.export.sheets import SHEETS
from bot.keeping.export.writing import write_as_is, write_json, write_sheet, write_text
from bot.presets.loading import preset_text
from bot.program import version
from risk.ids import PersonId, PositionId
from storage import tables
from storage.copies import sync_folder
from storage.database import DatabaseKind, open_existing
from storage.exporting import TABLES, NoSuchOfficeHere, OfficeView, office_view
from storage.mapping import PLAN, position_of

EVERYTHING: Final = "всё.json"
PRESET: Final = "пресет.toml"
README: Final = "README.txt"
PARTIAL: Final = ".partial"

_HOW_TO_READ: Final = (
    "Файлы .csv открываются в Excel и LibreOffice двойным щелчком (UTF-8, разделитель «;»). Время в них: {zone}.",
    "Ячейка, которая начинается с =, +, - или @, записана с апострофом впереди: иначе таблица сочла бы её формулой.",
    f"Люди названы должностями; кто ничего больше не занимает, обозначен «{FORMER}».",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    folder: Path
    lines: dict[str, int]


async def export_all(path: Path, kind: DatabaseKind, key: str, to: Path) -> list[str]:
    """Raises NoSuchOffice, DatabaseMissing, OSError."""
    async with opened_by(open_existing, path, kind) as database:
        now = await office_time(database)
        try:
            async with office_view(database, key) as view:
                exported = await export_office(view, to, now)
        except NoSuchOfficeHere:
            raise NoSuchOffice(key) from None
    counted = [f"  {name}: строк {count}" for name, count in exported.lines.items()]
    return [f"Данные офиса выгружены: {exported.folder}", *counted, f"Что в каких файлах: {README}."]


async def export_office(view: OfficeView, to: Path, now: datetime) -> Exported:
    """The files in a new folder under `to`. One view for all of them: they are of one moment."""
    folder = to / f"{view.office.plan.key}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    partial = folder.with_name(f".{folder.name}{PARTIAL}")
    shutil.rmtree(partial, ignore_errors=True)  # what a killed run has left
    partial.mkdir(mode=0o700, parents=True)
    try:
        lines = await _written(view, partial, now)
        sync_folder(partial)
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    sync_folder(to)
    return Exported(folder=folder, lines=lines)


async def _written(view: OfficeView, folder: Path, now: datetime) -> dict[str, int]:
    who, zone = await _who(view), view.office.plan.calendar.zone
    lines = {}
    for sheet in SHEETS:
        columns = [f"{each} {zone}" if each.endswith("время") else each for each in sheet.columns]
        lines[sheet.name] = await write_sheet(folder / sheet.name, columns, sheet.lines(view, who))
    await write_json(folder / EVERYTHING, _head(view, now), {table.name: view.values(table) for table in TABLES})
    preset = preset_text(view.office.plan)
    if preset is not None:
        write_as_is(folder / PRESET, preset)
    write_text(folder / README, _readme(view, now, with_preset=preset is not None))
    return lines


async def _who(view: OfficeView) -> Who:
    """Positions and people are few."""
    plan = view.office.plan
    titles: dict[PositionId, str] = {}
    held: dict[PersonId, tuple[str, ...]] = {}
    async for row in view.rows(tables.positions):
        position = position_of(row)
        titles[position.id] = position.title(plan)
        if position.holder is not None:
            held[position.holder] = (*held.get(position.holder, ()), titles[position.id])
    addresses = {row.address: PersonId(row.id) async for row in view.rows(tables.people)}
    return Who(plan=plan, titles=titles, held=held, addresses=addresses)


def _head(view: OfficeView, now: datetime) -> dict[str, Any]:
    plan = view.office.plan
    return {
        "office": plan.key,
        "title": plan.title,
        "exported_at": now.astimezone(UTC).isoformat(),
        "program": version(),
        "plan": json.loads(PLAN.dump_json(plan)),
    }


def _readme(view: OfficeView, now: datetime, *, with_preset: bool) -> Sequence[str]:
    plan = view.office.plan
    preset = [f"{PRESET}: пресет офиса, как он загружен в бота."] if with_preset else []
    return [
        f"{plan.title}: данные на {plan.calendar.local(now):%d.%m.%Y %H:%M}, время {plan.calendar.zone}.",
        "",
        *(each.format(zone=plan.calendar.zone) for each in _HOW_TO_READ),
        "",
        *(f"{sheet.name}: {sheet.about}." for sheet in SHEETS),
        f"{EVERYTHING}: то же и остальное (черновики, сообщения бота, места в чатах) для программ; время в нём — UTC.",
        *preset,
        "",
        "Здесь есть сведения о сотрудниках: имена для бумаг и их номера в Telegram. Храните папку так же, как базу.",
    ]
