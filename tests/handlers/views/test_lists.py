"""The list of open risks and the history of one."""

from datetime import datetime, timedelta

import pytest

from handlers.views.lines import TEXT_DROPPED
from handlers.views.lists import history, risks
from handlers.views.message import LONGEST_TEXT
from risk.events import Event, EventKind
from risk.ids import PositionId, RiskId
from risk.risks import Risk
from risk.units import units
from risk.use_cases.reading import RISKS_ON_A_PAGE, RiskHistory, RisksPage
from tests.handlers.builders import (
    FRIDAY_AFTERNOON,
    GIST,
    HOSTILE,
    LOW,
    SATURDAY,
    marked,
    office,
    risk,
    titles,
)


def page(
    *shown: Risk, number: int = 0, pages: int = 1, total: int | None = None, now: datetime = SATURDAY
) -> RisksPage:
    count = len(shown) if total is None else total
    return RisksPage(office=office(), risks=shown, page=number, pages=pages, total=count, now=now)


def event(
    kind: EventKind, *, at: datetime = SATURDAY, position: int | None = 5, **facts: str
) -> tuple[Event, str | None]:
    seat = None if position is None else PositionId(position)
    title = None if position is None else "член проектного офиса 1"
    return Event(risk=RiskId(7), at=at, kind=kind, position=seat, facts=facts), title


def test_no_open_risks_is_said() -> None:
    shown = risks(page())
    assert shown.text == "Открытых рисков нет."
    assert shown.keyboard is None


def test_each_risk_takes_one_line() -> None:
    shown = risks(page(risk(), risk(serial=13, level=LOW, filed_at=FRIDAY_AFTERNOON)))
    assert shown.text.splitlines() == [
        "Открыто рисков: 2",
        f"ИР-12/26 · 🔴 · проверить до сб 21.11, 11:02 · {GIST}",
        f"ИР-13/26 · ⚪ · проверить до пн 23.11, 16:00 · {GIST}",
    ]
    assert marked(shown, "bold") == ["Открыто рисков: 2", "ИР-12/26", "ИР-13/26"]


def test_overdue_risk_says_since_when() -> None:
    assert "просрочено с сб 21.11, 11:02" in risks(page(risk(), now=SATURDAY + timedelta(days=1))).text


@pytest.mark.parametrize(("number", "buttons"), [(0, ["Дальше ›"]), (1, ["‹ Назад", "Дальше ›"]), (2, ["‹ Назад"])])
def test_pages_lead_to_their_neighbours(number: int, buttons: list[str]) -> None:
    shown = risks(page(risk(), number=number, pages=3, total=17))
    assert shown.text.startswith("Открыто рисков: 17\n")
    assert shown.text.endswith(f"\n{number + 1} из 3")
    assert titles(shown.keyboard) == [buttons]


@pytest.mark.parametrize("gist", HOSTILE)
def test_full_page_of_hostile_gists_fits_and_keeps_its_marks(gist: str) -> None:
    shown = risks(page(*[risk(gist=gist)] * RISKS_ON_A_PAGE))
    assert units(shown.text) <= LONGEST_TEXT
    assert marked(shown, "bold")[1:] == ["ИР-12/26"] * RISKS_ON_A_PAGE


def test_history_tells_what_happened_when_and_by_whom() -> None:
    shown = history(
        RiskHistory(
            office=office(),
            risk=risk(),
            events=[
                event(EventKind.FILED, block="roads", level="middle"),
                event(EventKind.BLOCK_SET, before="roads", after="social"),
                event(EventKind.BLOCK_SET, before="social"),
                event(EventKind.LEVEL_SET, before="middle", after="high"),
                event(EventKind.VERIFICATION_OVERDUE, at=SATURDAY + timedelta(hours=2), position=None),
            ],
        )
    )
    assert shown.text.splitlines() == [
        "ИР-12/26 · история",
        GIST,
        "сб 21.11, 09:02 · зарегистрирован · член проектного офиса 1",
        "сб 21.11, 09:02 · блок: Дороги, ЖКХ, благоустройство → Социальная политика · член проектного офиса 1",
        "сб 21.11, 09:02 · блок: Социальная политика → без блока · член проектного офиса 1",
        "сб 21.11, 09:02 · критичность: 🟡 средняя → 🔴 высокая · член проектного офиса 1",
        "сб 21.11, 11:02 · срок проверки прошёл",
    ]
    assert marked(shown, "bold") == ["ИР-12/26 · история"]


def test_history_names_what_the_office_has_no_more_by_its_key() -> None:
    gone = event(EventKind.BLOCK_SET, before="waste", after="roads"), event(EventKind.LEVEL_SET, before="x")
    text = history(RiskHistory(office=office(), risk=risk(), events=gone)).text
    assert "блок: waste → Дороги" in text
    assert "критичность: x → не указана" in text


def test_long_history_keeps_its_newest_lines() -> None:
    events = [
        event(EventKind.BLOCK_SET, at=SATURDAY + timedelta(minutes=minute), after="roads") for minute in range(500)
    ]
    shown = history(RiskHistory(office=office(), risk=risk(gist="🏠" * 500), events=events))
    assert units(shown.text) <= LONGEST_TEXT
    lines = shown.text.splitlines()
    assert lines[2] == f"Более ранних записей: {500 - (len(lines) - 3)}."
    assert lines[-1].startswith("сб 21.11, 17:21")


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_has_a_line(kind: EventKind) -> None:
    assert history(RiskHistory(office=office(), risk=risk(), events=[event(kind)])).text.count("\n") == 2


def test_where_words_were_dropped_the_history_says_so() -> None:
    assert history(RiskHistory(office=office(), risk=risk(gist=""), events=[])).text.splitlines()[1] == TEXT_DROPPED
