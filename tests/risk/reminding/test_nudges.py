"""Nudges: which rung is said, when it is released, and what becomes of it at its moment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk.appeals import AppealSource
from risk.calendar import WorkingCalendar
from risk.duties import Duty
from risk.ids import DutyId, NudgeId, ObligationId, PersonId, PositionId
from risk.ladders import DAWN, Rung, RungKind, rungs
from risk.nudges import (
    Decision,
    Drop,
    Give,
    Keep,
    Moment,
    Nudge,
    NudgeState,
    Why,
    decide,
    is_over_budget,
    next_morning,
    release_of,
    to_say,
)
from risk.obligations import ObligationKind, Owed
from risk.offices import Ladder
from risk.rota import Rota
from tests.risk.calendars import calendar, calendars, moments
from tests.risk.reminding.owing import DAY, HOUR, ladders, obliged, owed, owings
from tests.risk.reminding.test_chains import TODAY, full, preset

hours = st.integers(6 * 60, 12 * 60).map(lambda minutes: time(minutes // 60, minutes % 60))

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ZoneInfo("Europe/Moscow")).astimezone(UTC)


def rung(kind: RungKind, moment: datetime, step: int = 0) -> Rung:
    of_morning = kind in {RungKind.ON_THE_DAY, RungKind.OVERDUE, RungKind.AS_ASKED}
    return Rung(kind=kind, at=moment, step=step, of_morning=of_morning)


# --- what is said ---------------------------------------------------------------------------------


def test_of_what_came_the_same_day_the_last_is_said_and_the_others_are_folded_into_it() -> None:
    morning, before = rung(RungKind.ON_THE_DAY, at(MONDAY, "06:00")), rung(RungKind.BEFORE, at(MONDAY, "09:00"))
    said, silent = to_say([morning, before], calendar(), at(MONDAY, "09:00"))
    assert [(each.rung, each.missed) for each in said] == [(before, 0)]
    assert silent == [(morning, Why.FOLDED)]


def test_of_two_at_one_moment_the_more_urgent_is_said() -> None:
    asked, overdue = rung(RungKind.AS_ASKED, at(MONDAY, "06:00")), rung(RungKind.OVERDUE, at(MONDAY, "06:00"))
    said, silent = to_say([asked, overdue], calendar(), at(MONDAY, "06:00"))
    assert [each.rung for each in said] == [overdue]
    assert silent == [(asked, Why.FOLDED)]


def test_each_step_above_is_said_whenever_it_was_to_be() -> None:
    first, second = rung(RungKind.UP, at(FRIDAY, "10:00"), 1), rung(RungKind.UP, at(MONDAY, "10:00"), 2)
    own = rung(RungKind.OVERDUE, at(MONDAY, "06:00"))
    said, silent = to_say([first, own, second], calendar(), at(MONDAY, "10:00"))
    assert [(each.rung, each.missed) for each in said] == [(own, 0), (first, 0), (second, 0)]
    assert not silent


@pytest.mark.parametrize(
    ("now", "missed"),
    [
        (at(MONDAY, "09:00"), 1),
        (at(MONDAY, "23:00"), 1),
        (at(MONDAY + DAY, "03:00"), 2),
    ],
)
def test_reminders_of_days_that_are_over_were_missed(now: datetime, missed: int) -> None:
    """That of Friday; and that of Monday, when its day is over too: Tuesday's will be said in its stead."""
    rows = [rung(RungKind.OVERDUE, at(FRIDAY, "06:00")), rung(RungKind.OVERDUE, at(MONDAY, "06:00"))]
    said, silent = to_say(rows, calendar(), now)
    assert [(each.rung, each.missed) for each in said] == [(rows[1], missed)]
    assert silent == [(rows[0], Why.MISSED)]


def test_a_minute_past_midnight_nothing_was_missed() -> None:
    said, _ = to_say([rung(RungKind.BEFORE, at(MONDAY, "23:59"))], calendar(), at(MONDAY + DAY, "00:01"))
    assert said[0].missed == 0


@given(owings(), ladders(), calendars, st.integers(0, 12))
@settings(max_examples=150, deadline=None)
def test_every_rung_is_said_or_accounted_for_and_one_at_most_to_whoever_owes_it(
    owes: Owed, ladder: Ladder, by: WorkingCalendar, count: int
) -> None:
    climbed = list(islice(rungs(owes, ladder, by, after=owes.climbed_to), count))
    now = climbed[-1].at if climbed else owes.since
    said, silent = to_say(climbed, by, now)
    told = [each.rung for each in said]
    assert sorted([*told, *(each for each, _ in silent)], key=repr) == sorted(climbed, key=repr)
    assert [each for each in told if each.step] == [each for each in climbed if each.step]
    own = [each for each in said if not each.rung.step]
    assert len(own) == bool([each for each in climbed if not each.step])
    for each in own:
        assert all(before.at <= each.rung.at for before, _ in silent)
        assert each.missed >= sum(why is Why.MISSED for _, why in silent)


# --- when -----------------------------------------------------------------------------------------


@given(owings(), ladders(), calendars, hours)
@settings(max_examples=150, deadline=None)
def test_no_reminder_of_a_morning_comes_after_a_deadline_that_the_morning_is_before(
    owes: Owed, ladder: Ladder, by: WorkingCalendar, hour: time
) -> None:
    due_at = owes.obligation.due_at
    for each in islice(rungs(owes, ladder, by, after=owes.climbed_to), 15):
        release = release_of(each, due_at, hour, by)
        assert release >= each.at
        if not each.of_morning:
            assert release == each.at
        elif each.at < due_at:
            assert release <= due_at
            assert release in {by.moment_at(by.local(each.at).date(), hour), due_at}
        else:
            assert release == by.moment_at(by.local(each.at).date(), hour)


@given(moments, calendars, hours)
@settings(max_examples=150, deadline=None)
def test_the_next_morning_is_of_the_first_working_day_whose_hour_is_ahead(
    now: datetime, by: WorkingCalendar, hour: time
) -> None:
    found = next_morning(now, hour, by)
    day = by.local(found).date()
    assert found > now
    assert by.is_working_day(day)
    between = (by.local(now).date() + count * DAY for count in range((day - by.local(now).date()).days))
    assert all(not by.is_working_day(each) or by.moment_at(each, hour) <= now for each in between)


# --- what becomes of it ---------------------------------------------------------------------------

ROADS: Final = PositionId(4)
OFFICER: Final = PersonId(3)


def moment(now: datetime, who: Rota | None = None, **given: int) -> Moment:
    people = {PersonId(int(name.removeprefix("p"))): count for name, count in given.items()}
    return Moment(now=now, rota=who or full(preset("pestovo")), given_today=people)


def nudge(kind: RungKind = RungKind.BEFORE, step: int = 0, **known: Any) -> Nudge:
    moment_of = at(FRIDAY, "12:00")
    return Nudge(
        **{
            "id": NudgeId(1),
            "owed": ObligationId(1),
            "due_at": moment_of,
            "kind": kind,
            "step": step,
            "at": moment_of,
            "of_morning": kind in {RungKind.ON_THE_DAY, RungKind.OVERDUE, RungKind.AS_ASKED},
            "release_at": moment_of,
            **known,
        }
    )


def roads(level: str = "medium") -> Owed:
    return owed(obliged("roads", level), at(FRIDAY, "10:00"))


def economy(level: str = "medium") -> Owed:
    return owed(obliged("economy", level), at(FRIDAY, "10:00"))


def duty_of(who: Rota, seat: int, *days: date) -> Rota:
    duties = [
        Duty(id=DutyId(1), position=PositionId(seat), first_day=day, last_day=day, assigned_by=ROADS,
             assigned_at=at(FRIDAY, "09:00"))
        for day in days
    ]  # fmt: skip
    return Rota(office=who.office, people=who.people, positions=who.positions, absences=who.absences, duties=duties)


def given_to(decision: Decision) -> str:
    assert isinstance(decision, Give)
    return str(decision.link.position.role)


@pytest.mark.parametrize(("step", "whom"), [(0, "head_economy"), (1, "head"), (2, "curator")])
def test_in_working_hours_it_is_said_to_whoever_stands_on_the_step(step: int, whom: str) -> None:
    assert given_to(decide(nudge(step=step), economy(), moment(at(FRIDAY, "12:00")))) == whom


def test_above_the_last_there_is_nobody_to_say_it_to() -> None:
    dropped = Drop(state=NudgeState.MOOT, why=Why.TOP)
    assert decide(nudge(RungKind.UP, step=2), roads(), moment(at(FRIDAY, "12:00"))) == dropped


@pytest.mark.parametrize(
    ("now", "fit"),
    [
        (at(FRIDAY, "08:59"), False),
        (at(FRIDAY, "09:00"), True),
        (at(FRIDAY, "17:59"), True),
        (at(FRIDAY, "18:00"), False),
        (at(SATURDAY, "12:00"), False),
        (at(date(2026, 11, 4), "12:00"), False),
        (at(date(2026, 11, 3), "17:00"), False),
    ],
)
def test_nobody_is_disturbed_outside_working_hours(now: datetime, fit: bool) -> None:
    assert isinstance(decide(nudge(), roads(), moment(now)), Give) is fit


@pytest.mark.parametrize("known", [{"kind": RungKind.OVERDUE}, {"kind": RungKind.BEFORE, "state": NudgeState.HELD}])
@pytest.mark.parametrize(
    ("now", "fit"),
    [
        (at(FRIDAY, "05:59"), False),
        (at(FRIDAY, "06:00"), True),
        (at(FRIDAY, "08:59"), True),
        (at(FRIDAY, "18:00"), False),
        (at(SATURDAY, "08:00"), False),
    ],
)
def test_what_belongs_to_a_morning_or_waited_for_one_may_come_before_the_opening(
    known: dict[str, Any], now: datetime, fit: bool
) -> None:
    assert isinstance(decide(nudge(**known), roads(), moment(now)), Give) is fit


def test_what_waits_waits_for_the_persons_own_hour_of_the_next_working_morning() -> None:
    who = full(preset("pestovo"))
    early = {**who.people, PersonId(4): replace(who.people[PersonId(4)], nudged_at=time(7, 30))}
    rota = Rota(office=who.office, people=early, positions=who.positions, absences=(), duties=())
    night = at(FRIDAY, "20:00")
    assert decide(nudge(), roads(), moment(night, rota)) == Keep(until=at(MONDAY, "07:30"), why=Why.CLOSED)
    assert decide(nudge(), economy(), moment(night, rota)) == Keep(until=at(MONDAY, "09:00"), why=Why.CLOSED)


def test_what_is_urgent_goes_to_whoever_is_on_duty_outside_working_hours() -> None:
    night = moment(at(SATURDAY, "23:00"), duty_of(full(preset("pestovo")), OFFICER, SATURDAY))
    assert given_to(decide(nudge(), roads("high"), night)) == "officer"
    held = Keep(until=at(MONDAY, "09:00"), why=Why.CLOSED)
    assert decide(nudge(), roads("medium"), night) == held, "what does not hurry"
    assert decide(nudge(RungKind.UP, step=1), roads("high"), night) == held, "and whoever is above"


def test_in_the_small_hours_the_shift_is_still_that_of_the_day_before() -> None:
    who = duty_of(full(preset("pestovo")), OFFICER, SATURDAY)
    assert given_to(decide(nudge(), roads("high"), moment(at(SATURDAY + DAY, "03:00"), who))) == "officer"
    after = decide(nudge(), roads("high"), moment(at(SATURDAY + DAY, "10:00"), who))
    assert after == Keep(until=at(MONDAY, "09:00"), why=Why.CLOSED)


def test_in_working_hours_whoever_is_on_duty_is_not_asked() -> None:
    who = duty_of(full(preset("pestovo")), OFFICER, FRIDAY)
    assert given_to(decide(nudge(), roads("high"), moment(at(FRIDAY, "12:00"), who))) == "head_roads"


def test_where_nobody_can_act_it_waits_for_the_next_morning() -> None:
    who = full(preset("pestovo"), head_roads=None, head=None, curator=None)
    kept = Keep(until=at(MONDAY, "09:00"), why=Why.NOBODY)
    assert decide(nudge(), roads(), moment(at(FRIDAY, "12:00"), who)) == kept


def unreachable(who: Rota, *people: PersonId) -> Rota:
    refused = {each: replace(who.people[each], unreachable_since=at(FRIDAY, "08:00")) for each in people}
    return Rota(
        office=who.office, people={**who.people, **refused}, positions=who.positions, absences=(), duties=who.duties
    )


def test_to_whoever_cannot_be_reached_nothing_is_said_and_whoever_is_above_hears_as_ever() -> None:
    who = unreachable(full(preset("pestovo")), PersonId(4))
    noon = moment(at(FRIDAY, "12:00"), who)
    assert decide(nudge(), roads(), noon) == Drop(state=NudgeState.REFUSED, why=Why.UNREACHABLE)
    assert given_to(decide(nudge(RungKind.UP, step=1), roads(), noon)) == "curator"


def test_when_whoever_is_on_duty_cannot_be_reached_what_is_urgent_is_not_lost() -> None:
    """It waits for the morning, as if nobody were on duty."""
    who = unreachable(duty_of(full(preset("pestovo")), OFFICER, SATURDAY), OFFICER)
    night = moment(at(SATURDAY, "23:00"), who)
    assert decide(nudge(), roads("high"), night) == Keep(until=at(MONDAY, "09:00"), why=Why.CLOSED)


@pytest.mark.parametrize(("given_before", "over"), [(0, False), (2, False), (3, True), (9, True)])
def test_three_messages_a_day_are_enough_but_for_what_is_urgent(given_before: int, over: bool) -> None:
    day = moment(at(FRIDAY, "12:00"), p4=given_before)
    assert is_over_budget(PersonId(4), [roads(), roads("low")], day) is over
    assert is_over_budget(PersonId(4), [roads(), roads("high")], day) is False
    assert is_over_budget(PersonId(5), [roads()], day) is False


@given(moments, st.sampled_from(RungKind), st.integers(0, 3), st.sampled_from(["low", "medium", "high"]), hours)
@settings(max_examples=300, deadline=None)
def test_what_is_kept_comes_at_a_moment_that_is_fit_for_it(
    now: datetime, kind: RungKind, step: int, level: str, hour: time
) -> None:
    """A working day, not before dawn, later than now and within ten days or so; and then it is not kept once more."""
    who = full(replace(preset("pestovo"), nudged_at=hour))
    decision = decide(nudge(kind, step), economy(level), moment(now, who))
    if not isinstance(decision, Keep):
        return
    by = who.office.plan.calendar
    here = by.local(decision.until)
    assert decision.until > now
    assert by.is_working_day(here.date())
    assert here.time() >= DAWN
    later = decide(nudge(kind, step, state=NudgeState.HELD), economy(level), moment(decision.until, who))
    assert not isinstance(later, Keep)


def test_the_days_of_these_tests_are_what_they_are_called() -> None:
    days: Sequence[date] = (FRIDAY, SATURDAY, MONDAY)
    assert [day.weekday() for day in days] == [4, 5, 0]
    assert TODAY == FRIDAY
    assert timedelta(hours=1) == HOUR


# --- exports --------------------------------------------------------------------------------------


def of_appeal(clock: str, freshest: dict[AppealSource, datetime], step: int = 0) -> Decision:
    """On Wednesday 25.11, of what only exports of ПОС tell."""
    due_at = at(FRIDAY, "18:00")
    told = owed(obliged("roads", kind=ObligationKind.APPEAL_ANSWER, known_from=AppealSource.POS, due_at=due_at), due_at)
    day = MONDAY + 2 * DAY
    given = Nudge(
        id=NudgeId(1), owed=told.id, due_at=due_at, kind=RungKind.OVERDUE, step=step, at=at(day, "06:00"),
        of_morning=True, release_at=at(day, "09:00"),
    )  # fmt: skip
    rota = full(preset("pestovo"))
    return decide(given, told, Moment(now=at(day, clock), rota=rota, given_today={}, freshest=freshest))


@pytest.mark.parametrize("step", [0, 1])
@pytest.mark.parametrize(
    "freshest", [{}, {AppealSource.POS: at(FRIDAY, "08:10")}, {AppealSource.IM: at(MONDAY, "08:10")}]
)
def test_what_rests_on_an_export_that_is_too_old_is_held_until_the_next_morning_and_asked_again(
    freshest: dict[AppealSource, datetime], step: int
) -> None:
    assert of_appeal("09:00", freshest, step) == Keep(until=at(MONDAY + 3 * DAY, "09:00"), why=Why.STALE)


def test_what_rests_on_a_fresh_export_is_said() -> None:
    assert isinstance(of_appeal("09:00", {AppealSource.POS: at(MONDAY, "08:10")}), Give)
