"""Whether a digest or a paper still is to be sent when its turn comes, and what is said of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from risk.digests import Digest
from risk.notices import (
    DigestAstray,
    DigestPosted,
    LatenessByBlock,
    NoticeState,
    PaperMade,
    ReportNotice,
    Told,
)
from risk.papers import Paper, PaperKind
from risk.people import Place
from risk.ports import Unit
from risk.powers import Power
from risk.use_cases.digest_astray import ASTRAY, is_of_today
from risk.use_cases.digest_facts import once_of
from risk.use_cases.permission import powers_by_person

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
            made = await unit.papers.get(paper)
            return None if made is None or made.file is None else await _paper_told(unit, made)
        case DigestPosted(digest=digest) | LatenessByBlock(digest=digest) | DigestAstray(digest=digest):
            found = await unit.digests.get(digest)
            if found is None or not is_of_today(unit, found, now):
                return None
            return await _digest_told(unit, notice, found, place)


async def _digest_told(unit: Unit, notice: ReportNotice, digest: Digest, place: Place) -> DigestTold | None:
    match notice:
        case LatenessByBlock() if not await _may(unit, place, Power.REPORT):
            return None
        case DigestAstray(times=times):
            sending = await unit.outbox.told_as(once_of(digest, times))
            was_sent_again = await unit.outbox.told_as(once_of(digest, times + 1)) is not None
            holds = sending is not None and sending.state in ASTRAY and not was_sent_again
            told = DigestTold(digest=digest, sending=sending)
            return told if holds and await _may(unit, place, Power.DECIDE) else None
        case _:
            return DigestTold(digest=digest)


async def _may(unit: Unit, place: Place, power: Power) -> bool:
    """Whether the reader still holds it: people may lose it before their message goes out."""
    person = await unit.people.find(place.address)
    return person is not None and power in (await powers_by_person(unit)).get(person, frozenset())


async def _paper_told(unit: Unit, made: Paper) -> PaperTold:
    digest = None if made.digest is None else await unit.digests.get(made.digest)
    if digest is None or made.kind is not PaperKind.DIGEST_PICTURE or made.asked_by is not None:
        return PaperTold(paper=made, digest=digest)
    told = await unit.outbox.told_as(once_of(digest))
    waits = told is not None and told.state in _ON_ITS_WAY
    return PaperTold(paper=made, digest=digest, answers=None if told is None else told.message, waits=waits)
