"""What is proposed to whoever follows the reaction: to close the risk, or to work it anew; neither by itself."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from risk.closure import missing
from risk.ids import PersonId, PositionId
from risk.notices import ClosureProposed, Message, ReturnProposed
from risk.people import Member, Place
from risk.ports import Unit, UnitOfWork
from risk.powers import Power
from risk.risks import RiskState
from risk.rota import Rota
from risk.use_cases.permission import holders
from risk.use_cases.rota import rota_from
from risk.use_cases.rounds import InHand
from risk.workings import Working


async def propose_closure(unit: UnitOfWork, member: Member | None, hand: InHand, now: datetime) -> None:
    """When the last line of the checklist is met. `member` is None when the clock found it so. The caller commits."""
    if hand.risk.state is RiskState.WATCHED and not missing(hand.risk, hand.working, unit.office.plan):
        await _propose(unit, member, hand, ClosureProposed(risk=hand.risk.id, round=hand.risk.round), now)


async def propose_return(unit: UnitOfWork, member: Member | None, hand: InHand, now: datetime) -> None:
    """It spreads again, or its publication is not as it was. The caller commits.

    Nothing is returned to work that is in work: a link may stand on record before the answer is published, and when it
    goes meanwhile, the card and the checklist say so to whoever prepares the answer.
    """
    if hand.risk.state is not RiskState.WATCHED and hand.risk.is_open:
        return
    await _propose(unit, member, hand, ReturnProposed(risk=hand.risk.id, round=hand.risk.round), now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Who follows residents' reaction today: whose it is, or, while they are not here, who does in their place."""

    unit: Unit
    rota: Rota
    today: date
    deciding: Sequence[PersonId]

    def watching(self, working: Working) -> PersonId | None:
        """Whoever holds the watching position, or stands in for them."""
        return next(self._here(self._holders({working.watcher})), None)

    async def person(self, working: Working) -> PersonId | None:
        """Also the head of the risk's block, then whoever decides; when none of them is here, the first all the same.

        None when all these seats are vacant.
        """
        risk = await self.unit.risks.get(working.risk)
        block = None if risk is None else self.rota.office.plan.block(risk.block)
        heads = {each.id for each in self.rota.positions if block is not None and each.role == block.head}
        asked = [*self._holders({working.watcher}), *self._holders(heads), *self.deciding]
        return next(self._here(asked), None) or next(iter(asked), None)

    def _holders(self, positions: AbstractSet[PositionId]) -> list[PersonId]:
        return [each.holder for each in self.rota.positions if each.id in positions and each.holder is not None]

    def _here(self, people: Sequence[PersonId]) -> Iterator[PersonId]:
        away = self.rota.away_on(self.today)
        for person in people:
            deputy = self.rota.standing_in(person, self.today)
            if person not in away:
                yield person
            elif deputy is not None:
                yield deputy.person.id


async def following_now(unit: Unit, now: datetime) -> Following:
    today = unit.office.plan.calendar.local(now).date()
    deciding = [each.holder for each in await holders(unit, Power.DECIDE) if each.holder is not None]
    return Following(unit=unit, rota=await rota_from(unit, today), today=today, deciding=deciding)


async def _propose(unit: UnitOfWork, member: Member | None, hand: InHand, notice: Message, now: datetime) -> None:
    """Whoever follows it may be the one who acts: the proposal carries the button. Who acts stands in for nobody."""
    following = await following_now(unit, now)
    in_place = await following.person(hand.working) if member is None else member.person
    person = following.watching(hand.working) or in_place
    if person is not None:
        place = Place(address=await unit.people.address_of(person))
        await unit.outbox.plan(notice, place, due_at=now)
