"""Stories of an export that is received and read, and of one that counts from then on; the bot does nothing else."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.gateways.export_folders import TAKEN, ExportFolders, exports_folder
from risk.appeals import AppealSource
from risk.ids import ImportId, OfficeId
from risk.people import Actor, Address, MessengerKind
from risk.sheets import Cell
from risk.use_cases.import_deciding import ConfirmImport, confirm_import
from storage.unit_of_work import Units
from tests.durability.mortal import MortalStage
from tests.durability.stories import Facts, Story
from tests.risk.exports import IM_ROW
from tests.support.workbooks import separated

OFFICE: Final = OfficeId(1)
KEY: Final = "pestovo"
OFFICER: Final = "ответственный за ИМ и ПОС"
ROWS: Final = 1_200
"""More than one commit of staged rows takes."""
GONE: Final = 50
CHANGED: Final = 100
OPEN: Final = {"Текущий шаг инцидента": "Подготовка ответа", "Итог": "", "Дата окончания": "", "Причина закрытия": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """Two files in a folder: `later` lacks a few appeals of `first`, has as many new ones, and others are answered."""

    folder: Path

    @property
    def first(self) -> Path:
        return self.folder / "первая.csv"

    @property
    def later(self) -> Path:
        return self.folder / "вторая.csv"

    def write(self) -> None:
        _write(self.first, [_row(number) for number in range(ROWS)])
        there = range(GONE, ROWS + GONE)
        _write(self.later, [_row(number, answered=number < GONE + CHANGED) for number in there])


def _row(number: int, *, answered: bool = False) -> list[Cell]:
    row = {**IM_ROW, "Номер инцидента": str(number + 1)} | ({} if answered else OPEN)
    return list(row.values())


def _write(path: Path, rows: list[list[Cell]]) -> None:
    path.write_text(separated([list(IM_ROW), *rows]), encoding="utf-8")


def stories(exports: Exports) -> tuple[Story, ...]:
    """Files come and are confirmed while the bot is down; it finds the work when it starts."""

    async def received(stage: MortalStage) -> None:
        await _receive(stage, exports.first)

    async def confirmed(stage: MortalStage) -> None:
        await received(stage)
        await _lives(stage)
        await _confirm(stage, 1)

    async def confirmed_again(stage: MortalStage) -> None:
        await confirmed(stage)
        await _lives(stage)
        await _receive(stage, exports.later)
        await _lives(stage)
        await _confirm(stage, 2)

    return (
        Story(title="an export is read", prologue=received, play=_rests, facts=_read),
        Story(title="an export is applied", prologue=confirmed, play=_rests, facts=_applied),
        Story(title="a later export is applied", prologue=confirmed_again, play=_rests, facts=_applied_again),
    )


async def _rests(stage: MortalStage) -> None:
    await stage.rest()


async def _lives(stage: MortalStage) -> None:
    """Until all that waits is done."""
    await stage.start_bot()
    await stage.rest()
    await stage.stop_bot()


async def _receive(stage: MortalStage, file: Path) -> None:
    """As a run leaves it that ends right after it has taken a file: no row tells of it yet."""
    await stage.stop_bot()
    slot = ExportFolders(exports_folder(stage.database)).folder_of(KEY) / TAKEN / file.stem
    await asyncio.to_thread(slot.mkdir)
    await asyncio.to_thread(shutil.copy, file, slot)


async def _confirm(stage: MortalStage, one: int) -> None:
    await stage.stop_bot()
    async with stage.opened_database() as database:
        address = Address(messenger=MessengerKind.TELEGRAM, value=str(stage.person(OFFICER).id))
        command = ConfirmImport(one=ImportId(one))
        uow = Units(database=database).of(OFFICE)
        await confirm_import(command, actor=Actor(office=OFFICE, address=address), uow=uow, now=stage.clock.now())


_IMPORTS: Final = "select id, state, source from imports order by id"
_STAGED: Final = "select fate, count(*), count(distinct number) from staged_appeals group by fate order by fate"
_APPEALS: Final = "select state, vanished_in, count(*), count(distinct number) from appeals group by 1, 2 order by 1, 2"
_HISTORY: Final = (
    "select happening, imported, count(*), count(distinct appeal) from appeal_changes group by 1, 2 order by 1, 2"
)
_JOBS: Final = "select distinct state from jobs where kind in ('read_export', 'apply_import')"
_IM: Final = AppealSource.IM.value


def _read(_: MortalStage) -> Facts:
    return {
        _IMPORTS: [(1, "waiting", _IM)],
        _STAGED: [("new", ROWS, ROWS)],
        _APPEALS: [],
        _HISTORY: [],
        _JOBS: [("done",)],
    }


def _applied(_: MortalStage) -> Facts:
    return {
        _IMPORTS: [(1, "applied", _IM)],
        _STAGED: [],
        _APPEALS: [("open", None, ROWS, ROWS)],
        _HISTORY: [("imported", 1, ROWS, ROWS)],
        _JOBS: [("done",)],
    }


def _applied_again(_: MortalStage) -> Facts:
    return {
        _IMPORTS: [(1, "applied", _IM), (2, "applied", _IM)],
        _STAGED: [("before", CHANGED + GONE, CHANGED + GONE)],
        _APPEALS: [
            ("answered", None, CHANGED, CHANGED),
            ("open", None, ROWS - CHANGED, ROWS - CHANGED),
            ("open", 2, GONE, GONE),
        ],
        _HISTORY: [
            ("imported", 1, ROWS, ROWS),
            ("imported", 2, CHANGED + GONE, CHANGED + GONE),
            ("vanished", 2, GONE, GONE),
        ],
        _JOBS: [("done",)],
    }
