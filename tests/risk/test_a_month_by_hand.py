"""A small month reckoned by hand, on paper below, and every figure of it as the one report says it.

November 2026 begins on a Sunday: its weeks begin on 26.10, 02.11, 09.11, 16.11 and 23.11, and its last day, the 30th,
is a Monday. The report is made on 01.12 at 10:00 in Moscow, when the month is over: what stands, stands at the midnight
after 30.11. Deadlines are at 18:00 of their day. Block R is roads, S is social, «–» is none.

    n  source  block created  due    state      ended  outcome    mark  other               days  late
    1  ПОС     R     28.10    10.11  answered   05.11  solved     5                          8    no
    2  ПОС     R     28.10    04.11  answered   09.11  explained  2                         12    yes
    3  ИМ      S     30.10    05.11  answered   30.10  solved     –                          0    no   (in October)
    4  ПОС     R     02.11    12.11  answered   12.11  solved     4                         10    no   (on its day)
    5  ПОС     R     02.11    12.11  answered   13.11  solved     3                         11    yes
    6  ИМ      S     03.11    06.11  answered   04.11  explained  –     «доволен»            1    no
    7  ИМ      S     03.11    06.11  answered   06.11  solved     –     «недоволен»          3    no
    8  ИМ      S     05.11    10.11  answered   –      solved     –                          –    –    awaits its mark
    9  ПОС     R     09.11    19.11  open       –      –          –     repeated             –    –    overdue
   10  ПОС     –     10.11    20.11  open       –      –          –                          –    –    overdue, no block
   11  ПОС     R     12.11    12.12  deferred   –      –          –                          –    –    open, deferred
   12  ИМ      S     13.11    25.11  deferred   20.11  deferred   –                          7    no   by a promise
   13  ИМ      S     16.11    20.11  answered   23.11  solved     –     informational        7    yes
   14  ПОС     R     17.11    17.12  open       –      –          –     pressed 25.11        –    –
   15  ПОС     –     18.11    28.11  rejected   20.11  refused    –                          2    no
   16  ПОС     R     20.11    30.11  answered   01.12  solved     5     repeated             –    –    open at the end
   17  ИМ      S     23.11    30.11  open       –      –          –     vanished             –    –    to check
   18  ПОС     S     24.11    24.12  open       –      –          –     redirected 26.11     –    –
   19  by hand R     25.11    25.12  answered   26.11  explained  –     at 12:00             1    no
   20  ПОС     R     30.11    30.12  open       –      –          –     repeated             –    –
   21  ПОС     R     01.12    31.12  open       –      –          –                          –    –    not of the month

New in November: 4 to 20, that is 17; repeated 9, 16, 20: 3.
Finished in November: 1, 2, 4, 5, 6, 7, 12, 13, 15, 19: 10. Late of them: 2, 5, 13: 3.
Solved, of what could be solved (13 is informational): 1, 4, 5, 7: 4. Explained: 2, 6, 19: 3.
Marked: 1, 2, 4, 5, 6, 7: 6. Satisfied: 1 (5), 4 (4), 6 («доволен»): 3.
Open at the end: 9, 10, 11, 14, 16 (finished later), 20: 6. Overdue: 9, 10, 16 (due on 30.11 at 18:00): 3.
Deferred: 11 (open), 12 (by a promise): 2. Awaiting a mark: 8. Pressed: 14. Without a block: 10. To check: 17.
Days: 8, 12, 10, 11, 1, 3, 7, 7, 2, 1; their sum is 62, the mean 62 / 10 = 6.2.
In a row: 1 1 2 3 7 | 7 8 10 11 12, so the median is (7 + 7) / 2 = 7.
In time: (10 − 3) / (10 + 3) = 7 / 13. Satisfied: 3 / 6 = 1 / 2.

October, with which it is compared: new 1, 2, 3; finished 3, which took 0 days, was in time and solved, unmarked.
At the midnight after 31.10 there are open: 1, 2 (finished later): 2, none of them due.
And so it goes on: 2 open + 17 new − 10 finished = 9; less what left without a date of its end, 8 (no date), 17
(vanished), 18 (redirected): 9 − 3 = 6 open. Just so.

Risks: A filed 30.10, worked off 20.11; B filed 03.11, answered 05.11; C filed 10.11, dismissed 12.11; D filed 16.11,
overridden 18.11, reopened 23.11; E filed 25.11, merged 26.11; F filed on 30.11 at 23:00.
New B C D E F: 5. Answered: A (02.11), B: 2. Worked off A, overridden D, dismissed C, merged E, returned D.
Open at the end: B (watched), D (to verify), F (to verify): 3. Overdue: D, filed anew eight days ago; F is an hour old.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

import pytest

from risk.appeal_cases import AppealCase, Press, Pressed, Redirected
from risk.appeals import Appeal, AppealKind, AppealOutcome, AppealSource, AppealState, Regime, Satisfaction
from risk.events import Event, EventKind
from risk.figures import Cut, Figure, Tally, asked_of
from risk.ids import AppealId, BlockKey, ImportId
from risk.imports import Door, Import, ImportState
from risk.periods import Period, PeriodKind, period_of
from risk.reports import Report
from risk.risks import RiskState, verification_deadline
from risk.use_cases.reporting import report_of
from risk.workings import Ending, EndingKind, Working
from tests.risk.worked import finding, published
from tests.support.offices import PLAN, StaffedOffice

CALENDAR: Final = PLAN.calendar
ROADS, SOCIAL = BlockKey("roads"), BlockKey("social")
NOVEMBER: Final = period_of(PeriodKind.MONTH, date(2026, 11, 1))
MADE_AT: Final = CALENDAR.moment_at(date(2026, 12, 1), time(10))
SIX: Final = time(18)

S, E, D, R = AppealOutcome.SOLVED, AppealOutcome.EXPLAINED, AppealOutcome.DEFERRED, AppealOutcome.REFUSED
ANSWERED, OPEN, DEFERRED, REJECTED = (
    AppealState.ANSWERED,
    AppealState.OPEN,
    AppealState.DEFERRED,
    AppealState.REJECTED,
)
IM, POS, HAND = AppealSource.IM, AppealSource.POS, AppealSource.HAND


def on(written: str) -> date:
    day, month = map(int, written.split("."))
    return date(2026, month, day)


def at(written: str, clock: time = SIX) -> datetime:
    return CALENDAR.moment_at(on(written), clock)


@dataclass(frozen=True)
class Line:
    """A line of the table above."""

    source: AppealSource
    block: BlockKey | None
    created: str
    due: str
    state: AppealState
    ended: str | None = None
    outcome: AppealOutcome | None = None
    mark: int | None = None
    says: Mapping[str, Any] = field(default_factory=dict)
    stands: Mapping[str, Any] = field(default_factory=dict)


LINES: Final = (
    Line(POS, ROADS, "28.10", "10.11", ANSWERED, "05.11", S, 5),
    Line(POS, ROADS, "28.10", "04.11", ANSWERED, "09.11", E, 2),
    Line(IM, SOCIAL, "30.10", "05.11", ANSWERED, "30.10", S),
    Line(POS, ROADS, "02.11", "12.11", ANSWERED, "12.11", S, 4),
    Line(POS, ROADS, "02.11", "12.11", ANSWERED, "13.11", S, 3),
    Line(IM, SOCIAL, "03.11", "06.11", ANSWERED, "04.11", E, says={"satisfaction": Satisfaction.PLEASED}),
    Line(IM, SOCIAL, "03.11", "06.11", ANSWERED, "06.11", S, says={"satisfaction": Satisfaction.DISPLEASED}),
    Line(IM, SOCIAL, "05.11", "10.11", ANSWERED, None, S),
    Line(POS, ROADS, "09.11", "19.11", OPEN, says={"repeated": True}),
    Line(POS, None, "10.11", "20.11", OPEN),
    Line(POS, ROADS, "12.11", "12.12", DEFERRED),
    Line(IM, SOCIAL, "13.11", "25.11", DEFERRED, "20.11", D),
    Line(IM, SOCIAL, "16.11", "20.11", ANSWERED, "23.11", S, says={"kind": AppealKind.INFORMATIONAL}),
    Line(POS, ROADS, "17.11", "17.12", OPEN, stands={"pressed": "25.11"}),
    Line(POS, None, "18.11", "28.11", REJECTED, "20.11", R),
    Line(POS, ROADS, "20.11", "30.11", ANSWERED, "01.12", S, 5, says={"repeated": True}),
    Line(IM, SOCIAL, "23.11", "30.11", OPEN, stands={"vanished": True}),
    Line(POS, SOCIAL, "24.11", "24.12", OPEN, stands={"redirected": "26.11"}),
    Line(HAND, ROADS, "25.11", "25.12", ANSWERED, "26.11", E, says={"finished_at": at("26.11", time(12))}),
    Line(POS, ROADS, "30.11", "30.12", OPEN, says={"repeated": True}),
    Line(POS, ROADS, "01.12", "31.12", OPEN),
)


async def appeals_stand(office: StaffedOffice, lines: Sequence[Line] = LINES) -> None:
    async with office.uow() as unit:
        newest = await unit.imports.add(_import())
        by = (await unit.people.positions())[0].id
        for number, line in enumerate(lines, 1):
            stands = line.stands
            about = Appeal(
                source=line.source,
                number=str(number),
                regime=Regime.POS_ORDINARY,
                created_on=on(line.created),
                finished_on=None if line.ended is None else on(line.ended),
                outcome=line.outcome,
                mark=line.mark,
                **line.says,
            )
            case = AppealCase(
                id=AppealId(0), appeal=about, state=line.state, due_at=at(line.due), block=line.block,
                pressed=Pressed(press=Press.SENT, at=at(stands["pressed"]), by=by) if "pressed" in stands else None,
                redirected=Redirected(to="Минтранс", on=on(stands["redirected"])) if "redirected" in stands else None,
                vanished_in=newest.id if "vanished" in stands else None,
            )  # fmt: skip
            await unit.appeals.add(case)
        await unit.commit()


def _import() -> Import:
    return Import(
        id=ImportId(0),
        state=ImportState.APPLIED,
        door=Door.FOLDER,
        file="im.xlsx",
        path="im.xlsx",
        received_at=MADE_AT,
        made_at=MADE_AT,
    )


async def risks_stand(office: StaffedOffice) -> None:
    await _risk(office, "30.10", ROADS, RiskState.WORKED_OFF, answered="02.11", ending=("20.11", EndingKind.CRITERIA))
    await _risk(office, "03.11", ROADS, RiskState.WATCHED, answered="05.11")
    await _risk(office, "10.11", SOCIAL, RiskState.NOT_A_RISK, ending=("12.11", EndingKind.NOT_A_RISK))
    await _risk(office, "16.11", SOCIAL, RiskState.OVERRIDDEN, ending=("18.11", EndingKind.OVERRIDE), again="23.11")
    await _risk(office, "25.11", ROADS, RiskState.MERGED, ending=("26.11", EndingKind.MERGED))
    await _risk(office, "30.11", None, RiskState.FILED, filed_at=at("30.11", time(23)))


async def _risk(
    office: StaffedOffice,
    filed: str,
    block: BlockKey | None,
    state: RiskState,
    *,
    answered: str | None = None,
    ending: tuple[str, EndingKind] | None = None,
    again: str | None = None,
    filed_at: datetime | None = None,
) -> None:
    """As its working would have left it."""
    ten = time(10)
    risk = await office.filed(f"Риск от {filed}", now=filed_at or at(filed, ten))
    async with office.uow() as unit:
        working = await unit.workings.current(risk)
        by = risk.filed_by
        if answered is not None:
            found = replace(finding(by), at=risk.filed_at)
            working = replace(working, findings=(found,), answer=published(by, at(answered, ten)))
        if ending is not None:
            over = Ending(kind=ending[1], at=at(ending[0], ten), by=by)
            working = replace(working, ending=over)
        await unit.workings.save(working, probe_at=None)
        risk = replace(risk, state=state, block=block)
        if again is not None:
            begun_at = at(again, ten)
            due = verification_deadline(begun_at, risk.level, office.plan).due_at
            risk = replace(risk, state=RiskState.FILED, round=2, verify_by=due)
            await unit.workings.begin(Working(risk=risk.id, round=2, watcher=by, begun_at=begun_at))
            await unit.events.add(Event(risk=risk.id, at=begun_at, kind=EventKind.REOPENED, position=by))
        if ending is not None:
            await unit.events.add(Event(risk=risk.id, at=over.at, kind=EventKind.WORKED_OFF, position=by))
        await unit.risks.save(risk)
        await unit.commit()


async def report(office: StaffedOffice, period: Period = NOVEMBER, *cuts: Cut, now: datetime = MADE_AT) -> Report:
    async with office.view() as unit:
        return await report_of(unit, asked_of(period, CALENDAR, now=now), cuts=cuts, now=now)


def figures(tally: Tally) -> dict[Figure, int]:
    return {figure: tally[figure] for figure in Figure if tally[figure]}


F: Final = Figure
OF_NOVEMBER: Final = {
    F.NEW: 17,
    F.REPEATED: 3,
    F.FINISHED: 10,
    F.LATE: 3,
    F.SOLVED: 4,
    F.EXPLAINED: 3,
    F.MARKED: 6,
    F.SATISFIED: 3,
    F.OPEN: 6,
    F.OVERDUE: 3,
    F.DEFERRED: 2,
    F.AWAITING_MARK: 1,
    F.PRESSED: 1,
    F.UNDISTRIBUTED: 1,
    F.TO_CHECK: 1,
}
RISKS_OF_NOVEMBER: Final = {
    F.RISKS_NEW: 5,
    F.RISKS_ANSWERED: 2,
    F.RISKS_WORKED_OFF: 1,
    F.RISKS_OVERRIDDEN: 1,
    F.RISKS_DISMISSED: 1,
    F.RISKS_MERGED: 1,
    F.RISKS_RETURNED: 1,
    F.RISKS_OPEN: 3,
    F.RISKS_TO_VERIFY: 2,
    F.RISKS_WATCHED: 1,
    F.RISKS_OVERDUE: 1,
}


async def test_the_month_is_as_it_was_reckoned_by_hand(office: StaffedOffice) -> None:
    await appeals_stand(office)
    await risks_stand(office)
    told = await report(office)
    assert figures(told.total) == OF_NOVEMBER | RISKS_OF_NOVEMBER
    assert told.total.days == {1: 2, 2: 1, 3: 1, 7: 2, 8: 1, 10: 1, 11: 1, 12: 1}
    assert told.total.answered_for == 13
    assert told.total.share_in_time == pytest.approx(7 / 13)
    assert told.total.share_satisfied == 0.5
    assert told.total.mean_days == pytest.approx(6.2)
    assert told.total.median_days == 7


async def test_october_is_what_it_is_compared_with(office: StaffedOffice) -> None:
    """A stood then, to be verified and past its hours: it had been filed on the 30th."""
    await appeals_stand(office)
    await risks_stand(office)
    told = await report(office)
    assert told.compared == period_of(PeriodKind.MONTH, date(2026, 10, 1))
    appeals = {F.NEW: 3, F.FINISHED: 1, F.SOLVED: 1, F.OPEN: 2}
    assert {each: count for each, count in figures(told.before).items() if not each.value.startswith("r")} == appeals
    assert (told.before[F.RISKS_NEW], told.before[F.RISKS_OPEN]) == (1, 1)
    assert (told.before.mean_days, told.before.median_days) == (0, 0)
    assert told.before.share_in_time == 1
    assert told.before.share_satisfied is None


async def test_blocks_are_as_reckoned_and_make_the_whole(office: StaffedOffice) -> None:
    """Roads: new 4 5 9 11 14 16 19 20; finished 1 2 4 5 19, late 2 5; open 9 11 14 16 20, overdue 9 16.

    Social: new 6 7 8 12 13 17 18; finished 6 7 12 13, late 13. None: new 10 15; finished 15; open, overdue 10.
    """
    await appeals_stand(office)
    told = await report(office, NOVEMBER, Cut.BLOCK)
    groups = {group.key: group.tally for group in told.cuts[Cut.BLOCK]}
    columns = (F.NEW, F.FINISHED, F.LATE, F.OPEN, F.OVERDUE)
    assert {key: tuple(tally[each] for each in columns) for key, tally in groups.items()} == {
        ROADS: (8, 5, 2, 5, 2),
        SOCIAL: (7, 4, 1, 0, 0),
        None: (2, 1, 0, 1, 1),
    }
    assert groups[ROADS].days == {1: 1, 8: 1, 10: 1, 11: 1, 12: 1}
    assert groups[ROADS].share_in_time == pytest.approx(3 / 7)
    assert (groups[SOCIAL].mean_days, groups[SOCIAL].median_days) == (4.5, 5)
    for figure in Figure:
        assert sum(tally[figure] for tally in groups.values()) == told.total[figure]
    before = {group.key: group.before[F.NEW] for group in told.cuts[Cut.BLOCK] if group.before is not None}
    assert before == {ROADS: 2, SOCIAL: 1, None: 0}


async def test_weeks_are_as_reckoned(office: StaffedOffice) -> None:
    """By creation. 02.11: 4 to 8; 09.11: 9 to 12; 16.11: 13 to 16; 23.11: 17 to 19; 30.11: 20."""
    await appeals_stand(office)
    told = await report(office, NOVEMBER, Cut.WEEK)
    new = {group.key: group.tally[F.NEW] for group in told.cuts[Cut.WEEK] if group.tally[F.NEW]}
    assert new == {
        date(2026, 11, 2): 5,
        date(2026, 11, 9): 4,
        date(2026, 11, 16): 4,
        date(2026, 11, 23): 3,
        date(2026, 11, 30): 1,
    }


async def test_an_office_with_nothing_has_no_figure_and_no_share(office: StaffedOffice) -> None:
    told = await report(office, NOVEMBER, *Cut)
    assert figures(told.total) == figures(told.before) == {}
    assert all(not groups for groups in told.cuts.values())
    shares = (told.total.share_in_time, told.total.share_satisfied, told.total.mean_days, told.total.median_days)
    assert shares == (None, None, None, None)


@pytest.mark.parametrize("block", [None, ROADS])
async def test_without_blocks_or_with_one_the_only_group_is_the_whole(
    office: StaffedOffice, block: BlockKey | None
) -> None:
    await appeals_stand(office, [replace(line, block=block) for line in LINES])
    told = await report(office, NOVEMBER, Cut.BLOCK)
    [group] = told.cuts[Cut.BLOCK]
    assert group.key == block
    assert (group.tally, group.before) == (told.total, told.before)
    assert told.total[F.UNDISTRIBUTED] == (6 if block is None else 0)


NEW_YEAR: Final = (
    Line(POS, ROADS, "30.12", "31.12", ANSWERED, "31.12", S),
    Line(POS, ROADS, "31.12", "31.12", OPEN),
)


@pytest.mark.parametrize(
    ("kind", "day", "new", "before"),
    [
        (PeriodKind.WEEK, date(2027, 1, 3), 2, date(2026, 12, 21)),
        (PeriodKind.QUARTER, date(2026, 12, 31), 2, date(2026, 7, 1)),
        (PeriodKind.QUARTER, date(2027, 1, 1), 0, date(2026, 10, 1)),
    ],
)
async def test_a_period_at_new_year_is_whole(
    office: StaffedOffice, kind: PeriodKind, day: date, new: int, before: date
) -> None:
    """The week is 28.12 to 03.01. What is open on 31.12 stays open in the next quarter."""
    await appeals_stand(office, NEW_YEAR)
    told = await report(office, period_of(kind, day), now=datetime(2027, 4, 2, 9, tzinfo=UTC))
    assert told.total[F.NEW] == new
    assert told.total[F.FINISHED] == (1 if new else 0)
    assert (told.total[F.OPEN], told.total[F.OVERDUE]) == (1, 1)
    assert told.compared.first == before


async def test_a_period_that_goes_on_is_compared_with_as_many_days(office: StaffedOffice) -> None:
    """On Thursday 05.11: with Monday to Thursday of the week before, as it stood at the end of that Thursday."""
    await appeals_stand(office)
    week = period_of(PeriodKind.WEEK, date(2026, 11, 5))
    told = await report(office, week, now=at("05.11", time(10)))
    assert (told.compared.first, told.compared.last) == (date(2026, 10, 26), date(2026, 10, 29))
    assert told.before[F.NEW] == 2
    assert told.before[F.OPEN] == 2


async def test_a_digest_of_yesterday_says_how_much_stands_now(office: StaffedOffice) -> None:
    """On 01.12: 16 is finished today and 21 has come, neither of which is of yesterday."""
    await appeals_stand(office)
    yesterday = period_of(PeriodKind.DAY, date(2026, 11, 30))
    asked = replace(asked_of(yesterday, CALENDAR, now=MADE_AT), stands_at=MADE_AT)
    async with office.view() as unit:
        tally = (await report_of(unit, asked, now=MADE_AT)).total
        page, total = await unit.reports.page(asked, F.OPEN, offset=0, limit=9)
    assert figures(tally) == {
        F.NEW: 1, F.REPEATED: 1, F.OPEN: 6, F.OVERDUE: 2, F.DEFERRED: 1, F.AWAITING_MARK: 1, F.PRESSED: 1,
        F.UNDISTRIBUTED: 1, F.TO_CHECK: 1,
    }  # fmt: skip
    assert (total, [case.appeal.number for case in page]) == (6, ["9", "10", "11", "14", "20", "21"])
