"""What every repository stands on: one connection inside a transaction, and one office that bounds each statement."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, and_, bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from risk.ids import OfficeId
from risk.people import Address
from storage.mapping import AnyRow, Values

_ROW: Final = "row_id"
"""As no column is named."""


class OfficeRows:
    """Rows of one office. A repository cannot be made without saying which."""

    def __init__(self, connection: AsyncConnection, office: OfficeId) -> None:
        self._connection = connection
        self._office = office

    def _own(self, table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        return and_(table.c.office_id == self._office, *conditions)

    async def _one(self, table: Table, *conditions: ColumnElement[bool]) -> AnyRow | None:
        result = await self._connection.execute(table.select().where(self._own(table, *conditions)))
        return result.one_or_none()

    async def _insert(self, table: Table, values: Values) -> int:
        result = await self._connection.execute(table.insert().values(office_id=self._office, **values))
        key = result.inserted_primary_key
        assert key is not None
        return int(key[0])

    async def _update(self, table: Table, values: Values, *conditions: ColumnElement[bool]) -> int:
        result = await self._connection.execute(table.update().where(self._own(table, *conditions)).values(**values))
        return result.rowcount

    async def _insert_all(self, table: Table, rows: Sequence[Values]) -> None:
        if rows:
            owned = [row | {"office_id": self._office} for row in rows]
            await self._connection.execute(table.insert(), owned)

    async def _update_all(self, table: Table, rows: Sequence[tuple[int, Values]]) -> None:
        """Rows by their ids; all of them with the same columns."""
        if rows:
            of_row = table.update().where(self._own(table, table.c.id == bindparam(_ROW)))
            await self._connection.execute(of_row, [values | {_ROW: row} for row, values in rows])

    async def _delete(self, table: Table, *conditions: ColumnElement[bool]) -> None:
        await self._connection.execute(table.delete().where(self._own(table, *conditions)))


def at_address(table: Table, address: Address) -> ColumnElement[bool]:
    """The rows of `table` that stand at an address."""
    columns: Any = table.c
    return and_(columns.messenger == address.messenger.value, columns.address == address.value)
