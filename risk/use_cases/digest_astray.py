"""A digest that may not have reached the chat: whoever decides hears of it, and may have it sent again.

It is never sent again by itself: twice in the chat is worse than a question.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from risk.digests import Digest, DigestKind
from risk.errors import AlertChatMissing, DigestOver, DigestSentAgain, UnknownChoice
from risk.ids import DigestId
from risk.notices import DigestAstray, DigestPosted, NoticeState
from risk.people import Actor
from risk.ports import OpenUnit, OpenView, Unit
from risk.powers import Action, Power
from risk.use_cases.addressing import Wanted, people_in, say_once
from risk.use_cases.digest_facts import once_of, sendings_of
from risk.use_cases.permission import holders, permitted

ASTRAY: Final = frozenset({NoticeState.UNKNOWN, NoticeState.REFUSED})


async def watch_digests(*, uow: OpenUnit, view: OpenView, now: datetime) -> int:
    """Several times a minute; to how many it was told that today's digest may not have arrived, each of them once."""
    return await say_once(_wanted, uow=uow, view=view, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDigestAgain:
    """`times`: how often it had been sent again when the button was made."""

    digest: DigestId
    times: int


async def send_digest_again(wanted: SendDigestAgain, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Once, however many press. Raises UnknownChoice, DigestOver, AlertChatMissing, DigestSentAgain."""
    async with uow() as unit:
        await permitted(unit, actor, Action.SEND_DIGEST_AGAIN)
        digest = await unit.digests.get(wanted.digest)
        told = None if digest is None else await unit.outbox.told_as(once_of(digest, wanted.times))
        if digest is None or told is None:
            raise UnknownChoice
        if not is_of_today(unit, digest, now):
            raise DigestOver
        place = await unit.chats.alert_chat()
        if place is None:
            raise AlertChatMissing
        times = wanted.times + 1
        again = DigestPosted(digest=digest.id, times=times)
        is_astray = told.state in ASTRAY
        if not is_astray or not await unit.outbox.plan(again, place, due_at=now, once=once_of(digest, times)):
            raise DigestSentAgain
        await unit.commit()


def is_of_today(unit: Unit, digest: Digest, now: datetime) -> bool:
    """Until its day is over a digest is news."""
    return digest.day == unit.office.plan.calendar.local(now).date()


async def _wanted(unit: Unit, now: datetime) -> Wanted:
    day = unit.office.plan.calendar.local(now).date()
    digest = await unit.digests.of_day(DigestKind.DAILY, day)
    astray = None if digest is None else await _astray(unit, digest)
    if astray is None:
        return {}
    people = people_in(await holders(unit, Power.DECIDE))
    return {f"digest astray {day} {astray.times} {person}": (astray, person) for person in people}


async def _astray(unit: Unit, digest: Digest) -> DigestAstray | None:
    """By its last sending."""
    sendings = await sendings_of(unit, digest)
    is_astray = bool(sendings) and sendings[-1].state in ASTRAY
    return DigestAstray(digest=digest.id, times=len(sendings) - 1) if is_astray else None
