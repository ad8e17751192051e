"""Offices as they are in force: the stored preset, with what was changed in the chat over it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from risk.ids import OfficeId
from risk.office_settings import in_force
from risk.offices import Office
from storage import tables
from storage.mapping import AnyRow, office_of

_Written = tuple[OfficeId, str, frozenset[tuple[str, str]]]


class Plans:
    """A plan is parsed once per text: it is large and changes only when a preset is loaded or a setting is changed."""

    def __init__(self) -> None:
        self._read: dict[_Written, Office] = {}

    async def offices(self, connection: AsyncConnection, *conditions: ColumnElement[bool]) -> tuple[Office, ...]:
        """In the order of their founding."""
        rows = await connection.execute(_with_settings().where(true(), *conditions))
        return tuple(self._office(list(of_one)) for _, of_one in groupby(rows, key=lambda row: row.id))

    def _office(self, rows: list[AnyRow]) -> Office:
        changed = {row.key: row.value for row in rows if row.key is not None}
        written = (OfficeId(rows[0].id), rows[0].plan, frozenset(changed.items()))
        if written not in self._read:
            self._read[written] = _in_force(rows[0], changed)
        return self._read[written]


def _with_settings() -> Select[Any]:
    """Each office as often as it has settings, once when it has none."""
    offices, changed = tables.offices, tables.office_settings
    joined = offices.outerjoin(changed, changed.c.office_id == offices.c.id)
    return (
        select(offices.c.id, offices.c.plan, changed.c.key, changed.c.value).select_from(joined).order_by(offices.c.id)
    )


def _in_force(row: AnyRow, changed: Mapping[str, str]) -> Office:
    office = office_of(row)
    return replace(office, plan=in_force(office.plan, changed))
