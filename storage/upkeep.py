"""Upkeep: when the installation was last copied, purged or restored, and what came of it; it belongs to no office."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage import tables
from storage.database import Database, upsert


class Upkeep(StrEnum):
    BACKUP = "backup"
    PURGE = "purge"
    RESTORE = "restore"
    COMMANDS = "commands"
    """Everybody's list of commands was shown, as this program knows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """`told`: numbers and names of files, as each kind of upkeep tells them."""

    at: datetime
    told: Mapping[str, Any]


async def last_upkeep(database: Database) -> Mapping[Upkeep, Done]:
    async with database.read() as connection:
        rows = await connection.execute(tables.upkeep.select())
        return {Upkeep(row.what): Done(at=row.done_at, told=json.loads(row.told)) for row in rows}


async def note_upkeep(database: Database, what: Upkeep, now: datetime, told: Mapping[str, Any]) -> None:
    table = tables.upkeep
    values = {"done_at": now, "told": json.dumps(told, ensure_ascii=False)}
    async with database.write() as connection:
        await connection.execute(
            upsert(table).values(what=what.value, **values).on_conflict_do_update(index_elements=["what"], set_=values)
        )
        await connection.commit()
