"""What stands in the tables of one office, to compare before and after."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from risk.ids import OfficeId
from storage.tables import metadata

OFFICE_TABLES: tuple[Table, ...] = tuple(table for table in metadata.sorted_tables if "office_id" in table.c)


async def dump(connection: AsyncConnection, office: OfficeId) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the office in every table that has offices."""
    return {
        table.name: [tuple(row) for row in await connection.execute(table.select().where(table.c.office_id == office))]
        for table in OFFICE_TABLES
    }
