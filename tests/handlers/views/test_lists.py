"""The list of open risks and the history of one."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import pytest

from handlers.views.lines import TEXT_DROPPED
from handlers.views.lists import HAPPENINGS, blocks, found, history, own, risks
from handlers.views.message import LONGEST_TEXT
from handlers.views.working import OUTCOMES, REACTIONS, SPREADS
from risk.events import WORDLESS, Event, EventKind
from risk.ids import PositionId, RiskId
from risk.risks import Risk, RiskState, Stage
from risk.units import units
from risk.use_cases.reading import (
    ALL_OPEN,
    MOST_FOUND,
    RISKS_ON_A_PAGE,
    FoundRisks,
    Narrowed,
    RiskHistory,
    RisksPage,
)
from risk.workings import Outcome, Reaction, Spread
from tests.handlers.builders import (
    FRIDAY_AFTERNOON,
    GIST,
    HOSTILE,
    LOW,
    ROADS,
    SATURDAY,
    marked,
    office,
    risk,
    titles,
)
from tests.handlers.workings import risk_in


def page(
    *shown: Risk,
    number: int = 0,
    pages: int = 1,
    total: int | None = None,
    now: datetime = SATURDAY,
    narrowed: Narrowed = ALL_OPEN,
) -> RisksPage:
    count = len(shown) if total is None else total
    return RisksPage(office=office(), risks=shown, page=number, pages=pages, total=count, now=now, narrowed=narrowed)


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
    assert titles(shown.keyboard)[0] == buttons


def test_a_list_can_be_narrowed_to_a_stage_or_a_block() -> None:
    assert titles(risks(page(risk())).keyboard) == [["Проверка", "Ответ"], ["Реакция", "Просрочено"], ["Блок"]]
    assert titles(blocks(page(risk())).keyboard) == [
        ["Дороги, ЖКХ, благоустройство"],
        ["Социальная политика"],
        ["Назад"],
    ]


def test_a_narrowed_list_says_to_what_and_leads_back_to_all() -> None:
    shown = risks(page(risk(), narrowed=Narrowed(stage=Stage.VERIFICATION, block=ROADS)))
    assert shown.text.splitlines()[0] == "Проверка · Дороги, ЖКХ, благоустройство: 1"
    assert titles(shown.keyboard)[0] == ["• Проверка", "Ответ"]
    assert titles(shown.keyboard)[-1] == ["Все открытые"]


def test_a_narrowed_list_that_is_empty_says_so_and_leads_back() -> None:
    shown = risks(page(narrowed=Narrowed(stage=Stage.OVERDUE)))
    assert shown.text == "Просрочено: таких нет."
    assert titles(shown.keyboard)[-1] == ["Все открытые"]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (RiskState.FILED, "проверить до сб 21.11, 11:02"),
        (RiskState.UNCLEAR, "проверить до сб 21.11, 11:02"),
        (RiskState.ANSWERING, "разместить ответ до сб 21.11, 15:02"),
        (RiskState.APPROVED, "разместить ответ до сб 21.11, 15:02"),
        (RiskState.WATCHED, "следим за реакцией"),
    ],
)
def test_a_line_says_what_is_awaited_or_where_the_risk_stands(state: RiskState, says: str) -> None:
    assert risks(page(risk_in(state))).text.splitlines()[1] == f"ИР-12/26 · 🔴 · {says} · {GIST}"


def test_an_answer_that_is_late_says_since_when() -> None:
    late = risks(page(risk_in(RiskState.ANSWERING), now=SATURDAY + timedelta(days=1)))
    assert "просрочено с сб 21.11, 15:02" in late.text


def test_what_was_found_says_its_state_and_how_to_open_it() -> None:
    shown = found(FoundRisks(office=office(), risks=[risk(), risk_in(RiskState.WORKED_OFF)], now=SATURDAY))
    assert shown.text.splitlines() == [
        "Найдено: 2",
        f"ИР-12/26 · зарегистрирован · {GIST}",
        f"ИР-12/26 · отработан · {GIST}",
        "Карточка: /card и номер.",
    ]


def test_nothing_found_and_nothing_of_ones_own_say_what_to_do() -> None:
    nothing = FoundRisks(office=office(), risks=(), now=SATURDAY)
    assert found(nothing).text == "Ничего не найдено. Попробуйте другие слова или меньше слов."
    assert own(nothing).text == "Открытых рисков за вами нет. Все открытые: /risks."


def test_a_cut_is_not_silent() -> None:
    facts = FoundRisks(office=office(), risks=[risk()] * 2, now=SATURDAY, risks_in_all=31)
    assert found(facts).text.startswith("Найдено: 31, показаны 2 из них\n")
    assert own(facts).text.startswith("За вами: 31, показаны 2 из них\n")


def test_ones_own_risks_are_counted() -> None:
    assert own(FoundRisks(office=office(), risks=[risk()], now=SATURDAY)).text.startswith("За вами: 1\n")


@pytest.mark.parametrize("gist", HOSTILE)
def test_the_longest_list_of_what_was_found_fits(gist: str) -> None:
    many = FoundRisks(office=office(), risks=[risk(gist=gist)] * MOST_FOUND, now=SATURDAY)
    assert units(found(many).text) <= LONGEST_TEXT


@pytest.mark.parametrize("gist", HOSTILE)
def test_full_page_of_hostile_gists_fits_and_keeps_its_marks(gist: str) -> None:
    shown = risks(page(*[risk(gist=gist)] * RISKS_ON_A_PAGE))
    assert units(shown.text) <= LONGEST_TEXT
    assert marked(shown, "bold")[1:] == ["ИР-12/26"] * RISKS_ON_A_PAGE


def test_history_tells_what_happened_when_and_by_whom() -> None:
    shown = history(
        RiskHistory(
            now=SATURDAY,
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
    text = history(RiskHistory(now=SATURDAY, office=office(), risk=risk(), events=gone)).text
    assert "блок: waste → Дороги" in text
    assert "критичность: x → не указана" in text


def minutes(count: int) -> list[tuple[Event, str | None]]:
    return [event(EventKind.BLOCK_SET, at=SATURDAY + timedelta(minutes=each), after="roads") for each in range(count)]


def test_a_long_history_begins_with_its_newest_page() -> None:
    facts = RiskHistory(now=SATURDAY, office=office(), risk=risk(), events=minutes(30))
    shown = history(facts)
    assert shown.text.splitlines()[-2].startswith("сб 21.11, 09:31")
    assert re.fullmatch(r"1 из \d+", shown.text.splitlines()[-1])
    assert titles(shown.keyboard) == [["‹ Раньше"]]


def test_the_pages_of_a_history_hold_every_line_once() -> None:
    facts = RiskHistory(now=SATURDAY, office=office(), risk=risk(), events=minutes(30))
    count = int(history(facts).text.splitlines()[-1].rpartition(" ")[2])
    told = [line[:15] for turned in reversed(range(count)) for line in history(facts, turned).text.splitlines()[2:-1]]
    assert told == [f"сб 21.11, 09:{minute:02}" for minute in range(2, 32)]
    assert titles(history(facts, count - 1).keyboard) == [["Позже ›"]]
    assert history(facts, 99).text == history(facts, count - 1).text


def test_a_history_of_one_page_has_no_buttons() -> None:
    assert history(RiskHistory(now=SATURDAY, office=office(), risk=risk(), events=minutes(3))).keyboard is None


def test_a_page_of_history_fits_with_the_longest_words_and_titles() -> None:
    longest = "руководитель блока «Экономика, финансы, сельское хозяйство, торговля и права потребителей»"
    words = [(event(EventKind.REOPENED, text="а" * 600)[0], longest) for _ in range(500)]
    assert (
        units(history(RiskHistory(now=SATURDAY, office=office(), risk=risk(gist="🏠" * 500), events=words)).text)
        <= LONGEST_TEXT
    )


# --- what happened


FACTS: Final = {
    EventKind.FOUND: {"outcome": "confirmed", "text": "звонок в водоканал"},
    EventKind.CHECKED: {"reaction": "none", "spread": "still"},
}
"""Facts without which an event is never stored."""


def line_of(kind: EventKind, **facts: str) -> str:
    told = replace(event(kind)[0], facts=facts), "член проектного офиса 1"
    return history(RiskHistory(now=SATURDAY, office=office(), risk=risk(), events=[told])).text.splitlines()[2]


def test_every_kind_of_event_has_words_of_its_own() -> None:
    assert set(HAPPENINGS) | {EventKind.BLOCK_SET, EventKind.LEVEL_SET, *FACTS} == set(EventKind)
    assert len(set(HAPPENINGS.values())) == len(HAPPENINGS)


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_has_a_line(kind: EventKind) -> None:
    assert line_of(kind, **FACTS.get(kind, {})).startswith("сб 21.11, 09:02 · ")


@pytest.mark.parametrize("kind", sorted(HAPPENINGS))
def test_what_was_typed_stands_behind_the_words_in_one_line(kind: EventKind) -> None:
    assert f"{HAPPENINGS[kind]}: на улице Мира авария · " in line_of(kind, text="на улице\nМира  авария")
    assert line_of(kind, text="а " * 400).count("…") == 1


@pytest.mark.parametrize("outcome", Outcome)
def test_a_finding_says_its_outcome_and_what_it_rests_on(outcome: Outcome) -> None:
    line = line_of(EventKind.FOUND, outcome=outcome.value, text="звонок в водоканал")
    assert f"проверено: {OUTCOMES[outcome]}: звонок в водоканал · " in line


@pytest.mark.parametrize("reaction", Reaction)
@pytest.mark.parametrize("spread", Spread)
def test_a_look_says_what_was_seen(reaction: Reaction, spread: Spread) -> None:
    line = line_of(EventKind.CHECKED, reaction=reaction.value, spread=spread.value)
    assert f"реакция: {REACTIONS[reaction]}, {SPREADS[spread]} · " in line


def test_figures_of_spread_stand_behind_what_happened() -> None:
    assert "зарегистрирован (просмотров 1\xa0200) · " in line_of(EventKind.FILED, level="high", views="1200")
    looked = line_of(EventKind.CHECKED, reaction="none", spread="still", views="4000", comments="5")
    assert "не распространяется (просмотров 4\xa0000, комментариев 5) · " in looked
    assert "упоминание: домовой чат (репостов 9) · " in line_of(EventKind.MENTIONED, text="домовой чат", reposts="9")


def test_a_note_of_somebody_elses_words_names_their_position() -> None:
    line = line_of(EventKind.NOTED, text="вода есть", said_role="member", said_number="2")
    assert "заметка со слов «член проектного офиса 2»: вода есть · член проектного офиса 1" in line
    assert "заметка со слов «член проектного офиса»: " in line_of(EventKind.NOTED, text="да", said_role="member")


@pytest.mark.parametrize("kind", sorted({*EventKind} - WORDLESS))
def test_an_event_whose_words_were_dropped_still_has_its_line(kind: EventKind) -> None:
    assert line_of(kind).endswith(" · член проектного офиса 1")
    assert "None" not in line_of(kind)


def test_where_words_were_dropped_the_history_says_so() -> None:
    assert (
        history(RiskHistory(now=SATURDAY, office=office(), risk=risk(gist=""), events=[])).text.splitlines()[1]
        == TEXT_DROPPED
    )
