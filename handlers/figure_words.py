"""One word for each figure, for messages, buttons, papers and exports.

Narrow heads of columns, tiles of the picture and filters of lists have shorter ones of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from risk.figures import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWords:
    """The same word as three places need it.

    `row` stands in a table that says what is counted, `said` in a sentence beside the number, `alone` where nothing
    else says whether appeals or risks are meant.
    """

    row: str
    said: str
    alone: str


def _same_everywhere(words: str) -> FigureWords:
    """Where all three are the same."""
    return FigureWords(row=words, said=words, alone=f"{words[0].upper()}{words[1:]}")


FIGURE_WORDS: Final[Mapping[Figure, FigureWords]] = MappingProxyType(
    {
        Figure.NEW: FigureWords(row="новые", said="новых", alone="Новые"),
        Figure.REPEATED: FigureWords(row="повторные", said="повторных", alone="Повторные"),
        Figure.OVERDUE: _same_everywhere("просрочено"),
        Figure.DEFERRED: _same_everywhere("отложено"),
        Figure.OPEN: FigureWords(row="открыты", said="открыто", alone="Открыты"),
        # Not «отвечено»: what was redirected or rejected is among them.
        Figure.FINISHED: FigureWords(row="завершены", said="завершено", alone="Завершены"),
        Figure.LATE: FigureWords(row="позже срока", said="завершено позже срока", alone="Позже срока"),
        Figure.SOLVED: _same_everywhere("решено"),
        Figure.EXPLAINED: _same_everywhere("разъяснено"),
        Figure.MARKED: _same_everywhere("с оценкой"),
        Figure.SATISFIED: _same_everywhere("оценка 4–5"),
        Figure.AWAITING_MARK: _same_everywhere("без даты конца"),
        Figure.PRESSED: _same_everywhere("ждём выгрузку"),
        Figure.UNDISTRIBUTED: FigureWords(row="без блока", said="без блока", alone="Обращения без блока"),
        Figure.TO_CHECK: _same_everywhere("на проверку"),
        Figure.RISKS_NEW: FigureWords(row="новые", said="новых", alone="Новые риски"),
        Figure.RISKS_OPEN: FigureWords(row="открыты", said="открыто", alone="Риски открыты"),
        Figure.RISKS_OVERDUE: FigureWords(row="просрочены", said="просрочено", alone="Риски просрочены"),
        Figure.RISKS_TO_VERIFY: FigureWords(row="на проверке", said="на проверке", alone="Риски на проверке"),
        Figure.RISKS_TO_ANSWER: FigureWords(row="ждут ответа", said="ждут ответа", alone="Риски ждут ответа"),
        Figure.RISKS_WATCHED: FigureWords(row="следим", said="следим за реакцией", alone="Следим за реакцией"),
        Figure.RISKS_ANSWERED: FigureWords(row="ответ дан", said="ответ дан", alone="Риски, ответ дан"),
        Figure.RISKS_WORKED_OFF: FigureWords(row="отработаны", said="отработано", alone="Риски отработаны"),
        # Not «решением руководителя»: whoever decides may be another.
        Figure.RISKS_OVERRIDDEN: FigureWords(row="закрыты решением", said="закрыто решением", alone="Закрыты решением"),
        Figure.RISKS_DISMISSED: _same_everywhere("не риск"),
        Figure.RISKS_MERGED: FigureWords(row="объединены", said="объединено", alone="Риски объединены"),
        Figure.RISKS_RETURNED: _same_everywhere("снова в работе"),
    }
)
"""In the order in which they are offered."""


def in_row(figure: Figure) -> str:
    return FIGURE_WORDS[figure].row


def said_of(figure: Figure) -> str:
    return FIGURE_WORDS[figure].said


def alone(figure: Figure) -> str:
    return FIGURE_WORDS[figure].alone
