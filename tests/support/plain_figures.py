"""Figures of appeals reckoned item by item, by the rules of `risk.appeal_cases`; shares nothing with the SQL."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from risk.appeal_cases import AppealCase, AppealChange, AppealHappening, change_of
from risk.appeals import AppealKind, AppealOutcome, AppealState
from risk.figures import Asked, Cut, Figure, GroupKey, Tally


def plain_tally(cases: Iterable[AppealCase], asked: Asked) -> Tally:
    figures: Counter[Figure] = Counter()
    days: Counter[int] = Counter()
    for case in cases:
        if not is_in_scope(case, asked):
            continue
        found = plain_figures(case, asked)
        figures.update(found)
        if Figure.FINISHED in found and case.appeal.finished_on is not None:
            days[(case.appeal.finished_on - case.appeal.created_on).days] += 1
    return Tally(figures=dict(figures), days=dict(days))


def plain_figures(case: AppealCase, asked: Asked) -> set[Figure]:
    line = _line(case)
    return _of_creation(case, asked) | _of_end(case, line, asked) | _of_moment(case, line, asked)


def key_of(case: AppealCase, cut: Cut, asked: Asked) -> GroupKey:
    appeal = case.appeal
    match cut:
        case Cut.BLOCK:
            return case.block
        case Cut.TERRITORY:
            return case.territory
        case Cut.SETTLEMENT:
            return appeal.settlement
        case Cut.CHANNEL:
            return appeal.source.value
        case Cut.TOPIC:
            return appeal.group
        case Cut.SUBTOPIC:
            return appeal.topic
        case Cut.DEPARTMENT:
            return appeal.organisation if appeal.department is None else appeal.department
        case Cut.WEEK:
            day = appeal.created_on
            while day.weekday() != asked.week_begins:
                day -= timedelta(days=1)
            return day


def is_in_scope(case: AppealCase, asked: Asked) -> bool:
    scope = asked.scope
    wanted = (scope.territory, scope.channel, scope.topic)
    has = (case.territory, case.appeal.source, case.appeal.group)
    fits = all(each is None or each == own for each, own in zip(wanted, has, strict=True))
    if scope.department is not None and key_of(case, Cut.DEPARTMENT, asked) != scope.department:
        return False
    if scope.lacks is not None and key_of(case, scope.lacks, asked) is not None:
        return False
    return fits and (scope.blocks is None or case.block in scope.blocks)


def is_open_on(case: AppealCase, day: date) -> bool:
    """At the end of the day, by the dates that are known."""
    line = _line(case)
    if line.vanished or case.appeal.created_on > day:
        return False
    handed_on = None if case.redirected is None else case.redirected.on
    ends = [each for each in (case.appeal.finished_on, handed_on) if each is not None]
    return line.is_open or (bool(ends) and min(ends) > day)


def _line(case: AppealCase) -> AppealChange:
    return change_of(case, AppealHappening.IMPORTED, case.due_at)


def _of_creation(case: AppealCase, asked: Asked) -> set[Figure]:
    if case.appeal.created_on not in asked.period:
        return set()
    return {Figure.NEW, Figure.REPEATED} if case.appeal.repeated else {Figure.NEW}


def _of_end(case: AppealCase, line: AppealChange, asked: Asked) -> set[Figure]:
    if not _is_finished_in(case, line, asked):
        return set()
    found = {Figure.FINISHED}
    if line.is_late(asked.calendar):
        found.add(Figure.LATE)
    if case.appeal.kind in {None, AppealKind.SOLVABLE}:
        names = {AppealOutcome.SOLVED: Figure.SOLVED, AppealOutcome.EXPLAINED: Figure.EXPLAINED}
        found |= {figure for outcome, figure in names.items() if line.outcome is outcome}
    if line.is_satisfied is not None:
        found |= {Figure.MARKED, Figure.SATISFIED} if line.is_satisfied else {Figure.MARKED}
    return found


def _is_finished_in(case: AppealCase, line: AppealChange, asked: Asked) -> bool:
    ended = case.appeal.finished_on
    return ended is not None and ended in asked.period and not line.is_open and not line.vanished


def _of_moment(case: AppealCase, line: AppealChange, asked: Asked) -> set[Figure]:
    day = last_day_before(asked.stands_at, asked)
    if case.appeal.created_on > day:
        return set()
    if line.vanished:
        return {Figure.TO_CHECK}
    found = set()
    if line.state is AppealState.ANSWERED and case.appeal.finished_on is None:
        found.add(Figure.AWAITING_MARK)
    if is_open_on(case, day):
        found.add(Figure.OPEN)
        if case.due_at <= asked.stands_at:
            found.add(Figure.OVERDUE)
        if case.pressed is not None and case.pressed.at <= asked.stands_at:
            found.add(Figure.PRESSED)
        if case.block is None:
            found.add(Figure.UNDISTRIBUTED)
    if line.state is AppealState.DEFERRED and (Figure.OPEN in found or _is_finished_in(case, line, asked)):
        found.add(Figure.DEFERRED)
    return found


def last_day_before(moment: datetime, asked: Asked) -> date:
    local = asked.calendar.local(moment)
    is_midnight = asked.calendar.local(moment - timedelta(seconds=1)).date() < local.date()
    return local.date() - timedelta(days=1) if is_midnight else local.date()
