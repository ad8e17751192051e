"""People, positions, invitations and entries of an office."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time

from sqlalchemy import Column, Table, select, true, union

from risk.entries import Entry, EntryState
from risk.ids import EntryId, InvitationId, PersonId, PositionId, RoleKey
from risk.people import Address, Invitation, Person, Position
from storage import tables
from storage.mapping import address_values, entry_of, invitation_of, person_of, position_of, working_of
from storage.repositories.rows import OfficeRows, at_address


class PeopleRows(OfficeRows):
    async def find(self, address: Address) -> PersonId | None:
        row = await self._one(tables.people, at_address(tables.people, address))
        return None if row is None else PersonId(row.id)

    async def find_or_add(self, address: Address) -> PersonId:
        found = await self.find(address)
        return PersonId(await self._insert(tables.people, address_values(address))) if found is None else found

    async def person(self, person: PersonId) -> Person:
        row = await self._one(tables.people, tables.people.c.id == person)
        assert row is not None
        return person_of(row)

    async def everybody(self) -> Mapping[PersonId, Person]:
        table = tables.people
        result = await self._connection.execute(table.select().where(self._own(table)))
        return {PersonId(row.id): person_of(row) for row in result}

    async def address_of(self, person: PersonId) -> Address:
        return (await self.person(person)).address

    async def give_name(self, person: PersonId, official_name: str | None) -> None:
        await self._update(tables.people, {"official_name": official_name}, tables.people.c.id == person)

    async def choose_hour(self, person: PersonId, hour: time | None) -> None:
        await self._update(tables.people, {"nudged_at": hour}, tables.people.c.id == person)

    async def sit_at_desk(self, person: PersonId, at: datetime) -> None:
        await self._update(tables.people, {"at_desk_since": at}, tables.people.c.id == person)

    async def note_reachable(self, address: Address, unreachable_since: datetime | None) -> None:
        table = tables.people
        changed = table.c.unreachable_since.is_(None) == (unreachable_since is not None)
        await self._update(table, {"unreachable_since": unreachable_since}, at_address(table, address), changed)

    async def positions(self) -> tuple[Position, ...]:
        table = tables.positions
        result = await self._connection.execute(table.select().where(self._own(table)).order_by(table.c.id))
        return tuple(position_of(row) for row in result)

    async def position(self, position: PositionId) -> Position:
        found = await self.find_position(position)
        assert found is not None
        return found

    async def find_position(self, position: PositionId) -> Position | None:
        row = await self._one(tables.positions, tables.positions.c.id == position)
        return None if row is None else position_of(row)

    async def named_in_history(self) -> frozenset[PositionId]:
        invited_to, used = tables.invitations.c.position, tables.invitations.c.used_at.is_not(None)
        naming = [
            select(column).where(self._own(table, column.is_not(None), used if column is invited_to else true()))
            for table, column in _references(tables.positions.c.id)
        ]
        named = await self._connection.execute(union(*naming))
        return frozenset(map(PositionId, named.scalars())) | await self._named_in_rounds()

    async def _named_in_rounds(self) -> frozenset[PositionId]:
        """Rounds are kept whole, so no foreign key tells whom they name: who is asked, and who is to take a measure."""
        table = tables.workings
        rounds = await self._connection.execute(table.select().where(self._own(table)))
        return frozenset(position for row in rounds for position in working_of(row).named_positions)

    async def add_position(self, role: RoleKey, *, number: int | None) -> PositionId:
        return PositionId(await self._insert(tables.positions, {"role": role, "number": number}))

    async def renumber(self, position: PositionId, number: int | None) -> None:
        await self._update(tables.positions, {"number": number}, tables.positions.c.id == position)

    async def remove_position(self, position: PositionId) -> None:
        await self._delete(tables.invitations, tables.invitations.c.position == position)
        await self._delete(tables.positions, tables.positions.c.id == position)

    async def seat(self, position: PositionId, person: PersonId, at: datetime) -> None:
        await self._hold(position, person, at)

    async def vacate(self, position: PositionId, at: datetime) -> None:
        await self._hold(position, None, at)

    async def _hold(self, position: PositionId, holder: PersonId | None, at: datetime) -> None:
        before = await self.find_position(position)
        values = {"holder": holder, "held_since": at}
        await self._update(tables.positions, values, tables.positions.c.id == position)
        for person in {holder, before.holder if before is not None else None} - {None}:
            await self._note_whether_former(person, at)

    async def _note_whether_former(self, person: PersonId | None, at: datetime) -> None:
        """Since when somebody holds nothing: the names of such people are not kept for ever."""
        people, positions = tables.people, tables.positions
        held = await self._connection.execute(
            select(positions.c.id).where(self._own(positions, positions.c.holder == person)).limit(1)
        )
        since = None if held.one_or_none() is not None else at
        await self._update(people, {"former_since": since}, people.c.id == person)


class InvitationRows(OfficeRows):
    async def get(self, invitation: InvitationId) -> Invitation:
        row = await self._one(tables.invitations, tables.invitations.c.id == invitation)
        assert row is not None
        return invitation_of(row)

    async def by_hash(self, code_hash: str) -> Invitation | None:
        row = await self._one(tables.invitations, tables.invitations.c.code_hash == code_hash)
        return None if row is None else invitation_of(row)

    async def unused(self) -> Sequence[Invitation]:
        table = tables.invitations
        result = await self._connection.execute(table.select().where(self._own(table, table.c.used_at.is_(None))))
        return [invitation_of(row) for row in result]

    async def issue(
        self,
        position: PositionId,
        code_hash: str,
        expires_at: datetime,
        *,
        issued_by: PositionId | None = None,
        succeeds: PersonId | None = None,
    ) -> None:
        await self.void(position)
        table = tables.invitations
        issued = {"issued_by": issued_by, "succeeds": succeeds, "expires_at": expires_at}
        await self._insert(table, {"position": position, "code_hash": code_hash} | issued)

    async def void(self, position: PositionId) -> None:
        table = tables.invitations
        await self._delete(table, table.c.position == position, table.c.used_at.is_(None))

    async def mark_used(self, invitation: InvitationId, person: PersonId, at: datetime) -> None:
        table = tables.invitations
        await self._update(table, {"used_at": at, "used_by": person}, table.c.id == invitation)

    async def unused_after(self, now: datetime) -> Sequence[Invitation]:
        table = tables.invitations
        still_good = self._own(table, table.c.used_at.is_(None), table.c.expires_at > now)
        result = await self._connection.execute(table.select().where(still_good).order_by(table.c.expires_at))
        return [invitation_of(row) for row in result]


class EntryRows(OfficeRows):
    async def begin(self, invitation: InvitationId, position: PositionId, person: PersonId, at: datetime) -> Entry:
        begun = {"invitation": invitation, "position": position, "person": person, "begun_at": at}
        state = {"state": EntryState.NAMING.value}
        stored = await self.get(EntryId(await self._insert(tables.entries, begun | state)))
        assert stored is not None
        return stored

    async def get(self, entry: EntryId) -> Entry | None:
        row = await self._one(tables.entries, tables.entries.c.id == entry)
        return None if row is None else entry_of(row)

    async def all_open(self) -> Sequence[Entry]:
        table = tables.entries
        result = await self._connection.execute(
            table.select().where(self._own(table, tables.entry_open)).order_by(table.c.id)
        )
        return [entry_of(row) for row in result]

    async def save(self, entry: Entry) -> None:
        values = {"name": entry.name, "state": entry.state.value}
        await self._update(tables.entries, values, tables.entries.c.id == entry.id)


def _references(target: Column[int]) -> Iterator[tuple[Table, Column[int]]]:
    """Every column of every table that points at `target`: a table yet to come is not forgotten."""
    for table in tables.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column is target:
                yield table, key.parent
