"""Reading without changing: what a card, a form, a list or a history shows, gathered in one view of the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from risk.deadlines import Deadline
from risk.drafts import Draft
from risk.errors import RiskNotFound, UnknownChoice
from risk.events import Event
from risk.ids import DraftId, PersonId, PositionId, RiskId, RoleKey
from risk.offices import Office
from risk.people import Actor, Position
from risk.ports import OpenView, Unit
from risk.powers import Action
from risk.risks import NumberAsked, Risk, RiskNumber, verification_deadline
from risk.standing import Panel
from risk.use_cases.permission import permitted
from risk.use_cases.rota import Rota, rota_from

RISKS_ON_A_PAGE = 8


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
    panel: Panel
    now: datetime

    @property
    def deadline(self) -> Deadline:
        return verification_deadline(self.risk.filed_at, self.risk.level, self.office.plan)

    @property
    def overdue(self) -> bool:
        return self.risk.verify_by <= self.now


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RisksPage:
    office: Office
    risks: Sequence[Risk]
    page: int
    pages: int
    total: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskHistory:
    """Events in their order, each with the title of the position that acted."""

    office: Office
    risk: Risk
    events: Sequence[tuple[Event, str | None]]


async def card_facts(unit: Unit, risk_id: RiskId, panel: Panel, now: datetime) -> CardFacts:
    """For the courier and the readers below: a card as of now."""
    risk = await unit.risks.get(risk_id)
    if risk is None:
        raise UnknownChoice
    plan = unit.office.plan
    block = plan.block(risk.block)
    rota = await rota_from(unit, plan.calendar.local(now).date())
    return CardFacts(
        office=unit.office,
        risk=risk,
        responsible=None if block is None else plan.role(block.head).title,
        responsible_vacant=block is not None and not _holders(rota, block.head),
        responsible_away=None if block is None else _away(rota, block.head, plan.calendar.local(now).date()),
        filed_by=await _title(unit, risk.filed_by),
        panel=panel,
        now=now,
    )


async def draft_facts(unit: Unit, draft_id: DraftId, panel: Panel, desks: Sequence[Office] = ()) -> DraftFacts:
    """For the courier: a form as of now."""
    draft = await unit.drafts.get(draft_id)
    if draft is None:
        raise UnknownChoice
    filed = None if draft.risk is None else await unit.risks.get(draft.risk)
    number = None if filed is None else filed.number
    return DraftFacts(office=unit.office, draft=draft, panel=panel, number=number, desks=desks)


async def explain_deadline(risk_id: RiskId, *, actor: Actor, view: OpenView, now: datetime) -> CardFacts:
    async with view() as unit:
        await permitted(unit, actor, Action.READ_RISKS)
        return await card_facts(unit, risk_id, Panel.MAIN, now)


async def open_risks(page: int, *, actor: Actor, view: OpenView, now: datetime) -> RisksPage:
    """A page of open risks, counted from 0; a page past the end is the last one."""
    async with view() as unit:
        await permitted(unit, actor, Action.READ_RISKS)
        _, total = await unit.risks.open_page(offset=0, limit=1)
        pages = max(1, -(-total // RISKS_ON_A_PAGE))
        page = min(max(page, 0), pages - 1)
        risks, _ = await unit.risks.open_page(offset=page * RISKS_ON_A_PAGE, limit=RISKS_ON_A_PAGE)
        return RisksPage(office=unit.office, risks=risks, page=page, pages=pages, total=total, now=now)


async def history(asked: NumberAsked, *, actor: Actor, view: OpenView) -> RiskHistory:
    async with view() as unit:
        await permitted(unit, actor, Action.READ_RISKS)
        risk = await unit.risks.numbered(asked)
        if risk is None:
            raise RiskNotFound(str(asked))
        positions = {each.id: each for each in await unit.people.positions()}
        return RiskHistory(
            office=unit.office,
            risk=risk,
            events=[
                (event, _title_of(positions.get(event.position) if event.position else None, unit))
                for event in await unit.events.of_risk(risk.id)
            ],
        )


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


async def _title(unit: Unit, position: PositionId) -> str:
    return (await unit.people.position(position)).title(unit.office.plan)


def _title_of(position: Position | None, unit: Unit) -> str | None:
    return None if position is None else position.title(unit.office.plan)
