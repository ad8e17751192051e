"""What a message of reminders says, reckoned anew when it is sent; why somebody is reminded; what one owes now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from risk.appeal_cases import AppealCase
from risk.appeal_terms import AppealDue, due_of
from risk.appeals import AppealSource
from risk.chains import Link, chain, seats_asked
from risk.deadlines import Deadline, deadline
from risk.errors import UnknownChoice
from risk.freshness import is_known
from risk.ids import AppealId, ObligationId, PersonId, RiskId
from risk.ladders import next_upward
from risk.notices import Reminder
from risk.nudges import Nudge
from risk.obligations import Matter, ObligationKind, Owed
from risk.offices import Office
from risk.people import Actor
from risk.ports import OpenView, Unit
from risk.powers import Action
from risk.risks import Risk
from risk.rota import Rota
from risk.standing import Panel
from risk.use_cases.permission import permitted
from risk.use_cases.reading import CardFacts, card_facts
from risk.use_cases.rota import rota_from


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedTold:
    """Something owed as it is worded: about which risk or appeal, what of it, by which seat; `steps` above whoever is
    told of it."""

    owed: Owed
    matter: Risk | AppealCase
    about: str | None
    whose: str | None
    steps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderTold:
    """What one person is told: what they owe, what is overdue below them.

    `missed` were to be said while the bot did not run. `deputises` are seats whose holders are away, `on_duty`: it does
    not wait for the morning, and the shift is theirs. `freshest` are the exports that it rests on.
    """

    office: Office
    own: Sequence[OwedTold]
    below: Sequence[OwedTold]
    missed: int
    deputises: Sequence[str]
    on_duty: bool
    freshest: Mapping[AppealSource, datetime]
    now: datetime


async def reminder_told(unit: Unit, notice: Reminder, now: datetime) -> ReminderTold | None:
    """None when nothing of it holds any more, or is not known for want of a fresh export."""
    freshest = await unit.imports.freshest()
    told = [
        (nudge, owed)
        for nudge, owed in await unit.nudges.of_bundle(notice.bundle)
        if owed is not None
        and _holds(unit, nudge, owed, now)
        and is_known(owed.obligation, freshest, unit.office.plan, now)
    ]
    if not told:
        return None
    rota = await _rota(unit, now)
    if notice.person not in rota.colleagues:
        return None
    items = await _those_told(unit, rota, [(owed, nudge.step) for nudge, owed in told])
    return ReminderTold(
        office=unit.office,
        own=_by_urgency(each for each in items if not each.steps),
        below=_by_urgency(each for each in items if each.steps),
        missed=sum(nudge.missed for nudge, _ in told),
        deputises=_deputised(unit, rota, [nudge for nudge, _ in told]),
        on_duty=any(nudge.on_duty for nudge, _ in told),
        freshest=_rested_on(items, freshest),
        now=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why somebody is reminded: the arithmetic of the deadline, the chain, who hears of it next and when.

    About a risk there is its `card`, about an appeal the term that it is `due` by. `counted` is None for a term of
    whole days and for a day that somebody named. `next_title` is None at the top.
    """

    office: Office
    card: CardFacts | None
    due: AppealDue | None
    told: OwedTold
    counted: Deadline | None
    overdue_by: timedelta
    freshest: Mapping[AppealSource, datetime]
    links: Sequence[tuple[str, bool]]
    place: int | None
    next_title: str | None
    next_at: datetime | None
    now: datetime


async def explain_owed(owed_id: ObligationId, *, actor: Actor, view: OpenView, now: datetime) -> Explained:
    """«Почему мне?». Raises UnknownChoice for what is owed no more."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_RISKS)
        owed = await unit.obligations.find(owed_id)
        if owed is None:
            raise UnknownChoice
        plan = unit.office.plan
        rota = await _rota(unit, now)
        links = chain(owed.obligation, rota, plan.calendar.local(now).date())
        place = _place(links, member.person)
        upward = next_upward(owed, plan.ladder(owed.obligation.level), plan.calendar, now)
        above = links[upward.step] if upward is not None and upward.step < len(links) else None
        term = owed.obligation.term
        [told] = await _those_told(unit, rota, [(owed, place or 0)])
        risk, appeal = (None, told.matter) if isinstance(told.matter, AppealCase) else (told.matter, None)
        return Explained(
            office=unit.office,
            card=None if risk is None else await card_facts(unit, risk.id, Panel.MAIN, now),
            due=None if appeal is None else due_of(appeal.appeal, plan.appeal_terms, plan.calendar),
            told=told,
            counted=None if term is None else deadline(owed.obligation.counted_from, term, plan.calendar),
            overdue_by=plan.calendar.working_time_between(owed.obligation.due_at, now),
            freshest=_rested_on([told], await unit.imports.freshest()),
            links=[(link.position.title(plan), link.deputises) for link in links],
            place=place,
            next_title=None if above is None else above.position.title(plan),
            next_at=None if above is None or upward is None else upward.at,
            now=now,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOwed:
    """What the reader owes now, the earliest first, and their hour of reminders.

    `unknown` is how much else was owed by exports that are too old to say so still.
    """

    office: Office
    own: Sequence[OwedTold]
    unknown: int
    freshest: Mapping[AppealSource, datetime]
    hour: time
    is_usual: bool
    now: datetime


async def own_owed(*, actor: Actor, view: OpenView, now: datetime) -> OwnOwed:
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_RISKS)
        plan, rota = unit.office.plan, await _rota(unit, now)
        today = plan.calendar.local(now).date()
        own = [owed for owed in await unit.obligations.all_open() if _answers(owed, rota, today) == member.person]
        freshest = await unit.imports.freshest()
        known = [owed for owed in own if is_known(owed.obligation, freshest, plan, now)]
        told = _by_urgency(await _those_told(unit, rota, [(owed, 0) for owed in known]))
        person = rota.people[member.person]
        return OwnOwed(
            office=unit.office,
            own=told,
            unknown=len(own) - len(known),
            freshest=_rested_on(told, freshest),
            hour=person.nudged_at or plan.nudged_at,
            is_usual=person.nudged_at is None,
            now=now,
        )


async def _rota(unit: Unit, now: datetime) -> Rota:
    return await rota_from(unit, unit.office.plan.calendar.local(now).date())


def _answers(owed: Owed, rota: Rota, today: date) -> PersonId | None:
    links = chain(owed.obligation, rota, today)
    return links[0].person if links else None


def _holds(unit: Unit, nudge: Nudge, owed: Owed, now: datetime) -> bool:
    if owed.obligation.due_at != nudge.due_at:
        return False
    return owed.hold is None or owed.hold.ends_at(unit.office.plan.calendar) <= now


async def _those_told(unit: Unit, rota: Rota, items: Sequence[tuple[Owed, int]]) -> Sequence[OwedTold]:
    """Each with its steps; however many there are, risks and appeals are read once."""
    matters = await _matters(unit, [owed for owed, _ in items])
    told = []
    for owed, steps in items:
        matter = matters[owed.obligation.key.matter, owed.obligation.key.matter_id]
        asked = next(seats_asked(owed.obligation, rota), None)
        told.append(
            OwedTold(
                owed=owed,
                matter=matter,
                about=None if isinstance(matter, AppealCase) else await _about(unit, owed, matter),
                whose=None if asked is None else asked.title(unit.office.plan),
                steps=steps,
            )
        )
    return told


async def _matters(unit: Unit, items: Iterable[Owed]) -> Mapping[tuple[Matter, int], Risk | AppealCase]:
    keys = {(each.obligation.key.matter, each.obligation.key.matter_id) for each in items}
    risks = await unit.risks.those([RiskId(number) for matter, number in keys if matter is Matter.RISK])
    appeals = await unit.appeals.those([AppealId(number) for matter, number in keys if matter is Matter.APPEAL])
    found: dict[tuple[Matter, int], Risk | AppealCase] = {(Matter.RISK, each.id): each for each in risks}
    return found | {(Matter.APPEAL, each.id): each for each in appeals}


def _rested_on(items: Sequence[OwedTold], freshest: Mapping[AppealSource, datetime]) -> Mapping[AppealSource, datetime]:
    sources = {each.owed.obligation.known_from for each in items}
    return {source: made_at for source, made_at in freshest.items() if source in sources}


def _deputised(unit: Unit, rota: Rota, nudges: Sequence[Nudge]) -> Sequence[str]:
    """Titles of the seats in whose holder's place the person is told."""
    seats = {nudge.position for nudge in nudges if nudge.deputises}
    return [seat.title(unit.office.plan) for seat in rota.positions if seat.id in seats]


async def _about(unit: Unit, owed: Owed, risk: Risk) -> str | None:
    """The words of the circumstance or of the measure that it is about."""
    key = owed.obligation.key
    if key.kind not in {ObligationKind.UNKNOWN, ObligationKind.MEASURE}:
        return None
    working = await unit.workings.current(risk)
    if key.kind is ObligationKind.UNKNOWN:
        return working.unknowns[key.place].question
    return working.measures[key.place].what


def _by_urgency(items: Iterable[OwedTold]) -> Sequence[OwedTold]:
    return sorted(items, key=lambda each: (each.owed.obligation.due_at, each.owed.id))


def _place(links: Sequence[Link], person: PersonId) -> int | None:
    return next((place for place, link in enumerate(links) if link.person == person), None)
