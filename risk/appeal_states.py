"""The state of an appeal, read from the words of its step: known words, and what an unfamiliar one is taken for.

Neither ИМ nor ПОС publishes the full list of its steps, so the table is a default that an office may add to.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from risk.appeals import Appeal, AppealOutcome, AppealState
from risk.cells import key_of

StepWords = Mapping[str, AppealState]
"""The state for a step, by the letters and digits of its words: see `risk.cells.key_of`."""


def step_words(table: Mapping[str, AppealState]) -> StepWords:
    """A table as people write it, made ready for looking up."""
    return MappingProxyType({key_of(words): state for words, state in table.items()})


STEP_WORDS: Final = step_words(
    {
        # ИМ
        "Назначение исполнителя": AppealState.OPEN,
        "Подготовка ответа": AppealState.OPEN,
        "Согласование ответа": AppealState.OPEN,
        "Оценка удовлетворенности": AppealState.ANSWERED,
        "Готово": AppealState.ANSWERED,
        # ПОС
        "Назначен исполнитель": AppealState.OPEN,
        "Направлено в подведомственную организацию": AppealState.OPEN,
        "Перенос срока обработки утвержден. Отправлен ответ Заявителю": AppealState.DEFERRED,
        "Отправлен ответ заявителю": AppealState.ANSWERED,
        "Передано в вышестоящую организацию": AppealState.REDIRECTED,
        "Отклонено модератором": AppealState.REJECTED,
    }
)
"""Given to a subordinate organisation, an appeal is still the office's to follow: it stays open."""


def state_of(appeal: Appeal, words: StepWords = STEP_WORDS) -> AppealState:
    """An unfamiliar step is taken for answered when the export has a date of its end, else for open."""
    state = None if appeal.step is None else words.get(key_of(appeal.step))
    if state is None:
        state = AppealState.OPEN if appeal.finished_on is None else AppealState.ANSWERED
    if state is AppealState.ANSWERED and appeal.outcome is AppealOutcome.DEFERRED:
        return AppealState.DEFERRED
    return state


def is_familiar(step: str, words: StepWords = STEP_WORDS) -> bool:
    return key_of(step) in words


def is_open(appeal: Appeal, words: StepWords = STEP_WORDS) -> bool:
    """Whether somebody still owes something: a deferred one is open until the export has a date of its end."""
    state = state_of(appeal, words)
    return state is AppealState.OPEN or (state is AppealState.DEFERRED and appeal.finished_on is None)
