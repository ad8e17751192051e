"""Figures of appeals as the database counts them, held to a plain reckoning over any office, period and zone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from sqlalchemy import func, select, text

from risk.appeal_cases import AppealCase, Press, Pressed, Redirected
from risk.appeals import Appeal, AppealKind, AppealOutcome, AppealSource, AppealState, Regime, Satisfaction
from risk.digest_rules import covered
from risk.figures import OF_APPEALS, OF_MOMENT, Asked, Cut, Figure, Scope, Tally, asked_of
from risk.ids import AppealId, BlockKey, ImportId, PaperId, PositionId, TerritoryKey
from risk.imports import Door, Import, ImportState
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Place
from risk.periods import Period, PeriodKind, period_of
from risk.reports_asked import PeriodAsked, ReportAsked
from risk.use_cases.digest_facts import digest_of_day
from risk.use_cases.memo_reading import memo_of
from risk.use_cases.reporting import report_of
from risk.use_cases.summaries import read_summary
from storage import tables
from storage.appeal_mapping import case_values
from storage.figure_places import Among, found
from storage.figure_questions import shape_of, values_of
from storage.repositories.reports import ReportRows
from tests.risk.calendars import ZONES, calendar
from tests.support.offices import NOW, PLAN, Offices
from tests.support.plain_figures import is_in_scope, is_open_on, key_of, plain_figures, plain_tally

DAY: Final = timedelta(days=1)
BLOCKS: Final = (BlockKey("roads"), BlockKey("social"), None)
TOWN: Final = TerritoryKey("town")
TURNS: Final = (date(2025, 12, 31), date(2026, 3, 29), date(2026, 4, 24), date(2026, 10, 25), date(2026, 11, 9))
"""New Year, the days on which clocks of Berlin and Cairo jump, and an ordinary Monday."""
PLACES: Final = (*ZONES, *("Europe/Berlin", "Africa/Cairo") * 4)
"""Often where clocks jump; those of Cairo over a midnight."""


@st.composite
def questions(draw: DrawFn) -> Asked:
    zone = calendar(draw(st.sampled_from(PLACES)))
    first = draw(st.sampled_from(TURNS)) + draw(st.integers(-6, 3)) * DAY
    kinds = [period_of(kind, first, week_begins=draw(st.integers(0, 6))) for kind in PeriodKind]
    days = Period(first=first, last=first + draw(st.integers(0, 20)) * DAY)
    period = draw(st.sampled_from([*kinds, days]))
    now = zone.moment_at(first, time(draw(st.integers(0, 23)))) + draw(st.integers(0, 30)) * DAY
    scope = Scope(
        blocks=draw(st.none() | st.sampled_from([frozenset({BLOCKS[0]}), frozenset({BLOCKS[1]}), frozenset()])),
        territory=draw(st.none() | st.none() | st.just(TOWN)),
        channel=draw(st.none() | st.none() | st.sampled_from(AppealSource)),
        topic=draw(st.none() | st.none() | st.just("Дороги")),
        department=draw(st.none() | st.none() | st.just("ЖКХ")),
        lacks=draw(st.none() | st.none() | st.sampled_from(Cut)),
    )
    asked = replace(asked_of(period, zone, now=now, scope=scope), week_begins=draw(st.integers(0, 6)))
    # A digest asks of yesterday, and how much stands now.
    return draw(st.sampled_from([asked, replace(asked, stands_at=now)]))


@st.composite
def offices_asked(draw: DrawFn) -> tuple[Sequence[AppealCase], Asked]:
    """Many appeals by one throw: what is looked for is where dates meet, and few would never meet."""
    asked, dice = draw(questions()), Random(draw(st.integers(0, 2**32)))
    return [any_case(dice, asked) for _ in range(dice.choice([0, 1, 60, 120]))], asked


def any_case(dice: Random, asked: Asked) -> AppealCase:
    """A contradictory one too. Days are those about which something turns; moments are midnights, and just beside."""
    turns = [asked.period.first, asked.period.last, asked.stands_on]

    def day() -> date:
        return dice.choice(turns) + dice.choice([-9, -2, -1, -1, 0, 0, 0, 1, 1, 5]) * DAY

    def moment() -> datetime:
        beside = dice.choice([-1, 0, 0, 1]) * timedelta(seconds=1)
        return dice.choice([asked.stands_at, asked.calendar.moment_at(day(), time(dice.choice([0, 0, 18])))]) + beside

    def maybe(*known: Any) -> Any:
        return dice.choice([None, *known])

    finished_on = maybe(day(), day())
    about = Appeal(
        source=dice.choice(list(AppealSource)),
        number="1",
        regime=Regime.POS_ORDINARY,
        created_on=min(day(), day()),
        group=maybe("Дороги", "Мусор"),
        topic=maybe("Ямы"),
        department=maybe("ЖКХ"),
        organisation=maybe("ЖКХ", "Комитет"),
        settlement=maybe("пос. Северный", "Город"),
        kind=maybe(*AppealKind),
        outcome=maybe(AppealOutcome.SOLVED, AppealOutcome.EXPLAINED, AppealOutcome.DEFERRED),
        mark=maybe(3, 4, None),
        satisfaction=maybe(*Satisfaction),
        repeated=dice.random() < 0.3,
        finished_on=finished_on,
        finished_at=None if finished_on is None else maybe(moment()),
    )
    is_pressed, is_redirected, has_vanished = (dice.random() < share for share in (0.3, 0.2, 0.1))
    return AppealCase(
        id=AppealId(0),
        appeal=about,
        state=dice.choice([AppealState.OPEN, AppealState.DEFERRED, *AppealState]),
        due_at=moment(),
        block=dice.choice(BLOCKS),
        territory=maybe(TOWN),
        pressed=Pressed(press=Press.SENT, at=moment(), by=PositionId(1)) if is_pressed else None,
        redirected=Redirected(to="Минтранс", on=day()) if is_redirected else None,
        vanished_in=ImportId(1) if has_vanished else None,
    )


@st.composite
def mornings(draw: DrawFn) -> tuple[Sequence[AppealCase], datetime]:
    """A digest's, with nothing finished on its own day: what no export of the morning can say."""
    day, dice = draw(st.sampled_from(TURNS)) + draw(st.integers(-6, 6)) * DAY, Random(draw(st.integers(0, 2**32)))
    now = PLAN.calendar.moment_at(day, time(9))
    period = covered(day, None, PLAN.calendar)
    asked = replace(asked_of(period, PLAN.calendar, now=now), stands_at=now)
    cases = [any_case(dice, asked) for _ in range(dice.choice([0, 1, 60, 120]))]
    return [each for each in cases if each.appeal.finished_on != day], now


@pytest.fixture
async def newest(offices: Offices) -> ImportId:
    """The import that some have vanished in."""
    one = Import(
        id=ImportId(0),
        state=ImportState.APPLIED,
        door=Door.FOLDER,
        file="pos.xlsx",
        path="pos.xlsx",
        received_at=NOW,
        made_at=NOW,
    )
    async with offices.ours.uow() as unit:
        stored = await unit.imports.add(one)
        await unit.commit()
    return stored.id


async def stand(offices: Offices, newest: ImportId, wanted: Sequence[AppealCase]) -> Sequence[AppealCase]:
    """These and no others; in the office beside it as many that nobody asked of."""
    table, rows, kept = tables.appeals, [], []
    for place, case in enumerate(wanted, 1):
        about = replace(case.appeal, number=str(place))
        vanished_in = None if case.vanished_in is None else newest
        kept.append(replace(case, id=AppealId(place), appeal=about, vanished_in=vanished_in))
        values: dict[str, Any] = {**case_values(kept[-1]), "unsettled": False}
        rows.append(values | {"id": place, "office_id": 1})
        rows.append(values | {"id": 1000 + place, "office_id": 2, "vanished_in": None, "pressed_by": None})
    async with offices.database.write() as connection:
        await connection.execute(table.delete())
        if rows:
            await connection.execute(table.insert(), rows)
        await connection.commit()
    return kept


ANY: Final = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(made=offices_asked(), cut=st.sampled_from(Cut))
@ANY
async def test_the_database_counts_what_a_plain_reckoning_does(
    made: tuple[Sequence[AppealCase], Asked], cut: Cut, offices: Offices, newest: ImportId
) -> None:
    made_cases, asked = made
    kept = await stand(offices, newest, made_cases)
    async with offices.database.read() as connection:
        rows = ReportRows(connection, offices.ours.id)
        assert await rows.tally(asked) == plain_tally(kept, asked)
        groups: dict[Any, list[AppealCase]] = {}
        for each in kept:
            groups.setdefault(key_of(each, cut, asked), []).append(each)
        expected = {key: plain_tally(those, asked) for key, those in groups.items()}
        counted = await rows.tallies(asked, cut)
    assert counted == {key: tally for key, tally in expected.items() if tally.figures}
    assert summed(counted.values()) == plain_tally(kept, asked).figures


def summed(tallies: Iterable[Tally]) -> Mapping[Figure, int]:
    return sum((Counter(each.figures) for each in tallies), Counter())


@given(made=offices_asked())
@ANY
async def test_the_list_behind_a_figure_has_just_what_it_counts(
    made: tuple[Sequence[AppealCase], Asked], offices: Offices, newest: ImportId
) -> None:
    made_cases, asked = made
    kept = await stand(offices, newest, made_cases)
    async with offices.database.read() as connection:
        rows = ReportRows(connection, offices.ours.id)
        for figure in OF_APPEALS:
            counted = [each for each in kept if is_in_scope(each, asked) and figure in plain_figures(each, asked)]
            in_order = [each.id for each in sorted(counted, key=lambda case: (case.due_at, case.id))]
            page, total = await rows.page(asked, figure, offset=1, limit=3)
            assert (total, [each.id for each in page]) == (len(in_order), in_order[1:4]), figure


@given(made=offices_asked(), columns=st.sampled_from(Cut))
@settings(parent=ANY, max_examples=25)
async def test_new_ones_by_day_and_by_pairs_are_the_new_ones(
    made: tuple[Sequence[AppealCase], Asked], columns: Cut, offices: Offices, newest: ImportId
) -> None:
    made_cases, asked = made
    kept = await stand(offices, newest, made_cases)
    new = [each for each in kept if is_in_scope(each, asked) and Figure.NEW in plain_figures(each, asked)]
    by_day = [each.appeal.created_on for each in new]
    pairs = [(key_of(each, Cut.BLOCK, asked), key_of(each, columns, asked)) for each in new]
    in_blocks = [(key_of(each, Cut.BLOCK, asked), each.appeal.created_on) for each in new]
    async with offices.database.read() as connection:
        rows = ReportRows(connection, offices.ours.id)
        assert await rows.received(asked) == {(None, day): by_day.count(day) for day in by_day}
        assert await rows.received(asked, Cut.BLOCK) == {each: in_blocks.count(each) for each in in_blocks}
        assert await rows.crossed(asked, Cut.BLOCK, columns) == {each: pairs.count(each) for each in pairs}


@given(made=mornings(), kind=st.sampled_from([PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER]))
@settings(parent=ANY, max_examples=25)
async def test_the_digest_the_report_the_summary_and_the_memo_say_the_same(
    made: tuple[Sequence[AppealCase], datetime], kind: PeriodKind, offices: Offices, newest: ImportId
) -> None:
    made_cases, now = made
    kept, ours, calendar_ = await stand(offices, newest, made_cases), offices.ours, PLAN.calendar
    today = calendar_.local(now).date()

    async def summed_up(period: Period) -> Tally:
        days = PeriodAsked(kind=PeriodKind.DAYS, first=period.first, last=period.last)
        return (await read_summary(ReportAsked(period=days), actor=ours.head, view=ours.view, now=now)).report.total

    async with ours.view() as unit:
        digest = await digest_of_day(unit, today, now)
        asked = replace(asked_of(digest.period, calendar_, now=now), stands_at=now)
        assert digest.total == (await report_of(unit, asked, now=now)).total == plain_tally(kept, asked)
        assert summed(each.tally for each in digest.by_block) == digest.total.figures
        period = period_of(kind, today)
        memo = await memo_of(unit, _memo_paper(period, ours.private(ours.head)), now)
    asked = asked_of(period.until(today), calendar_, now=now)
    assert memo.report.total == await summed_up(period) == plain_tally(kept, asked)
    days, moment = await summed_up(digest.period), await summed_up(Period(first=digest.period.first, last=today))
    assert {each: digest.total[each] for each in OF_APPEALS - OF_MOMENT} == {
        each: days[each] for each in OF_APPEALS - OF_MOMENT
    }
    assert {each: digest.total[each] for each in OF_APPEALS & OF_MOMENT} == {
        each: moment[each] for each in OF_APPEALS & OF_MOMENT
    }


def _memo_paper(period: Period, place: Place) -> Paper:
    return Paper(
        id=PaperId(1), kind=PaperKind.MEMO, state=PaperState.PLANNED, place=place, planned_at=NOW, period=period
    )


def is_dated(case: AppealCase) -> bool:
    """Whether its end, if it has one, has a date, and its dates are in their order."""
    ended = case.appeal.finished_on
    if case.vanished_in is not None or case.redirected is not None or (ended or date.max) < case.appeal.created_on:
        return False
    return case.is_open or ended is not None


@given(made=offices_asked())
@ANY
async def test_what_was_open_and_came_less_what_was_finished_is_open_at_the_next_moment(
    made: tuple[Sequence[AppealCase], Asked], offices: Offices, newest: ImportId
) -> None:
    made_cases, asked = made
    asked = replace(asked, stands_at=asked.ends)
    await stand(offices, newest, [each for each in made_cases if is_dated(each)])
    earlier = asked.period.next(-1)
    async with offices.database.read() as connection:
        rows = ReportRows(connection, offices.ours.id)
        was = await rows.tally(replace(asked, period=earlier, stands_at=asked.begins))
        now = await rows.tally(asked)
    assert was[Figure.OPEN] + now[Figure.NEW] - now[Figure.FINISHED] == now[Figure.OPEN]


@given(made=offices_asked())
@settings(max_examples=200, deadline=None)
def test_whoever_is_open_now_by_its_own_rule_is_open_today(made: tuple[Sequence[AppealCase], Asked]) -> None:
    """The reckoning of any day agrees with the rule that lists and reminders go by."""
    for each in made[0]:
        assert is_open_on(each, date.max) == each.is_open


INDEX_OF: Final = {
    Among.CREATED: "ix_appeals_created (office_id=? AND source=? AND created_on>? AND created_on<?)",
    Among.FINISHED: "ix_appeals_finished (office_id=? AND finished_on>? AND finished_on<?)",
    Among.MAY_BE_OPEN: "ix_appeals_open (office_id=? AND due_at>?)",
    Among.ENDED_LATER: "ix_appeals_finished (office_id=? AND finished_on>?)",
    Among.HANDED_ON: "ix_appeals_redirected (office_id=? AND redirected_on>?)",
    Among.UNMARKED: "ix_appeals_finished (office_id=? AND finished_on=?)",
    Among.VANISHED: "ix_appeals_vanished (office_id=?)",
}


@pytest.mark.parametrize("among", Among)
async def test_rows_of_each_place_are_found_by_its_index(among: Among, offices: Offices) -> None:
    """So that a digest of a million appeals reads those alone that it counts."""
    asked = asked_of(period_of(PeriodKind.WEEK, NOW.date()), calendar(), now=NOW)
    query = select(func.count()).where(found(tables.appeals.c, shape_of(asked), among))
    query = query.params(values_of(asked, offices.ours.id))
    async with offices.database.read() as connection:
        written = query.compile(connection.sync_connection, compile_kwargs={"literal_binds": True})
        [plan] = [row.detail for row in await connection.execute(text(f"EXPLAIN QUERY PLAN {written}"))]
    assert plan.startswith("SEARCH appeals USING")
    assert plan.endswith(INDEX_OF[among])
