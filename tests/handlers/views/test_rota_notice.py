"""What the bot says of absences and duty of its own accord."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.views.notice import notice
from risk.duties import shift_of
from risk.ids import AbsenceId
from risk.notices import (
    AbsenceEnded,
    AbsenceNoted,
    AbsenceNotice,
    DutyAssigned,
    DutyBegins,
    DutyHandedOver,
    DutyLifted,
    DutyNotice,
)
from risk.risks import RiskNumber
from risk.use_cases.rota_telling import AbsenceTold, DutyTold, HandOverTold, RotaTold, SeatOnDuty
from risk.use_cases.telling import NoticeFacts
from tests.handlers.builders import SATURDAY, calendar, office
from tests.handlers.rota import ANNA, BORIS, DAY, FRIDAY, MEMBER, MONDAY, ROADS, VACANT, WHO_ANNA, WHO_BORIS, person

NOTED = AbsenceNoted(absence=AbsenceId(9))
ENDED = AbsenceEnded(person=ANNA, first_day=MONDAY, last_day=MONDAY + 4 * DAY, begun=False)
ASSIGNED = DutyAssigned(position=ROADS.id, first_day=FRIDAY, last_day=FRIDAY + 2 * DAY)
LIFTED = DutyLifted(position=ROADS.id, first_day=FRIDAY, last_day=FRIDAY + 2 * DAY)
BEGINS = DutyBegins(person=ANNA, day=FRIDAY)
OVER = DutyHandedOver(day=FRIDAY, had=ROADS.id, had_by=ANNA, next=None, next_by=None)

TO_DEPUTY = AbsenceTold(
    whose=WHO_ANNA, to_themself=False, first_day=MONDAY, last_day=MONDAY + 4 * DAY, today=FRIDAY, deputy=WHO_BORIS
)
TO_ANNA = replace(TO_DEPUTY, to_themself=True, noted_by="руководитель МЦУ")
NIGHT = shift_of(FRIDAY, calendar())
SHIFTS = DutyTold(position=ROADS, begins=NIGHT.begins, ends=shift_of(FRIDAY + 2 * DAY, calendar()).ends, now=SATURDAY)
ANNAS = SeatOnDuty(position=ROADS, person=person(ANNA, "Анисимова А. А."))
BORISS = SeatOnDuty(position=MEMBER, person=person(BORIS, None))
QUIET = HandOverTold(had=ANNAS, next=None, begins=NIGHT.begins, ends=NIGHT.ends, late=False, filed=(), overdue=0)


def told(what: AbsenceNotice | DutyNotice, facts: RotaTold) -> list[str]:
    return notice(NoticeFacts(office=office(), now=SATURDAY, notice=what, rota=facts)).text.splitlines()


def numbers(*serials: int) -> tuple[RiskNumber, ...]:
    return tuple(RiskNumber(serial=serial, year=2026) for serial in serials)


def test_the_deputy_reads_for_whom_and_when() -> None:
    assert told(NOTED, TO_DEPUTY)[0] == (
        "Вы замещаете: руководитель блока «Дороги» (Анисимова А. А.), с пн 23.11 по пт 27.11."
    )


def test_who_will_be_away_reads_who_noted_it_and_who_stands_in() -> None:
    assert told(NOTED, TO_ANNA) == [
        "Отмечено ваше отсутствие: с пн 23.11 по пт 27.11. Кто отметил: руководитель МЦУ.",
        "Замещает: член проектного офиса 1. Изменить: /absence.",
    ]
    assert told(NOTED, replace(TO_ANNA, deputy=None))[1].startswith("Замещающего нет.")


@pytest.mark.parametrize(
    ("facts", "begun", "words"),
    [
        (TO_DEPUTY, False, "Замещать не нужно: руководитель блока «Дороги» (Анисимова А. А.), отсутствие с пн 23.11"),
        (TO_DEPUTY, True, "Замещение окончено: руководитель блока «Дороги» (Анисимова А. А.) снова на месте."),
        (TO_ANNA, False, "Ваше отсутствие с пн 23.11 по пт 27.11 отменено."),
        (TO_ANNA, True, "Ваше отсутствие с пн 23.11 по пт 27.11 завершено раньше срока: вы снова на месте."),
    ],
)
def test_cancelled_is_told_from_ended_early(facts: AbsenceTold, begun: bool, words: str) -> None:
    assert told(replace(ENDED, begun=begun), facts)[0].startswith(words)


def test_duty_is_told_with_its_hours() -> None:
    hours = "с пт 20.11, 18:00 до пн 23.11, 09:00"
    assert told(ASSIGNED, SHIFTS)[0] == f"Вам назначено дежурство: {hours}, вне рабочих часов."
    assert told(LIFTED, SHIFTS) == [f"Вы больше не дежурите: {hours}. Расписание: /duty."]
    assert told(BEGINS, SHIFTS) == [f"Вы на дежурстве {hours}. Расписание: /duty."]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "Дежурство окончено: {anna}. За смену ничего не поступило."),
        ({"next": ANNAS}, "Дежурство продолжает: {anna}. За смену ничего не поступило."),
        (
            {"next": BORISS, "filed": numbers(12, 13, 14), "overdue": 1},
            (
                "Дежурство окончено: {anna}. Заступает: член проектного офиса 1. "
                "За смену поступило 3: ИР-12/26, ИР-13/26, ИР-14/26. Открыто просроченных: 1."
            ),
        ),
        (
            {"late": True},
            "Смена с пт 20.11, 18:00 до сб 21.11, 09:00. Дежурство окончено: {anna}. За смену ничего не поступило.",
        ),
        (
            {"had": SeatOnDuty(position=VACANT, person=None)},
            (
                "Дежурство окончено: руководитель блока «Социальная политика» (никто не отвечал). "
                "За смену ничего не поступило."
            ),
        ),
    ],
)
def test_the_morning_reads_one_line(changes: dict[str, Any], line: str) -> None:
    anna = "руководитель блока «Дороги» (Анисимова А. А.)"
    assert told(OVER, replace(QUIET, **changes)) == [line.format(anna=anna)]


def test_a_night_of_many_risks_is_counted_and_cut() -> None:
    [line] = told(OVER, replace(QUIET, filed=numbers(*range(1, 101))))
    assert "За смену поступило 100: ИР-1/26," in line
    assert line.endswith("ИР-20/26 и ещё 80.")


@pytest.mark.parametrize(
    ("what", "facts"),
    [(NOTED, TO_DEPUTY), (NOTED, TO_ANNA), (ENDED, TO_DEPUTY), (ENDED, TO_ANNA), (ASSIGNED, SHIFTS), (OVER, QUIET)],
)
def test_notices_are_plain_and_calm(what: AbsenceNotice | DutyNotice, facts: RotaTold) -> None:
    assert "!" not in "".join(told(what, facts))
