"""What members put on record, field after field: how it is asked, taken back and left, and what each leads to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from risk.closure import watch
from risk.errors import (
    AnswerMissing,
    AnswerOwed,
    AnswerUnclear,
    DayOver,
    DraftClosed,
    LinkUnfit,
    MoveNotPossible,
    NotListed,
    OutsideBlock,
    Refusal,
    SomeoneElses,
    UnknownChoice,
)
from risk.events import EventKind
from risk.ids import BlockKey, LevelKey, PositionId, RecordId
from risk.notices import (
    AnswerReported,
    AnswerSentBack,
    ClosureProposed,
    Message,
    ReturnProposed,
    UnknownAnswered,
    UnknownAsked,
)
from risk.offices import Page, PublicationKind
from risk.records import Record, RecordField, RecordKind, RecordStatus
from risk.risks import CLOSED_STATES, Risk, RiskState
from risk.sources import Source, SourceKind, read_link
from risk.standing import Panel, Subject
from risk.units import units
from risk.use_cases.cards import SetBlock, SetLevel, set_block, set_level
from risk.use_cases.drafts import TurnDraft, turn_draft
from risk.use_cases.reading import record_facts
from risk.use_cases.record_answers import LONGEST_GROUNDS, RecordWords
from risk.use_cases.recording import (
    ABANDONED_AFTER,
    ChooseInRecord,
    OfRecord,
    OpenRecord,
    cancel_record,
    choose_in_record,
    close_abandoned_records,
    open_record,
    step_back,
    take_record_words,
)
from risk.use_cases.seating import freed
from risk.use_cases.working import approve_answer, publish_answer, submit_answer, take_up, take_watch, work_off
from risk.workings import EndingKind, Outcome, Reach, Reaction, Spread
from storage import tables
from tests.risk.rota import told
from tests.risk.worked import (
    LINK,
    PHONE,
    SOME_DAY,
    WORDS,
    Pressed,
    answer,
    changed_plan,
    chooses,
    drafted,
    finding,
    kinds,
    last_event,
    measure,
    now_is,
    open_record_of,
    opens,
    presses,
    publication,
    published,
    put,
    puts,
    round_of,
    rounds_of,
    says,
    seat_of,
    story,
    unknown,
    verified,
    watched,
)
from tests.support.offices import HEAD, HEAD_ROADS, LATER, MEMBER, NOW, Offices, StaffedOffice, part, planned

R = RecordKind
LOW, MEDIUM = LevelKey("low"), LevelKey("medium")
SOON: Final = Pressed(SOME_DAY.isoformat())
CALM: Final = ("none", "still", Pressed("none"))
CALM_IN_PLACE: Final = ("none", "still", "yes", Pressed("none"))


@pytest.fixture
async def risk(office: StaffedOffice) -> Risk:
    return await office.filed("Яма на дороге")


@pytest.fixture
async def ivans(office: StaffedOffice) -> PositionId:
    return await seat_of(office, MEMBER, number=2)


async def stored(office: StaffedOffice, record: Record) -> Record:
    async with office.view() as view:
        found = await view.records.get(record.id)
    assert found is not None
    return found


async def to(offices: Offices, notice: Message) -> Sequence[str]:
    """To which addresses it is planned."""
    return [address for each, address in await planned(offices) if each == notice]


async def next_look(office: StaffedOffice, risk: Risk) -> datetime:
    found = watch(await now_is(office, risk), await round_of(office, risk), office.plan)
    assert found is not None
    assert found.next_at is not None
    return found.next_at


# --- how it is asked ------------------------------------------------------------------------------


async def test_a_press_puts_the_first_question_in_private(office: StaffedOffice, risk: Risk) -> None:
    record = await opens(office, risk, R.NOTE)
    async with office.view() as view:
        [standing] = await view.standing.of(Subject.RECORD, record.id)
        facts = await record_facts(view, record.id, NOW)
    assert standing.place == office.private(office.olga)
    assert facts.card is not None
    assert (facts.record, facts.card.risk.id) == (record, risk.id)


async def test_nothing_counts_before_the_last_answer(office: StaffedOffice, risk: Risk) -> None:
    await presses(office, take_up, risk)
    before = await round_of(office, risk)
    record = await opens(office, risk, R.UNCLEAR)
    await says(office, WORDS)
    await says(office, "Когда пустят воду?")
    assert await round_of(office, risk) == before
    assert (await stored(office, record)).asked is RecordField.WHOM


async def test_with_the_last_answer_the_record_is_done_and_keeps_no_words(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await puts(office, risk, R.NOTE, "Звонили из школы")
    [row] = await offices.rows(tables.records)
    assert row["status"] == RecordStatus.DONE
    assert "школы" not in "".join(map(str, row.values()))
    event = await last_event(office, risk)
    assert (event.kind, event.facts) == (EventKind.NOTED, {"text": "Звонили из школы"})


async def test_another_question_sets_the_open_one_aside(office: StaffedOffice, risk: Risk) -> None:
    """Typed words can answer one only."""
    await presses(office, take_up, risk)
    first = await opens(office, risk, R.UNCLEAR)
    await says(office, WORDS)
    second = await opens(office, risk, R.NOTE)
    assert (await stored(office, first)).status is RecordStatus.CANCELLED
    assert (await stored(office, first)).filled == {}
    assert await open_record_of(office, office.olga) == second


async def test_a_question_of_a_form_sets_the_record_aside(office: StaffedOffice, risk: Risk) -> None:
    draft = await office.drafted()
    record = await opens(office, risk, R.NOTE)
    turned = TurnDraft(draft=draft.id, panel=Panel.ASK_GIST)
    await turn_draft(turned, actor=office.olga, uow=office.uow, now=NOW)
    assert (await stored(office, record)).status is RecordStatus.CANCELLED


async def test_two_people_record_beside_each_other(office: StaffedOffice, risk: Risk) -> None:
    await opens(office, risk, R.NOTE)
    await opens(office, risk, R.NOTE, by=office.ivan)
    assert await says(office, "Звонили из школы")
    assert await says(office, "Звонили из больницы", by=office.ivan)
    assert (await kinds(office, risk)).count(EventKind.NOTED) == 2


async def test_words_are_for_somebody_else_when_no_record_awaits_them(office: StaffedOffice, risk: Risk) -> None:
    assert not await says(office, "Яма на мосту")
    await watched(office, risk)
    await opens(office, risk, R.CHECK)
    assert not await says(office, "Яма на мосту")
    await puts(office, risk, R.NOTE, "Звонили из школы")
    assert not await says(office, "Яма на мосту")


async def test_words_in_another_talk_answer_nothing(office: StaffedOffice, risk: Risk) -> None:
    record = await opens(office, risk, R.NOTE)
    words = RecordWords(part=part("Так"), place=office.chat, typed="Так")
    assert not await take_record_words(words, actor=office.olga, uow=office.uow, now=NOW)
    assert await stored(office, record) == record


async def test_what_was_forwarded_answers_no_question_that_wants_own_words(office: StaffedOffice, risk: Risk) -> None:
    await opens(office, risk, R.NOTE)
    forwarded = RecordWords(part=part("Яма на мосту"), place=office.private(office.olga), typed=None)
    assert not await take_record_words(forwarded, actor=office.olga, uow=office.uow, now=NOW)


async def test_what_was_forwarded_may_be_what_a_finding_rests_on(office: StaffedOffice, risk: Risk) -> None:
    await presses(office, take_up, risk)
    await opens(office, risk, R.CONFIRMED)
    post = part("Водоканал: авария https://vk.com/wall-5_6", has_media=True)
    forwarded = RecordWords(part=post, place=office.private(office.olga), typed=None)
    assert await take_record_words(forwarded, actor=office.olga, uow=office.uow, now=NOW)
    found = (await round_of(office, risk)).finding
    assert found is not None
    assert found.grounds == "Водоканал: авария vk.com/wall-5_6 · файл или снимок в переписке"


@pytest.mark.parametrize("typed", ["...", "+7 921 000-00-00", "vk.com/id12345"])
async def test_words_that_say_nothing_are_asked_for_again(office: StaffedOffice, risk: Risk, typed: str) -> None:
    record = await opens(office, risk, R.NOTE)
    with pytest.raises(AnswerUnclear):
        await says(office, typed)
    assert await stored(office, record) == record


@pytest.mark.parametrize(
    ("typed", "why"),
    [("когда-нибудь", AnswerUnclear), ("19.11.2026", DayOver), ("19.11", DayOver), ("01.01.2030", AnswerUnclear)],
)
async def test_a_day_is_a_day_ahead_and_not_too_far(
    office: StaffedOffice, risk: Risk, typed: str, why: type[Refusal]
) -> None:
    await presses(office, take_up, risk)
    await opens(office, risk, R.INTERIM)
    with pytest.raises(why):
        await says(office, typed)


async def test_a_day_may_be_typed_or_pressed(office: StaffedOffice, risk: Risk) -> None:
    await presses(office, take_up, risk)
    for day in ("1 декабря", SOON):
        await puts(office, risk, R.INTERIM, day, "Проверяем, ответим", "сайт администрации")
    assert [each.promised_until for each in (await round_of(office, risk)).interims] == [SOME_DAY, SOME_DAY]


@pytest.mark.parametrize("value", ["2026-11-19", "2028-01-01", "завтра", ""])
async def test_a_pressed_day_is_one_that_was_offered(office: StaffedOffice, risk: Risk, value: str) -> None:
    await presses(office, take_up, risk)
    record = await opens(office, risk, R.INTERIM)
    with pytest.raises(UnknownChoice):
        await chooses(office, record, value)


async def test_a_position_that_is_asked_is_one_of_the_office(office: StaffedOffice, risk: Risk) -> None:
    await presses(office, take_up, risk)
    await opens(office, risk, R.UNKNOWN)
    await says(office, "Когда пустят воду?")
    record = await open_record_of(office, office.olga)
    assert record is not None
    with pytest.raises(UnknownChoice):
        await chooses(office, record, "404")


async def test_a_button_answers_only_the_question_that_is_asked(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    record = await opens(office, risk, R.CHECK)
    early = ChooseInRecord(record=record.id, field=RecordField.SPREAD, value="still")
    with pytest.raises(UnknownChoice):
        await choose_in_record(early, actor=office.olga, uow=office.uow, now=NOW)
    with pytest.raises(UnknownChoice):
        await chooses(office, record, "delighted")


async def test_only_its_author_fills_a_record_or_takes_it_back(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    record = await opens(office, risk, R.CHECK)
    with pytest.raises(SomeoneElses):
        await chooses(office, record, "none", by=office.ivan)
    for use_case in (
        step_back(OfRecord(record=record.id), actor=office.ivan, uow=office.uow, now=NOW),
        cancel_record(OfRecord(record=record.id), actor=office.ivan, uow=office.uow),
    ):
        with pytest.raises(SomeoneElses):
            await use_case
    assert await stored(office, record) == record


async def test_a_step_back_asks_the_last_answer_again(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    record = await opens(office, risk, R.CHECK)
    await chooses(office, record, "negative")
    await step_back(OfRecord(record=record.id), actor=office.olga, uow=office.uow, now=LATER)
    again = await stored(office, record)
    assert (again.asked, again.touched_at) == (RecordField.REACTION, LATER)
    await puts(office, risk, R.CHECK, *CALM)
    assert (await round_of(office, risk)).checks[0].reaction is Reaction.NONE


async def test_a_record_that_is_taken_back_does_nothing_and_is_closed(office: StaffedOffice, risk: Risk) -> None:
    record = await opens(office, risk, R.NOTE)
    before = await story(office, risk)
    await cancel_record(OfRecord(record=record.id), actor=office.olga, uow=office.uow)
    assert (await stored(office, record)).status is RecordStatus.CANCELLED
    for closed in (record.id, RecordId(404)):
        with pytest.raises(DraftClosed):
            await step_back(OfRecord(record=closed), actor=office.olga, uow=office.uow, now=NOW)
    assert await story(office, risk) == before


async def test_a_record_that_nobody_touches_is_closed_in_time(office: StaffedOffice, risk: Risk) -> None:
    record = await opens(office, risk, R.NOTE)
    assert await close_abandoned_records(uow=office.uow, now=NOW + ABANDONED_AFTER) == 0
    assert await close_abandoned_records(uow=office.uow, now=NOW + ABANDONED_AFTER + timedelta(seconds=1)) == 1
    assert (await stored(office, record)).status is RecordStatus.CANCELLED
    assert await close_abandoned_records(uow=office.uow, now=NOW + 2 * ABANDONED_AFTER) == 0


async def test_who_leaves_the_office_leaves_no_open_record(office: StaffedOffice, risk: Risk) -> None:
    await presses(office, take_up, risk)
    record = await opens(office, risk, R.UNCLEAR)
    await says(office, WORDS)
    async with office.uow() as unit:
        position = await unit.people.position(risk.filed_by)
        await freed(unit, position, NOW, by=None)
        await unit.commit()
    left = await stored(office, record)
    assert (left.status, left.filled) == (RecordStatus.CANCELLED, {})


async def test_what_has_become_impossible_meanwhile_is_refused_at_the_last_answer(
    office: StaffedOffice, risk: Risk
) -> None:
    await verified(office, risk)
    record = await opens(office, risk, R.ANSWER)
    await says(office, "Авария устранена")
    await puts(office, risk, R.OVERRIDE, "Решение совещания", by=office.head)
    with pytest.raises(MoveNotPossible):
        await says(office, "сайт администрации")
    assert (await round_of(office, risk)).answer is None
    assert (await stored(office, record)).status is RecordStatus.OPEN


async def test_a_record_of_an_earlier_round_is_of_no_use_in_the_next(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    await opens(office, risk, R.NOTE)
    await puts(office, risk, R.RETURN, "Новая авария", "Спадёт к вечеру", by=office.ivan)
    with pytest.raises(UnknownChoice):
        await says(office, "Звонили из школы")


async def test_a_button_of_another_round_opens_no_record(office: StaffedOffice, risk: Risk) -> None:
    with pytest.raises(UnknownChoice):
        await open_record(
            OpenRecord(risk=risk.id, round=2, kind=R.NOTE, item=0, place=office.private(office.olga)),
            actor=office.olga,
            uow=office.uow,
            now=NOW,
        )


POSSIBLE: Final[dict[RecordKind, set[RiskState]]] = {
    R.CONFIRMED: {RiskState.VERIFYING, RiskState.UNCLEAR, RiskState.ANSWERING},
    R.PARTLY: {RiskState.VERIFYING, RiskState.UNCLEAR, RiskState.ANSWERING},
    R.REFUTED: {RiskState.VERIFYING, RiskState.UNCLEAR, RiskState.ANSWERING},
    R.UNCLEAR: {RiskState.VERIFYING},
    R.ANSWER: {RiskState.ANSWERING},
    R.REMARK: {RiskState.APPROVING, RiskState.APPROVED},
    R.CHECK: {RiskState.WATCHED},
    R.CORRECTION: {RiskState.WATCHED, RiskState.WORKED_OFF},
    R.RETURN: {RiskState.WATCHED, RiskState.WORKED_OFF},
    R.REOPEN: {RiskState.OVERRIDDEN, RiskState.NOT_A_RISK},
    R.DISMISS: {RiskState.FILED, RiskState.VERIFYING, RiskState.UNCLEAR, RiskState.ANSWERING},
    R.OVERRIDE: set(RiskState) - CLOSED_STATES,
    R.WAIVE: {RiskState.ANSWERING},
    R.GIST: set(RiskState) - CLOSED_STATES,
}


@pytest.mark.parametrize("kind", POSSIBLE)
async def test_a_record_is_opened_only_where_it_may_end(office: StaffedOffice, risk: Risk, kind: RecordKind) -> None:
    opened = set()
    risk = await _set(office, risk, level=LOW)
    for state in RiskState:
        await put(office, risk, state, answer=published(risk.filed_by), findings=(finding(risk.filed_by),))
        try:
            await opens(office, risk, kind, by=office.head)
        except MoveNotPossible:
            continue
        opened.add(state)
    assert opened == POSSIBLE[kind]


async def _set(office: StaffedOffice, risk: Risk, **changes: Any) -> Risk:
    changed = replace(risk, **changes)
    async with office.uow() as unit:
        await unit.risks.save(changed)
        await unit.commit()
    return changed


# --- verification ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [(R.CONFIRMED, Outcome.CONFIRMED), (R.PARTLY, Outcome.PARTLY), (R.REFUTED, Outcome.REFUTED)],
)
async def test_a_finding_says_what_it_rests_on_and_brings_the_risk_to_its_answer(
    office: StaffedOffice, risk: Risk, ivans: PositionId, kind: RecordKind, outcome: Outcome
) -> None:
    await verified(office, risk, kind)
    found = (await round_of(office, risk)).finding
    assert found is not None
    assert (found.outcome, found.grounds, found.by, found.at) == (outcome, WORDS, ivans, NOW)
    answering = await now_is(office, risk)
    assert (answering.state, answering.due_at) == (RiskState.ANSWERING, answering.answer_by)
    event = await last_event(office, risk)
    assert (event.kind, event.facts) == (EventKind.FOUND, {"outcome": outcome.value, "text": WORDS})


async def test_a_later_finding_takes_the_place_of_the_earlier_and_both_stay(office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    due = (await now_is(office, risk)).due_at
    await puts(office, risk, R.REFUTED, "Водоканал уточнил")
    found = await round_of(office, risk)
    assert [each.outcome for each in found.findings] == [Outcome.CONFIRMED, Outcome.REFUTED]
    assert found.outcome is Outcome.REFUTED
    assert (await now_is(office, risk)).due_at == due


async def test_what_is_unclear_leaves_a_question_with_somebody_until_a_day(
    offices: Offices, office: StaffedOffice, risk: Risk, ivans: PositionId
) -> None:
    await presses(office, take_up, risk)
    await puts(office, risk, R.UNCLEAR, "Водоканал не ответил", "Когда пустят воду?", str(ivans), SOON)
    assert (await now_is(office, risk)).state is RiskState.UNCLEAR
    [asked] = (await round_of(office, risk)).unknowns
    assert (asked.question, asked.asked, asked.until) == ("Когда пустят воду?", ivans, SOME_DAY)
    notice = UnknownAsked(risk=risk.id, round=1, unknown=0)
    assert await to(offices, notice) == [office.ivan.address.value]
    facts = await told(office, notice, office.ivan)
    assert facts is not None
    assert facts.told is not None
    assert facts.told.unknown == asked


async def test_an_answered_question_is_told_of_no_more(office: StaffedOffice, risk: Risk, ivans: PositionId) -> None:
    await presses(office, take_up, risk)
    await puts(office, risk, R.UNKNOWN, "Когда пустят воду?", str(ivans), SOON)
    await puts(office, risk, R.UNKNOWN_ANSWER, "К вечеру", by=office.ivan, now=LATER)
    [settled] = (await round_of(office, risk)).unknowns
    assert (settled.answer, settled.answered_by, settled.answered_at) == ("К вечеру", ivans, LATER)
    assert await told(office, UnknownAsked(risk=risk.id, round=1, unknown=0), office.ivan) is None
    with pytest.raises(UnknownChoice):
        await opens(office, risk, R.UNKNOWN_ANSWER)


async def test_who_asked_hears_the_answer(
    offices: Offices, office: StaffedOffice, risk: Risk, ivans: PositionId
) -> None:
    await presses(office, take_up, risk)
    await puts(office, risk, R.UNKNOWN, "Когда пустят воду?", str(ivans), SOON)
    answered = UnknownAnswered(risk=risk.id, round=1, unknown=0)
    assert await to(offices, answered) == []
    await puts(office, risk, R.UNKNOWN_ANSWER, "К вечеру", by=office.ivan, now=LATER)
    assert await to(offices, answered) == [office.olga.address.value]
    facts = await told(office, answered, office.olga)
    assert facts is not None
    assert facts.told is not None
    assert facts.told.unknown is not None
    assert facts.told.unknown.answer == "К вечеру"


async def test_a_question_to_oneself_or_to_a_vacant_position_is_told_to_nobody(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await presses(office, take_up, risk)
    async with office.view() as view:
        vacant = next(each.id for each in await view.people.positions() if each.holder is None)
    for asked in (risk.filed_by, vacant):
        await puts(office, risk, R.UNKNOWN, "Когда пустят воду?", str(asked), SOON)
    assert not [notice for notice, _ in await planned(offices) if isinstance(notice, UnknownAsked)]


@pytest.mark.parametrize("item", [-1, 1])
async def test_a_question_that_is_not_there_is_not_answered(
    office: StaffedOffice, risk: Risk, ivans: PositionId, item: int
) -> None:
    await presses(office, take_up, risk)
    await puts(office, risk, R.UNKNOWN, "Когда пустят воду?", str(ivans), SOON)
    with pytest.raises(UnknownChoice):
        await opens(office, risk, R.UNKNOWN_ANSWER, item=item)


async def test_of_two_who_answer_one_question_the_first_wins(
    office: StaffedOffice, risk: Risk, ivans: PositionId
) -> None:
    await presses(office, take_up, risk)
    await puts(office, risk, R.UNKNOWN, "Когда пустят воду?", str(ivans), SOON)
    await opens(office, risk, R.UNKNOWN_ANSWER)
    await puts(office, risk, R.UNKNOWN_ANSWER, "К вечеру", by=office.ivan)
    with pytest.raises(UnknownChoice):
        await says(office, "Завтра")
    assert (await round_of(office, risk)).unknowns[0].answer == "К вечеру"


async def test_measures_are_planned_until_a_day_or_taken_already(
    office: StaffedOffice, risk: Risk, ivans: PositionId
) -> None:
    await presses(office, take_up, risk)
    await puts(office, risk, R.MEASURE_PLANNED, "Подвоз воды", str(ivans), SOON)
    await puts(office, risk, R.MEASURE_TAKEN, "Выехала бригада", str(ivans), now=LATER)
    ahead, done = (await round_of(office, risk)).measures
    assert (ahead.what, ahead.position, ahead.until, ahead.is_taken) == ("Подвоз воды", ivans, SOME_DAY, False)
    assert (done.until, done.taken_at, done.taken_by) == (NOW.date(), LATER, risk.filed_by)
    assert (await kinds(office, risk))[-2:] == [EventKind.MEASURE_PLANNED, EventKind.MEASURE_TAKEN]


# --- the answer -----------------------------------------------------------------------------------


async def test_an_answer_keeps_the_phones_of_services(office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    await drafted(office, risk)
    given = (await round_of(office, risk)).answer
    assert given is not None
    assert PHONE in given.text
    assert given.drafted_by == risk.filed_by


async def test_platforms_are_typed_or_chosen_from_the_register(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    page = Page(title="Сайт администрации", link="example.ru", kind=PublicationKind.BODY_PAGE)
    await changed_plan(offices, pages=(page,))
    await verified(office, risk)
    await puts(office, risk, R.ANSWER, "Авария устранена", Pressed("0"))
    given = (await round_of(office, risk)).answer
    assert given is not None
    assert given.platforms == page.title


async def test_a_rewritten_answer_is_approved_anew(office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    await put(office, risk, RiskState.ANSWERING, answer=answer(risk.filed_by, approved_at=NOW))
    await puts(office, risk, R.ANSWER, "Авария устранена полностью", "сайт администрации")
    given = (await round_of(office, risk)).answer
    assert given is not None
    assert given.approved_at is None


async def test_an_interim_answer_promises_a_day(office: StaffedOffice, risk: Risk) -> None:
    await presses(office, take_up, risk)
    await puts(office, risk, R.INTERIM, SOON, "Информация проверяется", "сайт администрации")
    [interim] = (await round_of(office, risk)).interims
    assert (interim.text, interim.promised_until, interim.published_at) == ("Информация проверяется", SOME_DAY, NOW)
    assert (await now_is(office, risk)).state is RiskState.VERIFYING


async def test_what_is_sent_back_tells_who_prepared_it(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    await drafted(office, risk, by=office.ivan)
    await presses(office, submit_answer, risk)
    await puts(office, risk, R.REMARK, "Добавьте срок", by=office.head)
    given = (await round_of(office, risk)).answer
    assert given is not None
    assert (given.remark, given.submitted_at) == ("Добавьте срок", None)
    assert (await now_is(office, risk)).state is RiskState.ANSWERING
    notice = AnswerSentBack(risk=risk.id)
    assert await to(offices, notice) == [office.ivan.address.value]
    assert await told(office, notice, office.ivan) is not None
    await presses(office, submit_answer, risk)
    assert await told(office, notice, office.ivan) is None


async def test_an_approved_answer_may_still_be_sent_back(office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    await drafted(office, risk)
    await presses(office, submit_answer, risk)
    await presses(office, approve_answer, risk, by=office.head)
    await puts(office, risk, R.REMARK, "Добавьте срок", by=office.head)
    given = (await round_of(office, risk)).answer
    assert given is not None
    assert (given.approved_at, given.approved_by) == (None, None)


async def test_a_correction_keeps_the_earlier_version_and_is_reported(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await watched(office, risk)
    before = (await round_of(office, risk)).answer
    assert before is not None
    await puts(office, risk, R.CORRECTION, "Авария устранена к 18:00", "сайт администрации", "yes", now=LATER)
    corrected = await round_of(office, risk)
    assert corrected.earlier_answers == (before,)
    assert corrected.answer is not None
    assert (corrected.answer.text, corrected.answer.drafted_at) == ("Авария устранена к 18:00", LATER)
    assert corrected.answer.published_at == before.published_at
    assert await to(offices, AnswerReported(risk=risk.id, round=1)) == [office.chat.address.value] * 2
    assert (await last_event(office, risk)).kind is EventKind.CORRECTED


async def test_a_correction_is_made_by_a_second_word(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    await opens(office, risk, R.CORRECTION)
    await says(office, "Авария устранена к 18:00")
    await says(office, "сайт администрации")
    assert (await round_of(office, risk)).earlier_answers == ()
    assert not await says(office, "да")
    assert (await round_of(office, risk)).earlier_answers == ()


async def test_what_was_not_answered_is_not_corrected(office: StaffedOffice, risk: Risk) -> None:
    await put(office, risk, RiskState.WATCHED, findings=(finding(risk.filed_by),))
    with pytest.raises(AnswerMissing):
        await opens(office, risk, R.CORRECTION)


async def test_no_public_answer_is_decided_only_where_the_level_allows_it(office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    with pytest.raises(AnswerOwed):
        await opens(office, risk, R.WAIVE, by=office.head)
    await _set(office, await now_is(office, risk), level=LOW)
    await puts(office, risk, R.WAIVE, "Касается одной семьи", by=office.head)
    waiver = (await round_of(office, risk)).waiver
    assert waiver is not None
    assert (waiver.reason, waiver.by) == ("Касается одной семьи", await seat_of(office, HEAD))
    assert (await now_is(office, risk)).state is RiskState.WATCHED


async def test_a_level_that_has_grown_meanwhile_owes_its_answer(office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    await _set(office, await now_is(office, risk), level=LOW)
    await opens(office, risk, R.WAIVE, by=office.head)
    await _set(office, await now_is(office, risk), level=MEDIUM)
    with pytest.raises(AnswerOwed):
        await says(office, "Касается одной семьи", by=office.head)


# --- links ----------------------------------------------------------------------------------------


async def test_a_link_says_of_what_kind_it_is(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    await puts(office, risk, R.LINK, f"https://{LINK}", "regional_media", now=LATER)
    [link] = (await round_of(office, risk)).publications
    assert (link.link, link.kind, link.added_by) == (LINK, PublicationKind.REGIONAL_MEDIA, risk.filed_by)
    assert link.added_at == LATER


async def test_a_link_of_the_register_is_not_asked_its_kind(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    page = Page(title="Сайт администрации", link="example.ru", kind=PublicationKind.OFFICIAL_PAGE)
    await changed_plan(offices, pages=(page,))
    await watched(office, risk)
    await puts(office, risk, R.LINK, "https://example.ru/news/7")
    [link] = (await round_of(office, risk)).publications
    assert (link.link, link.kind) == ("example.ru/news/7", PublicationKind.OFFICIAL_PAGE)


@pytest.mark.parametrize("typed", ["https://vk.com/id12345", "vk.com/wall123_4", "на сайте администрации", "..."])
async def test_nothing_but_a_public_page_is_a_link(office: StaffedOffice, risk: Risk, typed: str) -> None:
    await watched(office, risk)
    await opens(office, risk, R.LINK)
    with pytest.raises(LinkUnfit):
        await says(office, typed)
    assert (await round_of(office, risk)).publications == ()


async def forwards(office: StaffedOffice, words: str, *links: str) -> bool:
    sources = tuple(filter(None, map(read_link, links)))
    forwarded = replace(part(words), is_forward=True, sources=sources)
    command = RecordWords(part=forwarded, place=office.private(office.olga), typed=None)
    return await take_record_words(command, actor=office.olga, uow=office.uow, now=NOW)


async def test_a_forward_without_a_link_answers_no_question_for_one(office: StaffedOffice, risk: Risk) -> None:
    """It goes on to what a forward means otherwise: somebody saw something new."""
    await watched(office, risk)
    record = await opens(office, risk, R.LINK)
    assert not await forwards(office, "Нет света в парке")
    assert (await stored(office, record)).asked is RecordField.LINK


async def test_a_forwarded_post_is_a_link_by_its_own_address(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    record = await opens(office, risk, R.LINK)
    assert await forwards(office, "Вода есть", "t.me/pestovo_news/77", "https://example.org/9")
    assert (await stored(office, record)).filled == {RecordField.LINK: "t.me/pestovo_news/77"}


async def test_a_link_that_is_added_again_takes_the_place_of_the_earlier(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    for kind in ("local_media", "body_page"):
        await puts(office, risk, R.LINK, LINK, kind)
    assert [each.kind for each in (await round_of(office, risk)).publications] == [PublicationKind.BODY_PAGE]


# --- looks at the reaction ------------------------------------------------------------------------


async def test_a_look_in_its_time_counts_with_all_that_was_seen(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    await puts(office, risk, R.CHECK, "neutral", "source_gone", "просмотров 1200, репостов 30", now=due)
    [check] = (await round_of(office, risk)).checks
    assert (check.at, check.by, check.counts) == (due, risk.filed_by, True)
    assert (check.reaction, check.spread, check.in_place) == (Reaction.NEUTRAL, Spread.SOURCE_GONE, None)
    assert check.reach == Reach(views=1200, reposts=30)
    event = await last_event(office, risk)
    assert event.facts == {"reaction": "neutral", "spread": "source_gone", "views": "1200", "reposts": "30"}


async def test_a_look_before_its_time_is_kept_and_does_not_count(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    await puts(office, risk, R.CHECK, *CALM, now=due - timedelta(seconds=1))
    [check] = (await round_of(office, risk)).checks
    assert not check.counts
    assert await next_look(office, risk) == due


async def test_two_looks_one_after_another_are_not_two(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    for _ in range(2):
        await puts(office, risk, R.CHECK, *CALM, now=due)
    assert [each.counts for each in (await round_of(office, risk)).checks] == [True, False]


@pytest.mark.parametrize("seen", [("negative", "still"), ("none", "spreads")])
async def test_a_look_that_is_not_quiet_begins_the_watch_anew_and_proposes_to_return(
    offices: Offices, office: StaffedOffice, risk: Risk, seen: tuple[str, str]
) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    await puts(office, risk, R.CHECK, *seen, Pressed("none"), now=due)
    assert await next_look(office, risk) > due
    notice = ReturnProposed(risk=risk.id, round=1)
    assert await to(offices, notice) == [office.olga.address.value]
    assert await told(office, notice, office.olga) is not None
    assert (await now_is(office, risk)).state is RiskState.WATCHED


async def test_what_is_proposed_goes_to_who_watches(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    await presses(office, take_watch, risk, by=office.ivan)
    await puts(office, risk, R.CHECK, "negative", "still", Pressed("none"))
    assert await to(offices, ReturnProposed(risk=risk.id, round=1)) == [office.ivan.address.value]


async def test_whether_links_are_in_their_place_is_asked_where_there_are_any(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await watched(office, risk)
    await puts(office, risk, R.LINK, LINK, "body_page")
    due = await next_look(office, risk)
    await puts(office, risk, R.CHECK, *CALM_IN_PLACE, now=due)
    looked = await round_of(office, risk)
    assert looked.checks[0].in_place is True
    assert (looked.publications[0].seen_by, looked.publications[0].seen_at) == (risk.filed_by, due)
    await puts(office, risk, R.CHECK, "none", "still", "no", Pressed("none"), now=due)
    assert (await round_of(office, risk)).publications[0].missing_since == due
    assert await to(offices, ReturnProposed(risk=risk.id, round=1)) == [office.olga.address.value]
    later = await next_look(office, risk)
    await puts(office, risk, R.CHECK, *CALM_IN_PLACE, now=later)
    assert (await round_of(office, risk)).publications[0].missing_since is None


# --- closing and beginning anew -------------------------------------------------------------------


async def _looked_to_the_end(office: StaffedOffice, risk: Risk) -> None:
    """Every look in its time, and quiet."""
    for _ in office.plan.level(risk.level).check_after:
        has_links = bool((await round_of(office, risk)).publications)
        await puts(office, risk, R.CHECK, *(CALM_IN_PLACE if has_links else CALM), now=await next_look(office, risk))


async def test_the_last_line_proposes_closure_and_nothing_closes_by_itself(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    notice = ClosureProposed(risk=risk.id, round=1)
    await watched(office, risk)
    await puts(office, risk, R.LINK, LINK, "body_page")
    await _looked_to_the_end(office, risk)
    assert await to(offices, notice) == []
    await puts(office, risk, R.MEASURE_TAKEN, "Выехала бригада", str(risk.filed_by))
    assert await to(offices, notice) == [office.olga.address.value]
    assert await told(office, notice, office.olga) is not None
    assert (await now_is(office, risk)).state is RiskState.WATCHED
    await presses(office, work_off, risk)
    assert (await now_is(office, risk)).state is RiskState.WORKED_OFF
    assert await told(office, notice, office.olga) is None


async def test_the_last_quiet_look_proposes_closure(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    await puts(office, risk, R.MEASURE_TAKEN, "Выехала бригада", str(risk.filed_by))
    await puts(office, risk, R.LINK, LINK, "body_page")
    await _looked_to_the_end(office, risk)
    assert await to(offices, ClosureProposed(risk=risk.id, round=1)) == [office.olga.address.value]


async def test_the_last_answered_question_proposes_closure(
    offices: Offices, office: StaffedOffice, risk: Risk, ivans: PositionId
) -> None:
    await watched(office, risk)
    await puts(office, risk, R.UNKNOWN, "Сколько семей?", str(ivans), SOON)
    await puts(office, risk, R.MEASURE_TAKEN, "Выехала бригада", str(risk.filed_by))
    await puts(office, risk, R.LINK, LINK, "body_page")
    await _looked_to_the_end(office, risk)
    assert await to(offices, ClosureProposed(risk=risk.id, round=1)) == []
    await puts(office, risk, R.UNKNOWN_ANSWER, "Двенадцать", by=office.ivan)
    assert await to(offices, ClosureProposed(risk=risk.id, round=1)) == [office.olga.address.value]


async def test_the_last_link_proposes_closure(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk, R.REFUTED)
    await drafted(office, risk)
    await presses(office, publish_answer, risk)
    await puts(office, risk, R.LINK, LINK, "body_page")
    assert await to(offices, ClosureProposed(risk=risk.id, round=1)) == [office.olga.address.value]


async def test_a_publication_that_meets_the_last_line_proposes_closure(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    """The link may stand on record before the press that says that the answer is placed."""
    await verified(office, risk, R.REFUTED)
    await drafted(office, risk)
    await puts(office, risk, R.LINK, LINK, "body_page")
    await presses(office, publish_answer, risk)
    assert await to(offices, ClosureProposed(risk=risk.id, round=1)) == [office.olga.address.value]


async def test_a_decision_that_meets_the_last_line_proposes_closure(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    """Where the level asks for no looks there is nothing to wait for."""
    medium = office.plan.level(MEDIUM)
    unwatched = replace(medium, check_after=(), may_go_unanswered=True)
    await changed_plan(offices, levels=tuple(unwatched if each == medium else each for each in office.plan.levels))
    await verified(office, risk)
    await puts(office, risk, R.WAIVE, "Касается одной семьи", by=office.head)
    assert await to(offices, ClosureProposed(risk=risk.id, round=1)) == [office.olga.address.value]


async def test_a_lower_level_that_meets_the_last_line_proposes_closure(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await watched(office, risk)
    await puts(office, risk, R.MEASURE_TAKEN, "Выехала бригада", str(risk.filed_by))
    await puts(office, risk, R.LINK, LINK, "body_page")
    for _ in office.plan.level(LOW).check_after:
        await puts(office, risk, R.CHECK, *CALM_IN_PLACE, now=await next_look(office, risk))
    assert await to(offices, ClosureProposed(risk=risk.id, round=1)) == []
    lower = SetLevel(risk=risk.id, round=1, level=LOW)
    for _ in range(2):
        await set_level(lower, actor=office.olga, uow=office.uow, now=LATER)
    assert await to(offices, ClosureProposed(risk=risk.id, round=1)) == [office.olga.address.value]


@pytest.mark.parametrize(
    ("kind", "state", "ending", "event"),
    [
        (R.DISMISS, RiskState.NOT_A_RISK, EndingKind.NOT_A_RISK, EventKind.DISMISSED),
        (R.OVERRIDE, RiskState.OVERRIDDEN, EndingKind.OVERRIDE, EventKind.OVERRIDDEN),
    ],
)
async def test_a_decision_to_close_says_why(
    office: StaffedOffice, risk: Risk, kind: RecordKind, state: RiskState, ending: EndingKind, event: EventKind
) -> None:
    await puts(office, risk, kind, "Решение совещания", by=office.head, now=LATER)
    ended = (await round_of(office, risk)).ending
    assert ended is not None
    assert (ended.kind, ended.reason, ended.at) == (ending, "Решение совещания", LATER)
    assert ended.by == await seat_of(office, HEAD)
    assert (await now_is(office, risk)).state is state
    assert (await last_event(office, risk)).kind is event


async def test_a_return_begins_a_round_with_its_cause_and_forecast_and_the_earlier_stays(
    office: StaffedOffice, risk: Risk, ivans: PositionId
) -> None:
    await watched(office, risk)
    await puts(office, risk, R.MEASURE_TAKEN, "Выехала бригада", str(ivans))
    await puts(office, risk, R.MEASURE_PLANNED, "Подвоз воды", str(ivans), SOON)
    await puts(office, risk, R.UNKNOWN, "Сколько семей?", str(ivans), SOON)
    await puts(office, risk, R.LINK, LINK, "body_page")
    before = await round_of(office, risk)
    await puts(office, risk, R.RETURN, "Новая авария", "Спадёт к вечеру", by=office.ivan, now=LATER)
    returned = await now_is(office, risk)
    assert (returned.state, returned.round) == (RiskState.ANSWERING, 2)
    earlier, anew = await rounds_of(office, risk)
    assert replace(earlier, ending=None) == before
    assert earlier.ending is not None
    assert (earlier.ending.kind, earlier.ending.by) == (EndingKind.RETURNED, ivans)
    assert anew.recurrence is not None
    assert (anew.recurrence.cause, anew.recurrence.forecast) == ("Новая авария", "Спадёт к вечеру")
    assert (anew.findings, anew.watcher) == (before.findings, before.watcher)
    assert [each.what for each in anew.measures] == ["Подвоз воды"]
    assert [each.question for each in anew.unknowns] == ["Сколько семей?"]
    assert (anew.answer, anew.publications, anew.checks, anew.ending) == (None, (), (), None)


async def test_what_was_worked_off_returns_and_says_so_still(office: StaffedOffice, risk: Risk) -> None:
    await put(
        office,
        risk,
        RiskState.WATCHED,
        findings=(finding(risk.filed_by, Outcome.REFUTED),),
        answer=published(risk.filed_by),
        publications=(publication(risk.filed_by),),
        measures=(measure(risk.filed_by),),
    )
    await presses(office, work_off, risk)
    await puts(office, risk, R.RETURN, "Новая авария", "Спадёт к вечеру")
    earlier, _ = await rounds_of(office, risk)
    assert earlier.ending is not None
    assert earlier.ending.kind is EndingKind.CRITERIA
    assert (await now_is(office, risk)).state is RiskState.ANSWERING


@pytest.mark.parametrize("kind", [R.OVERRIDE, R.DISMISS])
async def test_what_was_closed_by_decision_is_reopened_and_verified_anew(
    office: StaffedOffice, risk: Risk, kind: RecordKind
) -> None:
    await verified(office, risk)
    await puts(office, risk, kind, "Решение совещания", by=office.head)
    await puts(office, risk, R.REOPEN, "Появились новые сведения", by=office.head, now=LATER)
    reopened = await now_is(office, risk)
    assert (reopened.state, reopened.round, reopened.answer_by) == (RiskState.FILED, 2, None)
    earlier, anew = await rounds_of(office, risk)
    assert earlier.ending is not None
    assert earlier.ending.reason == "Решение совещания"
    assert (anew.findings, anew.verifier, anew.recurrence) == ((), None, None)
    await presses(office, take_up, risk, by=office.ivan)
    assert (await now_is(office, risk)).state is RiskState.VERIFYING


# --- gist and sources -----------------------------------------------------------------------------


# --- at the last answer


async def test_what_was_begun_in_ones_own_block_is_not_put_on_record_in_anothers(
    office: StaffedOffice, risk: Risk
) -> None:
    head_roads = office.actor(HEAD_ROADS)
    await opens(office, risk, R.NOTE, by=head_roads)
    command = SetBlock(risk=risk.id, round=1, block=BlockKey("social"))
    await set_block(command, actor=office.head, uow=office.uow, now=NOW)
    with pytest.raises(OutsideBlock):
        await says(office, "Звонили из школы", by=head_roads)
    assert EventKind.NOTED not in await kinds(office, risk)


async def test_who_is_asked_answers_whatever_became_of_the_block(office: StaffedOffice, risk: Risk) -> None:
    head_roads = office.actor(HEAD_ROADS)
    seat = await seat_of(office, HEAD_ROADS)
    await put(office, risk, RiskState.ANSWERING, findings=(finding(risk.filed_by),), unknowns=(unknown(seat),))
    await opens(office, risk, R.UNKNOWN_ANSWER, by=head_roads)
    command = SetBlock(risk=risk.id, round=1, block=BlockKey("social"))
    await set_block(command, actor=office.head, uow=office.uow, now=NOW)
    assert await says(office, "К вечеру", by=head_roads)
    assert (await last_event(office, risk)).kind is EventKind.UNKNOWN_SETTLED


async def test_whoever_lost_the_seat_meanwhile_puts_nothing_on_record(office: StaffedOffice, risk: Risk) -> None:
    record = await opens(office, risk, R.NOTE, by=office.ivan)
    async with office.uow() as unit:
        seat = next(each for each in await unit.people.positions() if each.role == MEMBER and each.number == 2)
        await unit.people.vacate(seat.id, NOW)
        await unit.commit()
    with pytest.raises(NotListed):
        await says(office, "Звонили из школы", by=office.ivan)
    assert (await stored(office, record)).status is RecordStatus.OPEN


# --- the risk itself


async def test_grounds_of_many_links_are_bounded(office: StaffedOffice, risk: Risk) -> None:
    await presses(office, take_up, risk)
    await opens(office, risk, R.CONFIRMED)
    many = replace(part(WORDS), sources=tuple(_posts(400)), has_media=True)
    command = RecordWords(part=many, place=office.private(office.olga), typed=WORDS)
    assert await take_record_words(command, actor=office.olga, uow=office.uow, now=NOW)
    [found] = (await round_of(office, risk)).findings
    assert units(found.grounds) <= LONGEST_GROUNDS
    assert found.grounds.startswith(f"{WORDS} vk.com/wall-1_1 vk.com/wall-1_2 ")
    assert found.grounds.endswith("… · файл или снимок в переписке")


def _posts(count: int) -> Sequence[Source]:
    return [Source(kind=SourceKind.LINK, link=f"vk.com/wall-1_{number}") for number in range(1, count + 1)]


async def test_the_gist_is_written_anew_and_the_history_keeps_it(office: StaffedOffice, risk: Risk) -> None:
    await puts(office, risk, R.GIST, "Нет воды на улице Мира")
    assert (await now_is(office, risk)).gist == "Нет воды на улице Мира"
    assert (await last_event(office, risk)).kind is EventKind.GIST_SET


@pytest.mark.parametrize(
    ("typed", "kind", "shown"),
    [
        ("https://vk.com/wall-5_6", SourceKind.LINK, "vk.com/wall-5_6"),
        ("звонок в ЕДДС", SourceKind.SPOKEN, "звонок в ЕДДС"),
    ],
)
async def test_a_source_is_added_once(
    office: StaffedOffice, risk: Risk, typed: str, kind: SourceKind, shown: str
) -> None:
    await puts(office, risk, R.SOURCE, typed)
    added = (await now_is(office, risk)).sources[-1]
    assert (added.kind, added.link or added.label) == (kind, shown)
    await opens(office, risk, R.SOURCE)
    with pytest.raises(UnknownChoice):
        await says(office, typed)


async def test_a_personal_page_is_no_source_to_keep(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    await opens(office, risk, R.SOURCE)
    with pytest.raises(AnswerUnclear):
        await says(office, "https://vk.com/id12345")
    assert "12345" not in str(await offices.rows(tables.records))
