"""The ledger of reminders as whoever decides reads it: what led to something, what was held, what is late."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.days import day
from handlers.russian import counted
from handlers.views.freshness import freshness_line
from handlers.views.lines import WITHOUT_BLOCK
from handlers.views.message import Line, Outgoing, outgoing
from risk.ledgers import SeatLine
from risk.nudges import Why
from risk.units import shortened
from risk.use_cases.nudge_ledger import LedgerFacts

REASONS: Final[Mapping[Why, str]] = MappingProxyType(
    {
        Why.CLOSED: "до открытия офиса",
        Why.BUDGET: "сверх дневной нормы сообщений",
        Why.NOBODY: "некому ответить",
        Why.DONE: "сделано раньше",
        Why.CHANGED: "срок перенесён",
        Why.ON_HOLD: "назван другой день",
        Why.FOLDED: "вошло в другое напоминание",
        Why.MISSED: "бот не работал",
        Why.TOP: "выше никого нет",
        Why.UNREACHABLE: "бот заблокирован",
        Why.STALE: "нет свежей выгрузки",
    }
)
_SHOWN: Final = 8
"""Lines of each list, so that all of them fit into one message; the most pressing come first."""
_TITLE_SHOWN: Final = 64


def ledger(facts: LedgerFacts) -> Outgoing:
    return outgoing(_lines(facts))


def _lines(facts: LedgerFacts) -> Iterator[Line]:
    book = facts.ledger
    yield Bold(f"Напоминания с {day(book.first, book.last)} по {day(book.last, book.last)}: {book.planned}")
    yield from _late(facts)
    if not book.planned:
        yield "За эти дни напоминать было не о чем."
    yield from _seats(facts)
    yield from _counts("Ждали своего часа", book.held)
    yield from _counts("Не понадобились или не ушли", book.unsaid)
    yield from _messages(facts)
    strays = facts.strays.total
    yield f"Без исхода больше часа: {strays}." if strays else "Без исхода больше часа: ничего."


def _late(facts: LedgerFacts) -> Iterator[str]:
    total = sum(facts.late.values())
    if not total:
        yield "Просроченного сейчас нет."
        return
    yield f"Просрочено сейчас: {total}."
    late = sorted(facts.late.items(), key=lambda item: -item[1])
    yield from _list((title or WITHOUT_BLOCK, str(count)) for title, count in late)
    line = freshness_line(facts.freshest, facts.office.plan, facts.now)
    if line is not None:
        yield line


def _seats(facts: LedgerFacts) -> Iterator[Line]:
    shown = sorted(facts.ledger.seats, key=lambda line: (-line.unanswered, -line.said))
    if shown:
        yield ""
        yield "По должностям:"
    yield from _list((facts.titles.get(line.position, "упразднённая должность"), _seat(line)) for line in shown)


def _seat(line: SeatLine) -> str:
    told = [f"получено {line.said}"]
    if line.acted:
        wait = "" if line.median_wait is None else f" (обычно через {_length(line.median_wait)})"
        told.append(f"с действием {line.acted}{wait}")
    told += [
        f"{word} {count}"
        for word, count in (
            ("без ответа", line.unanswered),
            ("не доставлено", line.refused),
            ("могло не дойти", line.doubted),
        )
        if count
    ]
    return ", ".join(told)


def _counts(title: str, counts: Mapping[Why, int]) -> Iterator[str]:
    if counts:
        told = (f"{REASONS[why]} {count}" for why, count in sorted(counts.items(), key=lambda item: -item[1]))
        yield f"{title}: {', '.join(told)}."


def _messages(facts: LedgerFacts) -> Iterator[Line]:
    """How many messages a day each has got: whoever gets many will soon not read them."""
    if not facts.ledger.messages:
        return
    yield ""
    yield "Сообщений с напоминаниями в день:"
    loads = sorted(facts.ledger.messages.items(), key=lambda item: -sum(item[1].values()))
    yield from _list((facts.people.get(person, "бывший сотрудник"), _load(days)) for person, days in loads)


def _load(days: Mapping[date, int]) -> str:
    mean = f"{sum(days.values()) / len(days):.1f}".replace(".", ",")
    return f"в среднем {mean}, больше всего {max(days.values())}"


def _list(lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    every = list(lines)
    for title, said in every[:_SHOWN]:
        yield f"— {shortened(title, _TITLE_SHOWN)}: {said}"
    if len(every) > _SHOWN:
        yield f"— и ещё {len(every) - _SHOWN}"


def _length(wait: timedelta) -> str:
    hours = round(wait.total_seconds() / 3600)
    if hours < 1:
        return counted(max(1, round(wait.total_seconds() / 60)), "минуту", "минуты", "минут")
    if hours < 48:
        return counted(hours, "час", "часа", "часов")
    return counted(round(hours / 24), "день", "дня", "дней")
