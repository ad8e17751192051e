"""How an appeal stands at any moment: open, overdue, late, deferred, pressed, vanished, redirected, satisfied."""

from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given

from risk.appeal_cases import GOOD_MARK, AppealCase, AppealChange, AppealHappening, Redirected, change_of, stood_at
from risk.appeal_states import is_open, state_of
from risk.appeals import AppealOutcome, AppealSource, AppealState, Satisfaction
from risk.calendar import WorkingCalendar
from risk.ids import BlockKey, ImportId, PositionId
from tests.risk.appealing import PRESSED, appeal, case_of, cases, moscow
from tests.risk.calendars import calendar, calendars, moments

DUE = moscow("11-18 18:00")
AFTER = DUE + timedelta(hours=1)
NEXT_DAY = date(2026, 11, 19)


def late(finished: dict[str, Any], **stands: Any) -> bool:
    about = appeal(**finished)
    return case_of(about, **{"state": AppealState.ANSWERED, "due_at": DUE} | stands).is_late(calendar())


# --- open ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "finished_on", "still_open"),
    [
        (AppealState.OPEN, None, True),
        (AppealState.DEFERRED, None, True),
        (AppealState.DEFERRED, NEXT_DAY, False),
        (AppealState.ANSWERED, None, False),
        (AppealState.REDIRECTED, None, False),
        (AppealState.REJECTED, None, False),
    ],
)
def test_an_appeal_is_open_while_somebody_owes_an_answer(
    state: AppealState, finished_on: date | None, still_open: bool
) -> None:
    case = case_of(appeal(finished_on=finished_on), state=state)
    assert (case.is_open, case.is_owed) == (still_open, still_open)


def test_what_vanished_from_a_newer_export_is_neither_open_nor_closed() -> None:
    vanished = case_of(appeal(finished_on=NEXT_DAY), vanished_in=ImportId(3))
    assert not any((vanished.is_open, vanished.is_owed, vanished.is_overdue(AFTER), vanished.is_late(calendar())))


def test_what_was_handed_on_is_owed_by_somebody_else() -> None:
    assert not case_of(redirected=Redirected(to="Минтранс", on=NEXT_DAY)).is_open


# --- overdue and late: two figures ---------------------------------------------------------------


def test_overdue_is_open_past_its_date_and_at_that_very_moment() -> None:
    assert [case_of(due_at=DUE).is_overdue(DUE + timedelta(seconds=each)) for each in (-1, 0, 1)] == [
        False,
        True,
        True,
    ]
    assert not case_of(due_at=DUE, state=AppealState.ANSWERED).is_overdue(AFTER)


def test_late_is_finished_past_its_date_by_the_moment_where_the_export_has_one() -> None:
    day = date(2026, 11, 18)
    assert late({"finished_on": day, "finished_at": AFTER})
    assert not late({"finished_on": day, "finished_at": DUE})


def test_where_the_export_has_days_only_what_was_finished_on_the_last_one_is_in_time() -> None:
    assert not late({"finished_on": date(2026, 11, 18)})
    assert late({"finished_on": NEXT_DAY})


@pytest.mark.parametrize(
    ("last_day", "finished_on", "is_late"),
    [
        # Monday's 00:00 ends Sunday: what was finished on Monday missed it.
        ("11-23 00:00", date(2026, 11, 22), False),
        ("11-23 00:00", date(2026, 11, 23), True),
    ],
)
def test_a_term_that_ends_at_midnight_is_missed_on_the_day_that_begins_then(
    last_day: str, finished_on: date, is_late: bool
) -> None:
    assert late({"finished_on": finished_on}, due_at=moscow(last_day)) is is_late


@pytest.mark.parametrize("zone", ["Europe/Kaliningrad", "Asia/Kamchatka"])
def test_the_day_on_which_an_appeal_was_finished_is_the_offices_own(zone: str) -> None:
    """At ten in the morning on Kamchatka it is the evening before in UTC."""
    of = calendar(zone)
    due_at = of.moment_at(NEXT_DAY, time(10))
    on_the_day = case_of(appeal(finished_on=NEXT_DAY), state=AppealState.ANSWERED, due_at=due_at)
    assert not on_the_day.is_late(of)
    assert replace(on_the_day, appeal=appeal(finished_on=date(2026, 11, 20))).is_late(of)


def test_what_has_no_date_of_its_end_is_not_late() -> None:
    assert not late({})


@given(cases(), moments, calendars)
def test_nothing_is_open_and_late_at_once(case: AppealCase, now: datetime, of: WorkingCalendar) -> None:
    assert not (case.is_open and case.is_late(of))
    assert not (case.is_overdue(now) and case.is_late(of))


@given(cases(), moments)
def test_whatever_is_overdue_stays_so_until_the_export_or_somebody_says_otherwise(
    case: AppealCase, now: datetime
) -> None:
    assert case.is_overdue(now) <= case.is_overdue(now + timedelta(days=400))
    assert case.is_overdue(now) <= case.is_open


@given(cases())
def test_what_vanished_or_was_handed_on_is_never_open_and_the_rest_as_its_state_says(case: AppealCase) -> None:
    if case.vanished_in is not None or case.redirected is not None:
        assert not case.is_open
    elif case.state is AppealState.DEFERRED:
        assert case.is_open == (case.appeal.finished_on is None)
    else:
        assert case.is_open == (case.state is AppealState.OPEN)


@given(cases())
def test_an_open_appeal_is_either_owed_or_awaits_the_export(case: AppealCase) -> None:
    assert (case.is_owed, case.is_owed or case.awaits_export) == (case.is_open and case.pressed is None, case.is_open)
    assert not (case.is_owed and case.awaits_export)


@pytest.mark.parametrize("step", ["Подготовка ответа", "Готово", "Передано в вышестоящую организацию", "Слово"])
@pytest.mark.parametrize("outcome", [None, AppealOutcome.DEFERRED, AppealOutcome.SOLVED])
@pytest.mark.parametrize("finished_on", [None, NEXT_DAY])
def test_a_case_that_nobody_touched_is_open_as_its_export_says(
    step: str, outcome: AppealOutcome | None, finished_on: date | None
) -> None:
    about = appeal(step=step, outcome=outcome, finished_on=finished_on)
    assert case_of(about, state=state_of(about)).is_open is is_open(about)


# --- what people did -----------------------------------------------------------------------------


def test_a_press_awaits_the_export_and_owes_nothing_meanwhile() -> None:
    pressed = case_of(pressed=PRESSED)
    assert (pressed.is_open, pressed.awaits_export, pressed.is_owed) == (True, True, False)
    assert pressed.is_overdue(AFTER)


def test_what_the_export_shows_to_be_done_awaits_it_no_more() -> None:
    assert not case_of(pressed=PRESSED, state=AppealState.ANSWERED).awaits_export


def test_an_appeal_of_a_call_or_a_visit_waits_for_no_export() -> None:
    assert case_of(appeal(source=AppealSource.HAND)).is_by_hand
    assert not case_of(appeal(source=AppealSource.IM)).is_by_hand


# --- satisfied -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "satisfied"),
    [
        *(({"mark": mark}, mark >= 4) for mark in range(1, 6)),
        ({"satisfaction": Satisfaction.PLEASED}, True),
        ({"satisfaction": Satisfaction.DISPLEASED}, False),
        ({"satisfaction": Satisfaction.NEUTRAL}, None),
        ({"satisfaction": Satisfaction.SILENT}, None),
        ({"satisfaction": Satisfaction.POINTLESS}, None),
        ({"satisfaction": Satisfaction.OTHER}, None),
        ({}, None),
        ({"mark": 2, "satisfaction": Satisfaction.PLEASED}, False),
    ],
)
def test_an_author_is_satisfied_by_the_mark_or_else_by_what_im_says(
    says: dict[str, Any], satisfied: bool | None
) -> None:
    assert GOOD_MARK == 4
    assert case_of(appeal(**says)).is_satisfied is satisfied


# --- history -------------------------------------------------------------------------------------


def test_a_line_of_history_says_how_the_appeal_stands_and_with_which_import_or_by_whom() -> None:
    about = appeal(
        outcome=AppealOutcome.SOLVED,
        mark=5,
        satisfaction=Satisfaction.PLEASED,
        repeated=True,
        finished_on=NEXT_DAY,
    )
    case = case_of(
        about, state=AppealState.ANSWERED, block=BlockKey("roads"), imported=ImportId(2), vanished_in=ImportId(3)
    )
    line = change_of(case, AppealHappening.RETURNED, AFTER, position=PositionId(5), facts={"reason": "не наше"})
    assert line == AppealChange(
        appeal=case.id,
        at=AFTER,
        happening=AppealHappening.RETURNED,
        state=AppealState.ANSWERED,
        due_at=case.due_at,
        outcome=AppealOutcome.SOLVED,
        mark=5,
        satisfaction=Satisfaction.PLEASED,
        repeated=True,
        finished_on=NEXT_DAY,
        block=BlockKey("roads"),
        vanished=True,
        imported=ImportId(2),
        position=PositionId(5),
        facts={"reason": "не наше"},
    )


def test_a_line_of_history_has_all_that_a_period_is_counted_by() -> None:
    counted = {"state", "due_at", "outcome", "mark", "satisfaction", "repeated", "finished_on", "block", "vanished"}
    assert counted < {each.name for each in fields(AppealChange)}


# --- at any moment of its history ------------------------------------------------------------------


def line(at: datetime, **stands: Any) -> AppealChange:
    return replace(change_of(case_of(due_at=DUE), AppealHappening.IMPORTED, at), **stands)


def test_of_its_history_the_last_line_written_till_then_says_how_it_stood() -> None:
    first, second = line(DUE - timedelta(days=2)), line(DUE, state=AppealState.ANSWERED)
    before = DUE - timedelta(days=3)
    assert [stood_at([first, second], at) for at in (before, first.at, DUE, AFTER)] == [None, first, second, second]


def test_two_lines_of_one_moment_are_told_apart_by_the_order_of_writing() -> None:
    first, second = line(DUE), line(DUE, state=AppealState.ANSWERED)
    assert stood_at([first, second], DUE) is second


@pytest.mark.parametrize(
    ("finished", "in_time"),
    [
        ({}, None),
        ({"state": AppealState.ANSWERED}, None),
        ({"state": AppealState.ANSWERED, "finished_on": DUE.date()}, True),
        ({"state": AppealState.ANSWERED, "finished_on": NEXT_DAY}, False),
        ({"state": AppealState.ANSWERED, "finished_on": DUE.date(), "finished_at": AFTER}, False),
        ({"state": AppealState.ANSWERED, "finished_on": NEXT_DAY, "vanished": True}, None),
    ],
)
def test_whether_it_was_in_time_is_known_once_it_is_finished(finished: dict[str, Any], in_time: bool | None) -> None:
    assert line(AFTER, **finished).is_in_time(calendar()) is in_time


@given(cases())
def test_a_case_and_the_line_of_its_history_say_the_same(case: AppealCase) -> None:
    told = change_of(case, AppealHappening.IMPORTED, AFTER)
    assert (told.is_open, told.is_satisfied) == (case.is_open, case.is_satisfied)
    assert (told.is_overdue(AFTER), told.is_late(calendar())) == (case.is_overdue(AFTER), case.is_late(calendar()))
