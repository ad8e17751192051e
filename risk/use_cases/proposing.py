"""What is proposed to whoever follows the reaction: to close the risk, or to work it anew; neither by itself."""

from datetime import datetime

from risk.closure import missing
from risk.ids import PersonId
from risk.notices import ClosureProposed, Message, ReturnProposed
from risk.people import Member, Place
from risk.ports import Unit, UnitOfWork
from risk.powers import Power
from risk.risks import RiskState
from risk.use_cases.permission import holders
from risk.use_cases.rounds import InHand
from risk.workings import Working


async def propose_closure(unit: UnitOfWork, member: Member | None, hand: InHand, now: datetime) -> None:
    """When the last line of the checklist is met. `member` is None when the clock found it so. The caller commits."""
    if hand.risk.state is RiskState.WATCHED and not missing(hand.risk, hand.working, unit.office.plan):
        await _propose(unit, member, hand, ClosureProposed(risk=hand.risk.id, round=hand.risk.round), now)


async def propose_return(unit: UnitOfWork, member: Member | None, hand: InHand, now: datetime) -> None:
    """It spreads again, or its publication is not as it was. The caller commits."""
    await _propose(unit, member, hand, ReturnProposed(risk=hand.risk.id, round=hand.risk.round), now)


async def follower(unit: Unit, working: Working) -> PersonId | None:
    """Whoever holds the watching position; while nobody does, the first of those who decide."""
    holder = (await unit.people.position(working.watcher)).holder
    if holder is not None:
        return holder
    deciding = await holders(unit, Power.DECIDE)
    return deciding[0].holder if deciding else None


async def _propose(unit: UnitOfWork, member: Member | None, hand: InHand, notice: Message, now: datetime) -> None:
    """Whoever follows it may be the one who acts: the proposal carries the button. Who acts stands in for nobody."""
    holder = (await unit.people.position(hand.working.watcher)).holder
    person = holder or (await follower(unit, hand.working) if member is None else member.person)
    if person is not None:
        place = Place(address=await unit.people.address_of(person))
        await unit.outbox.plan(notice, place, due_at=now)
