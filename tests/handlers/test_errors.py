"""Every refusal has a sentence of its own."""

import re
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.errors import refusal_text
from handlers.views.help import STALE_BUTTON, STALE_LIST
from handlers.views.message import LONGEST_ANSWER
from risk.closure import Criterion
from risk.errors import (
    AbsenceFault,
    AbsenceOverlaps,
    AbsenceRefused,
    AlertChatUnusable,
    AlreadyFiled,
    AlreadyNoted,
    AppealNotFound,
    ChatFault,
    DayOver,
    DutyFault,
    DutyRefused,
    FigureNotPermitted,
    HoldUnfit,
    ImportActedUpon,
    InvitationFault,
    InvitationRefused,
    MoveNotPossible,
    NotPermitted,
    NotWorkedOff,
    Refusal,
    RiskNotFound,
    SettingUnfit,
    TakenBySomeone,
)
from risk.office_settings import Setting
from risk.powers import Action, Power
from risk.risks import RiskState
from risk.units import units
from tests.handlers.builders import SATURDAY


def every_refusal() -> list[Refusal]:
    faulty = {
        InvitationRefused: InvitationFault,
        AlertChatUnusable: ChatFault,
        AbsenceRefused: AbsenceFault,
        DutyRefused: DutyFault,
        SettingUnfit: Setting,
    }
    with_data = {
        *faulty,
        NotPermitted,
        FigureNotPermitted,
        RiskNotFound,
        AppealNotFound,
        AlreadyFiled,
        AlreadyNoted,
        AbsenceOverlaps,
        MoveNotPossible,
        TakenBySomeone,
        NotWorkedOff,
        DayOver,
        HoldUnfit,
        ImportActedUpon,
    }
    return [
        *map(NotPermitted, Power),
        *(NotPermitted(Power.DECIDE, action) for action in (Action.READ_LEDGER, Action.SEND_DIGEST_AGAIN)),
        *(FigureNotPermitted(Power.REPORT, of_risks=of_risks) for of_risks in (True, False)),
        *(refused(fault) for refused, faults in faulty.items() for fault in faults),
        AbsenceOverlaps(first_day=date(2026, 11, 23), last_day=date(2026, 12, 4), today=date(2026, 11, 21)),
        RiskNotFound("12"),
        AlreadyFiled("ИР-12/26"),
        AlreadyNoted("ИР-12/26"),
        *map(MoveNotPossible, RiskState),
        TakenBySomeone("руководитель блока «Экономика, финансы, сельское хозяйство»", SATURDAY, SATURDAY),
        *(NotWorkedOff((criterion,)) for criterion in Criterion),
        DayOver(day=date(2026, 11, 22), coming=date(2027, 11, 22)),
        HoldUnfit(first=date(2026, 11, 22), last=date(2026, 12, 21)),
        AppealNotFound("6100013"),
        ImportActedUpon(tuple(f"{number:020}" for number in range(30))),
        *(kind() for kind in _kinds(Refusal) if kind not in with_data),
    ]


def _kinds(root: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _kinds(kind)


@pytest.mark.parametrize("refusal", every_refusal(), ids=repr)
def test_every_refusal_is_worded_briefly_and_calmly(refusal: Refusal) -> None:
    text = refusal_text(refusal)
    assert 0 < units(text) <= LONGEST_ANSWER
    assert not text.endswith("…")
    assert "!" not in text


def test_no_two_refusals_share_a_sentence() -> None:
    sentences = [refusal_text(refusal) for refusal in every_refusal()]
    assert len(set(sentences)) == len(sentences)


def test_an_import_that_stays_names_the_appeals_that_keep_it() -> None:
    said = refusal_text(ImportActedUpon(("6100013", "6100026")))
    assert said == "Загрузку уже не отменить: с обращениями из неё работали. Номера: 6100013, 6100026."
    many = refusal_text(ImportActedUpon(tuple(str(6100000 + each) for each in range(12))))
    assert many.endswith("6100009 и ещё 2.")


def test_who_comes_second_reads_who_was_first_and_when() -> None:
    first = TakenBySomeone("руководитель МЦУ", *[SATURDAY.astimezone(ZoneInfo("Europe/Moscow"))] * 2)
    assert refusal_text(first) == "Эту кнопку уже нажали сб 21.11, 09:02: проверка за должностью «руководитель МЦУ»."


def test_a_move_that_the_state_does_not_allow_is_refused_with_the_state() -> None:
    assert refusal_text(MoveNotPossible(RiskState.WATCHED)) == (
        "Сейчас риск в состоянии «следим за реакцией», так сделать нельзя. Кнопки — на карточке."
    )


@given(st.sets(st.sampled_from(Criterion), min_size=1))
def test_what_keeps_a_risk_from_closing_fits_however_much_it_is(missing: set[Criterion]) -> None:
    text = refusal_text(NotWorkedOff(tuple(each for each in Criterion if each in missing)))
    assert units(text) <= LONGEST_ANSWER
    assert text.startswith("Пока нельзя отметить отработанным: ")
    assert text.endswith(".")
    told = len(text.removeprefix("Пока нельзя отметить отработанным: ").split("; "))
    left_out = re.search(r"и ещё (\d+)\.$", text)
    assert told == len(missing) if left_out is None else told - 1 + int(left_out[1]) == len(missing)


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in _kinds(Refusal)]
    assert len(set(codes)) == len(codes)


def test_absurd_number_does_not_break_the_sentence() -> None:
    assert units(refusal_text(RiskNotFound("9" * 5000))) <= LONGEST_ANSWER


@pytest.mark.parametrize("text", [STALE_BUTTON, STALE_LIST])
def test_words_about_old_buttons_fit_into_an_answer(text: str) -> None:
    assert units(text) <= LONGEST_ANSWER
