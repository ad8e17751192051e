"""What people do about an appeal by hand: who may, what follows for what is owed, what the history says."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest

from risk.appeal_acts import AppealAct
from risk.appeal_cases import AppealCase, AppealHappening, Approval, Press
from risk.appeal_forms import BY_RULE
from risk.appeal_lists import CodedAppeals, Standing, short_code
from risk.appeals import AppealSource, AppealState, Regime
from risk.errors import (
    AnswerUnclear,
    AppealActNotPossible,
    AppealNotFound,
    ApprovalMissing,
    BlockDecided,
    HoldUnfit,
    NotPermitted,
    OutsideBlock,
    UnknownChoice,
)
from risk.ids import AppealId, BlockKey, ObligationId, RecordId
from risk.notices import AppealApprovalAsked, AppealApproved, AppealReturned, AppealSentBack, AppealWorkNotice
from risk.obligations import HoldKind, Matter, ObligationKind, Owed
from risk.people import Actor
from risk.powers import Power
from risk.records import NO, NONE, YES, RecordKind
from risk.standing import Subject
from risk.use_cases.appeal_presses import OfAppeal, approve_appeal, ask_appeal_approval, report_answered
from risk.use_cases.appeal_reading import appeals_numbered, read_appeal, read_appeal_history, read_appeals
from risk.use_cases.appeal_work_telling import appeal_told
from risk.use_cases.reading import MOST_FOUND, find_risks, record_facts
from risk.use_cases.recording import OpenOwedRecord, OpenRecord, open_owed_record, open_record
from risk.use_cases.settling import reckon_appeals
from storage import tables
from tests.risk.appealed import (
    HEAD_SOCIAL,
    ROADS,
    SOCIAL,
    answers_all,
    appeal,
    becomes,
    now_is,
    numbered,
    puts,
    registers,
    somebody_in,
    stands,
    story,
)
from tests.risk.worked import Pressed, changed_plan, open_record_of, says
from tests.support.exported import export_comes
from tests.support.offices import HEAD_ROADS, LATER, NOW, OFFICER, UNDERSTAND, Offices, StaffedOffice, planned

H = AppealHappening
REASON: Final = "Это улица другого округа"
TODAY: Final = date(2026, 11, 20)


@pytest.fixture
async def case(office: StaffedOffice) -> AppealCase:
    return await stands(office)


@pytest.fixture
def head_roads(office: StaffedOffice) -> Actor:
    return office.actor(HEAD_ROADS)


@pytest.fixture
def officer(office: StaffedOffice) -> Actor:
    """Who distributes."""
    return office.actor(OFFICER)


async def owed(office: StaffedOffice, case: AppealCase) -> list[Owed]:
    async with office.view() as view:
        return list(await view.obligations.open_of(Matter.APPEAL, case.id))


async def press(
    office: StaffedOffice, use_case: Callable[..., Awaitable[Any]], case: AppealCase, by: Actor
) -> AppealCase:
    await use_case(OfAppeal(appeal=case.id), actor=by, uow=office.uow, now=LATER)
    return await now_is(office, case)


async def happened(office: StaffedOffice, case: AppealCase) -> list[AppealHappening]:
    return [each.happening for each in await story(office, case)]


async def told(offices: Offices) -> list[tuple[AppealWorkNotice, str]]:
    return [(each, to) for each, to in await planned(offices) if isinstance(each, AppealWorkNotice)]


# --- an answer went out


async def test_an_answer_to_an_imported_appeal_awaits_the_export(
    office: StaffedOffice, case: AppealCase, head_roads: Actor
) -> None:
    after = await press(office, report_answered, case, head_roads)
    assert (after.state, after.awaits_export, after.acted_at) == (AppealState.OPEN, True, LATER)
    assert after.pressed is not None
    assert after.pressed.press is Press.SENT
    assert await owed(office, case) == []
    assert await happened(office, case) == [H.IMPORTED, H.PRESSED]


async def test_an_answer_in_a_network_is_placed(office: StaffedOffice, head_roads: Actor) -> None:
    case = await stands(office, appeal(source=AppealSource.IM, number="7", regime=Regime.IM))
    after = await press(office, report_answered, case, head_roads)
    assert after.pressed is not None
    assert after.pressed.press is Press.PLACED


async def test_an_answer_to_what_no_export_knows_is_an_answer(office: StaffedOffice, head_roads: Actor) -> None:
    case = await stands(office, appeal(source=AppealSource.HAND, number="О-1/26", regime=Regime.BY_HAND))
    after = await press(office, report_answered, case, head_roads)
    assert (after.state, after.appeal.finished_on, after.appeal.finished_at) == (AppealState.ANSWERED, TODAY, LATER)
    assert not after.is_open
    assert await owed(office, case) == []


async def test_the_second_press_finds_it_done(office: StaffedOffice, case: AppealCase, head_roads: Actor) -> None:
    await press(office, report_answered, case, head_roads)
    with pytest.raises(AppealActNotPossible):
        await press(office, report_answered, case, office.olga)
    assert await happened(office, case) == [H.IMPORTED, H.PRESSED]


async def test_heads_of_other_blocks_keep_out_and_members_do_not(office: StaffedOffice, case: AppealCase) -> None:
    other = await somebody_in(office, HEAD_SOCIAL)
    with pytest.raises(OutsideBlock):
        await press(office, report_answered, case, other)
    await press(office, report_answered, case, office.ivan)


async def test_an_appeal_that_is_not_there_is_refused(office: StaffedOffice) -> None:
    with pytest.raises(UnknownChoice):
        await report_answered(OfAppeal(appeal=AppealId(999)), actor=office.olga, uow=office.uow, now=NOW)


# --- approval, where the office asks it


async def test_an_answer_goes_to_the_head_and_out_only_after_it(
    offices: Offices, office: StaffedOffice, case: AppealCase, head_roads: Actor
) -> None:
    await changed_plan(offices, approves_appeals=True)
    with pytest.raises(ApprovalMissing):
        await press(office, report_answered, case, head_roads)
    asked = await press(office, ask_appeal_approval, case, head_roads)
    assert asked.approval is Approval.ASKED
    assert [each.obligation.key.kind for each in await owed(office, case)] == [ObligationKind.APPEAL_APPROVAL]
    assert await told(offices) == [(AppealApprovalAsked(appeal=case.id), office.head.address.value)]
    with pytest.raises(ApprovalMissing):
        await press(office, report_answered, case, head_roads)
    approved = await press(office, approve_appeal, case, office.head)
    assert approved.approval is Approval.APPROVED
    assert (await told(offices))[1:] == [(AppealApproved(appeal=case.id), head_roads.address.value)]
    await press(office, report_answered, case, head_roads)
    assert await happened(office, case) == [H.IMPORTED, H.ASKED, H.APPROVED, H.PRESSED]


async def test_a_remark_goes_to_who_prepared_the_answer_and_to_the_block(
    offices: Offices, office: StaffedOffice, case: AppealCase, head_roads: Actor
) -> None:
    await changed_plan(offices, approves_appeals=True)
    await press(office, ask_appeal_approval, case, office.ivan)
    await puts(office, case, RecordKind.APPEAL_REMARK, "Назовите срок ремонта", by=office.head)
    sent_back = {to for each, to in await told(offices) if isinstance(each, AppealSentBack)}
    assert sent_back == {office.ivan.address.value, head_roads.address.value}
    facts = await read_appeal(case.id, actor=office.ivan, view=office.view, now=NOW)
    assert (facts.case.approval, facts.remark) == (Approval.SENT_BACK, "Назовите срок ремонта")
    await press(office, ask_appeal_approval, case, office.ivan)
    facts = await read_appeal(case.id, actor=office.ivan, view=office.view, now=NOW)
    assert (facts.case.approval, facts.remark) == (Approval.ASKED, None)


async def test_a_second_answer_to_the_same_question_is_refused(
    offices: Offices, office: StaffedOffice, case: AppealCase, head_roads: Actor
) -> None:
    await changed_plan(offices, approves_appeals=True)
    with pytest.raises(AppealActNotPossible):
        await press(office, approve_appeal, case, office.head)
    await press(office, ask_appeal_approval, case, head_roads)
    with pytest.raises(AppealActNotPossible):
        await press(office, ask_appeal_approval, case, head_roads)
    await press(office, approve_appeal, case, office.head)
    with pytest.raises(AppealActNotPossible):
        await puts(office, case, RecordKind.APPEAL_REMARK, "Нет", by=office.head)


async def test_elsewhere_there_is_nothing_to_approve(
    office: StaffedOffice, case: AppealCase, head_roads: Actor
) -> None:
    with pytest.raises(AppealActNotPossible):
        await press(office, ask_appeal_approval, case, head_roads)


# --- blocks


async def test_a_block_that_was_chosen_by_hand_owes_the_answer(
    office: StaffedOffice, case: AppealCase, officer: Actor
) -> None:
    await puts(office, case, RecordKind.GIVE, short_code(SOCIAL), by=officer)
    after = await now_is(office, case)
    assert (after.block, after.chosen, after.routed) == (SOCIAL, True, None)
    assert [each.obligation.block for each in await owed(office, case)] == [SOCIAL]
    [*_, change] = await story(office, case)
    assert (change.happening, change.facts) == (H.GIVEN, {"before": ROADS, "after": SOCIAL})


async def test_a_block_that_is_none_is_refused(office: StaffedOffice, case: AppealCase, officer: Actor) -> None:
    for value in ("roads", short_code("gone"), NONE, BY_RULE):
        with pytest.raises(UnknownChoice):
            await puts(office, case, RecordKind.GIVE, value, by=officer)


async def test_only_who_distributes_gives(office: StaffedOffice, case: AppealCase) -> None:
    with pytest.raises(NotPermitted) as refused:
        await puts(office, case, RecordKind.GIVE, short_code(SOCIAL), by=office.olga)
    assert refused.value.power is Power.DISTRIBUTE


async def test_what_is_not_of_the_block_waits_for_another_and_who_distributes_hears_of_it(
    offices: Offices, office: StaffedOffice, case: AppealCase, head_roads: Actor, officer: Actor
) -> None:
    await puts(office, case, RecordKind.NOT_OURS, REASON, by=head_roads)
    after = await now_is(office, case)
    assert (after.block, after.chosen, after.returns) == (None, True, 1)
    assert await owed(office, case) == []
    assert await told(offices) == [(AppealReturned(appeal=case.id, returns=1), officer.address.value)]
    [*_, change] = await story(office, case)
    assert (change.happening, change.facts["text"]) == (H.RETURNED, REASON)


async def test_the_third_time_the_block_is_decided(
    office: StaffedOffice, case: AppealCase, head_roads: Actor, officer: Actor
) -> None:
    for _ in range(2):
        await puts(office, case, RecordKind.NOT_OURS, REASON, by=head_roads)
        await puts(office, case, RecordKind.GIVE, short_code(ROADS), by=officer)
    with pytest.raises(BlockDecided):
        await puts(office, case, RecordKind.NOT_OURS, REASON, by=head_roads)


async def test_another_block_does_not_return_it(office: StaffedOffice, case: AppealCase) -> None:
    other = await somebody_in(office, HEAD_SOCIAL)
    with pytest.raises(OutsideBlock):
        await puts(office, case, RecordKind.NOT_OURS, REASON, by=other)


async def test_what_another_block_had_prepared_is_not_approved_for_this_one(
    offices: Offices, office: StaffedOffice, case: AppealCase, officer: Actor
) -> None:
    await changed_plan(offices, approves_appeals=True)
    await press(office, ask_appeal_approval, case, office.ivan)
    await puts(office, case, RecordKind.GIVE, short_code(SOCIAL), by=officer)
    assert (await now_is(office, case)).approval is None


# --- handed on


async def test_what_is_handed_on_is_owed_no_more_and_says_to_whom(
    office: StaffedOffice, case: AppealCase, officer: Actor
) -> None:
    await puts(office, case, RecordKind.REDIRECT, "Министерство транспорта", by=officer)
    after = await now_is(office, case)
    assert after.redirected is not None
    assert (after.redirected.to, after.redirected.on) == ("Министерство транспорта", TODAY)
    assert (after.state, after.is_open) == (AppealState.OPEN, False)
    assert await owed(office, case) == []
    assert (await happened(office, case))[-1] is H.REDIRECTED


async def test_of_what_no_export_knows_the_state_itself_says_so(office: StaffedOffice, officer: Actor) -> None:
    case = await stands(office, appeal(source=AppealSource.HAND, number="О-1/26", regime=Regime.LAW_59))
    await puts(office, case, RecordKind.REDIRECT, "Министерство транспорта", by=officer)
    assert (await now_is(office, case)).state is AppealState.REDIRECTED


async def test_what_changed_hands_meanwhile_is_asked_again_at_the_last_answer(
    office: StaffedOffice, case: AppealCase, officer: Actor
) -> None:
    await puts_open(office, case, RecordKind.REDIRECT, officer)
    await becomes(office, case, state=AppealState.ANSWERED)
    with pytest.raises(AppealActNotPossible):
        await says(office, "Министерство транспорта", by=officer)


async def puts_open(office: StaffedOffice, case: AppealCase, kind: RecordKind, by: Actor) -> None:
    with pytest.raises(AssertionError, match="more questions"):
        await puts(office, case, kind, by=by)


# --- a named day


async def open_hold(office: StaffedOffice, owed_id: int, kind: RecordKind, by: Actor) -> None:
    wanted = OpenOwedRecord(owed=ObligationId(owed_id), kind=kind, place=office.private(by))
    await open_owed_record(wanted, actor=by, uow=office.uow, now=NOW)


@pytest.mark.parametrize(
    ("kind", "answers", "hold"),
    [
        (RecordKind.ACCEPT, [Pressed("2026-11-24")], HoldKind.ACCEPTED),
        (RecordKind.POSTPONE, ["Ждём подрядчика", Pressed("2026-11-24")], HoldKind.POSTPONED),
    ],
)
async def test_a_day_that_somebody_names_holds_the_ladder(
    office: StaffedOffice, case: AppealCase, head_roads: Actor, kind: RecordKind, answers: list[Any], hold: HoldKind
) -> None:
    [standing] = await owed(office, case)
    await open_hold(office, standing.id, kind, head_roads)
    await answers_all(office, *answers, by=head_roads, now=NOW)
    [held] = await owed(office, case)
    assert held.hold is not None
    assert (held.hold.kind, held.hold.day) == (hold, date(2026, 11, 24))
    [*_, change] = await story(office, case)
    assert change.happening in {H.ACCEPTED, H.POSTPONED}
    assert change.facts["day"] == "2026-11-24"
    assert (await now_is(office, case)).acted_at == NOW


async def test_nobody_puts_it_off_for_ever(office: StaffedOffice, case: AppealCase, head_roads: Actor) -> None:
    [standing] = await owed(office, case)
    await open_hold(office, standing.id, RecordKind.ACCEPT, head_roads)
    with pytest.raises(HoldUnfit):
        await answers_all(office, "01.03.2027", by=head_roads, now=NOW)


async def test_what_is_owed_has_a_button_however_high_its_number(
    offices: Offices, office: StaffedOffice, case: AppealCase, head_roads: Actor
) -> None:
    """A place in a list ends at 999; obligations are counted for ever."""
    async with offices.database.write() as connection:
        await connection.execute(tables.obligations.update().values(id=123_456))
        await connection.commit()
    await open_hold(office, 123_456, RecordKind.ACCEPT, head_roads)
    await answers_all(office, Pressed("2026-11-24"), by=head_roads, now=NOW)
    assert (await owed(office, case))[0].hold is not None


async def test_a_risk_that_is_owed_has_one_too(offices: Offices, office: StaffedOffice, head_roads: Actor) -> None:
    risk = await office.filed("Яма на дороге")
    async with offices.database.write() as connection:
        await connection.execute(tables.obligations.update().values(id=123_456))
        await connection.commit()
    await open_hold(office, 123_456, RecordKind.ACCEPT, head_roads)
    record = await open_record_of(office, head_roads)
    assert record is not None
    assert (record.risk, record.appeal, record.item) == (risk.id, None, 123_456)
    await answers_all(office, Pressed("2026-11-24"), by=head_roads, now=NOW)


async def test_what_is_owed_no_more_has_no_answer(office: StaffedOffice, case: AppealCase, head_roads: Actor) -> None:
    [standing] = await owed(office, case)
    await press(office, report_answered, case, head_roads)
    with pytest.raises(UnknownChoice):
        await open_hold(office, standing.id, RecordKind.ACCEPT, head_roads)


@pytest.mark.parametrize("kind", [RecordKind.NOTE, RecordKind.GIVE, RecordKind.NEW_APPEAL])
async def test_only_answers_to_a_reminder_open_by_what_is_owed(
    office: StaffedOffice, case: AppealCase, officer: Actor, kind: RecordKind
) -> None:
    [standing] = await owed(office, case)
    with pytest.raises(UnknownChoice):
        await open_hold(office, standing.id, kind, officer if kind is RecordKind.GIVE else office.olga)


@pytest.mark.parametrize("kind", [RecordKind.NEW_APPEAL, RecordKind.ACCEPT, RecordKind.NOT_OURS])
async def test_a_card_opens_no_record_about_appeals_or_what_is_owed(office: StaffedOffice, kind: RecordKind) -> None:
    risk = await office.filed()
    wanted = OpenRecord(risk=risk.id, round=1, kind=kind, item=0, place=office.private(office.olga))
    with pytest.raises(UnknownChoice):
        await open_record(wanted, actor=office.olga, uow=office.uow, now=NOW)


@pytest.mark.parametrize("kind", [RecordKind.NOTE, RecordKind.NEW_APPEAL, RecordKind.ACCEPT])
async def test_a_page_of_an_appeal_opens_no_record_about_risks(
    office: StaffedOffice, case: AppealCase, kind: RecordKind
) -> None:
    with pytest.raises(UnknownChoice):
        await puts(office, case, kind, by=office.olga)


# --- by hand


async def test_a_call_is_registered_numbered_and_owed(office: StaffedOffice) -> None:
    await registers(office, "call", YES, "Нет автобуса", Pressed(NONE), short_code(ROADS), Pressed("2026-11-20"))
    case = await numbered(office, "О-1/26")
    assert (case.appeal.regime, case.appeal.topic, case.block) == (Regime.LAW_59, "Нет автобуса", ROADS)
    assert (case.is_by_hand, case.acted_at) == (True, NOW)
    assert [each.obligation.known_from for each in await owed(office, case)] == [None]
    assert await happened(office, case) == [H.REGISTERED]
    await registers(office, "visit", NO, "Скамейка", "деревня Охона", BY_RULE, "вчера")
    second = await numbered(office, "О-2/26")
    assert (second.territory, second.appeal.created_on) == ("okhonskoe", TODAY - timedelta(days=1))


async def test_no_number_is_given_twice_whatever_a_table_of_another_register_brings_or_takes_back(
    office: StaffedOffice,
) -> None:
    answers = ("call", NO, "Нет автобуса", Pressed(NONE), NONE, "сегодня")
    others = [appeal(source=AppealSource.HAND, number=number, regime=Regime.BY_HAND) for number in ("7/26", "О-1/26")]
    one = await export_comes(office.uow, *others, made_at=NOW - timedelta(days=1), source=AppealSource.HAND)
    await registers(office, *answers)
    await numbered(office, "О-2/26")
    async with office.uow() as unit:
        await unit.staging.take_back(one, NOW)
        await unit.commit()
    await registers(office, *answers)
    await numbered(office, "О-3/26")
    for serial in range(4, 12):
        await registers(office, *answers)
        await numbered(office, f"О-{serial}/26")


async def test_what_the_coordinator_is_to_decide_stays_so_when_the_bot_starts_anew(office: StaffedOffice) -> None:
    await registers(office, "call", NO, "Нет автобуса", "деревня Охона", NONE, "сегодня")
    await reckon_appeals(uow=office.uow, view=office.view, now=LATER)
    case = await numbered(office, "О-1/26")
    assert (case.block, case.territory) == (None, "okhonskoe")
    assert await happened(office, case) == [H.REGISTERED]


async def test_the_record_of_a_new_appeal_leads_to_it(office: StaffedOffice) -> None:
    await registers(office, "call", NO, "Нет автобуса", Pressed(NONE), NONE, "сегодня")
    case = await numbered(office, "О-1/26")
    async with office.view() as view:
        [standing] = await view.standing.of(Subject.RECORD, 1)
        facts = await record_facts(view, RecordId(standing.subject_id), NOW)
    assert facts.appeal == case
    assert case.block is None


async def test_residents_leave_nothing_personal_in_a_form(offices: Offices, office: StaffedOffice) -> None:
    topic = "Нет автобуса, звонить +7 921 555-01-23"
    await registers(office, "call", NO, topic, Pressed(NONE), NONE, "сегодня")
    assert "555" not in str(await offices.rows(tables.appeals))
    assert "555" not in str(await offices.rows(tables.records))


async def test_an_address_is_no_settlement(office: StaffedOffice) -> None:
    with pytest.raises(AnswerUnclear):
        await registers(office, "call", NO, "Нет автобуса", "ул. Мира, 5")


async def test_an_office_without_blocks_is_not_asked_for_one(offices: Offices, office: StaffedOffice) -> None:
    await changed_plan(offices, blocks=())
    await registers(office, "letter", YES, "Нет автобуса", Pressed(NONE), "сегодня")
    case = await numbered(office, "О-1/26")
    assert len(await owed(office, case)) == 1


# --- reading


async def test_the_list_is_narrowed_and_counted(office: StaffedOffice, case: AppealCase) -> None:
    late = await stands(office, appeal(number="2", planned_on=date(2026, 11, 18)), block=SOCIAL)
    await stands(office, appeal(number="3"), block=None)

    async def shown(**asked: Any) -> list[AppealId]:
        page = await read_appeals(0, CodedAppeals(**asked), actor=office.olga, view=office.view, now=NOW)
        assert page.total == len(page.appeals)
        return [each.id for each in page.appeals]

    assert (await shown())[0] == late.id
    assert await shown(standing=Standing.OVERDUE) == [late.id]
    assert await shown(block=short_code(ROADS)) == [case.id]
    assert len(await shown(standing=Standing.UNDISTRIBUTED)) == 1
    assert await shown(channel=AppealSource.HAND) == []
    assert await shown(territory=short_code("okhonskoe")) == []


async def test_a_list_of_a_block_that_is_no_more_is_refused(office: StaffedOffice) -> None:
    for asked in (CodedAppeals(block="00000000"), CodedAppeals(territory=short_code(ROADS))):
        with pytest.raises(UnknownChoice):
            await read_appeals(0, asked, actor=office.olga, view=office.view, now=NOW)


async def test_pages_are_turned_and_one_past_the_end_is_the_last(office: StaffedOffice) -> None:
    for number in range(10):
        await stands(office, appeal(number=str(number)))
    page = await read_appeals(99, CodedAppeals(), actor=office.olga, view=office.view, now=NOW)
    assert (page.page, page.pages, len(page.appeals), page.total) == (1, 2, 2, 10)


async def test_a_page_offers_what_its_reader_may_do(
    office: StaffedOffice, case: AppealCase, head_roads: Actor, officer: Actor
) -> None:
    async def allowed(reader: Actor) -> frozenset[AppealAct]:
        return (await read_appeal(case.id, actor=reader, view=office.view, now=NOW)).allowed

    assert await allowed(head_roads) == {AppealAct.ANSWERED, AppealAct.RETURN}
    assert {AppealAct.GIVE, AppealAct.REDIRECT} <= await allowed(officer)
    other = await somebody_in(office, HEAD_SOCIAL)
    assert await allowed(other) == frozenset()
    assert not (await read_appeal(case.id, actor=other, view=office.view, now=NOW)).may_hold


async def test_an_appeal_is_found_by_its_number_in_whatever_system(office: StaffedOffice, case: AppealCase) -> None:
    other = await stands(office, appeal(source=AppealSource.IM, number="6100013", regime=Regime.IM))
    found = await appeals_numbered("ПОС 6100013", actor=office.olga, view=office.view, now=NOW)
    assert {each.case.id for each in found} == {case.id, other.id}
    for typed in ("999", "вода"):
        with pytest.raises(AppealNotFound):
            await appeals_numbered(typed, actor=office.olga, view=office.view, now=NOW)


async def test_words_find_appeals_beside_risks(office: StaffedOffice, case: AppealCase) -> None:
    risk = await office.filed("Ямы у школы")
    found = await find_risks("ямы", actor=office.olga, view=office.view, now=NOW, understand=UNDERSTAND)
    assert ([each.id for each in found.risks], [each.id for each in found.appeals]) == ([risk.id], [case.id])


async def test_words_are_found_in_their_forms_and_all_are_counted(office: StaffedOffice) -> None:
    for _ in range(MOST_FOUND + 1):
        await office.filed("На улице Мира третий день без воды")
    found = await find_risks("вода Мира", actor=office.olga, view=office.view, now=NOW, understand=UNDERSTAND)
    assert (len(found.risks), found.risks_in_all) == (MOST_FOUND, MOST_FOUND + 1)


async def test_the_history_names_who_acted(office: StaffedOffice, case: AppealCase, head_roads: Actor) -> None:
    await press(office, report_answered, case, head_roads)
    facts = await read_appeal_history(case.id, actor=office.olga, view=office.view, now=NOW)
    assert [each.happening for each in facts.changes] == [H.IMPORTED, H.PRESSED]
    assert facts.changes[1].position is not None
    assert facts.titles[facts.changes[1].position].startswith("руководитель блока")


# --- notices that no longer hold


async def test_a_notice_is_moot_once_somebody_has_acted(
    offices: Offices, office: StaffedOffice, case: AppealCase, head_roads: Actor, officer: Actor
) -> None:
    await changed_plan(offices, approves_appeals=True)

    async def holds(notice: AppealWorkNotice) -> bool:
        async with office.view() as view:
            return await appeal_told(view, notice, NOW) is not None

    asked, returned = AppealApprovalAsked(appeal=case.id), AppealReturned(appeal=case.id, returns=1)
    assert not await holds(asked)
    await press(office, ask_appeal_approval, case, head_roads)
    assert await holds(asked)
    await press(office, approve_appeal, case, office.head)
    assert not await holds(asked)
    assert await holds(AppealApproved(appeal=case.id))
    await puts(office, case, RecordKind.NOT_OURS, REASON, by=head_roads)
    assert await holds(returned)
    await puts(office, case, RecordKind.GIVE, short_code(BlockKey("social")), by=officer)
    assert not await holds(returned)
    assert not await holds(replace(returned, appeal=AppealId(999)))
