"""Imports of an office, remembered columns of its tables, and long work as a use case plans it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from risk.appeals import AppealSource
from risk.coverage import ExportDays, Loaded
from risk.export_layouts import ColumnMapping
from risk.ids import ImportId, PositionId
from risk.imports import Import, ImportState
from risk.jobs import Job, JobKind
from storage import tables
from storage.appeal_mapping import FIELDS, import_of, import_values, job_of
from storage.mapping import dumped
from storage.repositories.rows import OfficeRows


class ImportRows(OfficeRows):
    async def add(self, one: Import) -> Import:
        stored = await self.get(ImportId(await self._insert(tables.imports, import_values(one))))
        assert stored is not None
        return stored

    async def get(self, one: ImportId) -> Import | None:
        row = await self._one(tables.imports, tables.imports.c.id == one)
        return None if row is None else import_of(row)

    async def of_path(self, path: str) -> Import | None:
        table = tables.imports
        query = table.select().where(self._own(table, table.c.path == path)).order_by(table.c.id.desc()).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else import_of(row)

    async def save(self, one: Import) -> None:
        await self._update(tables.imports, import_values(one), tables.imports.c.id == one.id)

    async def open(self) -> Sequence[Import]:
        table = tables.imports
        query = table.select().where(self._own(table, tables.import_open)).order_by(table.c.id)
        return [import_of(row) for row in await self._connection.execute(query)]

    async def recent(self, *, limit: int) -> Sequence[Import]:
        table = tables.imports
        query = table.select().where(self._own(table)).order_by(table.c.id.desc()).limit(limit)
        return [import_of(row) for row in await self._connection.execute(query)]

    async def last_applied(self) -> Import | None:
        table = tables.imports
        ended = (ImportState.APPLIED.value, ImportState.UNDONE.value)
        query = table.select().where(self._own(table, table.c.state.in_(ended)))
        row = (
            await self._connection.execute(query.order_by(table.c.decided_at.desc(), table.c.id.desc()).limit(1))
        ).one_or_none()
        last = None if row is None else import_of(row)
        return last if last is not None and last.state is ImportState.APPLIED else None

    async def freshest(self) -> Mapping[AppealSource, datetime]:
        table = tables.imports
        applied = self._own(table, table.c.state == ImportState.APPLIED.value, table.c.source.is_not(None))
        query = select(table.c.source, func.max(table.c.made_at).label("made_at")).where(applied)
        rows = await self._connection.execute(query.group_by(table.c.source))
        return {AppealSource(row.source): row.made_at for row in rows}

    async def loaded(self) -> Mapping[AppealSource, Loaded]:
        table, appeals = tables.imports.c, tables.appeals.c
        applied = self._own(tables.imports, table.state == ImportState.APPLIED.value, table.first_day.is_not(None))
        query = select(table.source, table.first_day, table.last_day, table.made_at).where(applied)
        exports: dict[AppealSource, list[ExportDays]] = {}
        for row in await self._connection.execute(query.where(table.source.is_not(None))):
            days = ExportDays(first=row.first_day, last=row.last_day, made_at=row.made_at)
            exports.setdefault(AppealSource(row.source), []).append(days)
        counting = select(appeals.source, func.count()).where(self._own(tables.appeals)).group_by(appeals.source)
        known = {row[0]: row[1] for row in await self._connection.execute(counting)}
        return {source: Loaded(exports=days, appeals=known.get(source.value, 0)) for source, days in exports.items()}

    async def mappings(self) -> Sequence[ColumnMapping]:
        table = tables.column_mappings
        rows = await self._connection.execute(table.select().where(self._own(table)).order_by(table.c.id.desc()))
        return [ColumnMapping(source=AppealSource(row.source), fields=FIELDS.validate_json(row.fields)) for row in rows]

    async def add_mapping(self, mapping: ColumnMapping, *, by: PositionId, at: datetime) -> None:
        values = {"source": mapping.source.value, "fields": dumped(FIELDS, dict(mapping.fields))}
        await self._insert(tables.column_mappings, values | {"confirmed_by": by, "confirmed_at": at})


class JobRows(OfficeRows):
    async def plan(self, kind: JobKind, subject: int, at: datetime) -> None:
        table = tables.jobs
        waits = (table.c.kind == kind.value, table.c.subject == subject, table.c.state == "planned")
        if await self._one(table, *waits) is None:
            planned = {"kind": kind.value, "subject": subject, "state": "planned", "planned_at": at}
            await self._insert(table, planned)

    async def of(self, kind: JobKind, subject: int) -> Job | None:
        table = tables.jobs
        about = self._own(table, table.c.kind == kind.value, table.c.subject == subject)
        query = table.select().where(about).order_by(table.c.id.desc()).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else job_of(row)

    async def note_progress(self, kind: JobKind, subject: int, done: int, total: int | None) -> None:
        table = tables.jobs
        claimed = (table.c.kind == kind.value, table.c.subject == subject, table.c.state == "claimed")
        await self._update(table, {"done": done, "total": total}, *claimed)
