"""Nudges: one row for each reminder, from its rung to what became of it; and whether a moment is fit to disturb.

A nudge that is held or was refused was not said. What was given out shares a message with whatever else the person is
to hear at that moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from risk.calendar import WorkingCalendar
from risk.chains import Link, chain, on_duty
from risk.duties import shift_at
from risk.freshness import Freshest, is_known
from risk.ids import NudgeId, ObligationId, PersonId, PositionId
from risk.ladders import DAWN, Rung, RungKind
from risk.obligations import Owed
from risk.offices import OfficePlan
from risk.rota import Rota


class NudgeState(StrEnum):
    WAITING = "waiting"
    """Planned for its moment."""
    HELD = "held"
    """Its moment came and was not fit; it is said at the next one that is."""
    GIVEN = "given"
    """In a message; whether that arrived is known of the message."""
    MOOT = "moot"
    """Nothing to remind of any more, or said by another one."""
    REFUSED = "refused"
    """The person cannot be reached."""


class Why(StrEnum):
    """Why a nudge was not said, or not yet."""

    CLOSED = "closed"
    """Night, weekend or holiday."""
    BUDGET = "budget"
    """The person has heard enough that day."""
    NOBODY = "nobody"
    """Nobody can act: the seats are vacant, or everybody is away without a deputy."""
    DONE = "done"
    CHANGED = "changed"
    """The deadline was moved, and the ladder begins anew."""
    ON_HOLD = "on_hold"
    """The person has named a day."""
    FOLDED = "folded"
    """Another reminder of the same thing is said at that moment."""
    MISSED = "missed"
    """The bot did not run when it was to be said."""
    TOP = "top"
    """There is nobody further above."""
    UNREACHABLE = "unreachable"
    STALE = "stale"
    """Only exports tell of it, and there is no fresh one."""


SLEPT: Final = timedelta(hours=1)
"""A rung that is found so late came while the bot did not run; a minute past midnight is no stop."""

PENDING: Final = frozenset({NudgeState.WAITING, NudgeState.HELD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """`release_at`: when it is looked at next. `bundle` names the message, by the first of the nudges in it.

    `person` and `position` are who it was given to; `on_duty` when that was for their shift alone. `missed` counts
    those before it that the bot was not there to say.
    """

    id: NudgeId
    owed: ObligationId
    due_at: datetime
    kind: RungKind
    step: int
    at: datetime
    of_morning: bool
    release_at: datetime
    state: NudgeState = NudgeState.WAITING
    why: Why | None = None
    held_for: Why | None = None
    """Why it was first held, whatever became of it."""
    position: PositionId | None = None
    person: PersonId | None = None
    deputises: bool = False
    on_duty: bool = False
    bundle: NudgeId | None = None
    given_at: datetime | None = None
    acted_at: datetime | None = None
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A rung that is to be said, with the number of earlier ones that were missed."""

    rung: Rung
    missed: int


def to_say(
    climbed: Sequence[Rung], calendar: WorkingCalendar, now: datetime
) -> tuple[Sequence[Said], Sequence[tuple[Rung, Why]]]:
    """Of the rungs that time has come to, those that are said, and why the others are not.

    To whoever owes it the last one is said; each person above hears of it on their own. An earlier rung of the same
    day is folded into the last one, one of an earlier day was missed. So was the last one, if it is said after its
    day: it is counted, for another one may be said in its stead by the morning.
    """
    own = [rung for rung in climbed if not rung.step]
    said = [Said(rung=rung, missed=0) for rung in climbed if rung.step]
    silent: list[tuple[Rung, Why]] = []
    if own:
        last = max(own, key=lambda rung: (rung.at, rung.kind))
        day = calendar.local(last.at).date()
        silent = [
            (rung, Why.FOLDED if calendar.local(rung.at).date() == day else Why.MISSED)
            for rung in own
            if rung is not last
        ]
        slept_through = day < calendar.local(now).date() and now - last.at >= SLEPT
        said.insert(0, Said(rung=last, missed=sum(why is Why.MISSED for _, why in silent) + slept_through))
    return said, silent


def next_morning(now: datetime, hour: time, calendar: WorkingCalendar) -> datetime:
    """The first bundle of a working day that is later than now."""
    day = calendar.local(now).date()
    while not (calendar.is_working_day(day) and calendar.moment_at(day, hour) > now):
        day += timedelta(days=1)
    return calendar.moment_at(day, hour)


def release_of(rung: Rung, due_at: datetime, hour: time, calendar: WorkingCalendar) -> datetime:
    """When a rung is said: at its moment, or of a morning at the person's hour, but never after the deadline itself."""
    if not rung.of_morning:
        return rung.at
    chosen = calendar.moment_at(calendar.local(rung.at).date(), hour)
    return max(rung.at, min(chosen, due_at)) if rung.at < due_at else chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """Say it to this person now; `on_duty`: because the shift is theirs."""

    link: Link
    on_duty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Not now: hold it until the moment, for the reason."""

    until: datetime
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    state: NudgeState
    why: Why


Decision = Give | Keep | Drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a decision is taken by: who is here, which hour each has chosen, how often each was disturbed today, and
    how fresh the exports are."""

    now: datetime
    rota: Rota
    given_today: dict[PersonId, int]
    freshest: Freshest = field(default_factory=dict)

    @property
    def plan(self) -> OfficePlan:
        return self.rota.office.plan

    @property
    def day(self) -> date:
        return self.plan.calendar.local(self.now).date()

    def hour_of(self, person: PersonId | None) -> time:
        chosen = None if person is None else self.rota.people[person].nudged_at
        return chosen or self.plan.nudged_at

    def morning_after(self, person: PersonId | None) -> datetime:
        return next_morning(self.now, self.hour_of(person), self.plan.calendar)


def decide(nudge: Nudge, owed: Owed, moment: Moment) -> Decision:
    """What to do with a nudge that is due, before the budget of the person is looked at."""
    links = chain(owed.obligation, moment.rota, moment.day)
    link = links[nudge.step] if nudge.step < len(links) else None
    if not is_known(owed.obligation, moment.freshest, moment.plan, moment.now):
        return Keep(until=moment.morning_after(None if link is None else link.person), why=Why.STALE)
    if not _is_fit(nudge, moment):
        standing_by = None if nudge.step else _standing_by(owed, moment)
        if standing_by is not None:
            return Give(link=standing_by, on_duty=True)
        return Keep(until=moment.morning_after(None if link is None else link.person), why=Why.CLOSED)
    if link is not None:
        return _reached(Give(link=link), moment)
    if nudge.step:
        return Drop(state=NudgeState.MOOT, why=Why.TOP)
    return Keep(until=moment.morning_after(None), why=Why.NOBODY)


def is_over_budget(person: PersonId, owed: Iterable[Owed], moment: Moment) -> bool:
    """Whether the person has heard enough today. What is urgent goes beyond the budget."""
    if any(moment.plan.ladder(each.obligation.level).urgent for each in owed):
        return False
    return moment.given_today.get(person, 0) >= moment.plan.nudges_a_day


def _is_fit(nudge: Nudge, moment: Moment) -> bool:
    """In working hours; what belongs to a morning, and what was held until one, also before the opening."""
    calendar = moment.plan.calendar
    if calendar.is_open(moment.now):
        return True
    hours = calendar.hours_on(moment.day)
    of_morning = nudge.of_morning or nudge.state is NudgeState.HELD
    if hours is None or not of_morning:
        return False
    return calendar.moment_at(moment.day, DAWN) <= moment.now < calendar.moment_at(moment.day, hours.opens)


def _standing_by(owed: Owed, moment: Moment) -> Link | None:
    """Whoever is on duty, for what is urgent. One who cannot be written to is as good as nobody: it waits then."""
    shift = shift_at(moment.now, moment.plan.calendar)
    if shift is None or not moment.plan.ladder(owed.obligation.level).urgent:
        return None
    found = on_duty(moment.rota, shift.day)
    return None if found is None or _is_unreachable(found, moment) else found


def _reached(give: Give, moment: Moment) -> Decision:
    if _is_unreachable(give.link, moment):
        return Drop(state=NudgeState.REFUSED, why=Why.UNREACHABLE)
    return give


def _is_unreachable(link: Link, moment: Moment) -> bool:
    return moment.rota.people[link.person].unreachable_since is not None
