"""Putting a copy back: never by accident, never over a running bot, and with what was there kept aside."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from risk.ids import PositionId, RecordId, RiskId
from risk.notes import OfferStatus
from risk.notices import AlertChatBound, Joined
from risk.people import Place
from risk.records import Record, RecordKind, RecordStatus
from risk.risks import Risk, RiskState
from risk.standing import Subject
from storage import tables
from storage.copies import CopyDamaged, CopyTooNew, make_copy
from storage.database import (
    Database,
    DatabaseInUse,
    DatabaseKind,
    FileLock,
    WrongDatabaseKind,
    migrate,
    newest_revision,
    schema_revision,
)
from storage.delivery import Deliveries
from storage.restoring import DatabaseHoldsData, Restored, restore
from storage.unit_of_work import Units
from storage.upkeep import Upkeep, last_upkeep
from tests.storage.test_upgrades import EARLIER
from tests.support.notes import offered
from tests.support.offices import NOW, Offices, StaffedOffice
from tests.support.slowness import one_fast

PRODUCTION: Final = DatabaseKind.PRODUCTION
THEN: Final = NOW + timedelta(hours=5)


def copied(path: Path, folder: Path) -> Path:
    return make_copy(path, folder, PRODUCTION, program="0.1.0", now=NOW).path


def restored(copy: Path, database: Path, *, force: bool = False, now: datetime = THEN) -> Restored:
    return restore(copy, database, PRODUCTION, now=now, force=force)


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def asides(database: Path) -> list[str]:
    return sorted(each.name for each in database.parent.glob(f"{database.name}.aside*"))


@pytest.fixture
async def copy(offices: Offices, tmp_path: Path) -> Path:
    """Of a database with one risk; afterwards another one was filed."""
    await offices.ours.filed("Яма на дороге")
    made = copied(offices.path, tmp_path / "copies")
    await offices.ours.filed("Нет света")
    return made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """An empty place."""
    return tmp_path / "elsewhere" / "mcu-pilot.db"


def gists(path: Path) -> list[str]:
    return [gist for (gist,) in rows(path, "select gist from risks order by id")]


def test_a_copy_becomes_the_database_of_an_empty_place(copy: Path, elsewhere: Path) -> None:
    done = restored(copy, elsewhere)
    assert gists(elsewhere) == ["Яма на дороге"]
    assert (done.copied_at, done.aside, done.numbers_go_on) == (NOW, None, False)
    assert names(elsewhere.parent) == {elsewhere.name, f"{elsewhere.name}.lock"}
    assert elsewhere.stat().st_mode & 0o777 == 0o600
    assert rows(elsewhere, "select count(*) from sqlite_master where name = 'manifest'") == [(0,)]


def test_the_copy_itself_stays_as_it_was(copy: Path, elsewhere: Path) -> None:
    before = copy.read_bytes()
    restored(copy, elsewhere)
    assert copy.read_bytes() == before
    assert names(copy.parent) == {copy.name}


def test_nothing_is_restored_under_a_running_bot(copy: Path, elsewhere: Path) -> None:
    with FileLock(elsewhere), pytest.raises(DatabaseInUse):
        restored(copy, elsewhere)
    assert not elsewhere.exists()


async def test_a_database_that_holds_data_is_replaced_by_force_alone(offices: Offices, copy: Path) -> None:
    await offices.database.close()
    with pytest.raises(DatabaseHoldsData):
        restored(copy, offices.path)
    assert gists(offices.path) == ["Яма на дороге", "Нет света"]
    done = restored(copy, offices.path, force=True)
    assert gists(offices.path) == ["Яма на дороге"]
    assert done.aside is not None
    assert done.aside.name == "mcu-pilot.db.aside-20261120T120000Z"
    assert gists(done.aside) == ["Яма на дороге", "Нет света"]


async def test_what_was_in_the_log_only_is_set_aside_too(offices: Offices, copy: Path) -> None:
    """A killed bot leaves its last commits in the write-ahead log."""
    with closing(sqlite3.connect(offices.path)) as killed:
        killed.execute("pragma wal_autocheckpoint = 0")
        killed.execute("update risks set gist = 'Последнее' where id = 2")
        killed.commit()
        log = offices.path.with_name(f"{offices.path.name}-wal")
        kept = {each: each.read_bytes() for each in (offices.path, log)}
    await offices.database.close()
    for path, content in kept.items():
        path.write_bytes(content)
    aside = restored(copy, offices.path, force=True).aside
    assert aside is not None
    assert gists(aside)[-1] == "Последнее"
    assert not log.exists()


def test_an_old_log_without_its_database_does_no_harm(copy: Path, elsewhere: Path) -> None:
    elsewhere.parent.mkdir()
    elsewhere.with_name(f"{elsewhere.name}-wal").write_bytes(b"left behind")
    restored(copy, elsewhere)
    assert gists(elsewhere) == ["Яма на дороге"]
    assert asides(elsewhere) == ["mcu-pilot.db.aside-20261120T120000Z-wal"]


def test_a_database_that_cannot_be_read_is_set_aside_by_force(copy: Path, elsewhere: Path) -> None:
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"no database at all " * 1000)
    with pytest.raises(DatabaseHoldsData):
        restored(copy, elsewhere)
    aside = restored(copy, elsewhere, force=True).aside
    assert aside is not None
    assert aside.read_bytes() == b"no database at all " * 1000
    assert gists(elsewhere) == ["Яма на дороге"]


def test_a_database_without_an_office_makes_way_unasked(copy: Path, elsewhere: Path) -> None:
    migrate(elsewhere, PRODUCTION)
    assert restored(copy, elsewhere).aside is not None
    assert gists(elsewhere) == ["Яма на дороге"]


def test_a_database_of_the_other_kind_is_not_replaced_by_any_force(copy: Path, elsewhere: Path) -> None:
    migrate(elsewhere, DatabaseKind.SANDBOX)
    with pytest.raises(WrongDatabaseKind):
        restored(copy, elsewhere, force=True)


def test_a_copy_of_the_other_kind_is_refused(copy: Path, elsewhere: Path) -> None:
    with pytest.raises(WrongDatabaseKind):
        restore(copy, elsewhere, DatabaseKind.SANDBOX, now=THEN, force=True)
    assert not elsewhere.exists()


@pytest.mark.parametrize("content", [b"", b"no database at all " * 1000], ids=["empty", "something else"])
def test_what_is_no_copy_replaces_nothing(copy: Path, elsewhere: Path, content: bytes) -> None:
    restored(copy, elsewhere)
    copy.write_bytes(content)
    with pytest.raises(CopyDamaged):
        restored(copy, elsewhere, force=True)
    assert gists(elsewhere) == ["Яма на дороге"]


def test_a_copy_of_a_later_form_replaces_nothing(copy: Path, elsewhere: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()
    with pytest.raises(CopyTooNew):
        restored(copy, elsewhere)
    assert not elsewhere.exists()


def test_a_copy_that_is_not_there_is_named(elsewhere: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        restored(elsewhere.parent / "nothing.db", elsewhere)
    assert missing.value.filename == str(elsewhere.parent / "nothing.db")


@pytest.mark.parametrize("form", one_fast(EARLIER, EARLIER[-1]), ids=lambda path: path.stem)
def test_a_copy_of_an_earlier_form_is_brought_to_the_newest(form: Path, tmp_path: Path, elsewhere: Path) -> None:
    earlier = tmp_path / "earlier.db"
    with closing(sqlite3.connect(earlier)) as connection:
        connection.executescript(form.read_text(encoding="utf-8"))
    restored(copied(earlier, tmp_path / "copies"), elsewhere)
    assert schema_revision(elsewhere)[0] == newest_revision()
    assert rows(elsewhere, "select key from offices order by id") == [("pestovo",), ("zarechny",)]
    assert names(elsewhere.parent) == {elsewhere.name, f"{elsewhere.name}.lock"}


async def test_a_plain_file_of_a_stopped_bot_is_a_copy_too(offices: Offices, elsewhere: Path) -> None:
    await offices.ours.filed("Яма на дороге")
    await offices.database.close()
    done = restored(offices.path, elsewhere)
    assert (done.manifest, done.copied_at) == (None, None)
    assert gists(elsewhere) == ["Яма на дороге"]


async def test_the_moment_and_the_copy_are_noted(copy: Path, elsewhere: Path) -> None:
    restored(copy, elsewhere)
    database = Database(elsewhere)
    noted = (await last_upkeep(database))[Upkeep.RESTORE]
    assert (noted.at, noted.told["offices"]) == (THEN, ["pestovo", "zarechny"])
    await database.close()


async def posted(offices: Offices, subject: Subject, number: int) -> None:
    """A message that stands, shown as it was wanted."""
    async with offices.ours.uow() as unit:
        await unit.standing.post(subject, number, offices.ours.chat)
        await unit.commit()
    async with offices.database.write() as connection:
        here = (tables.standing.c.subject == subject.value) & (tables.standing.c.subject_id == number)
        shown = {"shown": tables.standing.c.wanted, "message": 70 + number}
        await connection.execute(tables.standing.update().where(here).values(**shown))
        await connection.commit()


async def test_what_stands_of_open_things_is_edited_again_and_nothing_else(offices: Offices, elsewhere: Path) -> None:
    risk, draft = await offices.ours.filed(), await offices.ours.drafted()
    closed = await offices.ours.filed("Закрытый")
    asked, done = [await recorded(offices.ours, risk, status) for status in (RecordStatus.OPEN, RecordStatus.DONE)]
    open_offer = await offered(offices.ours, risk)
    taken = await offered(offices.ours, risk, OfferStatus.TAKEN, message=99)
    standing = {
        Subject.RISK: (risk.id, closed.id),
        Subject.DRAFT: (draft.id,),
        Subject.RECORD: (asked.id, done.id),
        Subject.NOTE_OFFER: (open_offer.id, taken.id),
    }
    for subject, numbers in standing.items():
        for number in numbers:
            await posted(offices, subject, number)
    async with offices.ours.uow() as unit:
        await unit.risks.save(replace(closed, state=RiskState.WORKED_OFF))
        await unit.commit()
    restored(copied(offices.path, elsewhere.parent / "copies"), elsewhere)
    due = rows(elsewhere, "select subject, subject_id from standing where wanted <> shown order by id")
    assert due == [("risk", risk.id), ("draft", draft.id), ("record", asked.id), ("note_offer", open_offer.id)]


async def recorded(office: StaffedOffice, risk: Risk, status: RecordStatus) -> Record:
    record = Record(
        id=RecordId(0),
        author=await office.person(office.olga),
        place=office.private(office.olga),
        risk=risk.id,
        round=risk.round,
        kind=RecordKind.NOTE,
        status=status,
        touched_at=NOW,
    )
    async with office.uow() as unit:
        stored = await unit.records.add(record)
        await unit.commit()
    return stored


async def recovered(path: Path, query: str) -> list[tuple[Any, ...]]:
    """What the next run of the bot makes of it."""
    database = Database(path)
    await Deliveries(database, boot="the next run").recover(THEN, retry_by=THEN)
    await database.close()
    return rows(path, query)


async def test_what_was_due_may_have_been_sent_and_the_ledger_says_so(offices: Offices, elsewhere: Path) -> None:
    """As after a crash: repeated or not by its kind. What was not due then or since was not sent."""
    private: Place = offices.ours.private(offices.ours.olga)
    async with offices.ours.uow() as unit:
        await unit.outbox.plan(Joined(position=PositionId(1)), private, due_at=NOW)
        await unit.outbox.plan(AlertChatBound(lacks=frozenset()), private, due_at=THEN)
        await unit.outbox.plan(Joined(position=PositionId(1)), private, due_at=THEN + timedelta(seconds=1))
        await unit.commit()
    restored(copied(offices.path, elsewhere.parent / "copies"), elsewhere)
    states = await recovered(elsewhere, "select state, claimed_by from outbox order by id")
    assert states == [("planned", None), ("unknown", None), ("planned", None)]
    assert rows(elsewhere, "select what, item, outcome from ledger order by id") == [
        ("notice", 1, "unknown"),
        ("notice", 2, "unknown"),
    ]


async def test_a_card_that_was_not_posted_yet_may_have_been_and_is_posted_anew(
    offices: Offices, elsewhere: Path
) -> None:
    risk = await offices.ours.filed()
    restored(copied(offices.path, elsewhere.parent / "copies"), elsewhere)
    assert await recovered(elsewhere, "select what, outcome from ledger") == [("standing", "unknown")]
    due = rows(elsewhere, "select subject_id, claimed_by from standing where wanted <> shown")
    assert due == [(risk.id, None)]


async def filed_in(path: Path, offices: Offices) -> tuple[int, str]:
    database = Database(path)
    office = StaffedOffice(offices.ours.id, offices.ours.plan, Units(database=database), 100)
    risk = await office.filed("Новый")
    await database.close()
    return risk.id, str(risk.number)


async def test_no_id_of_the_lost_time_is_given_again(offices: Offices, copy: Path, elsewhere: Path) -> None:
    """Its buttons still stand in the chat: they must not find another risk."""
    lost = RiskId(2)
    restored(copy, elsewhere)
    first, _ = await filed_in(elsewhere, offices)
    assert lost < first
    restored(copy, elsewhere, force=True, now=THEN + timedelta(days=1))
    second, _ = await filed_in(elsewhere, offices)
    assert first < second < 2**40


async def test_in_an_empty_place_numbers_go_on_from_the_copy(offices: Offices, copy: Path, elsewhere: Path) -> None:
    restored(copy, elsewhere)
    assert (await filed_in(elsewhere, offices))[1] == "ИР-2/26"


async def test_over_a_readable_database_no_number_is_given_twice(offices: Offices, copy: Path) -> None:
    await offices.database.close()
    assert restored(copy, offices.path, force=True).numbers_go_on
    assert (await filed_in(offices.path, offices))[1] == "ИР-3/26"
