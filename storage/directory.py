"""What is asked before an office is known, and the founding of one: the few statements that span offices."""

from datetime import datetime

from sqlalchemy import select, true, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from risk.entries import EntryState
from risk.ids import OfficeId
from risk.offices import Office, OfficePlan
from risk.people import Address
from storage import tables
from storage.database import Database
from storage.mapping import PLAN, dumped
from storage.plans import Plans
from storage.repositories.people import PeopleRows
from storage.repositories.rows import at_address


class OfficeExists(Exception):
    """An office of that key was founded before."""


class SqlDirectory:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._plans = Plans()

    async def offices(self) -> tuple[Office, ...]:
        async with self._database.read() as connection:
            return await self._plans.offices(connection)

    async def offices_of(self, address: Address) -> tuple[OfficeId, ...]:
        async with self._database.read() as connection:
            return await _offices_of(connection, address)

    async def desks_of(self, address: Address) -> tuple[Office, ...]:
        async with self._database.read() as connection:
            order = await _offices_of(connection, address)
            offices = await self._plans.offices(connection, tables.offices.c.id.in_(order))
        return tuple(sorted(offices, key=lambda office: order.index(office.id)))

    async def unreachable_in(self, address: Address) -> tuple[OfficeId, ...]:
        people = tables.people
        refused = people.c.unreachable_since.is_not(None)
        async with self._database.read() as connection:
            rows = await connection.execute(select(people.c.office_id).where(at_address(people, address), refused))
            return tuple(OfficeId(office) for office in rows.scalars())

    async def office_that_asked(self, address: Address) -> OfficeId | None:
        people, prompts, drafts = tables.people, tables.prompts, tables.drafts
        of_person = (prompts.c.office_id == people.c.office_id) & (prompts.c.person == people.c.id)
        of_draft = (drafts.c.office_id == prompts.c.office_id) & (drafts.c.id == prompts.c.draft)
        asked_by_form = (
            select(prompts.c.office_id, drafts.c.touched_at)
            .join(people, of_person)
            .join(drafts, of_draft)
            .where(at_address(people, address), at_address(prompts, address))
        )
        records = tables.records
        of_author = (records.c.office_id == people.c.office_id) & (records.c.author == people.c.id)
        asked_by_record = (
            select(records.c.office_id, records.c.touched_at)
            .join(people, of_author)
            .where(tables.record_open, at_address(people, address), at_address(records, address))
        )
        asked = union_all(asked_by_form, asked_by_record).subquery()
        async with self._database.read() as connection:
            latest = select(asked.c.office_id).order_by(asked.c.touched_at.desc()).limit(1)
            office = (await connection.execute(latest)).scalar_one_or_none()
            return None if office is None else OfficeId(office)

    async def entering(self, address: Address, *, unnamed: bool) -> OfficeId | None:
        people, entries = tables.people, tables.entries
        asked = entries.c.state == EntryState.NAMING.value
        at_the_door = (entries.c.office_id == people.c.office_id) & (entries.c.person == people.c.id)
        async with self._database.read() as connection:
            rows = await connection.execute(
                select(people.c.office_id)
                .join(entries, at_the_door)
                .where(at_address(people, address), tables.entry_open, asked if unnamed else true())
                .order_by(asked.desc(), entries.c.id.desc())
                .limit(1)
            )
            office = rows.scalar_one_or_none()
            return None if office is None else OfficeId(office)

    async def office_of_chat(self, chat: Address) -> OfficeId | None:
        async with self._database.read() as connection:
            row = await connection.execute(select(tables.chats.c.office_id).where(at_address(tables.chats, chat)))
            office = row.scalar_one_or_none()
            return None if office is None else OfficeId(office)

    async def office_of_code(self, code_hash: str) -> OfficeId | None:
        table = tables.invitations
        async with self._database.read() as connection:
            row = await connection.execute(select(table.c.office_id).where(table.c.code_hash == code_hash))
            office = row.scalar_one_or_none()
            return None if office is None else OfficeId(office)

    async def found(self, plan: OfficePlan, *, now: datetime) -> OfficeId:
        """A new office with its seats vacant. Raises OfficeExists."""
        async with self._database.write() as connection:
            same = await connection.execute(select(tables.offices.c.id).where(tables.offices.c.key == plan.key))
            if same.scalar_one_or_none() is not None:
                raise OfficeExists(plan.key)
            result = await connection.execute(
                tables.offices.insert().values(key=plan.key, plan=dumped(PLAN, plan), founded_at=now)
            )
            key = result.inserted_primary_key
            assert key is not None
            office = OfficeId(key[0])
            seats = PeopleRows(connection, office)
            for role in plan.roles:
                for number in range(1, role.seats + 1):
                    await seats.add_position(role.key, number=number if role.is_numbered else None)
            await connection.commit()
        return office


async def _offices_of(connection: AsyncConnection, address: Address) -> tuple[OfficeId, ...]:
    people, positions = tables.people, tables.positions
    seated = (positions.c.office_id == people.c.office_id) & (positions.c.holder == people.c.id)
    rows = await connection.execute(
        select(people.c.office_id, people.c.at_desk_since)
        .join(positions, seated)
        .where(at_address(people, address))
        .distinct()
        .order_by(people.c.at_desk_since.desc().nulls_last(), people.c.office_id)
    )
    return tuple(OfficeId(office) for office in rows.scalars())
