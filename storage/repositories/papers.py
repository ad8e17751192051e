"""Digests of an office as they were published, and papers as they are made."""

from collections.abc import Sequence
from datetime import date

from risk.digests import Digest, DigestKind
from risk.ids import DigestId, PaperId
from risk.papers import Paper
from storage import tables
from storage.database import upsert
from storage.report_mapping import digest_of, digest_values, paper_of, paper_values
from storage.repositories.rows import OfficeRows


class DigestRows(OfficeRows):
    async def add(self, digest: Digest) -> Digest | None:
        table = tables.digests
        new = upsert(table).values(office_id=self._office, **digest_values(digest)).on_conflict_do_nothing()
        added = (await self._connection.execute(new.returning(table.c.id))).scalar_one_or_none()
        return None if added is None else await self.get(DigestId(added))

    async def get(self, digest: DigestId) -> Digest | None:
        row = await self._one(tables.digests, tables.digests.c.id == digest)
        return None if row is None else digest_of(row)

    async def of_day(self, kind: DigestKind, day: date) -> Digest | None:
        table = tables.digests
        row = await self._one(table, table.c.kind == kind.value, table.c.day == day)
        return None if row is None else digest_of(row)

    async def last(self, kind: DigestKind, before: date) -> Digest | None:
        table = tables.digests
        earlier = self._own(table, table.c.kind == kind.value, table.c.day < before)
        query = table.select().where(earlier).order_by(table.c.day.desc()).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else digest_of(row)


class PaperRows(OfficeRows):
    async def add(self, paper: Paper, *, once: str | None = None) -> Paper | None:
        table = tables.papers
        values = paper_values(paper) | {"office_id": self._office, "once": once}
        new = upsert(table).values(**values).on_conflict_do_nothing()
        added = (await self._connection.execute(new.returning(table.c.id))).scalar_one_or_none()
        return None if added is None else await self.get(PaperId(added))

    async def get(self, paper: PaperId) -> Paper | None:
        row = await self._one(tables.papers, tables.papers.c.id == paper)
        return None if row is None else paper_of(row)

    async def save(self, paper: Paper) -> None:
        await self._update(tables.papers, paper_values(paper), tables.papers.c.id == paper.id)

    async def named(self, once: str) -> Paper | None:
        row = await self._one(tables.papers, tables.papers.c.once == once)
        return None if row is None else paper_of(row)

    async def in_hand(self) -> Sequence[Paper]:
        table = tables.papers
        query = table.select().where(self._own(table, tables.paper_in_hand)).order_by(table.c.id)
        return [paper_of(row) for row in await self._connection.execute(query)]
