"""People, positions and invitations of an office."""

from datetime import datetime

from risk.ids import InvitationId, PersonId, PositionId, RoleKey
from risk.people import Address, Invitation, Position
from storage import tables
from storage.mapping import address_of, address_values, invitation_of, position_of
from storage.repositories.rows import OfficeRows, at_address


class PeopleRows(OfficeRows):
    async def find(self, address: Address) -> PersonId | None:
        row = await self._one(tables.people, at_address(tables.people, address))
        return None if row is None else PersonId(row.id)

    async def find_or_add(self, address: Address) -> PersonId:
        found = await self.find(address)
        return PersonId(await self._insert(tables.people, address_values(address))) if found is None else found

    async def address_of(self, person: PersonId) -> Address:
        row = await self._one(tables.people, tables.people.c.id == person)
        assert row is not None
        return address_of(row)

    async def positions(self) -> tuple[Position, ...]:
        table = tables.positions
        result = await self._connection.execute(table.select().where(self._own(table)).order_by(table.c.id))
        return tuple(position_of(row) for row in result)

    async def position(self, position: PositionId) -> Position:
        row = await self._one(tables.positions, tables.positions.c.id == position)
        assert row is not None
        return position_of(row)

    async def add_position(self, role: RoleKey, *, number: int | None) -> PositionId:
        return PositionId(await self._insert(tables.positions, {"role": role, "number": number}))

    async def seat(self, position: PositionId, person: PersonId) -> None:
        await self._update(tables.positions, {"holder": person}, tables.positions.c.id == position)


class InvitationRows(OfficeRows):
    async def by_hash(self, code_hash: str) -> Invitation | None:
        row = await self._one(tables.invitations, tables.invitations.c.code_hash == code_hash)
        return None if row is None else invitation_of(row)

    async def issue(self, position: PositionId, code_hash: str, expires_at: datetime) -> None:
        table = tables.invitations
        await self._delete(table, table.c.position == position, table.c.used_at.is_(None))
        await self._insert(table, {"position": position, "code_hash": code_hash, "expires_at": expires_at})

    async def mark_used(self, invitation: InvitationId, person: PersonId, at: datetime) -> None:
        table = tables.invitations
        await self._update(table, {"used_at": at, "used_by": person}, table.c.id == invitation)
