"""`/workload`: what every block has on its hands, who heads it, how long things take there."""

from collections.abc import Iterator, Sequence
from typing import Final

from aiogram.utils.formatting import Text

from handlers.keyboards.workload import workload_keyboard
from handlers.russian import decimal, grouped
from handlers.views.message import Line, Outgoing, outgoing
from handlers.views.report_lines import as_of, few, few_words, group_title, heading
from handlers.views.tables import Row, table
from risk.figures import Cut, Figure
from risk.use_cases.workloads import Load, WorkloadFacts

VACANT: Final = "не занята"
UNNAMED: Final = "имя не указано"
NO_BLOCKS: Final = "Блоков в офисе нет: обращения и риски показаны по всему офису, меры по должностям."

_COLUMNS: Final = ("обращ", "риски", "меры", "мед")


def workload(facts: WorkloadFacts) -> Outgoing:
    return outgoing(_lines(facts), workload_keyboard(facts))


def _lines(facts: WorkloadFacts) -> Iterator[Line]:
    yield from heading("Нагрузка", facts.opened)
    if not facts.opened.office.plan.blocks:
        yield NO_BLOCKS
    titles = _titles(facts)
    yield table(_COLUMNS, [Row(name=title, cells=_cells(each)) for title, each in titles], corner="В работе")
    yield "Меры: по плану, ещё не приняты. Мед: медиана дней до завершения обращений, завершённых за период."
    if any(each.median_days.value is None for _, each in titles):
        yield few_words(facts.minimum)
    for title, each in titles:
        if each.head is not None:
            yield Text(f"{title.partition(' ')[0]} {each.head}: {_holders(each)}")
    if facts.leaf.pages > 1:
        yield f"{facts.leaf.page + 1} из {facts.leaf.pages}"
    if facts.measures:
        yield table(("меры",), [Row(name=title, cells=[grouped(count)]) for title, count in facts.measures])
    yield from as_of(facts.report, facts.opened)


def _titles(facts: WorkloadFacts) -> Sequence[tuple[str, Load]]:
    plan = facts.opened.office.plan
    if not plan.blocks:
        return [("офис", each) for each in facts.loads]
    return [
        (f"{place}. {group_title(Cut.BLOCK, each.block, plan)}", each)
        for place, each in enumerate(facts.loads, facts.leaf.begins + 1)
    ]


def _cells(each: Load) -> Sequence[str]:
    median = each.median_days
    return [
        grouped(each.tally[Figure.OPEN]),
        grouped(each.tally[Figure.RISKS_OPEN]),
        grouped(each.measures),
        few(median) if median.value is None else decimal(median.value),
    ]


def _holders(each: Load) -> str:
    """Official names of those who hold the position; it is vacant without any."""
    return ", ".join(name or UNNAMED for name in each.names) or VACANT
