"""Corrections of a published answer: who approves them, what is in force meanwhile, which versions are kept."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from risk.errors import ApprovalMissing, MoveNotPossible, NotPermitted
from risk.events import EventKind
from risk.ids import PositionId
from risk.moves import correction_on_its_way, lacks
from risk.notices import AnswerReported, AnswerSentBack, ApprovalAsked, Message
from risk.records import RecordKind
from risk.risks import Risk, RiskState
from risk.use_cases.working import approve_answer, publish_answer, submit_answer
from risk.workings import Answer, EndingKind
from tests.risk.rota import told
from tests.risk.worked import (
    changed_plan,
    drafted,
    kinds,
    last_event,
    now_is,
    opens,
    presses,
    published,
    put,
    puts,
    round_of,
    rounds_of,
    seat_of,
    verified,
    watched,
)
from tests.support.offices import HEAD, LATER, NOW, Offices, StaffedOffice, planned

R = RecordKind
TEXT: Final = "Авария устранена к 18:00"
CORRECTED: Final = (TEXT, "сайт администрации", "yes")
LAST: Final = LATER + timedelta(hours=1)


@pytest.fixture
async def risk(offices: Offices, office: StaffedOffice) -> Risk:
    """Of an office that asks approval; its answer was approved, published and is watched."""
    await changed_plan(offices, approves_answers=True)
    made = await office.filed("Яма на дороге")
    await verified(office, made)
    await drafted(office, made)
    await presses(office, submit_answer, made)
    await presses(office, approve_answer, made, by=office.head)
    await presses(office, publish_answer, made)
    return made


async def in_force(office: StaffedOffice, risk: Risk) -> Answer:
    answer = (await round_of(office, risk)).answer
    assert answer is not None
    return answer


async def waiting(office: StaffedOffice, risk: Risk) -> Answer:
    correction = correction_on_its_way((await now_is(office, risk)).state, await round_of(office, risk))
    assert correction is not None
    return correction


async def to(offices: Offices, notice: Message) -> list[str]:
    return [address for each, address in await planned(offices) if each == notice]


async def test_a_corrected_text_waits_for_approval_and_the_published_one_stays_in_force(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    before, reported = await in_force(office, risk), await to(offices, AnswerReported(risk=risk.id, round=1))
    await puts(office, risk, R.CORRECTION, *CORRECTED, now=LATER)
    assert await in_force(office, risk) == before
    correction = await waiting(office, risk)
    assert (correction.text, correction.approved_at, correction.submitted_at) == (TEXT, None, LATER)
    assert (await now_is(office, risk)).state is RiskState.WATCHED
    assert (await last_event(office, risk)).kind is EventKind.SUBMITTED
    assert await to(offices, AnswerReported(risk=risk.id, round=1)) == reported
    with pytest.raises(ApprovalMissing):
        await presses(office, publish_answer, risk)


async def test_whoever_approves_is_asked_about_the_correction_while_it_waits(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    asked = ApprovalAsked(risk=risk.id)
    assert await told(office, asked, office.head) is None
    await puts(office, risk, R.CORRECTION, *CORRECTED)
    assert await to(offices, asked) == [office.head.address.value] * 2
    assert await told(office, asked, office.head) is not None
    await presses(office, approve_answer, risk, by=office.head)
    assert await told(office, asked, office.head) is None


async def test_an_approved_correction_takes_effect_when_it_is_placed_and_keeps_the_earlier_version(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    before = await in_force(office, risk)
    await puts(office, risk, R.CORRECTION, *CORRECTED, now=LATER)
    await presses(office, approve_answer, risk, by=office.head, now=LATER)
    assert await in_force(office, risk) == before
    await presses(office, publish_answer, risk, now=LAST)
    now = await round_of(office, risk)
    assert (now.earlier_answers, now.correction) == ((before,), None)
    assert now.answer is not None
    assert (now.answer.text, now.answer.corrected_at, now.answer.published_at) == (TEXT, LAST, before.published_at)
    assert (now.answer.approved_by, now.answer.approved_at) == (await seat_of(office, HEAD), LATER)
    assert lacks(RiskState.WATCHED, now, approves=True) == set()
    assert (await kinds(office, risk))[-3:] == [EventKind.SUBMITTED, EventKind.APPROVED, EventKind.CORRECTED]
    assert len(await to(offices, AnswerReported(risk=risk.id, round=1))) == 2


async def test_whoever_may_approve_approves_by_correcting(office: StaffedOffice, risk: Risk) -> None:
    await puts(office, risk, R.CORRECTION, *CORRECTED, by=office.head, now=LATER)
    answer = await in_force(office, risk)
    assert (answer.text, answer.approved_by, answer.approved_at) == (TEXT, await seat_of(office, HEAD), LATER)


async def test_where_no_approval_is_asked_a_correction_claims_none(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await changed_plan(offices, approves_answers=False)
    await puts(office, risk, R.CORRECTION, *CORRECTED, now=LATER)
    answer = await in_force(office, risk)
    assert (answer.text, answer.approved_by, answer.approved_at) == (TEXT, None, None)


async def test_a_correction_is_approved_by_nobody_but_who_may(office: StaffedOffice, risk: Risk) -> None:
    await puts(office, risk, R.CORRECTION, *CORRECTED)
    with pytest.raises(NotPermitted):
        await presses(office, approve_answer, risk)


async def test_a_correction_is_approved_once(office: StaffedOffice, risk: Risk) -> None:
    await puts(office, risk, R.CORRECTION, *CORRECTED)
    await presses(office, approve_answer, risk, by=office.head)
    with pytest.raises(MoveNotPossible):
        await presses(office, approve_answer, risk, by=office.head, now=LATER)


@pytest.mark.parametrize("approved", [False, True])
async def test_a_correction_that_is_sent_back_is_written_anew(
    offices: Offices, office: StaffedOffice, risk: Risk, approved: bool
) -> None:
    await puts(office, risk, R.CORRECTION, *CORRECTED)
    if approved:
        await presses(office, approve_answer, risk, by=office.head)
    await puts(office, risk, R.REMARK, "Назовите причину", by=office.head)
    returned = await waiting(office, risk)
    assert (returned.remark, returned.approved_at, returned.submitted_at) == ("Назовите причину", None, None)
    assert await told(office, AnswerSentBack(risk=risk.id), office.olga) is not None
    assert await to(offices, AnswerSentBack(risk=risk.id)) == [office.olga.address.value]
    for use_case in (approve_answer, publish_answer):
        with pytest.raises(ApprovalMissing if use_case is publish_answer else MoveNotPossible):
            await presses(office, use_case, risk, by=office.head)
    await puts(office, risk, R.CORRECTION, "Причина названа", *CORRECTED[1:])
    assert ((await waiting(office, risk)).text, (await waiting(office, risk)).remark) == ("Причина названа", None)
    assert await told(office, AnswerSentBack(risk=risk.id), office.olga) is None


async def test_what_somebody_is_asked_to_approve_is_not_changed_under_their_hands(
    office: StaffedOffice, risk: Risk
) -> None:
    await puts(office, risk, R.CORRECTION, *CORRECTED)
    with pytest.raises(MoveNotPossible):
        await opens(office, risk, R.CORRECTION, by=office.ivan)


async def test_nothing_that_is_in_force_is_sent_back(office: StaffedOffice, risk: Risk) -> None:
    with pytest.raises(MoveNotPossible):
        await opens(office, risk, R.REMARK, by=office.head)


async def test_the_correction_of_a_risk_that_was_worked_off_leaves_it_closed(office: StaffedOffice, risk: Risk) -> None:
    await put(office, risk, RiskState.WORKED_OFF)
    await puts(office, risk, R.CORRECTION, *CORRECTED)
    await presses(office, approve_answer, risk, by=office.head)
    await presses(office, publish_answer, risk)
    assert (await in_force(office, risk)).text == TEXT
    assert (await now_is(office, risk)).state is RiskState.WORKED_OFF


async def test_a_correction_lapses_with_its_round(office: StaffedOffice, risk: Risk) -> None:
    await puts(office, risk, R.CORRECTION, *CORRECTED)
    await puts(office, risk, R.RETURN, "Новая авария", "Спадёт к вечеру")
    over, current = await rounds_of(office, risk)
    assert over.ending is not None
    assert (over.ending.kind, current.answer, current.correction) == (EndingKind.RETURNED, None, None)
    assert await told(office, ApprovalAsked(risk=risk.id), office.head) is None
    with pytest.raises(MoveNotPossible):
        await presses(office, approve_answer, await _answered(office, risk), by=office.head)


async def _answered(office: StaffedOffice, risk: Risk) -> Risk:
    await drafted(office, risk)
    return risk


def test_an_approval_is_of_the_text_that_it_was_given_to() -> None:
    answer = replace(published(PositionId(5)), approved_by=PositionId(6), approved_at=NOW)
    assert answer.is_approved
    assert not replace(answer, drafted_at=LATER).is_approved


async def test_an_office_without_approval_corrects_at_once(offices: Offices, office: StaffedOffice) -> None:
    made = await office.filed("Нет света в парке")
    await watched(office, made)
    await puts(office, made, R.CORRECTION, *CORRECTED, now=LATER)
    assert ((await in_force(office, made)).text, (await round_of(office, made)).correction) == (TEXT, None)
