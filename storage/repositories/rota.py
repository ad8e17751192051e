"""Who is away and who is on duty in an office, day by day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from risk.absences import Absence
from risk.duties import Duty
from risk.ids import AbsenceId, DutyId
from storage import tables
from storage.mapping import absence_of, absence_values, duty_of, duty_values
from storage.repositories.rows import OfficeRows


class AbsenceRows(OfficeRows):
    async def note(self, absence: Absence) -> Absence:
        stored = await self.get(AbsenceId(await self._insert(tables.absences, absence_values(absence))))
        assert stored is not None
        return stored

    async def get(self, absence: AbsenceId) -> Absence | None:
        row = await self._one(tables.absences, tables.absences.c.id == absence)
        return None if row is None else absence_of(row)

    async def ending_from(self, day: date) -> Sequence[Absence]:
        table = tables.absences
        result = await self._connection.execute(
            table.select().where(self._own(table, table.c.last_day >= day)).order_by(table.c.first_day, table.c.id)
        )
        return [absence_of(row) for row in result]

    async def save(self, absence: Absence) -> None:
        await self._update(tables.absences, absence_values(absence), tables.absences.c.id == absence.id)

    async def remove(self, absence: AbsenceId) -> None:
        await self._delete(tables.absences, tables.absences.c.id == absence)


class DutyRows(OfficeRows):
    async def assign(self, duty: Duty) -> Duty:
        return replace(duty, id=DutyId(await self._insert(tables.duties, duty_values(duty))))

    async def ending_from(self, day: date) -> Sequence[Duty]:
        table = tables.duties
        result = await self._connection.execute(
            table.select().where(self._own(table, table.c.last_day >= day)).order_by(table.c.id)
        )
        return [duty_of(row) for row in result]
