"""Row ⇄ domain of digests and papers; the other rows are in `mapping` and `appeal_mapping`."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter

from risk.digests import Digest
from risk.figures import Scope
from risk.ids import DigestId, PaperId, PersonId
from risk.papers import Paper, PaperFault, PaperKind, PaperState
from risk.periods import Period
from storage.mapping import AnyRow, Values, dumped, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    period: Period | None
    scope: Scope
    due_at: datetime | None


_DIGEST: Final[TypeAdapter[Digest]] = TypeAdapter(Digest)
_ASKED: Final[TypeAdapter[_Asked]] = TypeAdapter(_Asked)


def digest_values(digest: Digest) -> Values:
    told = dumped(_DIGEST, digest)
    return {"kind": digest.kind.value, "day": digest.day, "as_of": digest.as_of, "told": told}


def digest_of(row: AnyRow) -> Digest:
    return replace(_DIGEST.validate_json(row.told), id=DigestId(row.id))


def paper_values(paper: Paper) -> Values:
    place = paper.place
    return {
        "kind": paper.kind.value,
        "state": paper.state.value,
        "messenger": place.address.messenger.value,
        "address": place.address.value,
        "thread": place.thread,
        "planned_at": paper.planned_at,
        "made_at": paper.made_at,
        "asked_by": paper.asked_by,
        "digest": paper.digest,
        "asked": dumped(_ASKED, _Asked(period=paper.period, scope=paper.scope, due_at=paper.due_at)),
        "file": paper.file,
        "caption": paper.caption,
        "why": None if paper.why is None else paper.why.value,
        "times": paper.times,
        "plain": paper.plain,
    }


def paper_of(row: AnyRow) -> Paper:
    asked = _ASKED.validate_json(row.asked)
    return Paper(
        id=PaperId(row.id),
        kind=PaperKind(row.kind),
        state=PaperState(row.state),
        place=place_of(row),
        planned_at=row.planned_at,
        period=asked.period,
        digest=None if row.digest is None else DigestId(row.digest),
        scope=asked.scope,
        due_at=asked.due_at,
        asked_by=None if row.asked_by is None else PersonId(row.asked_by),
        made_at=row.made_at,
        file=row.file,
        caption=row.caption,
        why=None if row.why is None else PaperFault(row.why),
        times=row.times,
        plain=row.plain,
    )
