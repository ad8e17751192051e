"""The working of risks round by round, who follows them, and what members are putting on record."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Select, and_, select

from risk.ids import PersonId, PositionId, RecordId, RiskId
from risk.records import Record
from risk.risks import Risk
from risk.workings import Working
from storage import tables
from storage.database import upsert
from storage.mapping import record_of, record_values, working_of, working_values
from storage.repositories.rows import OfficeRows

_ITS_RISK: Final = and_(
    tables.risks.c.office_id == tables.workings.c.office_id, tables.risks.c.id == tables.workings.c.risk
)
_CURRENT: Final = tables.workings.c.round == tables.risks.c.round


class WorkingRows(OfficeRows):
    async def current(self, risk: Risk) -> Working:
        table = tables.workings
        row = await self._one(table, table.c.risk == risk.id, table.c.round == risk.round)
        assert row is not None, "a risk has a working from its filing on"
        return working_of(row)

    async def all_of(self, risk: RiskId) -> Sequence[Working]:
        table = tables.workings
        return await self._read(table.select().where(self._own(table, table.c.risk == risk)).order_by(table.c.round))

    async def all_of_those(self, risks: Collection[RiskId]) -> Mapping[RiskId, Sequence[Working]]:
        table = tables.workings
        found: dict[RiskId, list[Working]] = {risk: [] for risk in risks}
        rounds = self._own(table, table.c.risk.in_(risks))
        for working in await self._read(table.select().where(rounds).order_by(table.c.risk, table.c.round)):
            found[working.risk].append(working)
        return found

    async def begin(self, working: Working) -> None:
        await self._insert(tables.workings, working_values(working, probe_at=None))

    async def save(self, working: Working, *, probe_at: datetime | None) -> None:
        table = tables.workings
        values = working_values(working, probe_at=probe_at)
        await self._update(table, values, table.c.risk == working.risk, table.c.round == working.round)

    async def probes_due(self, now: datetime, *, limit: int) -> Sequence[Working]:
        table = tables.workings
        due = self._own(table, table.c.probe_at <= now, _CURRENT)
        query = select(table).join(tables.risks, _ITS_RISK).where(due).order_by(table.c.probe_at, table.c.id)
        return await self._read(query.limit(limit))

    async def watched_by(self, watchers: Collection[PositionId]) -> Sequence[Working]:
        table = tables.workings
        in_hand = self._own(table, table.c.watcher.in_(watchers), _CURRENT, tables.risk_open)
        return await self._read(select(table).join(tables.risks, _ITS_RISK).where(in_hand).order_by(table.c.risk))

    async def _read(self, query: Select[tuple[object, ...]]) -> Sequence[Working]:
        return [working_of(row) for row in await self._connection.execute(query)]


class FollowerRows(OfficeRows):
    async def add(self, risk: RiskId, position: PositionId) -> None:
        table = tables.followers
        followed = upsert(table).values(office_id=self._office, risk=risk, position=position)
        await self._connection.execute(followed.on_conflict_do_nothing())

    async def remove(self, risk: RiskId, position: PositionId) -> None:
        table = tables.followers
        await self._delete(table, table.c.risk == risk, table.c.position == position)

    async def of(self, risk: RiskId) -> Sequence[PositionId]:
        table = tables.followers
        query = select(table.c.position).where(self._own(table, table.c.risk == risk)).order_by(table.c.position)
        return [PositionId(each) for each in (await self._connection.execute(query)).scalars()]

    async def followed_by(self, positions: Collection[PositionId]) -> frozenset[RiskId]:
        table = tables.followers
        query = select(table.c.risk).where(self._own(table, table.c.position.in_(positions)))
        return frozenset(RiskId(each) for each in (await self._connection.execute(query)).scalars())


class RecordRows(OfficeRows):
    async def add(self, record: Record) -> Record:
        stored = await self.get(RecordId(await self._insert(tables.records, record_values(record))))
        assert stored is not None
        return stored

    async def get(self, record: RecordId) -> Record | None:
        row = await self._one(tables.records, tables.records.c.id == record)
        return None if row is None else record_of(row)

    async def open_of(self, author: PersonId) -> Sequence[Record]:
        table = tables.records
        own = self._own(table, tables.record_open, table.c.author == author)
        result = await self._connection.execute(table.select().where(own).order_by(table.c.id.desc()))
        return [record_of(row) for row in result]

    async def save(self, record: Record) -> None:
        await self._update(tables.records, record_values(record), tables.records.c.id == record.id)

    async def untouched_since(self, moment: datetime) -> Sequence[Record]:
        table = tables.records
        left = self._own(table, tables.record_open, table.c.touched_at < moment)
        return [record_of(row) for row in await self._connection.execute(table.select().where(left))]
