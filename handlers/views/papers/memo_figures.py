"""A memo's figures of appeals: what matters first, by channel and block, topics, terms, marks, «Решаемые»."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from handlers.figure_words import alone, in_row, said_of
from handlers.views.papers.memo_pictures import of_blocks, of_time, of_topics
from handlers.views.papers.memo_words import (
    NBSP,
    NONE,
    block_title,
    capital,
    compared,
    difference,
    in_time,
    length,
    minimum_of,
    percent,
    says,
    share,
    table,
    too_few,
)
from risk.appeals import AppealSource
from risk.documents import Block, Bullets, Heading, Run, Table
from risk.figures import Cut, Figure, Tally
from risk.first_answers import FirstAnswerTimes
from risk.ids import BlockKey
from risk.memos import Memo, Topic
from risk.reports import Group

NO_TOPIC: Final = "Тема не указана"
DEFERRED: Final = (
    "«Отложено» — срок перенесён, ответ обещан; нормативного определения у этого показателя нет, так его читает МЦУ."
)

CHANNELS: Final[Mapping[AppealSource, str]] = MappingProxyType(
    {
        AppealSource.IM: "«Инцидент Менеджмент»",
        AppealSource.POS: "Платформа обратной связи (ПОС)",
        AppealSource.HAND: "Записаны в МЦУ: звонки, приём, письма",
    }
)
_COUNTED: Final = (Figure.NEW, Figure.REPEATED, Figure.FINISHED, Figure.OPEN, Figure.OVERDUE, Figure.DEFERRED)
_TITLES: Final = tuple(map(alone, _COUNTED))
_PERIODS: Final = ("За период", "За предыдущий")

_Told = tuple[str, Tally, Tally | None]
"""Of a group its title, its figures, and those before."""


def at_first(memo: Memo) -> Iterator[Block]:
    yield Bullets(items=tuple((Run(text=line),) for line in _main_lines(memo)))


def appeals(memo: Memo) -> Iterator[Block]:
    if all(map(_is_empty, memo.appeals_told)):
        periods = "За период и за предыдущий период" if len(memo.appeals_told) > 1 else "За период"
        yield says(f"{periods} обращений нет ни в выгрузках, ни среди записанных в МЦУ.")
        return
    if memo.report.appeals_before is not None:
        yield says("В скобках — изменение к предыдущему периоду.")
    yield Heading(text="По каналам", level=2)
    yield _broken_down("Канал", memo, _channels(memo))
    blocks = _blocks(memo)
    if blocks:
        yield Heading(text="По блокам", level=2)
        yield _broken_down("Блок", memo, blocks)
    yield from of_blocks(memo)


def topics(memo: Memo) -> Iterator[Block]:
    if not memo.topics:
        yield says("Новых обращений за период нет.")
        return
    total = memo.report.total[Figure.NEW]
    rows = [row for topic in memo.topics for row in _topic_rows(topic, total)]
    others = total - sum(topic.group.tally[Figure.NEW] for topic in memo.topics)
    if others:
        rows.append(("Прочие темы", str(others), f"{percent(others / total)}{NBSP}%"))
    yield table("Тема и подтемы", (alone(Figure.NEW), "Доля"), rows)
    yield from of_topics(memo)


def terms(memo: Memo) -> Iterator[Block]:
    both, minimum = memo.appeals_told, minimum_of(memo)
    told = memo.first.known or memo.times.total
    if not told and not any(each.answered_for or each[Figure.DEFERRED] for each in both):
        yield says("Ни завершённых, ни просроченных, ни отложенных обращений нет.")
        return
    rows = [
        ("В срок, доля", *(in_time(each, minimum) for each in both)),
        (f"{alone(Figure.FINISHED)} {in_row(Figure.LATE)}", *(str(each[Figure.LATE]) for each in both)),
        (alone(Figure.OVERDUE), *(str(each[Figure.OVERDUE]) for each in both)),
        (alone(Figure.DEFERRED), *(str(each[Figure.DEFERRED]) for each in both)),
        (
            "Дней до завершения, в среднем",
            *(length(each.mean_days, each[Figure.FINISHED], minimum) for each in both),
        ),
        (
            "Дней до завершения, медиана",
            *(length(each.median_days, each[Figure.FINISHED], minimum) for each in both),
        ),
        (
            "Первый ответ в пределах нормы (по выгрузке ИМ)",
            *(share(each.share, each.known, minimum) for each in (memo.first, memo.first_before)[: len(both)]),
        ),
        *_first_answers(memo),
    ]
    yield table("Показатель", _PERIODS[: len(both)], rows)
    yield says(
        "Доля в срок — из завершённых за период и просроченных вместе. Среди завершённых и перенаправленные, "
        f"и отклонённые. Сроки — по датам выгрузок; доли и средние меньше чем по {minimum} обращениям не приводятся."
    )
    yield says(DEFERRED)
    blocks = [each for each in _blocks(memo) if each[1].answered_for or each[1][Figure.DEFERRED]]
    if len(blocks) > 1:
        yield Heading(text="Сроки по блокам", level=2)
        yield table(
            "Блок", ("В срок", alone(Figure.LATE), alone(Figure.DEFERRED), "Медиана, дней"), _terms_of(blocks, minimum)
        )
    yield from of_time(memo)


def solvable(memo: Memo) -> Iterator[Block]:
    both, minimum = memo.appeals_told, minimum_of(memo)
    if not any(map(_could_be, both)):
        yield says("Решённых и разъяснённых «Решаемых» обращений нет.")
        return
    rows = [
        (alone(Figure.SOLVED), *(str(each[Figure.SOLVED]) for each in both)),
        (alone(Figure.EXPLAINED), *(str(each[Figure.EXPLAINED]) for each in both)),
        ("Решено, доля", *(share(_solved(each), _could_be(each), minimum) for each in both)),
    ]
    yield table("«Решаемые» обращения", _PERIODS[: len(both)], rows)


def reaction(memo: Memo) -> Iterator[Block]:
    both, minimum = memo.appeals_told, minimum_of(memo)
    if not any(each[figure] for each in both for figure in (Figure.MARKED, Figure.AWAITING_MARK)):
        yield says("Заявители оценок не оставили.")
        return
    rows = [
        (
            f"{alone(Figure.MARKED)} (заявитель сообщил, доволен ли он)",
            *(str(each[Figure.MARKED]) for each in both),
        ),
        (f"{alone(Figure.SATISFIED)} или «доволен»", *(str(each[Figure.SATISFIED]) for each in both)),
        ("Недоволен", *(str(each[Figure.MARKED] - each[Figure.SATISFIED]) for each in both)),
        (
            f"{alone(Figure.SATISFIED)}, доля",
            *(share(each.share_satisfied, each[Figure.MARKED], minimum) for each in both),
        ),
        (
            f"{alone(Figure.AWAITING_MARK)} (отвечено, в выгрузке её ещё нет)",
            *(str(each[Figure.AWAITING_MARK]) for each in both),
        ),
    ]
    yield table("Показатель", _PERIODS[: len(both)], rows)


def _main_lines(memo: Memo) -> Iterator[str]:
    now, before, minimum = memo.report.total, memo.report.appeals_before, minimum_of(memo)
    repeated, finished, opened = (_counts(each, now) for each in (Figure.REPEATED, Figure.FINISHED, Figure.OPEN))
    new = "По выгруженным данным новых обращений" if memo.report.coverage.lacking else "Новых обращений"
    against = "" if before is None else f", {difference(Figure.NEW, now, before)}"
    yield f"{new} — {now[Figure.NEW]}{against}; {repeated}."
    yield (
        f"{capital(finished)}, из них {in_row(Figure.LATE)} — {now[Figure.LATE]}. "
        f"{capital(opened)}, из них {_counts(Figure.OVERDUE, now)}."
    )
    if now.answered_for >= minimum:
        yield f"В срок — {in_time(now, minimum)}."
    risks = ", ".join(_counts(each, now) for each in (Figure.RISKS_WORKED_OFF, Figure.RISKS_OPEN))
    yield f"Новых информационных рисков — {now[Figure.RISKS_NEW]}; {risks}."
    yield f"Мер по рискам: принято — {len(memo.taken)}, планируется — {len(memo.planned)}."


def _counts(figure: Figure, tally: Tally) -> str:
    """«завершено — 28»."""
    return f"{said_of(figure)} — {tally[figure]}"


def _broken_down(first: str, memo: Memo, groups: Sequence[_Told]) -> Table:
    total = ("Всего", memo.report.total, memo.report.appeals_before)
    rows = [(title, *(compared(each, now, before) for each in _COUNTED)) for title, now, before in (*groups, total)]
    return table(first, _TITLES, rows, has_total=True)


def _channels(memo: Memo) -> Sequence[_Told]:
    groups = _by_key(memo.report.cuts[Cut.CHANNEL])
    known = [(title, groups[source]) for source, title in CHANNELS.items() if source in groups]
    return [(title, group.tally, group.before) for title, group in known if not _is_idle(group)]


def _blocks(memo: Memo) -> Sequence[_Told]:
    """Of the office's own in their order, were nothing in them; then whatever else has figures."""
    groups = _by_key(memo.report.cuts[Cut.BLOCK])
    own = [block.key for block in memo.plan.blocks if memo.blocks is None or block.key in memo.blocks]
    others = [key for key in groups if key not in own and not _is_idle(groups[key])] if own else []
    keys: list[BlockKey | None] = [*own, *(None if key is None else BlockKey(str(key)) for key in others)]
    empty = Group(key=None, tally=Tally(), before=None if memo.report.appeals_before is None else Tally())
    found = [(block_title(key, memo.plan), groups.get(key, empty)) for key in keys]
    return [(title, group.tally, group.before) for title, group in found]


def _by_key(groups: Sequence[Group]) -> dict[object, Group]:
    return {group.key: group for group in groups}


def _topic_rows(topic: Topic, total: int) -> Iterator[tuple[str, ...]]:
    now, before = topic.group.tally, topic.group.before
    yield topic.title or NO_TOPIC, compared(Figure.NEW, now, before), f"{percent(now[Figure.NEW] / total)}{NBSP}%"
    named = [(title, count) for title, count in topic.subtopics if title is not None]
    yield from ((f"–{NBSP}{title}", str(count), "") for title, count in named)


def _first_answers(memo: Memo) -> Iterator[tuple[str, ...]]:
    """Nothing where the office gets no such sheet."""
    both = (memo.times, memo.times_before)[: len(memo.appeals_told)]
    if any(each.total for each in both):
        yield ("Сообщений в листе без номеров (ИМ)", *(str(each.total) for each in both))
        yield ("Время до первого ответа, медиана, по этому листу", *(_waited(each, minimum_of(memo)) for each in both))


def _waited(told: FirstAnswerTimes, minimum: int) -> str:
    """«3 ч 12 мин (из 45)»; hidden as shares are."""
    if told.median is None:
        return NONE
    if told.answered < minimum:
        return too_few(told.answered)
    hours, minutes = divmod(round(told.median / timedelta(minutes=1)), 60)
    return f"{hours}{NBSP}ч {minutes}{NBSP}мин (из{NBSP}{told.answered})"


def _terms_of(blocks: Sequence[_Told], minimum: int) -> list[tuple[str, ...]]:
    return [
        (
            title,
            in_time(now, minimum),
            str(now[Figure.LATE]),
            str(now[Figure.DEFERRED]),
            length(now.median_days, now[Figure.FINISHED], minimum),
        )
        for title, now, _ in blocks
    ]


def _could_be(tally: Tally) -> int:
    return tally[Figure.SOLVED] + tally[Figure.EXPLAINED]


def _solved(tally: Tally) -> float | None:
    return None if _could_be(tally) == 0 else tally[Figure.SOLVED] / _could_be(tally)


def _is_empty(tally: Tally) -> bool:
    return not any(tally[figure] for figure in (*_COUNTED, Figure.AWAITING_MARK, Figure.TO_CHECK))


def _is_idle(group: Group) -> bool:
    return _is_empty(group.tally) and (group.before is None or _is_empty(group.before))
