"""`/rating`: components of each block's or department's work, side by side; its order is said, there is no score."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from handlers.keyboards.rating import rating_keyboard
from handlers.russian import decimal, grouped, percent
from handlers.views.message import Line, Outgoing, outgoing
from handlers.views.report_lines import as_of, few, few_words, group_title, heading
from handlers.views.tables import Row, table
from risk.figures import Cut, Figure
from risk.ratings import Rate, Rated
from risk.use_cases.summaries import RatingFacts

ORDER: Final = "Порядок: выше доля завершённых в срок, при равной меньше просроченных. Где мало данных, в конце."

_COUNTS: Final = ("всего", "проср", "поздно", "повт", "отл")
_RATES: Final = ("в срок", "средн", "мед", "4–5")


def rating(facts: RatingFacts) -> Outgoing:
    return outgoing(_lines(facts), rating_keyboard(facts))


def _lines(facts: RatingFacts) -> Iterator[Line]:
    by = "по блокам" if facts.cut is Cut.BLOCK else "по отделам"
    yield from heading(f"Работа с обращениями {by}", facts.opened)
    if not facts.rated:
        yield "Обращений в работе не было."
    else:
        yield ORDER
        titles = _titles(facts)
        yield table(_COUNTS, [Row(name=title, cells=_counts(each)) for title, each in titles], corner="Сколько")
        yield table(_RATES, [Row(name=title, cells=_rates(each)) for title, each in titles], corner="Как")
        if facts.leaf.pages > 1:
            yield f"{facts.leaf.page + 1} из {facts.leaf.pages}"
        yield from _legend(facts)
    yield from as_of(facts.report, facts.opened)


def _titles(facts: RatingFacts) -> Sequence[tuple[str, Rated]]:
    plan = facts.opened.office.plan
    return [
        (f"{place}. {group_title(facts.cut, each.key, plan)}", each)
        for place, each in enumerate(facts.rated, facts.leaf.begins + 1)
    ]


def _counts(each: Rated) -> Sequence[str]:
    figures = (Figure.OVERDUE, Figure.LATE, Figure.REPEATED, Figure.DEFERRED)
    return [grouped(each.in_work), *(grouped(each.tally[figure]) for figure in figures)]


def _rates(each: Rated) -> Sequence[str]:
    marks = _cell(each.satisfied, percent)
    given = "" if each.satisfied.value is None else f" ({each.satisfied.of})"
    return [
        _cell(each.in_time, percent),
        _cell(each.mean_days, decimal),
        _cell(each.median_days, decimal),
        f"{marks}{given}",
    ]


def _cell(rate: Rate, words: Callable[[float], str]) -> str:
    return few(rate) if rate.value is None else words(rate.value)


def _legend(facts: RatingFacts) -> Iterator[str]:
    yield "Всего: открытые и завершённые за период; поздно: завершены позже срока."
    yield "В срок: доля завершённых в срок; просроченные открытые считаются не в срок."
    yield "Средн, мед: дней до завершения, в среднем и медиана. 4–5: доля таких оценок, в скобках сколько оценок."
    if any(each.value is None for row in facts.rated for each in _all_rates(row)):
        yield few_words(facts.minimum)


def _all_rates(each: Rated) -> Sequence[Rate]:
    return each.in_time, each.mean_days, each.median_days, each.satisfied
