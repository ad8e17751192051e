"""For which office a form is: somebody who works in several is asked once, and the form stays or moves there."""

from dataclasses import dataclass, replace
from datetime import datetime

from risk.drafts import Choices, Draft, DraftStatus
from risk.ids import DraftId, OfficeId
from risk.people import Actor
from risk.ports import OpenUnit, Understand
from risk.powers import Action
from risk.standing import Subject
from risk.use_cases.drafts import close_draft, first_panel, open_draft_of
from risk.use_cases.permission import permitted


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDraft:
    """It is for the office where it was opened."""

    draft: DraftId


async def keep_draft(command: KeepDraft, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    async with uow() as unit:
        member = await permitted(unit, actor, Action.DRAFT_RISK)
        draft = await open_draft_of(unit, member, command.draft)
        await unit.drafts.save(replace(draft, touched_at=now))
        panel = await first_panel(unit, member, draft)
        await unit.standing.turn(Subject.DRAFT, draft.id, panel, opened_by=member.person)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDraft:
    draft: DraftId
    into: OfficeId


async def move_draft(
    command: MoveDraft, *, actor: Actor, uow: OpenUnit, there: OpenUnit, now: datetime, understand: Understand
) -> None:
    """It is for another office where its author works; `there` opens units of it.

    Two commits, since a unit of work is for one office: first the form is opened there, once however often this is
    repeated, and then it is closed here, which also settles the update. See decision 0024.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.DRAFT_RISK)
        draft = await open_draft_of(unit, member, command.draft)
    await _taken_in(draft, replace(actor, office=command.into), there, now, understand)
    async with uow() as unit:
        member = await permitted(unit, actor, Action.DRAFT_RISK)
        left = await open_draft_of(unit, member, command.draft)
        await close_draft(unit, left, DraftStatus.MOVED)
        await unit.commit()


async def _taken_in(draft: Draft, actor: Actor, there: OpenUnit, now: datetime, understand: Understand) -> None:
    async with there() as unit:
        member = await permitted(unit, actor, Action.DRAFT_RISK)
        if await unit.drafts.came_from(draft.id) is not None:
            return
        anew = replace(
            draft,
            author=member.person,
            touched_at=now,
            understood=understand(draft.parts, unit.office.plan),
            choices=Choices(gist=draft.choices.gist, sources=draft.choices.sources, reach=draft.choices.reach),
        )
        taken = await unit.drafts.add(anew, came_from=draft.id)
        panel = await first_panel(unit, member, taken)
        await unit.standing.post(Subject.DRAFT, taken.id, taken.place, panel=panel)
        await unit.commit()
