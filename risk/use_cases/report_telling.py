"""Whether a digest or a paper still is to be sent when its turn comes, and what is said of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from risk.digests import Digest
from risk.errors import NotListed, NotPermitted
from risk.notices import (
    DigestAstray,
    DigestPosted,
    LatenessByBlock,
    NoticeState,
    PaperFailed,
    PaperMade,
    ReportNotice,
    Told,
)
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Actor, Place
from risk.ports import Unit
from risk.powers import Action, Power
from risk.use_cases.digest_astray import ASTRAY, is_of_today
from risk.use_cases.digest_facts import once_of
from risk.use_cases.permission import permitted, powers_by_person
from risk.use_cases.reporting import scope_for

_ON_ITS_WAY: Final = frozenset({NoticeState.PLANNED, NoticeState.CLAIMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTold:
    """`sending` is what became of the sending that may not have arrived."""

    digest: Digest
    sending: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTold:
    """`answers` is the message that it replies to; `waits`: that message has yet to be sent."""

    paper: Paper
    digest: Digest | None = None
    answers: int | None = None
    waits: bool = False


ReportTold = DigestTold | PaperTold


async def report_told(unit: Unit, notice: ReportNotice, place: Place, now: datetime) -> ReportTold | None:
    """None when there is nothing to send any more."""
    match notice:
        case PaperMade(paper=paper):
            return await _paper_told(unit, await unit.papers.get(paper), place, now)
        case PaperFailed(paper=paper, times=times):
            return await _failure_told(unit, await unit.papers.get(paper), times, place)
        case DigestPosted(digest=digest) | LatenessByBlock(digest=digest) | DigestAstray(digest=digest):
            found = await unit.digests.get(digest)
            if found is None or not is_of_today(unit, found, now):
                return None
            return await _digest_told(unit, notice, found, place)


async def _digest_told(unit: Unit, notice: ReportNotice, digest: Digest, place: Place) -> DigestTold | None:
    match notice:
        case LatenessByBlock():
            return DigestTold(digest=digest) if await _may(unit, place, Power.REPORT) else None
        case DigestAstray(times=times):
            sending = await unit.outbox.told_as(once_of(digest, times))
            was_sent_again = await unit.outbox.told_as(once_of(digest, times + 1)) is not None
            holds = sending is not None and sending.state in ASTRAY and not was_sent_again
            told = DigestTold(digest=digest, sending=sending)
            return told if holds and await _may(unit, place, Power.DECIDE) else None
        case _:
            return DigestTold(digest=digest) if await _is_alert_chat(unit, place) else None


async def _may(unit: Unit, place: Place, power: Power) -> bool:
    """Whether the reader still holds it: people may lose it before their message goes out."""
    person = await unit.people.find(place.address)
    return person is not None and power in (await powers_by_person(unit)).get(person, frozenset())


async def _is_alert_chat(unit: Unit, place: Place) -> bool:
    """Whether it still is: another one may have been chosen before the message goes out."""
    return await unit.chats.alert_chat() == place


async def _paper_told(unit: Unit, made: Paper | None, place: Place, now: datetime) -> PaperTold | None:
    if made is None or made.file is None:
        return None
    digest = None if made.digest is None else await unit.digests.get(made.digest)
    if digest is None or made.kind is not PaperKind.DIGEST_PICTURE:
        return PaperTold(paper=made, digest=digest) if await _may_have(unit, made, place) else None
    if not is_of_today(unit, digest, now) or not await _is_alert_chat(unit, place):
        return None
    told = await unit.outbox.told_as(once_of(digest))
    waits = told is not None and told.state in _ON_ITS_WAY
    return PaperTold(paper=made, digest=digest, answers=None if told is None else told.message, waits=waits)


async def _failure_told(unit: Unit, failed: Paper | None, times: int, place: Place) -> PaperTold | None:
    """None when it is asked for meanwhile, which another message tells of, or nothing that its reader may have."""
    if failed is None or not failed.is_own_memo or (failed.state, failed.times) != (PaperState.FAILED, times):
        return None
    return PaperTold(paper=failed) if await _may_have(unit, failed, place) else None


async def _may_have(unit: Unit, made: Paper, place: Place) -> bool:
    """Whether all that stands in it may still be read there: whoever asked may have been dismissed, or moved."""
    try:
        member = await permitted(unit, Actor(office=unit.office.id, address=place.address), Action.READ_REPORT)
        return made.is_common or scope_for(member, unit.office.plan, made.scope) == made.scope
    except (NotListed, NotPermitted):
        return False
