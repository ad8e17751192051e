"""The daily digest: stored once for a day at its hour, posted in the same commit, shown and set as a page on demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from risk.digest_rules import due_day, next_digest_at
from risk.digests import BlockFigures, Digest, DigestKind
from risk.errors import UnknownChoice
from risk.ids import DigestId, PaperId
from risk.notices import DigestPosted, LatenessByBlock
from risk.offices import Office, OfficePlan
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Actor, Member, Place
from risk.ports import OpenUnit, OpenView, UnitOfWork
from risk.powers import POWER_FOR, Action, Power
from risk.report_terms import LatenessTold
from risk.use_cases.addressing import tell_seated
from risk.use_cases.digest_facts import digest_of_day, once_of, picture_once_of
from risk.use_cases.paper_asking import plan_asked, plan_paper
from risk.use_cases.permission import holders, permitted
from risk.use_cases.reporting import blocks_of


async def post_digests(*, uow: OpenUnit, view: OpenView, now: datetime) -> int:
    """Several times a minute; how many were posted. Counted before the write begins: the snapshot says as of when."""
    async with view() as unit:
        bound_at = await unit.chats.bound_at()
        day = None if bound_at is None else due_day(unit.office.plan, now, bound_at)
        if day is None:
            return 0
        if await unit.digests.of_day(DigestKind.DAILY, day) is not None:
            return 0
        counted = await digest_of_day(unit, day, now)
    async with uow() as unit:
        place = await unit.chats.alert_chat()
        digest = None if place is None else await unit.digests.add(counted)
        if place is None or digest is None:
            return 0
        await unit.outbox.plan(DigestPosted(digest=digest.id), place, due_at=now, once=once_of(digest))
        picture = _paper(PaperKind.DIGEST_PICTURE, digest.id, place, now)
        await plan_paper(unit, picture, once=picture_once_of(digest))
        await _tell_in_private(unit, digest, now)
        await unit.commit()
    return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRead:
    """`by_block`: what the reader may see of lateness by block. `comes_at` is None when this one was posted."""

    office: Office
    digest: Digest
    by_block: Sequence[BlockFigures]
    comes_at: datetime | None


async def read_digest(*, actor: Actor, view: OpenView, now: datetime) -> DigestRead:
    """`/digest`: today's as it was posted, or else as it would be now."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_DIGEST)
        plan = unit.office.plan
        day = plan.calendar.local(now).date()
        posted = await unit.digests.of_day(DigestKind.DAILY, day)
        digest = await digest_of_day(unit, day, now) if posted is None else posted
        return DigestRead(
            office=unit.office,
            digest=digest,
            by_block=_seen_by(member, digest, plan),
            comes_at=next_digest_at(plan, now, await unit.chats.bound_at()) if posted is None else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDigestPage:
    """`place` is where the page goes: the asker's chat with the bot."""

    digest: DigestId
    place: Place


async def ask_digest_page(asked: AskDigestPage, *, actor: Actor, uow: OpenUnit, now: datetime) -> bool:
    """The digest on one page, for the planning meeting: whoever reads the digest may have it. Raises UnknownChoice.

    False when it is in hand already.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.READ_DIGEST)
        if await unit.digests.get(asked.digest) is None:
            raise UnknownChoice
        page = _paper(PaperKind.DIGEST_PAGE, asked.digest, asked.place, now)
        is_new = await plan_asked(unit, member, page)
        await unit.commit()
    return is_new


async def _tell_in_private(unit: UnitOfWork, digest: Digest, now: datetime) -> None:
    """Lateness by block, where the office keeps it from the chat; nothing when no block is late."""
    if digest.lateness_told is LatenessTold.PRIVATE and digest.late_blocks:
        readers = await holders(unit, Power.REPORT)
        told = LatenessByBlock(digest=digest.id)
        await tell_seated(unit, readers, told, now, once=lambda person: f"lateness {digest.day} {person}")


def _seen_by(member: Member, digest: Digest, plan: OfficePlan) -> Sequence[BlockFigures]:
    """A block head sees their own block, whatever is kept from the chat."""
    if digest.lateness_told is LatenessTold.CHAT or POWER_FOR[Action.READ_REPORT_OF_OFFICE] in member.powers:
        return digest.late_blocks
    own = blocks_of(member, plan)
    return tuple(each for each in digest.late_blocks if each.block in own)


def _paper(kind: PaperKind, digest: DigestId, place: Place, now: datetime) -> Paper:
    return Paper(
        id=PaperId(0),
        kind=kind,
        state=PaperState.PLANNED,
        place=place,
        planned_at=now,
        digest=digest,
    )
