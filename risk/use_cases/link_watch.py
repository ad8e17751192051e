"""Watching over published links: which are to be probed, what a probe found, what a person says who has looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from risk.errors import UnknownChoice
from risk.events import Event, EventKind
from risk.ids import RiskId
from risk.link_watch import awaits_a_person, is_cause_for_return, links_due, probed, seen
from risk.people import Actor
from risk.ports import OpenUnit, OpenView, UnitOfWork
from risk.powers import Action
from risk.probes import Probe
from risk.use_cases.permission import permitted
from risk.use_cases.proposing import propose_closure, propose_return
from risk.use_cases.rounds import InHand, in_hand, keep, require_own_block, save_round, store_round
from risk.workings import Publication

AT_ONCE: Final = 20
"""Rounds of which links are given out at a time; the others come next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkToProbe:
    """A link that is due, in the round that it belongs to."""

    risk: RiskId
    round: int
    link: str
    address: str


async def links_to_probe(*, view: OpenView, now: datetime) -> Sequence[LinkToProbe]:
    async with view() as unit:
        found: list[LinkToProbe] = []
        for working in await unit.workings.probes_due(now, limit=AT_ONCE):
            risk = await unit.risks.get(working.risk)
            found += [
                LinkToProbe(risk=working.risk, round=working.round, link=due.link, address=due.address)
                for due in (() if risk is None else links_due(risk, working, now))
            ]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteProbe:
    """What the probe of a link has found."""

    risk: RiskId
    round: int
    link: str
    probe: Probe


async def note_probe(command: NoteProbe, *, uow: OpenUnit, now: datetime) -> None:
    """What has become of the risk while its page was asked counts more: a link that is gone from it is let be."""
    async with uow() as unit:
        risk = await unit.risks.get(command.risk)
        if risk is None or risk.round != command.round:
            return
        working = await unit.workings.current(risk)
        before = next((each for each in working.publications if each.link == command.link), None)
        if before is None:
            return
        after = probed(before, command.probe)
        await _note(unit, InHand(risk=risk, working=working.with_publication(after)), before, after, now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLink:
    """A published link, by its place in the list."""

    risk: RiskId
    round: int
    link: int


async def confirm_link(command: OfLink, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Проверено, на месте»: a person's look counts where the machine cannot tell."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.WORK_RISK)
        hand = await in_hand(unit, command.risk, command.round)
        require_own_block(unit, member, hand.risk)
        publications = hand.working.publications
        if not 0 <= command.link < len(publications):
            raise UnknownChoice
        before = publications[command.link]
        if not awaits_a_person(before):
            raise UnknownChoice
        looked_at = hand.working.with_publication(seen(before, member.acting_as.id, now))
        confirmed = InHand(risk=hand.risk, working=looked_at)
        await keep(unit, member, confirmed, EventKind.LINK_SEEN, now, text=before.link)
        if before.missing_since is not None:
            await propose_closure(unit, member, confirmed, now)
        await unit.commit()


async def _note(unit: UnitOfWork, hand: InHand, before: Publication, after: Publication, now: datetime) -> None:
    """A card is drawn anew, and a line written, only when something is otherwise than at the look before."""
    kind = _happening(before, after)
    if kind is None:
        await save_round(unit, hand, now)
        return
    await store_round(unit, hand, now)
    await unit.events.add(Event(risk=hand.risk.id, at=now, kind=kind, position=None, facts={"text": after.link}))
    if is_cause_for_return(before, after):
        await propose_return(unit, None, hand, now)
    else:
        await propose_closure(unit, None, hand, now)


def _happening(before: Publication, after: Publication) -> EventKind | None:
    if (before.missing_since is None) != (after.missing_since is None):
        return EventKind.LINK_SEEN if after.missing_since is None else EventKind.LINK_MISSING
    if before.changed_since is None and after.changed_since is not None:
        return EventKind.LINK_CHANGED
    return None
