"""A finished record that takes effect: what the effects of each kind have in hand; what they do is in `effects`."""

from dataclasses import dataclass
from datetime import date, datetime

from risk.events import EventKind
from risk.ids import PositionId
from risk.moves import Move
from risk.notices import Message
from risk.people import Member, Place
from risk.ports import UnitOfWork
from risk.records import Record, RecordField
from risk.risks import Risk
from risk.use_cases.rounds import InHand, keep, move
from risk.workings import Working


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """A record that takes effect: where, whose, on what, when."""

    unit: UnitOfWork
    member: Member
    hand: InHand
    record: Record
    now: datetime

    @property
    def working(self) -> Working:
        return self.hand.working

    @property
    def risk(self) -> Risk:
        return self.hand.risk

    @property
    def by(self) -> PositionId:
        return self.member.acting_as.id

    def said(self, field: RecordField) -> str:
        return self.record.filled[field]

    @property
    def whom(self) -> PositionId:
        return PositionId(int(self.said(RecordField.WHOM)))

    @property
    def until(self) -> date:
        return date.fromisoformat(self.said(RecordField.UNTIL))

    async def keep(self, working: Working, kind: EventKind, *, risk: Risk | None = None, **facts: str) -> None:
        await keep(self.unit, self.member, InHand(risk=risk or self.risk, working=working), kind, self.now, **facts)

    async def move(
        self, working: Working, step: Move, kind: EventKind, *, risk: Risk | None = None, **facts: str
    ) -> InHand:
        hand = InHand(risk=risk or self.risk, working=working)
        return await move(self.unit, self.member, hand, step, kind, self.now, **facts)

    async def tell(self, position: PositionId, notice: Message) -> None:
        """Tell whoever holds the position, unless it is the one who acts."""
        holder = (await self.unit.people.position(position)).holder
        if holder is not None and holder != self.member.person:
            place = Place(address=await self.unit.people.address_of(holder))
            await self.unit.outbox.plan(notice, place, due_at=self.now)
