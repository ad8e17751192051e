"""The ledger of reminders as it is read: empty, of some days, and of the fullest week of a large office."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import pytest

from handlers.views.ledger import REASONS, ledger
from handlers.views.message import LONGEST_TEXT, Outgoing
from risk.appeals import AppealSource
from risk.ids import PersonId, PositionId
from risk.ledgers import Ledger, SeatLine, Strays
from risk.nudges import Why
from risk.units import units
from risk.use_cases.nudge_ledger import LedgerFacts
from tests.handlers.builders import FRIDAY_AFTERNOON, SATURDAY, marked, office

FIRST, LAST = date(2026, 11, 14), date(2026, 11, 20)
ROADS, HEAD = PositionId(4), PositionId(2)
ANNA, BORIS = PersonId(21), PersonId(22)
TITLES: Final = {ROADS: "руководитель блока «Дороги»", HEAD: "руководитель МЦУ"}
PEOPLE: Final = {ANNA: "руководитель блока «Дороги»", BORIS: "руководитель МЦУ"}
HOUR: Final = timedelta(hours=1)
LONG_TITLE: Final = "руководитель блока «Экономика, финансы, сельское хозяйство и прочее»"


def line(position: PositionId, **known: Any) -> SeatLine:
    figures = {"said": 0, "acted": 0, "unanswered": 0, "refused": 0, "doubted": 0, "median_wait": None, **known}
    return SeatLine(position=position, **figures)


def facts(*seats: SeatLine, late: Mapping[str, int] | None = None, strays: int = 0, **known: Any) -> LedgerFacts:
    book = {"planned": 0, "held": {}, "unsaid": {}, "messages": {}, **known}
    return LedgerFacts(
        now=SATURDAY,
        office=office(),
        ledger=Ledger(first=FIRST, last=LAST, seats=seats, **book),
        titles=TITLES,
        people=PEOPLE,
        late=late or {},
        freshest={},
        strays=Strays(rungs=strays, nudges=0, messages=0),
    )


def lines(shown: Outgoing) -> list[str]:
    return shown.text.splitlines()


def test_where_nothing_was_owed_it_says_so() -> None:
    shown = ledger(facts())
    assert lines(shown) == [
        "Напоминания с сб 14.11 по пт 20.11: 0",
        "Просроченного сейчас нет.",
        "За эти дни напоминать было не о чем.",
        "Без исхода больше часа: ничего.",
    ]
    assert marked(shown, "bold") == ["Напоминания с сб 14.11 по пт 20.11: 0"]


def test_of_a_usual_week_it_tells_what_is_late_who_was_told_what_was_held_and_how_often_each_was_disturbed() -> None:
    shown = ledger(
        facts(
            line(HEAD, said=2),
            line(ROADS, said=10, acted=4, median_wait=3 * HOUR, unanswered=2, refused=1, doubted=1),
            late={"руководитель блока «Дороги»": 2, "": 1},
            strays=3,
            planned=20,
            held={Why.CLOSED: 3, Why.BUDGET: 5},
            unsaid={Why.DONE: 4, Why.FOLDED: 1},
            messages={ANNA: {FIRST: 1, LAST: 3}, BORIS: {LAST: 1}},
        )
    )
    assert lines(shown) == [
        "Напоминания с сб 14.11 по пт 20.11: 20",
        "Просрочено сейчас: 3.",
        "— руководитель блока «Дороги»: 2",
        "— без блока: 1",
        "",
        "По должностям:",
        (
            "— руководитель блока «Дороги»: получено 10, с действием 4 (обычно через 3 часа), без ответа 2, "
            "не доставлено 1, могло не дойти 1"
        ),
        "— руководитель МЦУ: получено 2",
        "Ждали своего часа: сверх дневной нормы сообщений 5, до открытия офиса 3.",
        "Не понадобились или не ушли: сделано раньше 4, вошло в другое напоминание 1.",
        "",
        "Сообщений с напоминаниями в день:",
        "— руководитель блока «Дороги»: в среднем 2,0, больше всего 3",
        "— руководитель МЦУ: в среднем 1,0, больше всего 1",
        "Без исхода больше часа: 3.",
    ]


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(seconds=5), "1 минуту"),
        (timedelta(minutes=25), "25 минут"),
        (HOUR, "1 час"),
        (47 * HOUR, "47 часов"),
        (49 * HOUR, "2 дня"),
        (30 * 24 * HOUR, "30 дней"),
    ],
)
def test_the_usual_wait_is_told_in_the_unit_that_fits(wait: timedelta, words: str) -> None:
    assert f"(обычно через {words})" in ledger(facts(line(ROADS, said=1, acted=1, median_wait=wait), planned=1)).text


def test_seats_without_an_answer_come_first() -> None:
    shown = ledger(facts(line(HEAD, said=50), line(ROADS, said=1, unanswered=1), planned=51))
    seats = [each for each in lines(shown) if each.startswith("— ")]
    assert seats[0].startswith("— руководитель блока «Дороги»")


def test_a_seat_and_a_person_that_are_no_more_are_named_as_such() -> None:
    shown = ledger(facts(line(PositionId(99), said=1), planned=1, messages={PersonId(99): {LAST: 1}}))
    assert "— упразднённая должность: получено 1" in shown.text
    assert "— бывший сотрудник: в среднем 1,0, больше всего 1" in shown.text


def test_people_who_are_called_the_same_are_each_counted() -> None:
    gone = {PersonId(98): {LAST: 1}, PersonId(99): {LAST: 2}}
    shown = ledger(facts(line(ROADS, said=3), planned=3, messages=gone))
    assert shown.text.count("бывший сотрудник") == 2


def test_for_every_reason_there_are_words_of_their_own() -> None:
    assert set(REASONS) == set(Why)
    assert len(set(REASONS.values())) == len(Why)


def test_the_fullest_ledger_fits() -> None:
    """Forty seats with long titles, every reason, figures of many digits, more messages than anybody reads."""
    seats = [
        line(PositionId(number), said=99_999, acted=99_999, unanswered=99_999, refused=99_999, doubted=99_999,
             median_wait=700 * 24 * HOUR)
        for number in range(40)
    ]  # fmt: skip
    counts = dict.fromkeys(Why, 99_999)
    known = LedgerFacts(
        now=SATURDAY,
        office=office(),
        ledger=Ledger(
            first=FIRST,
            last=LAST,
            planned=999_999,
            seats=seats,
            held=counts,
            unsaid=counts,
            messages={PersonId(number): {LAST: 99_999} for number in range(40)},
        ),
        titles={PositionId(number): f"{LONG_TITLE} {number}" for number in range(40)},
        people={PersonId(number): f"{LONG_TITLE} {number}" for number in range(40)},
        late={f"{LONG_TITLE} {number}": 99_999 for number in range(40)},
        freshest=dict.fromkeys(AppealSource, FRIDAY_AFTERNOON),
        strays=Strays(rungs=99_999, nudges=99_999, messages=99_999),
    )
    shown = ledger(known)
    assert units(shown.text) <= LONGEST_TEXT - 100, "and the heading of an office beside"
    assert shown.text.count("и ещё") == 3, "what is left out of each list is counted"
    assert lines(shown)[-1] == "Без исхода больше часа: 299997."


def test_words_are_plain_and_calm() -> None:
    text = ledger(facts(line(ROADS, said=1), planned=1, late={"": 1}, messages={ANNA: {LAST: 1}})).text
    assert "!" not in text
    assert "None" not in text
    assert text == text.strip()
