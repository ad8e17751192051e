"""The preset of an office, what the office changed in the chat over it, and the history of its staff."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy import select

from risk.ids import PositionId
from risk.offices import OfficePlan
from risk.staff_events import StaffEvent, StaffEventKind
from storage import tables
from storage.database import upsert
from storage.mapping import PLAN, dumped, staff_event_of, staff_event_values
from storage.repositories.rows import OfficeRows


class PresetRows(OfficeRows):
    async def read(self) -> OfficePlan:
        row = await self._connection.execute(select(tables.offices.c.plan).where(tables.offices.c.id == self._office))
        return PLAN.validate_json(row.scalar_one())

    async def store(self, plan: OfficePlan) -> None:
        own = tables.offices.c.id == self._office
        await self._connection.execute(tables.offices.update().where(own).values(plan=dumped(PLAN, plan)))


class SettingRows(OfficeRows):
    async def all(self) -> Mapping[str, str]:
        table = tables.office_settings
        result = await self._connection.execute(table.select().where(self._own(table)).order_by(table.c.key))
        return {row.key: row.value for row in result}

    async def put(self, key: str, value: str, *, by: PositionId, at: datetime) -> None:
        table = tables.office_settings
        setting = {"value": value, "set_at": at, "set_by": by}
        await self._connection.execute(
            upsert(table)
            .values(office_id=self._office, key=key, **setting)
            .on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=setting)
        )

    async def drop(self, key: str) -> None:
        await self._delete(tables.office_settings, tables.office_settings.c.key == key)


class StaffEventRows(OfficeRows):
    async def add(self, event: StaffEvent) -> None:
        await self._insert(tables.staff_events, staff_event_values(event))

    async def all(self) -> Sequence[StaffEvent]:
        table = tables.staff_events
        result = await self._connection.execute(table.select().where(self._own(table)).order_by(table.c.id))
        return [staff_event_of(row) for row in result]

    async def since(self, moment: datetime, kinds: AbstractSet[StaffEventKind]) -> Sequence[StaffEvent]:
        table = tables.staff_events
        of_kind = table.c.kind.in_(sorted(kind.value for kind in kinds))
        result = await self._connection.execute(
            table.select().where(self._own(table, table.c.at >= moment, of_kind)).order_by(table.c.id)
        )
        return [staff_event_of(row) for row in result]
