"""Filing a risk: the one act in which all three ways to file end, and the way that needs no form."""

from dataclasses import dataclass
from datetime import datetime

from risk.drafts import Draft, DraftField, DraftStatus
from risk.errors import AlertChatMissing, GistMissing, NothingToFile
from risk.events import Event, EventKind
from risk.ids import DraftId, LevelKey, RiskId
from risk.people import Actor, Member, Place
from risk.ports import OpenUnit, Understand, UnitOfWork
from risk.powers import Action
from risk.reach import reach_facts
from risk.risks import Risk, RiskNumber, RiskState, verification_deadline
from risk.standing import Panel, Subject
from risk.understanding import Part, Understanding
from risk.use_cases.mentions import understood_among
from risk.use_cases.owing import settle_owed
from risk.use_cases.permission import permitted
from risk.use_cases.questions import answer_question
from risk.workings import ReachSeen, Working


async def file_risk(unit: UnitOfWork, member: Member, draft: Draft, *, level: LevelKey, now: datetime) -> Risk:
    """Give the drafted risk its number, its deadline, its history and its card. The caller commits.

    A draft that suggests the highest level but is filed below it has its card ask the filer once more.
    Raises GistMissing and AlertChatMissing: there is nothing to say, or nowhere to say it.
    """
    if draft.gist is None:
        raise GistMissing
    alert_chat = await unit.chats.alert_chat()
    if alert_chat is None:
        raise AlertChatMissing
    risk = await unit.risks.add(await _drawn_up(unit, member, draft, draft.gist, level, now))
    alike = tuple(each.risk for each in draft.understood.alike)
    reach = draft.choices.reach
    working = Working(risk=risk.id, round=risk.round, watcher=risk.filed_by, alike=alike, first_reach=reach)
    await unit.workings.begin(working)
    await settle_owed(unit, risk, working, now)
    await unit.events.add(_filed(risk, member, reach, now))
    asks_filer = risk.suggested_level is not None
    await unit.standing.post(
        Subject.RISK,
        risk.id,
        alert_chat,
        panel=Panel.CONFIRM_HIGHEST if asks_filer else Panel.MAIN,
        opened_by=member.person if asks_filer else None,
    )
    return risk


async def file_stored_draft(unit: UnitOfWork, member: Member, draft: Draft, *, level: LevelKey, now: datetime) -> Risk:
    """File what the form holds and close the form, which keeps nothing of what it held. The caller commits."""
    risk = await file_risk(unit, member, draft, level=level, now=now)
    await unit.drafts.save(draft.closed(DraftStatus.FILED, risk=risk.id))
    await unit.prompts.settle(draft.id)
    await unit.standing.refresh(Subject.DRAFT, draft.id)
    return risk


def level_without_confirmation(unit: UnitOfWork, level: LevelKey) -> LevelKey:
    """`level`, or the one below it when it is the highest, which needs the filer's own second press."""
    plan = unit.office.plan
    return plan.highest_without_confirmation.key if level == plan.highest.key else level


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInChat:
    """`/risk` in the alert chat: the command's own words and the message it replies to. `command` is its id.

    `question` is the message that asked who wrote the command, when it was written under no name.
    """

    parts: tuple[Part, ...]
    place: Place
    command: int
    question: int | None = None


async def file_in_chat(
    command: FileInChat, *, actor: Actor, uow: OpenUnit, now: datetime, understand: Understand
) -> RiskNumber | None:
    """File at once; None when the gist must be asked first, which a standing question in the chat does.

    Raises NothingToFile when neither words nor links nor pictures were sent.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.FILE_RISK)
        draft = _unstored(command, member, await understood_among(unit, command.parts, understand, now), now)
        if draft.is_empty:
            raise NothingToFile
        if command.question is not None:
            await answer_question(unit, member, command.place, command.question, now)
        risk = None
        if draft.gist is None:
            await _ask_gist(unit, draft, answers=command.command)
        else:
            level = level_without_confirmation(unit, draft.level)
            risk = await file_risk(unit, member, draft, level=level, now=now)
        await unit.commit()
    return None if risk is None else risk.number


def _unstored(command: FileInChat, member: Member, understood: Understanding, now: datetime) -> Draft:
    return Draft(
        id=DraftId(0),
        author=member.person,
        place=command.place,
        status=DraftStatus.OPEN,
        touched_at=now,
        parts=command.parts,
        understood=understood,
    )


async def _ask_gist(unit: UnitOfWork, unstored: Draft, *, answers: int) -> None:
    draft = await unit.drafts.add(unstored)
    await unit.prompts.ask(draft.author, draft.place, draft.id, DraftField.GIST)
    await unit.standing.post(Subject.DRAFT, draft.id, draft.place, panel=Panel.ASK_GIST, answers=answers)


async def _drawn_up(unit: UnitOfWork, member: Member, draft: Draft, gist: str, level: LevelKey, now: datetime) -> Risk:
    plan = unit.office.plan
    return Risk(
        id=RiskId(0),
        number=await unit.risks.next_number(plan.calendar.local(now).year),
        state=RiskState.FILED,
        round=1,
        gist=gist,
        sources=draft.sources,
        block=draft.block,
        level=level,
        suggested_level=_still_to_confirm(draft, level, plan.highest.key),
        territory=draft.territory,
        filed_by=member.acting_as.id,
        filed_at=now,
        verify_by=verification_deadline(now, level, plan).due_at,
    )


def _still_to_confirm(draft: Draft, level: LevelKey, highest: LevelKey) -> LevelKey | None:
    """In the form the question was put before filing; a risk filed from the chat carries it on its card."""
    asked_in_form = draft.choices.level is not None
    return highest if draft.level == highest != level and not asked_in_form else None


def _filed(risk: Risk, member: Member, reach: ReachSeen | None, now: datetime) -> Event:
    facts = {"level": str(risk.level)} | ({} if risk.block is None else {"block": str(risk.block)})
    facts |= reach_facts(None if reach is None else reach.figures)
    return Event(risk=risk.id, at=now, kind=EventKind.FILED, position=member.acting_as.id, facts=facts)
