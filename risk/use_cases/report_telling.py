"""Whether a digest or a paper still is to be sent when its turn comes, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from risk.digests import Digest
from risk.ids import PositionId
from risk.notices import DigestAstray, DigestPosted, LatenessByBlock, NoticeState, PaperMade, ReportNotice
from risk.papers import Paper, PaperKind
from risk.ports import Unit
from risk.use_cases.digesting import once_of

_ON_ITS_WAY: Final = frozenset({NoticeState.PLANNED, NoticeState.CLAIMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTold:
    """A snapshot with the titles of positions that it names."""

    digest: Digest
    titles: Mapping[PositionId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTold:
    """`answers` is the message that it replies to; `waits`: that message has yet to be sent."""

    paper: Paper
    digest: Digest | None = None
    answers: int | None = None
    waits: bool = False


ReportTold = DigestTold | PaperTold


async def report_told(unit: Unit, notice: ReportNotice) -> ReportTold | None:
    """None when there is nothing to send any more."""
    match notice:
        case DigestPosted(digest=digest) | LatenessByBlock(digest=digest) | DigestAstray(digest=digest):
            found = await unit.digests.get(digest)
            return None if found is None else DigestTold(digest=found, titles=await _titles(unit))
        case PaperMade(paper=paper):
            made = await unit.papers.get(paper)
            return None if made is None or made.file is None else await _paper_told(unit, made)


async def _paper_told(unit: Unit, made: Paper) -> PaperTold:
    digest = None if made.digest is None else await unit.digests.get(made.digest)
    if digest is None or made.kind is not PaperKind.DIGEST_PICTURE or made.asked_by is not None:
        return PaperTold(paper=made, digest=digest)
    told = await unit.outbox.told_as(once_of(digest))
    waits = told is not None and told.state in _ON_ITS_WAY
    return PaperTold(paper=made, digest=digest, answers=None if told is None else told.message, waits=waits)


async def _titles(unit: Unit) -> Mapping[PositionId, str]:
    return {seat.id: seat.title(unit.office.plan) for seat in await unit.people.positions()}
