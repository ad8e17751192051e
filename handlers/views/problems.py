"""`/problems`: topics where more stands overdue, comes again or grows, and what is known of why."""

from collections.abc import Iterator, Sequence
from typing import Final

from aiogram.utils.formatting import Bold, Text

from handlers.keyboards.problems import problems_keyboard
from handlers.russian import counted, grouped, signed
from handlers.views.message import Line, Outgoing, outgoing
from handlers.views.report_lines import as_of, compared, group_title, growth_words, heading
from handlers.views.tables import Row, table
from risk.figures import Cut, Figure
from risk.offices import OfficePlan
from risk.problem_areas import LEAST_IN_AREA, Area
from risk.units import shortened
from risk.use_cases.summaries import ProblemsFacts

ORDER: Final = "Порядок: где больше просрочено, затем где больше повторных, затем где больше рост новых."
NO_CAUSE: Final = "причина не записана"

_COLUMNS: Final = ("проср", "повт", "отл", "нов", "+/−")
_CAUSES_SHOWN: Final = 2
_CAUSE_SHOWN: Final = 120


def problems(facts: ProblemsFacts) -> Outgoing:
    return outgoing(_lines(facts), problems_keyboard(facts))


def _lines(facts: ProblemsFacts) -> Iterator[Line]:
    yield from heading("Проблемные темы", facts.opened)
    if facts.total == 0:
        yield "Тем, где что-то просрочено, повторяется или растёт, нет."
    else:
        yield ORDER
        yield _table(facts)
        yield from _reasons(facts)
        if facts.leaf.pages > 1:
            yield f"{facts.leaf.page + 1} из {facts.leaf.pages}"
    if facts.too_small:
        topics = counted(facts.too_small, "тема", "темы", "тем")
        yield f"Не показано: {topics}, где ни новых, ни открытых не набралось {LEAST_IN_AREA}."
    yield compared(facts.report, facts.opened)
    yield from as_of(facts.report, facts.opened)


def _table(facts: ProblemsFacts) -> Line:
    rows = [
        Row(
            name=f"{place}. {group_title(Cut.TOPIC, area.topic, facts.opened.office.plan)}",
            cells=[
                grouped(area.tally[Figure.OVERDUE]),
                grouped(area.tally[Figure.REPEATED]),
                grouped(area.tally[Figure.DEFERRED]),
                grouped(area.tally[Figure.NEW]),
                "—" if area.before is None else signed(area.growth),
            ],
        )
        for place, area in _numbered(facts)
    ]
    return table(_COLUMNS, rows)


def _reasons(facts: ProblemsFacts) -> Iterator[Line]:
    """Of topics that grow or whose cause is known; about the others there is nothing to say."""
    told = [(place, area) for place, area in _numbered(facts) if area.growth > 0 or area.growths or area.causes]
    if told:
        yield Bold("Где рост и почему")
    for place, area in told:
        yield Text(f"{place}. ", _why(area, facts.opened.office.plan))


def _why(area: Area, plan: OfficePlan) -> str:
    """«Советская территория +5, отдел ЖКХ +4; ИР-12/26: …»."""
    grown = ", ".join(growth_words(each, plan) for each in area.growths)
    causes = "; ".join(
        f"{each.risk}: {shortened(' '.join(each.words.split()), _CAUSE_SHOWN)}" for each in area.causes[:_CAUSES_SHOWN]
    )
    return "; ".join(filter(None, (grown, causes or NO_CAUSE)))


def _numbered(facts: ProblemsFacts) -> Sequence[tuple[int, Area]]:
    return list(enumerate(facts.areas, facts.leaf.begins + 1))
