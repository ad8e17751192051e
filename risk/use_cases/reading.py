"""Reading without changing: what a card, a form, a list or a history shows, gathered in one view of the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from risk.appeal_cases import AppealCase
from risk.appeal_forms import suggested_block
from risk.appeals import AppealSource
from risk.closure import Line, Watch, checklist, watch
from risk.deadlines import Deadline
from risk.drafts import Draft
from risk.errors import RiskNotFound, UnknownChoice
from risk.events import Event, EventKind
from risk.ids import BlockKey, DraftId, ObligationId, PersonId, PositionId, RecordId, RiskId, RoleKey
from risk.offices import Office
from risk.people import Actor, Position, in_order
from risk.ports import OpenView, Understand, Unit
from risk.powers import Action
from risk.records import HOLDS, Record, RecordKind, RecordStatus
from risk.risks import (
    OPEN_STATES,
    STATES_OF_STAGE,
    NumberAsked,
    Risk,
    RiskNumber,
    RiskState,
    Stage,
    answer_deadline,
    verification_deadline,
)
from risk.rota import Rota
from risk.routing import Routed
from risk.sameness import Sameness
from risk.standing import Panel
from risk.use_cases.permission import permitted
from risk.use_cases.rota import rota_from
from risk.workings import Working

RISKS_ON_A_PAGE = 8
MOST_FOUND: Final = 15
MOST_APPEALS_FOUND: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Whoever is responsible is away until the end of this day; `deputy` is the position of who stands in."""

    until: date
    deputy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """All that a card says. `responsible` and `filed_by` are titles of positions; nobody may hold the former."""

    office: Office
    risk: Risk
    responsible: str | None
    responsible_vacant: bool
    responsible_away: Away | None
    filed_by: str
    working: Working
    titles: Mapping[PositionId, str]
    merged_into: RiskNumber | None
    alike: Sequence[Risk]
    panel: Panel
    now: datetime
    notes: Sequence[tuple[Event, str | None]] = ()
    """On a page of one's own: what was noted, each with the title of the position that noted it."""

    @property
    def today(self) -> date:
        return self.office.plan.calendar.local(self.now).date()

    @property
    def deadline(self) -> Deadline:
        """The inner deadline of what is awaited now, or was last."""
        risk, plan = self.risk, self.office.plan
        begun = self.working.begun_at or risk.filed_at
        counted = verification_deadline if risk.answer_by is None else answer_deadline
        return counted(begun, risk.level, plan)

    @property
    def overdue(self) -> bool:
        return self.risk.due_at is not None and self.risk.due_at <= self.now

    @property
    def watch(self) -> Watch | None:
        """How far following the reaction has come."""
        return watch(self.risk, self.working, self.office.plan)

    @property
    def checklist(self) -> Sequence[Line]:
        return checklist(self.risk, self.working, self.office.plan)

    def title(self, position: PositionId) -> str:
        return self.titles[position]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """All that a form says. `number` is there once the draft was filed.

    `desks` are the offices of somebody who works in several, to choose among.
    """

    office: Office
    draft: Draft
    panel: Panel
    number: RiskNumber | None
    desks: Sequence[Office] = ()
    alike: Sequence[tuple[Risk, Sameness]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """To what a list is narrowed; None leaves all."""

    stage: Stage | None = None
    block: BlockKey | None = None


ALL_OPEN: Final = Narrowed()


@dataclass(frozen=True, slots=True, kw_only=True)
class RisksPage:
    office: Office
    risks: Sequence[Risk]
    page: int
    pages: int
    total: int
    now: datetime
    narrowed: Narrowed


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskHistory:
    """Events in their order, each with the title of the position that acted."""

    office: Office
    risk: Risk
    events: Sequence[tuple[Event, str | None]]
    now: datetime


async def card_facts(unit: Unit, risk_id: RiskId, panel: Panel, now: datetime) -> CardFacts:
    """For the courier and the readers below: a card as of now."""
    risk = await unit.risks.get(risk_id)
    if risk is None:
        raise UnknownChoice
    plan = unit.office.plan
    block = plan.block(risk.block)
    rota = await rota_from(unit, plan.calendar.local(now).date())
    working = await unit.workings.current(risk)
    titles = {position.id: position.title(plan) for position in rota.positions}
    return CardFacts(
        office=unit.office,
        risk=risk,
        responsible=None if block is None else plan.role(block.head).title,
        responsible_vacant=block is not None and not _holders(rota, block.head),
        responsible_away=None if block is None else _away(rota, block.head, plan.calendar.local(now).date()),
        filed_by=titles[risk.filed_by],
        working=working,
        titles=titles,
        merged_into=await _merged_into(unit, working),
        alike=await _alike(unit, risk, working),
        panel=panel,
        now=now,
    )


async def read_card(asked: NumberAsked | RiskId, *, actor: Actor, view: OpenView, now: datetime) -> CardFacts:
    """Everything that is known of the risk, for a page of one's own. Raises RiskNotFound."""
    async with view() as unit:
        await permitted(unit, actor, Action.READ_RISKS)
        risk = await (unit.risks.numbered(asked) if isinstance(asked, NumberAsked) else unit.risks.get(RiskId(asked)))
        if risk is None:
            raise RiskNotFound(str(asked))
        facts, told = await card_facts(unit, risk.id, Panel.MAIN, now), await _history(unit, risk, now)
        return replace(facts, notes=[each for each in told.events if each[0].kind is EventKind.NOTED])


async def draft_facts(unit: Unit, draft_id: DraftId, panel: Panel, desks: Sequence[Office] = ()) -> DraftFacts:
    """For the courier: a form as of now."""
    draft = await unit.drafts.get(draft_id)
    if draft is None:
        raise UnknownChoice
    filed = None if draft.risk is None else await unit.risks.get(draft.risk)
    number = None if filed is None else filed.number
    sameness = {each.risk: each.sameness for each in draft.understood.alike}
    return DraftFacts(
        office=unit.office,
        draft=draft,
        panel=panel,
        number=number,
        desks=desks,
        alike=[(risk, sameness[risk.id]) for risk in await unit.risks.those(tuple(sameness))],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts:
    """All that a record says. `positions` are those that may be chosen, in the office's order, with their titles.

    It has the card of its risk, or its appeal; `suggested` is the block that the rules find for a new one, `held` the
    day to which a finished record has put off what is reminded of.
    """

    office: Office
    record: Record
    positions: Sequence[PositionId]
    titles: Mapping[PositionId, str]
    now: datetime
    card: CardFacts | None = None
    appeal: AppealCase | None = None
    suggested: Routed | None = None
    held: date | None = None

    @property
    def today(self) -> date:
        return self.office.plan.calendar.local(self.now).date()


async def record_facts(unit: Unit, record_id: RecordId, now: datetime) -> RecordFacts:
    """For the courier: a record as of now."""
    record = await unit.records.get(record_id)
    if record is None:
        raise UnknownChoice
    plan = unit.office.plan
    seats, today = in_order(await unit.people.positions(), plan), plan.calendar.local(now).date()
    return RecordFacts(
        office=unit.office,
        record=record,
        positions=[seat.id for seat in seats if seat.holder is not None or seat.number is None],
        titles={seat.id: seat.title(plan) for seat in seats},
        now=now,
        card=None if record.risk is None else await card_facts(unit, record.risk, Panel.MAIN, now),
        appeal=None if record.appeal is None else await unit.appeals.get(record.appeal),
        suggested=suggested_block(record.filled, plan, today) if record.kind is RecordKind.NEW_APPEAL else None,
        held=await _held(unit, record),
    )


async def _held(unit: Unit, record: Record) -> date | None:
    """A finished record keeps none of its answers: the day is where it took effect."""
    if record.kind not in HOLDS or record.status is not RecordStatus.DONE:
        return None
    owed = await unit.obligations.find(ObligationId(record.item))
    return None if owed is None or owed.hold is None else owed.hold.day


async def explain_deadline(risk_id: RiskId, *, actor: Actor, view: OpenView, now: datetime) -> CardFacts:
    async with view() as unit:
        await permitted(unit, actor, Action.READ_RISKS)
        return await card_facts(unit, risk_id, Panel.MAIN, now)


async def open_risks(
    page: int, narrowed: Narrowed = ALL_OPEN, *, actor: Actor, view: OpenView, now: datetime
) -> RisksPage:
    """A page of open risks, counted from 0; a page past the end is the last one."""
    async with view() as unit:
        await permitted(unit, actor, Action.READ_RISKS)
        _, total = await _open(unit, narrowed, now, offset=0, limit=1)
        pages = max(1, -(-total // RISKS_ON_A_PAGE))
        page = min(max(page, 0), pages - 1)
        risks, _ = await _open(unit, narrowed, now, offset=page * RISKS_ON_A_PAGE, limit=RISKS_ON_A_PAGE)
        return RisksPage(
            office=unit.office, risks=risks, page=page, pages=pages, total=total, now=now, narrowed=narrowed
        )


async def _open(
    unit: Unit, narrowed: Narrowed, now: datetime, *, offset: int, limit: int
) -> tuple[Sequence[Risk], int]:
    return await unit.risks.open_page(
        offset=offset,
        limit=limit,
        states=OPEN_STATES if narrowed.stage is None else STATES_OF_STAGE[narrowed.stage],
        block=narrowed.block,
        overdue_at=now if narrowed.stage is Stage.OVERDUE else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRisks:
    """The newest risks, and appeals, that hold the words; or the risks that concern the reader; of how many."""

    office: Office
    risks: Sequence[Risk]
    now: datetime
    appeals: Sequence[AppealCase] = ()
    freshest: Mapping[AppealSource, datetime] = field(default_factory=dict)
    risks_in_all: int = 0
    appeals_in_all: int = 0


async def find_risks(typed: str, *, actor: Actor, view: OpenView, now: datetime, understand: Understand) -> FoundRisks:
    """`/find слово`: risks whose gist or sources hold all the words, appeals whose topic or place or body does."""
    async with view() as unit:
        await permitted(unit, actor, Action.READ_RISKS)
        sought = understand.sought(typed)
        if not sought.words:
            return FoundRisks(office=unit.office, risks=(), now=now)
        risks = await unit.risks.holding(sought, limit=MOST_FOUND)
        appeals = await unit.appeals.holding(sought, limit=MOST_APPEALS_FOUND)
        return FoundRisks(
            office=unit.office,
            risks=risks.shown,
            risks_in_all=risks.total,
            now=now,
            appeals=appeals.shown,
            appeals_in_all=appeals.total,
            freshest=await unit.imports.freshest(),
        )


async def own_risks(*, actor: Actor, view: OpenView, now: datetime) -> FoundRisks:
    """`/mine`: open risks that the reader has filed, verifies, watches or follows, or that are of their block."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_RISKS)
        seats = {position.id for position in member.positions}
        roles = {position.role for position in member.positions}
        blocks = {block.key for block in unit.office.plan.blocks if block.head in roles}
        watched = {working.risk for working in await unit.workings.watched_by(seats)}
        followed = await unit.followers.followed_by(seats)
        concerns = [
            risk
            for risk in await unit.risks.all_open()
            if risk.filed_by in seats
            or risk.block in blocks
            or risk.id in watched | followed
            or await _verifier(unit, risk) in seats
        ]
        return FoundRisks(office=unit.office, risks=concerns[:MOST_FOUND], now=now, risks_in_all=len(concerns))


async def turn_history(risk_id: RiskId, *, actor: Actor, view: OpenView, now: datetime) -> RiskHistory:
    """The history of the risk whose page is turned. Raises UnknownChoice."""
    async with view() as unit:
        await permitted(unit, actor, Action.READ_RISKS)
        risk = await unit.risks.get(risk_id)
        if risk is None:
            raise UnknownChoice
        return await _history(unit, risk, now)


async def history(asked: NumberAsked, *, actor: Actor, view: OpenView, now: datetime) -> RiskHistory:
    async with view() as unit:
        await permitted(unit, actor, Action.READ_RISKS)
        risk = await unit.risks.numbered(asked)
        if risk is None:
            raise RiskNotFound(str(asked))
        return await _history(unit, risk, now)


async def _history(unit: Unit, risk: Risk, now: datetime) -> RiskHistory:
    positions = {each.id: each for each in await unit.people.positions()}
    return RiskHistory(
        office=unit.office,
        risk=risk,
        now=now,
        events=[
            (event, _title_of(positions.get(event.position) if event.position else None, unit))
            for event in await unit.events.of_risk(risk.id)
        ],
    )


async def _verifier(unit: Unit, risk: Risk) -> PositionId | None:
    """While it is verified; whose it was before is no longer their work."""
    under_way = risk.state in {RiskState.VERIFYING, RiskState.UNCLEAR}
    return (await unit.workings.current(risk)).verifier if under_way else None


def _holders(rota: Rota, role: RoleKey) -> Sequence[PersonId]:
    return [each.holder for each in rota.positions if each.role == role and each.holder is not None]


def _away(rota: Rota, role: RoleKey, today: date) -> Away | None:
    """None as long as anybody who holds the role is here."""
    away, people = rota.away_on(today), _holders(rota, role)
    if not people or any(person not in away for person in people):
        return None
    deputy = rota.standing_in(people[0], today)
    return Away(
        until=away[people[0]].last_day,
        deputy=None if deputy is None else deputy.main_position.title(rota.office.plan),
    )


async def _alike(unit: Unit, risk: Risk, working: Working) -> Sequence[Risk]:
    """Risks that an open one resembled at its filing, and may still be merged with."""
    others = await unit.risks.those(working.alike) if risk.is_open else []
    return [each for each in others if each.state is not RiskState.MERGED]


async def _merged_into(unit: Unit, working: Working) -> RiskNumber | None:
    into = None if working.ending is None or working.ending.into is None else working.ending.into
    other = None if into is None else await unit.risks.get(into)
    return None if other is None else other.number


def _title_of(position: Position | None, unit: Unit) -> str | None:
    return None if position is None else position.title(unit.office.plan)
