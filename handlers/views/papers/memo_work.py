"""A memo's sections on risks, measures, causes, problem areas, and what is left to whoever signs."""

from collections.abc import Iterator, Sequence
from typing import Final

from handlers.figure_words import alone, said_of
from handlers.russian import counted
from handlers.views.lines import INNER_DEADLINE
from handlers.views.papers.memo_figures import NO_TOPIC
from handlers.views.papers.memo_words import (
    NBSP,
    block_title,
    capital,
    compared,
    day_words,
    kept,
    says,
    short_day,
    table,
    told_or,
)
from handlers.views.report_lines import growth_words
from handlers.views.working import PUBLICATIONS, STATES
from risk.documents import Block, Bullets, Column, Field, Heading, Paragraph, Run, Table
from risk.figures import Figure
from risk.ids import TerritoryKey
from risk.memo_work import MeasureTold, RiskTold
from risk.memos import GrownTopic, Memo
from risk.offices import OfficePlan
from risk.problem_areas import LEAST_IN_AREA, Area
from risk.risks import RiskState
from risk.units import shortened
from risk.workings import EndingKind, Publication

MOST_RISKS: Final = 40
"""A quarter may have hundreds; the register holds them all."""

_TEXT: Final = 400
_LINK: Final = 60
_FIELDS_BY_AREA: Final = 3

_ENDINGS: Final = {
    EndingKind.CRITERIA: "отработан",
    EndingKind.OVERRIDE: "закрыт решением",
    EndingKind.NOT_A_RISK: "не риск",
    EndingKind.MERGED: "объединён с другим",
    EndingKind.RETURNED: "возвращён в работу",
}
_OF_PERIOD: Final = (
    Figure.RISKS_NEW,
    Figure.RISKS_ANSWERED,
    Figure.RISKS_WORKED_OFF,
    Figure.RISKS_OVERRIDDEN,
    Figure.RISKS_DISMISSED,
    Figure.RISKS_RETURNED,
)
_STAGES: Final = {
    Figure.RISKS_TO_VERIFY: "на проверке",
    Figure.RISKS_TO_ANSWER: "готовится ответ",
    Figure.RISKS_WATCHED: "следим за реакцией",
}


def risks(memo: Memo) -> Iterator[Block]:
    now = memo.report.total
    if not memo.risks:
        yield says("Информационных рисков за период не было, открытых нет.")
        return
    of_period, opened, late = (
        ", ".join(f"{said_of(each)} — {now[each]}" for each in figures)
        for figures in (_OF_PERIOD, (Figure.RISKS_OPEN,), (Figure.RISKS_OVERDUE,))
    )
    yield says(f"{capital(of_period)}. {capital(opened)}, из них {late}. Срок по риску — {INNER_DEADLINE}.")
    for told in memo.risks[:MOST_RISKS]:
        yield from _risk(told, memo.plan)
    left = len(memo.risks) - MOST_RISKS
    if left > 0:
        more = counted(left, "риск", "риска", "рисков")
        yield says(f"Ещё {more} — в реестре рисков: его составляет бот по команде /export.")


def measures(memo: Memo) -> Iterator[Block]:
    yield Heading(text="Принятые меры", level=2)
    yield from _measures(memo, memo.taken, "Принята", "За период принятых мер не записано.")
    yield Heading(text="Планируемые меры", level=2)
    yield from _measures(memo, memo.planned, "Срок", "Планируемых мер не записано.")


def causes(memo: Memo) -> Iterator[Block]:
    yield Heading(text="Причины повторного распространения", level=2)
    recorded: list[Block] = [
        Paragraph(
            runs=(
                Run(text=f"{each.number}. ", bold=True),
                Run(text=f"Причина: {_ended(kept(each.cause))} Прогноз: {_ended(kept(each.forecast))}"),
            )
        )
        for each in memo.causes
    ]
    yield from told_or(recorded, "За период причин не записано.")
    yield Heading(text="Темы, которых стало больше", level=2)
    growth = tuple((Run(text=_growth_line(each, memo.plan)),) for each in memo.grown)
    if memo.report.appeals_before is None:
        yield says("Рост не посчитан: выгружены не все дни этого или предыдущего периода.")
        return
    yield from told_or(
        [Bullets(items=growth)] if growth else [],
        "Заметного роста нет: ни одна тема не выросла на четверть и на три обращения сразу.",
    )


def areas(memo: Memo) -> Iterator[Block]:
    if memo.areas:
        counts = (Figure.OVERDUE, Figure.REPEATED, Figure.DEFERRED)
        rows = [
            (
                each.topic or NO_TOPIC,
                *(str(each.tally[figure]) for figure in counts),
                compared(Figure.NEW, each.tally, each.before),
            )
            for each in memo.areas
        ]
        yield table("Тема", tuple(map(alone, (*counts, Figure.NEW))), rows)
        yield says("Порядок: сначала темы, где больше просрочено, затем — повторных, затем — рост новых.")
        if memo.areas_found > len(memo.areas):
            yield says(f"Показаны {len(memo.areas)} из {memo.areas_found}.")
        where = tuple((Run(text=_where(each, memo.plan)),) for each in memo.areas if each.growths)
        yield from [Bullets(items=where)] if where else []
    else:
        yield says("Тем, где что-то просрочено, повторяется, отложено или заметно растёт, нет.")
    if memo.areas_too_small:
        left = counted(memo.areas_too_small, "тема", "темы", "тем")
        yield says(f"Не приведено: {left}, где ни новых, ни открытых не набралось {LEAST_IN_AREA}.")


def proposals(memo: Memo) -> Iterator[Block]:
    """Left to whoever signs: the program draws no conclusions."""
    for each in memo.areas[:_FIELDS_BY_AREA]:
        yield Field(hint=f"первопричина по теме «{each.topic or NO_TOPIC}» и дорожная карта: что, кто, до какого дня")
    if memo.blocks is None:
        yield Field(hint="предложения: меры, поручения, что нужно от руководства муниципалитета")
    else:
        yield Field(hint="предложения блока: меры, поручения, что нужно от руководства")


def _risk(told: RiskTold, plan: OfficePlan) -> Iterator[Block]:
    yield Paragraph(runs=(Run(text=f"{told.number}. ", bold=True), Run(text=_ended(capital(kept(told.gist))))))
    yield Bullets(items=tuple(_risk_lines(told, plan)))


def _risk_lines(told: RiskTold, plan: OfficePlan) -> Iterator[tuple[Run, ...]]:
    where = f"{block_title(told.block, plan)}; " if plan.blocks else ""
    yield (Run(text=f"{where}{_state(told)}."),)
    if told.answer is not None:
        yield (Run(text="Ответ: ", bold=True), Run(text=_ended(shortened(kept(told.answer.text), _TEXT))))
        yield (Run(text=f"Площадки: {_ended(kept(told.answer.platforms))}"),)
    elif told.is_waived:
        yield (Run(text="Без публичного ответа, по решению."),)
    elif told.interim is not None:
        until = day_words(told.interim.promised_until)
        text = _ended(shortened(kept(told.interim.text), _TEXT))
        yield (Run(text="Промежуточный ответ: ", bold=True), Run(text=f"{text} Обещан ответ до {until}."))
    yield from ((_published(each), Run(text=f" ({PUBLICATIONS[each.kind]})")) for each in told.publications)


def _published(publication: Publication) -> Run:
    if not publication.link:
        return Run(text="Ссылка удалена по сроку хранения")
    return Run(text=shortened(publication.link, _LINK), link=publication.address)


def _state(told: RiskTold) -> str:
    if told.ending is not None:
        return _ENDINGS[told.ending]
    if Figure.RISKS_TO_VERIFY in told.figures and not told.is_taken_up:
        stage = STATES[RiskState.FILED]
    else:
        stage = next((words for figure, words in _STAGES.items() if figure in told.figures), "в работе")
    return f"{stage}, срок ({INNER_DEADLINE}) прошёл" if Figure.RISKS_OVERDUE in told.figures else stage


def _measures(memo: Memo, told: Sequence[MeasureTold], when: str, nothing: str) -> Iterator[Block]:
    if not told:
        yield says(nothing)
        return
    columns = [Column(title="Мера", share=4), Column(title="Кто", share=3), Column(title=when, share=2)]
    first = [Column(title="Блок", share=3)] if memo.plan.blocks else []
    order = [block.key for block in memo.plan.blocks]
    by_block = sorted(told, key=lambda each: order.index(each.block) if each.block in order else len(order))
    rows = tuple(tuple(_measure_row(each, memo)) for each in by_block)
    yield Table(columns=(*first, *columns, Column(title="Риск", share=2)), rows=rows)


def _measure_row(told: MeasureTold, memo: Memo) -> Iterator[str]:
    if memo.plan.blocks:
        yield block_title(told.block, memo.plan)
    yield kept(told.what)
    yield memo.titles[told.position]
    yield f"{short_day(told.day)}, срок прошёл" if told.is_late else short_day(told.day)
    yield str(told.number)


def _where(area: Area, plan: OfficePlan) -> str:
    return f"«{area.topic or NO_TOPIC}», рост: {', '.join(growth_words(each, plan) for each in area.growths)}."


def _growth_line(growth: GrownTopic, plan: OfficePlan) -> str:
    places = ", ".join(f"{_place(key, plan)}{NBSP}— {count}" for key, count in growth.where)
    return f"«{growth.topic}»: {growth.now} (за предыдущий период — {growth.before}). Где: {places}."


def _place(key: object, plan: OfficePlan) -> str:
    territory = None if key is None else plan.territory(TerritoryKey(str(key)))
    return "территория не указана" if territory is None else territory.title


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
