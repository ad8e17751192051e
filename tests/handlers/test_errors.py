"""Every refusal has a sentence of its own."""

from collections.abc import Iterator
from datetime import date

import pytest

from handlers.errors import refusal_text
from handlers.views.help import STALE_BUTTON, STALE_LIST
from handlers.views.message import LONGEST_ANSWER
from risk.errors import (
    AbsenceFault,
    AbsenceOverlaps,
    AbsenceRefused,
    AlertChatUnusable,
    AlreadyFiled,
    ChatFault,
    DutyFault,
    DutyRefused,
    InvitationFault,
    InvitationRefused,
    NotPermitted,
    Refusal,
    RiskNotFound,
    SettingUnfit,
)
from risk.office_settings import Setting
from risk.powers import Power
from risk.units import units


def every_refusal() -> list[Refusal]:
    faulty = {
        InvitationRefused: InvitationFault,
        AlertChatUnusable: ChatFault,
        AbsenceRefused: AbsenceFault,
        DutyRefused: DutyFault,
        SettingUnfit: Setting,
    }
    with_data = (*faulty, NotPermitted, RiskNotFound, AlreadyFiled, AbsenceOverlaps)
    return [
        *map(NotPermitted, Power),
        *(refused(fault) for refused, faults in faulty.items() for fault in faults),
        AbsenceOverlaps(first_day=date(2026, 11, 23), last_day=date(2026, 12, 4)),
        RiskNotFound("12"),
        AlreadyFiled("ИР-12/26"),
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


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in _kinds(Refusal)]
    assert len(set(codes)) == len(codes)


def test_absurd_number_does_not_break_the_sentence() -> None:
    assert units(refusal_text(RiskNotFound("9" * 5000))) <= LONGEST_ANSWER


@pytest.mark.parametrize("text", [STALE_BUTTON, STALE_LIST])
def test_words_about_old_buttons_fit_into_an_answer(text: str) -> None:
    assert units(text) <= LONGEST_ANSWER
