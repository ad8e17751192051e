"""The form of a filing: what is sent becomes a draft, presses and typed words change it, one press files it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from risk.drafts import Choices, Draft, DraftField, DraftStatus
from risk.errors import (
    AlreadyFiled,
    AnswerUnclear,
    DraftClosed,
    GistMissing,
    NothingToFile,
    SomeoneElses,
    UnknownChoice,
)
from risk.gist import tidy_gist
from risk.ids import BlockKey, DraftId, LevelKey, RiskId, TerritoryKey
from risk.masking import NUMBER_HIDDEN
from risk.people import Actor, Member, Place
from risk.ports import OpenUnit, Understand, UnitOfWork
from risk.powers import Action
from risk.reach import read_reach
from risk.risks import RiskNumber
from risk.standing import Panel, Subject
from risk.understanding import Part
from risk.use_cases.filing import file_stored_draft, level_without_confirmation
from risk.use_cases.mentions import mentioned, understood_among
from risk.use_cases.permission import permitted
from risk.use_cases.recording import set_records_aside
from risk.use_cases.rounds import InHand
from risk.workings import ReachSeen

ABANDONED_AFTER: Final = timedelta(days=3)
"""An open form that nobody has touched for so long is closed, and what it held is dropped."""

_SERVICE_NUMBER: Final = re.compile(r"(?:доб\.?|[\d\s+(),./-]){2,60}")
"""Digits and what stands between them: no words, lest a resident's name come in as a service's number."""

ASKS: Final[Mapping[Panel, DraftField]] = MappingProxyType(
    {
        Panel.ASK_GIST: DraftField.GIST,
        Panel.ASK_SOURCE: DraftField.SOURCE,
        Panel.ASK_SERVICE_NUMBER: DraftField.SERVICE_NUMBER,
        Panel.ASK_REACH: DraftField.REACH,
    }
)
"""Panels that await typed words, and what the words are for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMessage:
    """A member's message to the bot in private, or a reply to the bot's own question in the chat.

    `typed` is the message's text when it may answer a question: typed by hand, nothing forwarded or attached.
    `works_elsewhere`: its author works in other offices too, so that a form first asks for which one it is.
    """

    part: Part
    place: Place
    typed: str | None
    replies_to: int | None = None
    works_elsewhere: bool = False


async def take_message(
    command: TakeMessage, *, actor: Actor, uow: OpenUnit, now: datetime, understand: Understand
) -> None:
    """Words that were asked for go into their field; anything else joins the draft it was sent with or opens one."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.DRAFT_RISK)
        if not await _answered_question(unit, member, command, now):
            await _joined_or_opened(unit, member, command, now, understand)
        await unit.commit()


async def take_reply_in_chat(command: TakeMessage, *, actor: Actor, uow: OpenUnit, now: datetime) -> bool:
    """A reply in the alert chat: an answer when it replies to the question put to this person, else nothing."""
    async with uow() as unit:
        if not await _is_reply_to_own_question(unit, actor, command):
            return False
        member = await permitted(unit, actor, Action.DRAFT_RISK)
        answered = await _answered_question(unit, member, command, now)
        await unit.commit()
    return answered


async def take_edited_message(
    command: TakeMessage, *, actor: Actor, uow: OpenUnit, now: datetime, understand: Understand
) -> bool:
    """The author mended a message: the open draft that holds it, if there is one here, is understood anew."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.DRAFT_RISK)
        drafts = await unit.drafts.open_drafts(member.person, command.place)
        draft = next((each for each in drafts if each.holds(command.part.message_id)), None)
        if draft is None:
            return False
        await _understood_anew(unit, draft, command.part, now, understand)
        await unit.commit()
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnDraft:
    """Open another panel of the form."""

    draft: DraftId
    panel: Panel


async def turn_draft(command: TurnDraft, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    async with uow() as unit:
        member, draft = await _own_open_draft(unit, actor, command.draft)
        await unit.drafts.save(replace(draft, touched_at=now))
        await _turn(unit, draft, command.panel)
        field = ASKS.get(command.panel)
        if field is not None:
            await set_records_aside(unit, member)
            await unit.prompts.ask(member.person, draft.place, draft.id, field)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseBlock:
    draft: DraftId
    block: BlockKey | None


async def choose_block(command: ChooseBlock, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    async with uow() as unit:
        _, draft = await _own_open_draft(unit, actor, command.draft)
        if command.block is not None and command.block not in unit.office.plan.block_keys:
            raise UnknownChoice
        await _chosen(
            unit, draft, replace(draft.choices, block=command.block, without_block=command.block is None), now
        )
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseTerritory:
    draft: DraftId
    territory: TerritoryKey | None


async def choose_territory(command: ChooseTerritory, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    async with uow() as unit:
        _, draft = await _own_open_draft(unit, actor, command.draft)
        if command.territory is not None and command.territory not in unit.office.plan.territory_keys:
            raise UnknownChoice
        await _chosen(
            unit,
            draft,
            replace(draft.choices, territory=command.territory, without_territory=command.territory is None),
            now,
        )
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseLevel:
    draft: DraftId
    level: LevelKey


async def choose_level(command: ChooseLevel, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """The highest level is chosen here like any other; filing with it asks for a second press."""
    async with uow() as unit:
        _, draft = await _own_open_draft(unit, actor, command.draft)
        if command.level not in unit.office.plan.level_keys:
            raise UnknownChoice
        await _chosen(unit, draft, replace(draft.choices, level=command.level), now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class DropReach:
    """«Цифр не видно»: figures that were typed before are no more."""

    draft: DraftId


async def drop_reach(command: DropReach, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    async with uow() as unit:
        _, draft = await _own_open_draft(unit, actor, command.draft)
        await _chosen(unit, draft, replace(draft.choices, reach=None), now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDraft:
    """`highest` answers the second question: None when it was not put yet."""

    draft: DraftId
    highest: bool | None = None


async def register_draft(command: RegisterDraft, *, actor: Actor, uow: OpenUnit, now: datetime) -> RiskNumber | None:
    """File the draft; None when the highest level must first be confirmed by a second press."""
    async with uow() as unit:
        member, draft = await _own_open_draft(unit, actor, command.draft)
        if draft.gist is None:
            raise GistMissing
        below = level_without_confirmation(unit, draft.level)
        number = None
        if below != draft.level and command.highest is None:
            await _turn(unit, draft, Panel.CONFIRM_HIGHEST)
        else:
            level = draft.level if command.highest else below
            decided = draft.choosing(replace(draft.choices, level=level))
            number = (await file_stored_draft(unit, member, decided, level=level, now=now)).number
        await unit.commit()
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRisk:
    """«Это тот же риск»: the draft is a mention of a risk that there is."""

    draft: DraftId
    risk: RiskId


async def join_risk(command: JoinRisk, *, actor: Actor, uow: OpenUnit, now: datetime) -> RiskNumber:
    """The member follows that risk from now on; where its reaction is watched, the watch begins anew."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.FILE_RISK)
        draft = await open_draft_of(unit, member, command.draft)
        risk = await unit.risks.get(command.risk)
        if risk is None or command.risk not in {each.risk for each in draft.understood.alike}:
            raise UnknownChoice
        hand = InHand(risk=risk, working=await unit.workings.current(risk))
        await mentioned(unit, member, hand, draft, now)
        await close_draft(unit, draft, DraftStatus.JOINED, risk=risk.id)
        await unit.commit()
    return risk.number


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelDraft:
    draft: DraftId


async def cancel_draft(command: CancelDraft, *, actor: Actor, uow: OpenUnit) -> None:
    async with uow() as unit:
        _, draft = await _own_open_draft(unit, actor, command.draft)
        await close_draft(unit, draft, DraftStatus.CANCELLED)
        await unit.commit()


async def close_abandoned_drafts(*, uow: OpenUnit, now: datetime) -> int:
    """Close the forms that nobody has touched for days. How many were closed."""
    async with uow() as unit:
        abandoned = await unit.drafts.untouched_since(now - ABANDONED_AFTER)
        for draft in abandoned:
            await close_draft(unit, draft, DraftStatus.CANCELLED)
        if abandoned:
            await unit.commit()
    return len(abandoned)


async def open_draft_of(unit: UnitOfWork, member: Member, draft_id: DraftId) -> Draft:
    """The member's own open draft. Raises DraftClosed, AlreadyFiled, SomeoneElses."""
    draft = await unit.drafts.get(draft_id)
    if draft is None or draft.status in {DraftStatus.CANCELLED, DraftStatus.MOVED}:
        raise DraftClosed
    if draft.status in {DraftStatus.FILED, DraftStatus.JOINED}:
        raise AlreadyFiled(await _number(unit, draft))
    if draft.author != member.person:
        raise SomeoneElses
    return draft


async def close_draft(unit: UnitOfWork, draft: Draft, status: DraftStatus, *, risk: RiskId | None = None) -> None:
    """End the form; what it held is dropped. The caller commits."""
    await unit.drafts.save(draft.closed(status, risk=risk))
    await unit.prompts.settle(draft.id)
    await unit.standing.refresh(Subject.DRAFT, draft.id)


async def _own_open_draft(unit: UnitOfWork, actor: Actor, draft_id: DraftId) -> tuple[Member, Draft]:
    member = await permitted(unit, actor, Action.DRAFT_RISK)
    return member, await open_draft_of(unit, member, draft_id)


async def _number(unit: UnitOfWork, filed: Draft) -> str:
    risk = None if filed.risk is None else await unit.risks.get(filed.risk)
    return "" if risk is None else str(risk.number)


async def _is_reply_to_own_question(unit: UnitOfWork, actor: Actor, command: TakeMessage) -> bool:
    person = await unit.people.find(actor.address)
    asked = await unit.standing.at(command.place, command.replies_to or 0)
    pending = None if person is None else await unit.prompts.pending(person, command.place)
    return (
        asked is not None and asked.subject is Subject.DRAFT and pending is not None and asked.subject_id == pending[0]
    )


async def _answered_question(unit: UnitOfWork, member: Member, command: TakeMessage, now: datetime) -> bool:
    pending = await unit.prompts.pending(member.person, command.place)
    if pending is None or command.typed is None:
        return False
    draft_id, field = pending
    draft = await unit.drafts.get(draft_id)
    if draft is None or draft.status is not DraftStatus.OPEN:
        return False
    choices = _with_answer(draft, field, command, now)
    if choices is None:
        if command.part.sources:
            return False
        raise AnswerUnclear
    await _answered(unit, member, draft.choosing(choices), now)
    return True


async def _answered(unit: UnitOfWork, member: Member, draft: Draft, now: datetime) -> None:
    """In private the form shows it, below the words; in the chat, where only the gist was missing, a risk is filed."""
    alert_chat = await unit.chats.alert_chat()
    if alert_chat is not None and draft.place.address == alert_chat.address:
        level = level_without_confirmation(unit, draft.level)
        await file_stored_draft(unit, member, draft, level=level, now=now)
    else:
        await unit.drafts.save(replace(draft, touched_at=now))
        await unit.prompts.settle(draft.id)
        await unit.standing.post(Subject.DRAFT, draft.id, draft.place, opened_by=draft.author, pressed=True)


def _with_answer(draft: Draft, field: DraftField, command: TakeMessage, now: datetime) -> Choices | None:
    """The choices with the typed words in their field; None when the words do not answer the question."""
    part = command.part
    match field:
        case DraftField.GIST:
            gist = tidy_gist(part.text)
            sources = (*draft.choices.sources, *part.sources)
            return None if gist is None else replace(draft.choices, gist=gist, sources=sources)
        case DraftField.SOURCE:
            sources = part.spoken_or_linked()
            return replace(draft.choices, sources=(*draft.choices.sources, *sources)) if sources else None
        case DraftField.SERVICE_NUMBER:
            number = (command.typed or "").strip()
            if draft.gist is None or not _SERVICE_NUMBER.fullmatch(number):
                return None
            return replace(draft.choices, gist=_unhide(draft.gist, number))
        case DraftField.REACH:
            # A link holds numbers too: with one in it the message is something else that was sent.
            figures = None if part.sources else read_reach(command.typed or "")
            return None if figures is None else replace(draft.choices, reach=ReachSeen(figures=figures, at=now))


def _unhide(gist: str, number: str) -> str:
    """A service's own number is no personal data; it takes the place of the first number that was hidden."""
    return gist.replace(NUMBER_HIDDEN, number, 1) if NUMBER_HIDDEN in gist else f"{gist} ({number})"


async def _joined_or_opened(
    unit: UnitOfWork, member: Member, command: TakeMessage, now: datetime, understand: Understand
) -> None:
    newest = next(iter(await unit.drafts.open_drafts(member.person, command.place, limit=1)), None)
    if newest is not None and newest.belongs_with(command.part):
        await _understood_anew(unit, newest, command.part, now, understand)
        return
    if command.part.is_empty:
        raise NothingToFile
    await _opened(unit, member, command, now, understand)


async def _opened(
    unit: UnitOfWork, member: Member, command: TakeMessage, now: datetime, understand: Understand
) -> None:
    draft = await unit.drafts.add(
        Draft(
            id=DraftId(0),
            author=member.person,
            place=command.place,
            status=DraftStatus.OPEN,
            touched_at=now,
            parts=(command.part,),
            understood=await understood_among(unit, (command.part,), understand, now),
        )
    )
    panel = Panel.ASK_OFFICE if command.works_elsewhere else await first_panel(unit, member, draft)
    await unit.standing.post(Subject.DRAFT, draft.id, draft.place, panel=panel)


async def first_panel(unit: UnitOfWork, member: Member, draft: Draft) -> Panel:
    """What a form asks or shows once its office is known. The caller commits."""
    if draft.gist is not None:
        return Panel.MAIN
    await unit.prompts.ask(member.person, draft.place, draft.id, DraftField.GIST)
    return Panel.ASK_GIST


async def _understood_anew(unit: UnitOfWork, draft: Draft, part: Part, now: datetime, understand: Understand) -> None:
    parts = draft.with_part(part)
    grown = replace(draft, parts=parts, understood=await understood_among(unit, parts, understand, now), touched_at=now)
    await unit.drafts.save(grown)
    if draft.gist is None and grown.gist is not None and not await _asks_office(unit, draft):
        await _turn(unit, grown, Panel.MAIN)
    else:
        await unit.standing.refresh(Subject.DRAFT, draft.id)


async def _asks_office(unit: UnitOfWork, draft: Draft) -> bool:
    forms = await unit.standing.of(Subject.DRAFT, draft.id)
    return any(form.panel is Panel.ASK_OFFICE for form in forms)


async def _chosen(unit: UnitOfWork, draft: Draft, choices: Choices, now: datetime) -> None:
    await unit.drafts.save(replace(draft, choices=choices, touched_at=now))
    await _turn(unit, draft, Panel.MAIN)


async def _turn(unit: UnitOfWork, draft: Draft, panel: Panel) -> None:
    await unit.prompts.settle(draft.id)
    await unit.standing.turn(Subject.DRAFT, draft.id, panel, opened_by=draft.author)
