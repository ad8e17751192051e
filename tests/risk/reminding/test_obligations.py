"""What is owed: exactly what each state of a risk leads to, until when and by whom; nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from bot.presets.loading import load_preset
from risk.calendar import end_of
from risk.ids import BlockKey, LevelKey, PositionId, RiskId
from risk.obligations import (
    NATURES,
    HoldKind,
    Matter,
    Obligation,
    ObligationKey,
    ObligationKind,
    obligations_of,
)
from risk.powers import Power
from risk.risks import Risk, RiskNumber, RiskState, answer_deadline, verification_deadline
from risk.workings import Answer, Check, Interim, Measure, Reaction, Recurrence, Spread, Unknown, Waiver, Working
from tests.risk.calendars import NINE_TO_SIX, SHORTENED, calendar
from tests.risk.reminding.owing import hold

PLAN: Final = load_preset("pestovo")
MEDIUM: Final = LevelKey("medium")
VERIFIER, WATCHER, OTHER = PositionId(5), PositionId(6), PositionId(7)


def moscow(written: str) -> datetime:
    return datetime.fromisoformat(f"2026-{written}").replace(tzinfo=ZoneInfo("Europe/Moscow")).astimezone(UTC)


FILED: Final = moscow("11-20 10:00")
RISK: Final = Risk(
    id=RiskId(7),
    number=RiskNumber(serial=1, year=2026),
    state=RiskState.FILED,
    round=1,
    gist="Яма на дороге",
    sources=(),
    block=BlockKey("roads"),
    level=MEDIUM,
    suggested_level=None,
    territory=None,
    filed_by=WATCHER,
    filed_at=FILED,
    verify_by=verification_deadline(FILED, MEDIUM, PLAN).due_at,
)
ANSWER_BY: Final = answer_deadline(FILED, MEDIUM, PLAN).due_at
BEGUN: Final = Working(risk=RiskId(7), round=1, watcher=WATCHER)
TAKEN: Final = replace(BEGUN, verifier=VERIFIER, taken_at=FILED)
PUBLISHED: Final = Answer(
    text="Засыпали",
    platforms="сайт",
    drafted_by=VERIFIER,
    drafted_at=FILED,
    published_by=VERIFIER,
    published_at=moscow("11-20 12:00"),
)
UNKNOWN: Final = Unknown(question="Когда?", asked=OTHER, until=date(2026, 11, 24))
MEASURE: Final = Measure(what="Засыпать", position=OTHER, until=date(2026, 11, 28))
INTERIM: Final = Interim(
    text="Проверяем",
    platforms="сайт",
    promised_until=date(2026, 11, 23),
    published_by=VERIFIER,
    published_at=moscow("11-20 11:00"),
)


def in_state(state: RiskState) -> Risk:
    verified = state not in {RiskState.FILED, RiskState.VERIFYING, RiskState.UNCLEAR}
    return replace(RISK, state=state, answer_by=ANSWER_BY if verified else None)


def owes(risk: Risk, working: Working = TAKEN) -> list[tuple[ObligationKind, datetime, PositionId | None]]:
    found = obligations_of(risk, working, PLAN)
    return [(each.key.kind, each.due_at, each.position) for each in found]


def kinds(risk: Risk, working: Working = TAKEN) -> Sequence[ObligationKind]:
    return [kind for kind, _, _ in owes(risk, working)]


@pytest.mark.parametrize(
    ("state", "kind", "due_at", "position"),
    [
        (RiskState.FILED, ObligationKind.VERIFICATION, moscow("11-20 14:00"), None),
        (RiskState.VERIFYING, ObligationKind.VERIFICATION, moscow("11-20 14:00"), VERIFIER),
        (RiskState.UNCLEAR, ObligationKind.VERIFICATION, moscow("11-20 14:00"), VERIFIER),
        (RiskState.ANSWERING, ObligationKind.ANSWER, moscow("11-23 10:00"), None),
        (RiskState.APPROVING, ObligationKind.APPROVAL, moscow("11-23 10:00"), None),
        (RiskState.APPROVED, ObligationKind.ANSWER, moscow("11-23 10:00"), None),
    ],
)
def test_each_open_state_owes_one_thing_until_its_inner_deadline(
    state: RiskState, kind: ObligationKind, due_at: datetime, position: PositionId | None
) -> None:
    assert owes(in_state(state)) == [(kind, due_at, position)]


@pytest.mark.parametrize("state", [RiskState.WORKED_OFF, RiskState.OVERRIDDEN, RiskState.NOT_A_RISK, RiskState.MERGED])
def test_what_is_closed_owes_nothing(state: RiskState) -> None:
    assert owes(in_state(state), replace(TAKEN, unknowns=(UNKNOWN,), interims=(INTERIM,))) == []


@pytest.mark.parametrize(
    ("state", "outlives"),
    [
        (RiskState.WORKED_OFF, True),
        (RiskState.OVERRIDDEN, True),
        (RiskState.NOT_A_RISK, False),
        (RiskState.MERGED, False),
    ],
)
def test_a_planned_measure_outlives_a_risk_that_was_one(state: RiskState, outlives: bool) -> None:
    found = kinds(in_state(state), replace(TAKEN, measures=(MEASURE,)))
    assert found == ([ObligationKind.MEASURE] if outlives else [])


def test_while_the_reaction_is_watched_the_next_look_is_owed_by_whoever_watches() -> None:
    """Published on Friday at 12:00: 4 working hours; the place in the ladder is the number of looks."""
    published = replace(TAKEN, answer=PUBLISHED)
    assert owes(in_state(RiskState.WATCHED), published) == [(ObligationKind.CHECK, moscow("11-20 16:00"), WATCHER)]
    look = Check(at=moscow("11-20 16:05"), by=WATCHER, reaction=Reaction.NONE, spread=Spread.STILL)
    after = obligations_of(in_state(RiskState.WATCHED), replace(published, checks=(look,)), PLAN)
    assert [(each.key.place, each.due_at) for each in after] == [(1, moscow("11-23 12:00"))]


def test_after_the_last_quiet_look_nothing_is_owed() -> None:
    looks = tuple(
        Check(at=moscow(f"11-{day} 17:00"), by=WATCHER, reaction=Reaction.NONE, spread=Spread.STILL)
        for day in (20, 23, 24)
    )
    assert owes(in_state(RiskState.WATCHED), replace(TAKEN, answer=PUBLISHED, checks=looks)) == []


def test_without_a_public_answer_the_reaction_is_watched_all_the_same() -> None:
    waived = replace(TAKEN, waiver=Waiver(reason="пожелание", by=OTHER, at=moscow("11-20 12:00")))
    assert owes(in_state(RiskState.WATCHED), waived) == [(ObligationKind.CHECK, moscow("11-20 16:00"), WATCHER)]


def test_each_open_circumstance_and_each_measure_to_be_taken_is_owed_by_the_position_that_is_asked() -> None:
    """Whatever the state; those before them in the list keep their places."""
    settled = replace(UNKNOWN, answer="завтра", answered_at=FILED)
    done = replace(MEASURE, taken_at=FILED)
    working = replace(TAKEN, unknowns=(settled, UNKNOWN), measures=(done, MEASURE))
    found = obligations_of(in_state(RiskState.ANSWERING), working, PLAN)
    assert [(each.key.kind, each.key.place, each.position, each.due_at) for each in found[1:]] == [
        (ObligationKind.UNKNOWN, 1, OTHER, moscow("11-24 18:00")),
        (ObligationKind.MEASURE, 1, OTHER, moscow("11-29 00:00")),
    ]


@pytest.mark.parametrize(
    "state", [RiskState.VERIFYING, RiskState.UNCLEAR, RiskState.ANSWERING, RiskState.APPROVING, RiskState.APPROVED]
)
def test_what_an_interim_answer_has_promised_is_owed_until_the_answer_stands(state: RiskState) -> None:
    earlier = replace(INTERIM, promised_until=date(2026, 11, 20))
    found = obligations_of(in_state(state), replace(TAKEN, interims=(earlier, INTERIM)), PLAN)
    promised = [(each.due_at, each.key.place) for each in found if each.key.kind is ObligationKind.INTERIM]
    assert promised == [(moscow("11-23 18:00"), 1)], "the last promise only"


def test_once_the_answer_stands_the_promise_is_kept() -> None:
    assert kinds(in_state(RiskState.WATCHED), replace(TAKEN, answer=PUBLISHED, interims=(INTERIM,))) == [
        ObligationKind.CHECK
    ]


def test_in_a_later_round_all_is_counted_from_its_beginning() -> None:
    begun = moscow("11-25 09:00")
    again = TAKEN.next_round(Recurrence(cause="Опять", forecast="до завтра", by=OTHER, at=begun), begun_at=begun)
    risk = replace(in_state(RiskState.ANSWERING), round=2, answer_by=answer_deadline(begun, MEDIUM, PLAN).due_at)
    found = obligations_of(risk, again, PLAN)
    assert [(each.key.round, each.counted_from, each.due_at) for each in found] == [(2, begun, moscow("11-25 18:00"))]


def test_an_obligation_says_what_it_is_about_and_how_it_was_counted() -> None:
    (found,) = obligations_of(RISK, BEGUN, PLAN)
    key = ObligationKey(matter=Matter.RISK, matter_id=7, round=1, kind=ObligationKind.VERIFICATION)
    assert found == Obligation(
        key=key,
        due_at=RISK.verify_by,
        counted_from=FILED,
        term=PLAN.level(MEDIUM).verify_within,
        block=BlockKey("roads"),
        level=MEDIUM,
    )


@pytest.mark.parametrize("state", RiskState)
def test_no_two_obligations_of_a_risk_have_the_same_key(state: RiskState) -> None:
    full = replace(TAKEN, answer=PUBLISHED, unknowns=(UNKNOWN,) * 3, measures=(MEASURE,) * 3, interims=(INTERIM,) * 3)
    keys = [each.key for each in obligations_of(in_state(state), full, PLAN)]
    assert len(keys) == len(set(keys))


def test_of_every_kind_it_is_said_how_it_is_reminded_of() -> None:
    assert set(NATURES) == set(ObligationKind)
    assert [kind for kind, nature in NATURES.items() if nature.appointment] == [ObligationKind.CHECK]
    assert [kind for kind, nature in NATURES.items() if nature.announced] == [ObligationKind.VERIFICATION]
    assert {kind: nature.asked_of for kind, nature in NATURES.items() if nature.asked_of} == {
        ObligationKind.APPROVAL: Power.APPROVE,
        ObligationKind.APPEAL_APPROVAL: Power.APPROVE,
    }


# --- days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2026, 11, 20), "11-20 18:00"),
        (date(2026, 11, 3), "11-03 17:00"),
        (date(2026, 11, 21), "11-22 00:00"),
        (date(2026, 11, 4), "11-05 00:00"),
    ],
)
def test_a_day_is_over_at_closing_and_a_day_off_at_midnight(day: date, ends: str) -> None:
    """A working day, the eve of a holiday, a Saturday, a holiday."""
    assert (NINE_TO_SIX.closes.hour, SHORTENED.closes.hour) == (18, 17)
    assert end_of(day, calendar()) == moscow(ends)


@pytest.mark.parametrize(("kind", "ends"), [(HoldKind.ACCEPTED, "11-25 00:00"), (HoldKind.POSTPONED, "11-24 00:00")])
def test_an_accepted_day_is_theirs_and_a_day_that_it_was_put_off_to_is_when_it_is_said(
    kind: HoldKind, ends: str
) -> None:
    assert hold(date(2026, 11, 24), kind).ends_at(calendar()) == moscow(ends)


def test_these_days_are_what_they_are_called() -> None:
    assert timedelta(days=1) + date(2026, 11, 20) == date(2026, 11, 21)
