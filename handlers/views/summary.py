"""`/summary`: figures of a period with what they were before, whole or by groups; and the items behind a figure."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold, Text

from handlers.figure_words import alone, in_row
from handlers.keyboards.figures import figure_keyboard
from handlers.keyboards.summary import figures_keyboard, summary_keyboard
from handlers.russian import decimal, grouped, signed
from handlers.views.appeal_lines import appeal_name, standing_at, standing_words, topic_line
from handlers.views.dates import moment
from handlers.views.freshness import exports_line
from handlers.views.lines import gist_line
from handlers.views.message import Line, Outgoing, outgoing
from handlers.views.report_lines import as_of, compared, days_of, group_title, heading, period_words, share_words, whose
from handlers.views.tables import Row, table
from handlers.views.working import STATES
from risk.appeal_cases import AppealCase
from risk.figures import CUTS_OF_RISKS, OF_MOMENT, Cut, Figure, Tally
from risk.ratings import Rate, rate
from risk.use_cases.figure_items import FigureFacts
from risk.use_cases.summaries import SummaryFacts

Named = Mapping[Figure, str]

_RISKS: Final = (
    Figure.RISKS_NEW,
    Figure.RISKS_ANSWERED,
    Figure.RISKS_WORKED_OFF,
    Figure.RISKS_OVERRIDDEN,
    Figure.RISKS_DISMISSED,
    Figure.RISKS_MERGED,
    Figure.RISKS_RETURNED,
    Figure.RISKS_OPEN,
    Figure.RISKS_TO_VERIFY,
    Figure.RISKS_TO_ANSWER,
    Figure.RISKS_WATCHED,
    Figure.RISKS_OVERDUE,
)
_APPEALS: Final = (
    Figure.NEW,
    Figure.REPEATED,
    Figure.FINISHED,
    Figure.LATE,
    Figure.SOLVED,
    Figure.EXPLAINED,
    Figure.OPEN,
    Figure.OVERDUE,
    Figure.DEFERRED,
    Figure.AWAITING_MARK,
    Figure.PRESSED,
    Figure.UNDISTRIBUTED,
    Figure.TO_CHECK,
)
_PARTS: Final = frozenset(
    {
        Figure.RISKS_TO_VERIFY,
        Figure.RISKS_TO_ANSWER,
        Figure.RISKS_WATCHED,
        Figure.REPEATED,
        Figure.LATE,
        Figure.SOLVED,
        Figure.EXPLAINED,
        Figure.OVERDUE,
    }
)
"""Of what stands above them."""
_ALWAYS: Final = frozenset(
    {
        Figure.RISKS_NEW,
        Figure.RISKS_OPEN,
        Figure.RISKS_OVERDUE,
        Figure.NEW,
        Figure.FINISHED,
        Figure.OPEN,
        Figure.OVERDUE,
    }
)
"""Shown even when there is nothing of them, now or before."""
_COLUMNS: Final = ("сейчас", "+/−")
_GROUP_COLUMNS: Final[Named] = MappingProxyType(
    {
        Figure.NEW: "нов",
        Figure.REPEATED: "повт",
        Figure.FINISHED: "зав",
        Figure.OPEN: "откр",
        Figure.OVERDUE: "проср",
    }
)
_IN_TIME: Final = "В срок"
_GIST_SHOWN: Final = 60


def summary(facts: SummaryFacts) -> Outgoing:
    lines = _whole(facts) if facts.cut is None else _by_groups(facts, facts.cut)
    return outgoing(lines, summary_keyboard(facts))


def figures(facts: SummaryFacts) -> Outgoing:
    """To choose the one to open."""
    return outgoing([*heading("Сводка", facts.opened), "Какой показатель открыть?"], figures_keyboard(facts))


def figure_items(facts: FigureFacts) -> Outgoing:
    return outgoing(_items(facts), figure_keyboard(facts))


def _whole(facts: SummaryFacts) -> Iterator[Line]:
    about, report = facts.opened, facts.report
    yield from heading("Сводка", about)
    if about.asked.scope.has_risks:
        yield _compared("Риски", _RISKS, report.total, report.before)
    yield _compared("Обращения", _APPEALS, report.total, report.appeals_before)
    yield from _quality(facts)
    yield compared(report, about)
    yield from as_of(report, about)


def _compared(corner: str, figures: Sequence[Figure], now: Tally, before: Tally | None) -> Line:
    if before is None:
        told = [each for each in figures if each in _ALWAYS or now[each]]
        return table(_COLUMNS[:1], [Row(name=_name(each), cells=(grouped(now[each]),)) for each in told], corner=corner)
    shown = [each for each in figures if each in _ALWAYS or now[each] or before[each]]
    rows = [Row(name=_name(each), cells=(grouped(now[each]), signed(now[each] - before[each]))) for each in shown]
    return table(_COLUMNS, rows, corner=corner)


def _name(figure: Figure) -> str:
    return f"· {in_row(figure)}" if figure in _PARTS else in_row(figure)


def _quality(facts: SummaryFacts) -> Iterator[str]:
    """Shares and lengths, with what they were; nothing where nothing was finished."""
    minimum = facts.opened.office.plan.reports.rating_minimum
    now, then = facts.report.total, facts.report.appeals_before or Tally()
    in_time, satisfied = (
        [rate(each.share_in_time, each.answered_for, minimum) for each in (now, then)],
        [rate(each.share_satisfied, each[Figure.MARKED], minimum) for each in (now, then)],
    )
    for title, (is_now, was) in ((_IN_TIME, in_time), ("Оценка 4–5", satisfied)):
        if title == _IN_TIME and is_now.of and not now[Figure.FINISHED]:
            yield f"{title}: завершённых нет"
        elif is_now.of:
            yield f"{title}: {_share(is_now)}{f', было {share_words(was)}' if was.of else ''}"
    finished = sum(now.days.values())
    if finished:
        median, mean = rate(now.median_days, finished, minimum), rate(now.mean_days, finished, minimum)
        average = "" if mean.value is None else f", в среднем {decimal(mean.value)}"
        yield f"Дней до завершения: медиана {days_of(median)}{average}"


def _share(shown: Rate) -> str:
    """«83 % из 12»; too few say by themselves how few."""
    return share_words(shown) if shown.value is None else f"{share_words(shown)} из {grouped(shown.of)}"


_TITLES: Final[Mapping[Cut, str]] = MappingProxyType(
    {Cut.BLOCK: "По блокам", Cut.TERRITORY: "По территориям", Cut.CHANNEL: "По каналам", Cut.TOPIC: "По темам"}
)


def _by_groups(facts: SummaryFacts, cut: Cut) -> Iterator[Line]:
    about, plan = facts.opened, facts.opened.office.plan
    yield from heading(_TITLES[cut], about)
    if not facts.groups:
        yield "Показывать нечего: обращений и рисков нет."
    else:
        titles = [
            f"{place}. {group_title(cut, each.key, plan)}"
            for place, each in enumerate(facts.groups, facts.leaf.begins + 1)
        ]
        tallies = [each.tally for each in facts.groups]
        yield _columns("Обращения", _GROUP_COLUMNS, titles, tallies)
        if cut in CUTS_OF_RISKS and about.asked.scope.has_risks:
            yield _columns("Риски", _RISK_COLUMNS, titles, tallies)
        if facts.leaf.pages > 1:
            yield f"{facts.leaf.page + 1} из {facts.leaf.pages}"
    yield from as_of(facts.report, about)


_RISK_COLUMNS: Final[Named] = MappingProxyType(
    {
        Figure.RISKS_NEW: "нов",
        Figure.RISKS_WORKED_OFF: "отраб",
        Figure.RISKS_OPEN: "откр",
        Figure.RISKS_OVERDUE: "проср",
    }
)


def _columns(corner: str, named: Named, titles: Sequence[str], tallies: Sequence[Tally]) -> Line:
    rows = [
        Row(name=title, cells=[grouped(tally[each]) for each in named])
        for title, tally in zip(titles, tallies, strict=True)
    ]
    return table(list(named.values()), rows, corner=corner)


def _standing(case: AppealCase, facts: FigureFacts) -> str:
    """A list of an earlier moment counts days up to that moment, as its heading says."""
    about, plan = facts.opened, facts.opened.office.plan
    if facts.figure in OF_MOMENT and about.asked.stands_at < about.now:
        return standing_at(case, plan, about.asked.stands_at, about.now)
    return standing_words(case, plan, about.now)


def _items(facts: FigureFacts) -> Iterator[Line]:
    about, plan = facts.opened, facts.opened.office.plan
    today = plan.calendar.local(about.now).date()
    when = (
        f"на {moment(about.asked.stands_at, plan.calendar, about.now)}"
        if facts.figure in OF_MOMENT
        else period_words(about.asked.period, today)
    )
    yield Bold(f"{alone(facts.figure)} · {when}: {facts.total}")
    yield whose(about)
    for place, case in enumerate(facts.appeals, facts.leaf.begins + 1):
        name, words = appeal_name(case.appeal), _standing(case, facts)
        yield Text(f"{place}. ", Bold(name), f" · {words} · {topic_line(case.appeal)}")
    for place, risk in enumerate(facts.risks, facts.leaf.begins + 1):
        yield Text(
            f"{place}. ", Bold(str(risk.number)), f" · {STATES[risk.state]} · {gist_line(risk.gist, _GIST_SHOWN)}"
        )
    if facts.leaf.pages > 1:
        yield f"{facts.leaf.page + 1} из {facts.leaf.pages}"
    if facts.total == 0:
        yield "Сейчас здесь ничего нет."
    if facts.freshest or facts.appeals:
        yield exports_line(facts.freshest, plan, about.now)
