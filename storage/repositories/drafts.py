"""Drafts of an office and the questions that await typed words."""

from collections.abc import Sequence
from datetime import datetime

from risk.drafts import Draft, DraftField
from risk.ids import DraftId, PersonId
from risk.people import Place
from storage import tables
from storage.database import upsert
from storage.mapping import address_values, draft_of, draft_values
from storage.repositories.rows import OfficeRows, at_address


class DraftRows(OfficeRows):
    async def add(self, draft: Draft, *, came_from: DraftId | None = None) -> Draft:
        values = draft_values(draft) | {"came_from": came_from}
        stored = await self.get(DraftId(await self._insert(tables.drafts, values)))
        assert stored is not None
        return stored

    async def came_from(self, draft: DraftId) -> DraftId | None:
        row = await self._one(tables.drafts, tables.drafts.c.came_from == draft)
        return None if row is None else DraftId(row.id)

    async def get(self, draft: DraftId) -> Draft | None:
        row = await self._one(tables.drafts, tables.drafts.c.id == draft)
        return None if row is None else draft_of(row)

    async def open_drafts(self, author: PersonId, place: Place, *, limit: int | None = None) -> Sequence[Draft]:
        table = tables.drafts
        own_here = self._own(table, tables.draft_open, table.c.author == author, at_address(table, place.address))
        result = await self._connection.execute(table.select().where(own_here).order_by(table.c.id.desc()).limit(limit))
        return [draft_of(row) for row in result]

    async def open_of(self, author: PersonId) -> Sequence[Draft]:
        table = tables.drafts
        own = self._own(table, tables.draft_open, table.c.author == author)
        result = await self._connection.execute(table.select().where(own).order_by(table.c.id))
        return [draft_of(row) for row in result]

    async def all_open(self) -> Sequence[Draft]:
        table = tables.drafts
        result = await self._connection.execute(
            table.select().where(self._own(table, tables.draft_open)).order_by(table.c.id)
        )
        return [draft_of(row) for row in result]

    async def save(self, draft: Draft) -> None:
        await self._update(tables.drafts, draft_values(draft), tables.drafts.c.id == draft.id)

    async def untouched_since(self, moment: datetime) -> Sequence[Draft]:
        table = tables.drafts
        result = await self._connection.execute(
            table.select().where(self._own(table, tables.draft_open, table.c.touched_at < moment))
        )
        return [draft_of(row) for row in result]


class PromptRows(OfficeRows):
    async def ask(self, person: PersonId, place: Place, draft: DraftId, field: DraftField) -> None:
        table = tables.prompts
        asked = {"draft": draft, "field": field.value}
        await self._connection.execute(
            upsert(table)
            .values(office_id=self._office, person=person, **address_values(place.address), **asked)
            .on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=asked)
        )

    async def pending(self, person: PersonId, place: Place) -> tuple[DraftId, DraftField] | None:
        table = tables.prompts
        row = await self._one(table, table.c.person == person, at_address(table, place.address))
        return None if row is None else (DraftId(row.draft), DraftField(row.field))

    async def settle(self, draft: DraftId) -> None:
        await self._delete(tables.prompts, tables.prompts.c.draft == draft)
