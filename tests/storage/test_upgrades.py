"""A filled database of every earlier form is brought to the newest one and can be worked with."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from risk.digests import DigestKind
from risk.figures import Figure, asked_of
from risk.ids import OfficeId
from risk.periods import Period, PeriodKind
from risk.risks import RiskState
from risk.use_cases.digesting import post_digests
from risk.use_cases.offices import load_preset_anew
from risk.use_cases.reporting import tally_of
from risk.use_cases.working import OfRisk, take_up
from risk.workings import Working
from storage.database import MIGRATIONS, Database, DatabaseKind, migrate, newest_revision, schema_revision
from storage.directory import SqlDirectory
from storage.unit_of_work import Units
from tests.support.offices import LATER, PLAN, StaffedOffice
from tests.support.slowness import one_fast

FORMS = Path(__file__).parent / "forms"
"""What a filled database of each earlier form was, as SQL."""
EARLIER = sorted(FORMS.glob("*.sql"))


@pytest.fixture(params=one_fast(EARLIER, EARLIER[-1]), ids=lambda path: path.stem)
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "mcu-pilot.db"
    connection = sqlite3.connect(path)
    connection.executescript(request.param.read_text(encoding="utf-8"))
    connection.close()
    return path


def test_every_earlier_form_has_a_filled_example() -> None:
    versions = MIGRATIONS.joinpath("versions").glob("[0-9]*.py")
    earlier = sorted(path.name[:4] for path in versions)[:-1]
    assert [path.stem for path in EARLIER] == earlier


async def test_an_earlier_form_is_upgraded_with_everything_in_it(filled: Path) -> None:
    assert migrate(filled, DatabaseKind.PRODUCTION)
    assert schema_revision(filled)[0] == newest_revision()
    database = Database(filled)
    offices = await SqlDirectory(database).offices()
    assert [office.plan.key for office in offices] == ["pestovo", "zarechny"]
    async with Units(database=database).view_of(OfficeId(1))() as unit:
        assert sum(each.holder is not None for each in await unit.people.positions()) == 6
        assert len(await unit.risks.all_open()) == 1
        assert await unit.chats.alert_chat() is not None
    await database.close()


@pytest.fixture
async def upgraded(filled: Path) -> AsyncIterator[StaffedOffice]:
    """The first office of the example, in the newest form."""
    migrate(filled, DatabaseKind.PRODUCTION)
    database = Database(filled)
    yield StaffedOffice(OfficeId(1), replace(PLAN, key="pestovo"), Units(database=database), 100)
    await database.close()


async def test_a_risk_of_before_is_in_its_first_round_and_followed_by_whoever_filed_it(
    upgraded: StaffedOffice,
) -> None:
    async with upgraded.view() as unit:
        [risk] = await unit.risks.all_open()
        begun = Working(risk=risk.id, round=1, watcher=risk.filed_by)
        assert await unit.workings.all_of(risk.id) == [begun]
        assert await unit.workings.current(risk) == begun
        assert await unit.workings.watched_by([risk.filed_by]) == [begun]


async def test_a_risk_of_before_is_due_when_its_verification_is(upgraded: StaffedOffice) -> None:
    async with upgraded.view() as unit:
        [risk] = await unit.risks.all_open()
        assert (risk.due_at, risk.answer_by) == (risk.verify_by, None)
        assert await unit.risks.overdue_unnoted(risk.verify_by) == [risk]


async def test_a_risk_of_before_is_worked_once_the_preset_is_loaded_anew(upgraded: StaffedOffice) -> None:
    """The stored plan entrusts working to nobody; `office update` brings the powers that the program has since."""
    await load_preset_anew(upgraded.plan, uow=upgraded.uow, now=LATER)
    async with upgraded.view() as unit:
        [risk] = await unit.risks.all_open()
    await take_up(OfRisk(risk=risk.id, round=risk.round), actor=upgraded.ivan, uow=upgraded.uow, now=LATER)
    async with upgraded.view() as unit:
        [taken] = await unit.risks.all_open()
        working = await unit.workings.current(taken)
    assert (taken.state, taken.due_at, working.taken_at) == (RiskState.VERIFYING, risk.verify_by, LATER)


@pytest.mark.parametrize("filled", [FORMS / "0006.sql"], ids=["0006"], indirect=True)
async def test_what_exports_brought_before_is_counted_in_reports_now(upgraded: StaffedOffice) -> None:
    november = Period(first=date(2026, 11, 1), last=date(2026, 11, 30), kind=PeriodKind.MONTH)
    async with upgraded.view() as unit:
        over = november.ends_at(unit.office.plan.calendar)
        tally = await tally_of(unit, asked_of(november, unit.office.plan.calendar, now=over))
    assert (tally[Figure.NEW], tally[Figure.OPEN], tally[Figure.PRESSED]) == (2, 2, 1)
    assert (tally[Figure.RISKS_NEW], tally[Figure.RISKS_OPEN], tally[Figure.RISKS_OVERRIDDEN]) == (2, 1, 1)


async def test_an_office_of_before_has_its_digest_on_the_next_working_morning(upgraded: StaffedOffice) -> None:
    monday = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
    assert await post_digests(uow=upgraded.uow, view=upgraded.view, now=monday) == 1
    async with upgraded.view() as unit:
        digest = await unit.digests.of_day(DigestKind.DAILY, date(2026, 11, 23))
    assert digest is not None
    assert (digest.total[Figure.RISKS_OPEN], digest.previous) == (1, None)
