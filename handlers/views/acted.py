"""What stands in the place of a message whose button moved a risk on: what was done, when, and what is next."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from handlers.callbacks.working import WorkPress
from handlers.keyboards.working import done_keyboard
from handlers.views.dates import moment
from handlers.views.lines import gist_line
from handlers.views.message import Outgoing, outgoing
from handlers.views.working import measure_line
from risk.use_cases.reading import CardFacts

_GIST_SHOWN: Final = 120

DONE: Final[Mapping[WorkPress, str]] = MappingProxyType(
    {
        WorkPress.TAKE: "проверка за вами",
        WorkPress.SUBMIT: "ответ отправлен на согласование",
        WorkPress.APPROVE: "ответ согласован",
        WorkPress.PUBLISH: "ответ размещён",
        WorkPress.WORK_OFF: "отработан",
        WorkPress.WATCH: "за реакцией следите вы",
    }
)


def moved_on(facts: CardFacts, act: WorkPress) -> Outgoing:
    return outgoing(_lines(facts, DONE[act]), done_keyboard(facts))


def measure_taken(facts: CardFacts, place: int) -> Outgoing:
    """Without its words where the round has ended meanwhile, and the next one has no such measure."""
    taken = facts.working.measures[place : place + 1]
    measures = (f"Мера: {measure_line(facts, each)}" for each in taken)
    return outgoing([*_lines(facts, "мера принята"), *measures], done_keyboard(facts))


def _lines(facts: CardFacts, done: str) -> Iterator[str]:
    yield f"{facts.risk.number}: {done} ({moment(facts.now, facts.office.plan.calendar, facts.now)})."
    yield gist_line(facts.risk.gist, _GIST_SHOWN)
    yield "Дальше — на карточке в алерт-чате." if facts.risk.is_open else "Карточка — в алерт-чате."
