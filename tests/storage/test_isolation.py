"""Through the unit of one office nothing of another office can be seen, changed or referred to."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from risk.absences import Absence
from risk.appeals import AppealSource
from risk.digests import DigestKind
from risk.drafts import DraftField, DraftStatus
from risk.duties import Duty
from risk.entries import EntryState
from risk.events import Event, EventKind
from risk.figures import Cut, Figure, asked_of
from risk.ids import (
    AbsenceId,
    DigestId,
    DraftId,
    DutyId,
    EntryId,
    InvitationId,
    NoteOfferId,
    NudgeId,
    ObligationId,
    PaperId,
    PersonId,
    PositionId,
    RecordId,
    RiskId,
)
from risk.ladders import RungKind
from risk.notes import NoteOffer, OfferStatus
from risk.notices import Joined
from risk.nudges import Nudge, NudgeState, Why
from risk.obligations import Matter
from risk.papers import PaperState
from risk.people import Place
from risk.periods import Period
from risk.ports import UnitOfWork
from risk.records import Record, RecordField, RecordKind, RecordStatus
from risk.risks import NumberAsked
from risk.staff_events import StaffEvent, StaffEventKind
from risk.standing import Panel, Subject
from risk.workings import Working
from storage import tables
from storage.database import Database
from storage.unit_of_work import SqlUnit
from tests.storage.dumps import OFFICE_TABLES, dump
from tests.support.kept_appeals import keep_appeals
from tests.support.kept_reports import DAY, digest_naming, keep_reports, paper_in
from tests.support.offices import MEMBER, NOW, Offices, StaffedOffice, opened_copy, part, telegram

LONG_AFTER = NOW + timedelta(days=30)
MESSAGE = 70


async def fill(office: StaffedOffice) -> None:
    """Let there be a row of every kind in the office."""
    risk = await office.filed()
    draft = await office.drafted(part("Нет воды"))
    person = await office.person(office.olga)
    async with office.uow() as unit:
        positions = await unit.people.positions()
        vacant = next(each for each in positions if each.holder is None)
        await unit.invitations.issue(vacant.id, f"hash-{office.id}", NOW + timedelta(days=1))
        await unit.prompts.ask(person, draft.place, draft.id, DraftField.GIST)
        await unit.standing.post(Subject.DRAFT, draft.id, draft.place)
        await unit.outbox.plan(Joined(position=vacant.id), draft.place, due_at=NOW)
        invitation = await unit.invitations.by_hash(f"hash-{office.id}")
        assert invitation is not None
        await unit.entries.begin(invitation.id, vacant.id, person, NOW)
        await unit.absences.note(_absence(person, positions[0].id))
        await unit.duties.assign(_duty(positions[0].id))
        await unit.settings.put("invitation_days", "5", by=positions[0].id, at=NOW)
        await unit.staff_events.add(StaffEvent(at=NOW, kind=StaffEventKind.SEATED, by=None, position=positions[0].id))
        await unit.workings.save(await unit.workings.current(risk), probe_at=NOW)
        await unit.followers.add(risk.id, positions[0].id)
        await unit.records.add(_record(person, risk.id, draft.place))
        await unit.note_offers.add(_offer(person, risk.id, positions[0].id))
        [owed] = await unit.obligations.open_of(Matter.RISK, risk.id)
        waiting = _nudge(owed.id, person, positions[0].id)
        given = replace(waiting, kind=RungKind.ON_THE_DAY, state=NudgeState.GIVEN, given_at=NOW, bundle=NudgeId(2))
        for each in (waiting, given):
            await unit.nudges.add([each])
        await keep_appeals(unit, positions[0].id, "Ямы на дороге", NOW)
        await keep_reports(unit, risk, draft.place, person, NOW)
        await unit.commit()


def _nudge(owed: int, person: int, position: int) -> Nudge:
    return Nudge(
        id=NudgeId(0),
        owed=ObligationId(owed),
        due_at=NOW,
        kind=RungKind.BEFORE,
        step=0,
        at=NOW,
        of_morning=False,
        release_at=NOW,
        person=PersonId(person),
        position=PositionId(position),
    )


def _record(author: int, risk: int, place: Place) -> Record:
    return Record(
        id=RecordId(0),
        author=PersonId(author),
        place=place,
        risk=RiskId(risk),
        round=1,
        kind=RecordKind.NOTE,
        status=RecordStatus.OPEN,
        touched_at=NOW,
        filled={RecordField.NOTE: "Звонили в водоканал"},
    )


def _offer(author: int, risk: int, said_by: int) -> NoteOffer:
    return NoteOffer(
        id=NoteOfferId(0),
        risk=RiskId(risk),
        author=PersonId(author),
        said_by=PositionId(said_by),
        message=MESSAGE,
        words="Звонили из водоканала",
        status=OfferStatus.OPEN,
        touched_at=NOW,
    )


def _absence(person: int, noted_by: int) -> Absence:
    return Absence(
        id=AbsenceId(0),
        person=PersonId(person),
        first_day=NOW.date(),
        last_day=NOW.date(),
        deputy=PersonId(person),
        noted_by=PositionId(noted_by),
        noted_at=NOW,
    )


def _duty(position: int) -> Duty:
    return Duty(
        id=DutyId(0),
        position=PositionId(position),
        first_day=NOW.date(),
        last_day=NOW.date(),
        assigned_by=PositionId(position),
        assigned_at=NOW,
    )


async def _overwrite_entry(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    async with other.view() as view:
        [entry] = await view.entries.all_open()
    await unit.entries.save(replace(entry, id=EntryId(number), name="Чужая Р. У.", state=EntryState.DECLINED))


async def _overwrite_absence(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    async with other.view() as view:
        [absence] = await view.absences.ending_from(NOW.date())
    await unit.absences.save(replace(absence, id=AbsenceId(number), deputy=None))


def test_every_table_of_offices_is_compared() -> None:
    without_offices = {table.name for table in tables.metadata.sorted_tables} - {each.name for each in OFFICE_TABLES}
    assert without_offices == {"about", "groups", "inbox", "offices", "upkeep"}


Act = Callable[[UnitOfWork, int, StaffedOffice], Awaitable[Any]]
"""Something done through a unit with a number that belongs to `StaffedOffice`, another office."""


async def _overwrite_risk(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    async with other.view() as view:
        [risk], _ = await view.risks.open_page(offset=0, limit=1)
    await unit.risks.save(replace(risk, id=RiskId(number), gist="чужая рука"))


async def _overwrite_draft(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    async with other.view() as view:
        [draft] = await view.drafts.open_drafts(await other.person(other.olga), other.private(other.olga))
    await unit.drafts.save(replace(draft, id=DraftId(number), status=DraftStatus.CANCELLED))


async def _overwrite_working(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    working = await _their_working(other)
    await unit.workings.save(replace(working, risk=RiskId(number), mentions=9), probe_at=None)


async def _overwrite_owed(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    async with other.view() as view:
        [owed, *_] = await view.obligations.all_open()
    await unit.obligations.save([(replace(owed, id=ObligationId(number), since=NOW), LONG_AFTER)])


async def _add_nudge(unit: UnitOfWork, number: int, _: StaffedOffice) -> None:
    await unit.nudges.add([_nudge(number, number, number)])


async def _overwrite_nudge(unit: UnitOfWork, number: int, _: StaffedOffice) -> None:
    await unit.nudges.save([replace(_nudge(number, number, number), id=NudgeId(number), missed=9)])


async def _owe(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    async with other.view() as view:
        [owed, *_] = await view.obligations.all_open()
    obligation = replace(owed.obligation, position=PositionId(number))
    await unit.obligations.begin([(replace(owed, obligation=obligation), LONG_AFTER)])


async def _their_working(other: StaffedOffice) -> Working:
    async with other.view() as view:
        [risk], _ = await view.risks.open_page(offset=0, limit=1)
        return await view.workings.current(risk)


async def _overwrite_record(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    async with other.view() as view:
        [record] = await view.records.open_of(await other.person(other.olga))
    await unit.records.save(replace(record, id=RecordId(number), filled={}))


async def _add_paper(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    foreign = replace(paper_in(other.chat, now=NOW, asked_by=PersonId(number)), digest=DigestId(number))
    await unit.papers.add(foreign, once="чужая рука")


async def _overwrite_paper(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    async with other.view() as view:
        paper = await view.papers.get(PaperId(number))
    taken = paper_in(other.chat, now=NOW) if paper is None else paper
    await unit.papers.save(replace(taken, id=PaperId(number), state=PaperState.FAILED))


async def _take_draft_in(unit: UnitOfWork, number: int, other: StaffedOffice) -> None:
    async with other.view() as view:
        [draft] = await view.drafts.open_drafts(await other.person(other.olga), other.private(other.olga))
    await unit.drafts.add(replace(draft, author=PersonId(number)), came_from=draft.id)


ACTS: dict[str, Act] = {
    "seat": lambda unit, number, _: unit.people.seat(PositionId(number), PersonId(number), NOW),
    "vacate": lambda unit, number, _: unit.people.vacate(PositionId(number), NOW),
    "give name": lambda unit, number, _: unit.people.give_name(PersonId(number), "Чужая Р. У."),
    "sit at desk": lambda unit, number, _: unit.people.sit_at_desk(PersonId(number), NOW),
    "note unreachable": lambda unit, _, other: unit.people.note_reachable(other.olga.address, NOW),
    "begin entry": lambda unit, number, _: unit.entries.begin(
        InvitationId(number), PositionId(number), PersonId(number), NOW
    ),
    "save entry": _overwrite_entry,
    "note absence": lambda unit, number, _: unit.absences.note(_absence(number, number)),
    "save absence": _overwrite_absence,
    "remove absence": lambda unit, number, _: unit.absences.remove(AbsenceId(number)),
    "assign duty": lambda unit, number, _: unit.duties.assign(_duty(number)),
    "put setting": lambda unit, number, _: unit.settings.put("invitation_days", "1", by=PositionId(number), at=NOW),
    "drop setting": lambda unit, _, __: unit.settings.drop("invitation_days"),
    "staff event": lambda unit, number, _: unit.staff_events.add(
        StaffEvent(at=NOW, kind=StaffEventKind.INVITED, by=PositionId(number), position=PositionId(number))
    ),
    "mark used": lambda unit, number, _: unit.invitations.mark_used(InvitationId(number), PersonId(number), NOW),
    "issue": lambda unit, number, _: unit.invitations.issue(PositionId(number), f"new-{number}", NOW),
    "bind": lambda unit, number, _: unit.chats.bind_alert_chat(Place(address=telegram(-number)), NOW),
    "bind theirs": lambda unit, _, other: unit.chats.bind_alert_chat(other.chat, NOW),
    "move": lambda unit, number, other: unit.chats.move(other.chat.address, telegram(-number)),
    "move person": lambda unit, number, other: unit.chats.move(other.olga.address, telegram(-number)),
    "save risk": _overwrite_risk,
    "number": lambda unit, _, __: unit.risks.next_number(2026),
    "save draft": _overwrite_draft,
    "take draft in": _take_draft_in,
    "ask": lambda unit, number, other: unit.prompts.ask(
        PersonId(number), other.private(other.olga), DraftId(number), DraftField.SOURCE
    ),
    "settle": lambda unit, number, _: unit.prompts.settle(DraftId(number)),
    "post": lambda unit, number, other: unit.standing.post(Subject.RISK, number, other.chat),
    "refresh": lambda unit, number, _: unit.standing.refresh(Subject.DRAFT, number),
    "turn": lambda unit, number, _: unit.standing.turn(Subject.RISK, number, Panel.BLOCKS, opened_by=None),
    "leave": lambda unit, _, other: unit.standing.leave(other.chat.address),
    "retry": lambda unit, _, other: unit.standing.retry_refused(other.chat.address),
    "renumber": lambda unit, number, _: unit.people.renumber(PositionId(number), 77),
    "remove seat": lambda unit, number, _: unit.people.remove_position(PositionId(number)),
    "void": lambda unit, number, _: unit.invitations.void(PositionId(number)),
    "add seat": lambda unit, number, _: unit.people.add_position(MEMBER, number=number),
    "begin round": lambda unit, number, _: unit.workings.begin(
        Working(risk=RiskId(number), round=2, watcher=PositionId(number))
    ),
    "save round": _overwrite_working,
    "owe": _owe,
    "save owed": _overwrite_owed,
    "end owed": lambda unit, number, _: unit.obligations.end([ObligationId(number)], NOW),
    "add nudge": _add_nudge,
    "save nudge": _overwrite_nudge,
    "drop nudges": lambda unit, number, _: unit.nudges.drop([ObligationId(number)], Why.DONE),
    "note acted": lambda unit, number, _: unit.nudges.note_acted([ObligationId(number)], NOW),
    "choose hour": lambda unit, number, _: unit.people.choose_hour(PersonId(number), time(8)),
    "follow": lambda unit, number, _: unit.followers.add(RiskId(number), PositionId(number)),
    "follow no more": lambda unit, number, _: unit.followers.remove(RiskId(number), PositionId(number)),
    "add record": lambda unit, number, other: unit.records.add(_record(number, number, other.chat)),
    "save record": _overwrite_record,
    "add note offer": lambda unit, number, _: unit.note_offers.add(_offer(number, number, number)),
    "save note offer": lambda unit, number, _: unit.note_offers.save(
        replace(_offer(number, number, number), id=NoteOfferId(number), words="чужая рука")
    ),
    "add digest": lambda unit, _, __: unit.digests.add(digest_naming(now=NOW, day=DAY)),
    "add paper": _add_paper,
    "save paper": _overwrite_paper,
    "event": lambda unit, number, _: unit.events.add(
        Event(risk=RiskId(number), at=NOW, kind=EventKind.FILED, position=None)
    ),
}


async def _run_and_compare(template: Path, folder: Path, acts: list[tuple[str, int]]) -> None:
    folder.joinpath("mcu-pilot.db").unlink(missing_ok=True)
    async with opened_copy(template, folder) as offices, offices.database.write() as connection:
        unit = SqlUnit(connection, (await offices.directory.offices())[0])
        before = await dump(connection, offices.theirs.id)
        for name, number in acts:
            try:
                async with connection.begin_nested():
                    await ACTS[name](unit, number, offices.theirs)
            except IntegrityError:
                continue
        assert await dump(connection, offices.theirs.id) == before


@pytest.fixture(scope="module")
def filled_file(offices_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    async def filled() -> Path:
        async with opened_copy(offices_file, tmp_path_factory.mktemp("filled")) as offices:
            await fill(offices.ours)
            await fill(offices.theirs)
        return offices.path

    return asyncio.run(filled())


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(1, 24)), min_size=1, max_size=8))
def test_no_series_of_acts_in_one_office_changes_a_row_of_another(
    filled_file: Path, tmp_path: Path, acts: list[tuple[str, int]]
) -> None:
    asyncio.run(_run_and_compare(filled_file, tmp_path, acts))


@pytest.fixture
async def filled(filled_file: Path, tmp_path: Path) -> Any:
    async with opened_copy(filled_file, tmp_path) as offices:
        yield offices


async def _ids_of(database: Database, name: str, office: StaffedOffice) -> list[int]:
    table = tables.metadata.tables[name]
    async with database.read() as connection:
        return list((await connection.execute(table.select().where(table.c.office_id == office.id))).scalars())


async def test_no_read_gives_anything_of_another_office(filled: Offices) -> None:
    ours, theirs = filled.ours, filled.theirs
    [risk_id] = await _ids_of(filled.database, "risks", theirs)
    [draft_id] = await _ids_of(filled.database, "drafts", theirs)
    [record_id] = await _ids_of(filled.database, "records", theirs)
    [offer_id] = await _ids_of(filled.database, "note_offers", theirs)
    their_olga = await theirs.person(theirs.olga)
    private = theirs.private(theirs.olga)
    everybody = [PositionId(number) for number in range(1, 100)]
    async with ours.view() as unit:
        assert await unit.people.find(theirs.olga.address) is None
        assert await unit.invitations.by_hash(f"hash-{theirs.id}") is None
        assert their_olga not in await unit.people.everybody()
        assert len(await unit.invitations.unused()) == 1
        assert {each.person for each in await unit.entries.all_open()} == {await ours.person(ours.olga)}
        assert len(await unit.absences.ending_from(NOW.date())) == 1
        assert len(await unit.duties.ending_from(NOW.date())) == 1
        assert await unit.settings.all() == {"invitation_days": "5"}
        assert len(await unit.staff_events.all()) == 1
        assert len(await unit.staff_events.since(NOW, {StaffEventKind.SEATED})) == 1
        assert len(await unit.risks.filed_between(NOW, LONG_AFTER)) == 1
        assert await unit.risks.get(RiskId(risk_id)) is None
        assert await unit.events.of_risk(RiskId(risk_id)) == []
        assert await unit.workings.all_of(RiskId(risk_id)) == []
        assert len(await unit.workings.probes_due(LONG_AFTER, limit=10)) == 1
        assert len(await unit.workings.watched_by(everybody)) == 1
        assert await unit.followers.of(RiskId(risk_id)) == []
        assert RiskId(risk_id) not in await unit.followers.followed_by(everybody)
        assert await unit.records.get(RecordId(record_id)) is None
        assert await unit.records.open_of(their_olga) == []
        assert len(await unit.records.untouched_since(LONG_AFTER)) == 1
        assert await unit.note_offers.get(NoteOfferId(offer_id)) is None
        assert not await unit.note_offers.is_known(RiskId(risk_id), MESSAGE)
        assert len(await unit.note_offers.untouched_since(LONG_AFTER)) == 1
        assert await unit.drafts.get(DraftId(draft_id)) is None
        assert await unit.drafts.open_drafts(their_olga, private) == []
        assert await unit.prompts.pending(their_olga, private) is None
        assert await unit.standing.of(Subject.RISK, risk_id) == []
        assert await unit.standing.of(Subject.DRAFT, draft_id) == []
        assert their_olga not in {each.holder for each in await unit.people.positions()}
        assert await unit.chats.alert_chat() == ours.chat
        assert (await unit.risks.open_page(offset=0, limit=10))[1] == 1
        assert len(await unit.risks.overdue_unnoted(LONG_AFTER)) == 1
        assert len(await unit.drafts.untouched_since(LONG_AFTER)) == 1
        assert len(await unit.drafts.all_open()) == 1
        assert await unit.people.named_in_history() <= set(await _ids_of(filled.database, "positions", ours))


async def test_no_read_gives_a_digest_a_paper_or_a_figure_of_another_office(filled: Offices) -> None:
    ours, theirs = filled.ours, filled.theirs
    [digest_id] = await _ids_of(filled.database, "digests", theirs)
    [paper_id] = await _ids_of(filled.database, "papers", theirs)
    [risk_id] = await _ids_of(filled.database, "risks", ours)
    long_ago, next_month = DAY - timedelta(days=30), DAY + timedelta(days=30)
    month = asked_of(Period(first=long_ago, last=next_month), ours.plan.calendar, now=LONG_AFTER)
    async with ours.uow() as unit:
        assert await unit.digests.get(DigestId(digest_id)) is None
        own = await unit.digests.of_day(DigestKind.DAILY, DAY)
        assert own == await unit.digests.last(DigestKind.DAILY, next_month)
        assert own is not None
        assert [each.risk for each in own.awaited] == [risk_id]
        assert await unit.papers.get(PaperId(paper_id)) is None
        [own_paper] = await _ids_of(filled.database, "papers", ours)
        assert [each.id for each in await unit.papers.in_hand()] == [own_paper]
        assert (await unit.reports.tally(month))[Figure.NEW] == 1
        assert {key: each[Figure.NEW] for key, each in (await unit.reports.tallies(month, Cut.CHANNEL)).items()} == {
            AppealSource.POS: 1
        }


async def test_no_read_gives_a_reminder_of_another_office(filled: Offices) -> None:
    ours, theirs = filled.ours, filled.theirs
    [risk_id] = await _ids_of(filled.database, "risks", theirs)
    their_owed = await _ids_of(filled.database, "obligations", theirs)
    our_nudges, their_nudges = [await _ids_of(filled.database, "nudges", each) for each in (ours, theirs)]
    async with ours.view() as unit:
        assert len(await unit.obligations.all_open()) == 1
        assert await unit.obligations.open_of(Matter.RISK, risk_id) == []
        assert [await unit.obligations.find(ObligationId(each)) for each in their_owed] == [None]
        assert len(await unit.obligations.due(LONG_AFTER, limit=10)) == 1
        assert await unit.obligations.count_due(LONG_AFTER) == 1
        assert [nudge.id for nudge, _ in await unit.nudges.due(LONG_AFTER, limit=10)] == our_nudges[:1]
        assert await unit.nudges.count_due(LONG_AFTER) == 1
        assert [each.nudge.id for each in await unit.nudges.entries_since(NOW)] == our_nudges
        assert await unit.nudges.given_since(NOW) == {await ours.person(ours.olga): 1}
        assert [await unit.nudges.of_bundle(NudgeId(each)) for each in their_nudges] == [[], []]
        assert await unit.outbox.count_unsent("joined", LONG_AFTER) == 1


async def test_numbers_of_another_office_are_not_found(filled: Offices) -> None:
    await filled.theirs.filed("Второй у них")
    async with filled.ours.view() as unit:
        assert await unit.risks.numbered(NumberAsked(serial=2, year=None)) is None


REFERENCES = [
    (table.name, constraint)
    for table in OFFICE_TABLES
    for constraint in sorted(table.foreign_key_constraints, key=lambda each: str(each.name))
    if constraint.referred_table.name != "offices"
]


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda each: f"{each[0]}.{each[1].column_keys[-1]}")
async def test_no_row_can_refer_to_a_row_of_another_office(filled: Offices, reference: tuple[str, Any]) -> None:
    name, constraint = reference
    table = tables.metadata.tables[name]
    column = constraint.column_keys[-1]
    assert constraint.column_keys[0] == "office_id"
    [foreign, *_] = await _ids_of(filled.database, constraint.referred_table.name, filled.theirs)
    own = table.c.office_id == filled.ours.id
    async with filled.database.write() as connection:
        assert (await connection.execute(table.select().where(own))).first() is not None
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            await connection.execute(table.update().where(own).values({column: foreign}))


async def test_one_address_in_two_offices_is_two_people(filled: Offices) -> None:
    async with filled.ours.uow() as unit:
        newcomer = await unit.people.find_or_add(filled.theirs.olga.address)
        await unit.commit()
    assert newcomer != await filled.theirs.person(filled.theirs.olga)


async def test_a_preset_is_read_and_stored_for_its_own_office(filled: Offices) -> None:
    theirs = filled.theirs.plan
    async with filled.ours.uow() as unit:
        await unit.preset.store(replace(await unit.preset.read(), title="Новое название"))
        await unit.commit()
    async with filled.ours.view() as ours, filled.theirs.view() as unit:
        assert (await ours.preset.read()).title == "Новое название"
        assert await unit.preset.read() == theirs
        assert unit.office.plan == replace(theirs, invitation_days=5), "what was changed in the chat is over it"
