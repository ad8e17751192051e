"""What the sheets say of digests, with the figures that they were published with, and of papers."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.keeping.export.cells import Who, day
from handlers.figure_words import said_of
from risk.figures import OF_RISKS, Figure
from risk.papers import PaperKind, PaperState
from storage.mapping import AnyRow
from storage.report_mapping import digest_of, paper_of

_PUBLISHED: Final = (
    Figure.RISKS_NEW,
    Figure.RISKS_OPEN,
    Figure.RISKS_OVERDUE,
    Figure.RISKS_WORKED_OFF,
    Figure.RISKS_OVERRIDDEN,
    Figure.NEW,
    Figure.REPEATED,
    Figure.FINISHED,
    Figure.LATE,
    Figure.OPEN,
    Figure.OVERDUE,
    Figure.DEFERRED,
)
"""The others are in the file for programs."""

_NAMES: Final = tuple(f"{'Рисков' if each in OF_RISKS else 'Обращений'} {said_of(each)}" for each in _PUBLISHED)

DIGEST_COLUMNS: Final = ("День", "За дни с", "За дни по", "По состоянию на, время", *_NAMES)
PAPER_COLUMNS: Final = (
    "Бумага",
    "Состояние",
    "За дни с",
    "За дни по",
    "Кто запросил",
    "Запрошена, время",
    "Готова, время",
)

PAPERS: Final[Mapping[PaperKind, str]] = {
    PaperKind.MEMO: "справка",
    PaperKind.REGISTERS: "реестры",
    PaperKind.DIGEST_PAGE: "страница дайджеста",
    PaperKind.DIGEST_PICTURE: "картинка дайджеста",
    PaperKind.HEAT_OF_TERRITORIES: "тепловая карта: темы по территориям",
    PaperKind.HEAT_OF_WEEKS: "тепловая карта: темы по неделям",
}
PAPER_STATES: Final[Mapping[PaperState, str]] = {
    PaperState.PLANNED: "готовится",
    PaperState.READY: "готова",
    PaperState.SENT: "отправлена",
    PaperState.FAILED: "не получилась",
}
_BY_ITSELF: Final = "бот, сам"


def digest_cells(row: AnyRow, who: Who) -> Sequence[str]:
    digest = digest_of(row)
    published = (str(digest.total[figure]) for figure in _PUBLISHED)
    return day(digest.day), day(digest.period.first), day(digest.period.last), who.moment(digest.as_of), *published


def paper_cells(row: AnyRow, who: Who) -> Sequence[str]:
    paper = paper_of(row)
    period = paper.period
    return (
        PAPERS[paper.kind],
        PAPER_STATES[paper.state],
        "" if period is None else day(period.first),
        "" if period is None else day(period.last),
        _BY_ITSELF if paper.asked_by is None else who.person(paper.asked_by),
        who.moment(paper.planned_at),
        who.moment(paper.made_at),
    )
