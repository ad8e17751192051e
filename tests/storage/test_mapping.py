"""What is stored is read back as it was, field by field."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.presets.loading import load_preset, preset_keys
from risk.drafts import Choices, DraftStatus
from risk.ids import BlockKey, LevelKey, RecordId, TerritoryKey
from risk.masking import Hidden
from risk.notices import AlertChatBound, AlertChatClosed, ChatRight, Joined, MessageSetAside, Notice
from risk.people import Place
from risk.records import Record, RecordField, RecordKind, RecordStatus
from risk.sources import Source, SourceKind
from risk.standing import Panel, Subject
from risk.workings import Working
from storage.mapping import NOTICE, PLAN, WORKING, dumped
from storage.tables import Moment
from tests.risk.appealed import stands
from tests.support.offices import NOW, StaffedOffice, part, telegram
from tests.support.workings import whole_round

SOURCES = (
    Source(kind=SourceKind.LINK, link="t.me/novosti/77"),
    Source(kind=SourceKind.PERSONAL_PAGE),
    Source(kind=SourceKind.SPOKEN, label="домовой чат"),
)


def test_every_shipped_plan_is_read_back_as_it_was() -> None:
    for key in preset_keys():
        assert PLAN.validate_json(dumped(PLAN, load_preset(key))) == load_preset(key)


@given(
    st.one_of(
        st.builds(Joined, position=st.integers(1, 2**53)),
        st.builds(AlertChatBound, lacks=st.frozensets(st.sampled_from(ChatRight))),
        st.builds(AlertChatClosed, lacks=st.frozensets(st.sampled_from(ChatRight))),
        st.builds(MessageSetAside, reference=st.text(), for_operator=st.booleans()),
    )
)
def test_every_notice_is_read_back_as_it_was(notice: Notice) -> None:
    assert NOTICE.validate_json(dumped(NOTICE, notice)) == notice


async def test_a_draft_is_read_back_as_it_was(office: StaffedOffice) -> None:
    sent = (
        part("Нет воды, звоните +7 921 555-01-23, t.me/novosti/77", is_forward=True, album="а1", has_media=True),
        part("в Охоне", message_id=2),
    )
    draft = replace(
        await office.drafted(*sent),
        choices=Choices(
            gist="своё",
            sources=SOURCES,
            block=BlockKey("roads"),
            without_block=True,
            level=LevelKey("high"),
            territory=TerritoryKey("town"),
        ),
        place=Place(address=telegram(-5), thread=12),
        status=DraftStatus.CANCELLED,
    )
    assert Hidden.PHONE in draft.understood.hidden
    async with office.uow() as unit:
        await unit.drafts.save(draft)
        assert await unit.drafts.get(draft.id) == draft


async def test_a_risk_is_read_back_as_it_was(office: StaffedOffice) -> None:
    risk = replace(
        await office.filed(),
        sources=SOURCES,
        round=3,
        block=BlockKey("roads"),
        suggested_level=LevelKey("high"),
        territory=TerritoryKey("town"),
        overdue_noted=True,
    )
    async with office.uow() as unit:
        await unit.risks.save(risk)
        assert await unit.risks.get(risk.id) == risk


@given(st.from_type(Working))
def test_every_round_is_read_back_as_it_was(working: Working) -> None:
    assert WORKING.validate_json(dumped(WORKING, working)) == working


async def test_a_round_of_working_is_read_back_as_it_was(office: StaffedOffice) -> None:
    risk = await office.filed()
    first, second = whole_round(risk, "Мира"), whole_round(risk, "Лесная", number=2)
    async with office.uow() as unit:
        await unit.workings.save(first, probe_at=None)
        await unit.workings.begin(second)
        assert await unit.workings.all_of(risk.id) == [first, second]
        assert await unit.workings.current(risk) == first
        assert await unit.workings.current(replace(risk, round=2)) == second


async def test_a_record_is_read_back_as_it_was(office: StaffedOffice) -> None:
    record = Record(
        id=RecordId(0),
        author=await office.person(office.olga),
        place=Place(address=telegram(-5), thread=12),
        risk=(await office.filed()).id,
        round=3,
        kind=RecordKind.CHECK,
        item=2,
        status=RecordStatus.OPEN,
        touched_at=NOW,
        skipped=(RecordField.IN_PLACE,),
        filled={RecordField.REACTION: "none", RecordField.SPREAD: "still"},
    )
    async with office.uow() as unit:
        stored = await unit.records.add(record)
        assert stored == replace(record, id=stored.id)
        cancelled = stored.ended(RecordStatus.CANCELLED)
        await unit.records.save(cancelled)
        assert await unit.records.get(stored.id) == cancelled


async def test_a_record_about_an_appeal_is_read_back_and_so_is_one_about_none_yet(office: StaffedOffice) -> None:
    case = await stands(office)
    blank = Record(
        id=RecordId(0),
        author=await office.person(office.olga),
        place=office.private(office.olga),
        kind=RecordKind.NEW_APPEAL,
        status=RecordStatus.OPEN,
        touched_at=NOW,
    )
    async with office.uow() as unit:
        for record in (blank, replace(blank, appeal=case.id, kind=RecordKind.GIVE)):
            stored = await unit.records.add(record)
            assert stored == replace(record, id=stored.id)


async def test_a_standing_message_is_read_back_as_it_was_asked_for(office: StaffedOffice) -> None:
    olga = await office.person(office.olga)
    place = Place(address=telegram(-5), thread=12)
    async with office.uow() as unit:
        await unit.standing.post(Subject.DRAFT, 9, place, panel=Panel.ASK_GIST, opened_by=olga, answers=44)
        [standing] = await unit.standing.of(Subject.DRAFT, 9)
    assert (standing.place, standing.panel, standing.opened_by, standing.answers) == (place, Panel.ASK_GIST, olga, 44)
    assert (standing.message, standing.retired, standing.shown) == (None, (), 0)
    assert standing.wanted > standing.shown


@given(
    st.datetimes(min_value=datetime(2000, 1, 2), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001 - hypothesis asks for bounds without a zone
    st.integers(-14, 14),
)
def test_moments_are_kept_in_utc_to_the_microsecond(naive: datetime, offset: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(hours=offset)))
    column, dialect = Moment(), None
    stored = column.process_bind_param(moment, dialect)  # type: ignore[arg-type]  # the dialect is not looked at
    assert stored is not None
    assert stored.tzinfo is None
    read = column.process_result_value(stored, dialect)  # type: ignore[arg-type]  # the same
    assert read is not None
    assert (read, read.tzinfo) == (moment, UTC)
