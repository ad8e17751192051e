"""`/absence` and the presses on its way."""

from datetime import date

import pytest

from handlers.callbacks.rota import (
    AbsenceDays,
    AbsenceDeputies,
    AbsenceDraft,
    AbsenceEnd,
    AbsenceList,
    AbsencePeople,
    Blank,
)
from handlers.errors import refusal_text
from handlers.views import absences as views
from risk.dates import Days
from risk.errors import AbsenceFault, AbsenceRefused, NotHere
from risk.ids import AbsenceId, OfficeId, PersonId
from risk.use_cases.absence_steps import AskDays, AskDeputies
from risk.use_cases.absences import EndAbsence, NoteAbsence
from tests.handlers.conftest import Noting
from tests.handlers.rota import (
    ANNA,
    BORIS,
    MONDAY,
    absences,
    days_asked,
    deputies_asked,
    drafted,
    people_to_note,
    shown,
    to_end,
)
from tests.handlers.telegram import GROUP, PERSON, Door, message, press

OFFICE = OfficeId(3)
FIRST, LAST = MONDAY.toordinal(), MONDAY.toordinal() + 4
DAYS = Days(first=MONDAY, last=date.fromordinal(LAST))


def draft(*, sure: bool, deputy: PersonId | None = BORIS) -> str:
    return AbsenceDraft(office=OFFICE, person=ANNA, first=FIRST, last=LAST, deputy=deputy, sure=sure).pack()


async def test_the_command_alone_shows_the_list(noting: Noting) -> None:
    noting("absences.absences", gives=absences())
    door = Door(view=None)
    await door.takes(message=message("/absence"))
    assert door.said == [views.absences(absences()).text]


async def test_words_behind_the_command_are_read_as_days(noting: Noting) -> None:
    asked = noting("absences.typed_absence", gives=deputies_asked())
    door = Door(view=None)
    await door.takes(message=message("/absence 23–27.11"))
    assert asked[0][0] == ("23–27.11",)
    assert door.said == [views.choose_deputy(deputies_asked()).text]


async def test_in_the_alert_chat_it_points_to_the_private_chat(noting: Noting) -> None:
    asked, _ = noting("absences.absences", gives=absences()), noting("absences.may_ask_about_absences")
    door = Door(view=None)
    await door.takes(message=message("/absence 23–27.11", chat=GROUP))
    assert (asked, door.said) == ([], ["Напишите мне в личные сообщения: /absence."])


async def test_in_another_group_nothing_is_said_of_the_office(noting: Noting) -> None:
    noting("absences.may_ask_about_absences", refuses=NotHere())
    door = Door(view=None)
    await door.takes(message=message("/absence", chat=GROUP))
    assert door.said == [refusal_text(NotHere())]


async def test_what_leads_nowhere_is_answered_with_nothing() -> None:
    door = Door()
    await door.takes(callback_query=press(Blank(office=OFFICE).pack(), chat=PERSON))
    assert (door.answers, door.redrawn) == ([(None, False)], [])


async def test_each_step_redraws_the_message_and_carries_what_was_chosen(noting: Noting) -> None:
    door = Door(view=None)
    steps = [
        (AbsenceList(office=OFFICE, page=1), "absences", absences(), (1,)),
        (AbsencePeople(office=OFFICE, page=1), "people_to_note", people_to_note(), (1,)),
        (
            AbsenceDays(office=OFFICE, person=ANNA, first=FIRST, month=None),
            "days_asked",
            days_asked(first=MONDAY),
            (AskDays(person=ANNA, first=MONDAY),),
        ),
        (
            AbsenceDeputies(office=OFFICE, person=ANNA, first=FIRST, last=LAST, page=2),
            "deputies_asked",
            deputies_asked(),
            (AskDeputies(person=ANNA, days=DAYS, page=2),),
        ),
    ]
    for data, use_case, gives, wanted in steps:
        asked = noting(f"absences.{use_case}", gives=gives)
        await door.takes(callback_query=press(data.pack(), chat=PERSON))
        assert asked[0][0] == wanted
    assert len(door.redrawn) == len(steps)
    assert door.answers == [(None, False)] * len(steps)


async def test_nothing_is_noted_before_the_last_press(noting: Noting) -> None:
    drafts, notes = noting("absences.absence_drafted", gives=drafted()), noting("absences.note_absence")
    noting("absences.absences", gives=absences())
    door = Door(view=None, uow=None)
    wanted = NoteAbsence(person=ANNA, days=DAYS, deputy=BORIS)
    await door.takes(callback_query=press(draft(sure=False), chat=PERSON))
    assert ([args for args, _ in drafts], notes) == ([(wanted,)], [])
    await door.takes(callback_query=press(draft(sure=True), chat=PERSON))
    assert [args for args, _ in notes] == [(wanted,)]
    assert door.answers[-1] == ("Отсутствие отмечено.", False)
    assert door.redrawn[-1].text == views.absences(absences()).text


async def test_nobody_may_be_the_deputy(noting: Noting) -> None:
    notes = noting("absences.note_absence")
    noting("absences.absences", gives=absences())
    door = Door(view=None, uow=None)
    await door.takes(callback_query=press(draft(sure=True, deputy=None), chat=PERSON))
    assert notes[0][0][0].deputy is None


async def test_a_refusal_is_an_alert_and_changes_nothing(noting: Noting) -> None:
    noting("absences.note_absence", refuses=AbsenceRefused(AbsenceFault.DEPUTY_AWAY))
    door = Door(view=None, uow=None)
    await door.takes(callback_query=press(draft(sure=True), chat=PERSON))
    [(text, alert)] = door.answers
    assert text is not None
    assert text.startswith("Этот сотрудник сам отсутствует")
    assert alert
    assert door.redrawn == []


async def test_ending_takes_a_second_press(noting: Noting) -> None:
    asked, ended = noting("absences.absence_to_end", gives=to_end()), noting("absences.end_absence")
    noting("absences.absences", gives=absences(shown()))
    door = Door(view=None, uow=None)
    for sure in (False, True):
        data = AbsenceEnd(office=OFFICE, absence=AbsenceId(9), sure=sure).pack()
        await door.takes(callback_query=press(data, chat=PERSON))
    assert [args for args, _ in asked] == [(AbsenceId(9),)]
    assert [args for args, _ in ended] == [(EndAbsence(absence=AbsenceId(9)),)]
    assert door.answers == [(None, False), ("Отметка об отсутствии снята.", False)]


@pytest.mark.parametrize("data", ["ad:3:5:0:", "ad:3:5:9999999:", "ad:3:5::999999", "ac:3:5:-1:7::0", "ad:3:5:x:"])
async def test_days_that_no_button_of_ours_carries_are_a_stale_button(data: str) -> None:
    door = Door(view=None, uow=None)
    await door.takes(callback_query=press(data, chat=PERSON))
    [(text, alert)] = door.answers
    assert alert
    assert text is not None
    assert "устарела" in text
