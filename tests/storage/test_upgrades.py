"""A filled database of every earlier form is brought to the newest one and can be worked with."""

import sqlite3
from pathlib import Path

import pytest

from risk.ids import OfficeId
from storage.database import MIGRATIONS, Database, DatabaseKind, migrate, newest_revision, schema_revision
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

FORMS = Path(__file__).parent / "forms"
"""What a filled database of each earlier form was, as SQL."""


@pytest.fixture(params=sorted(FORMS.glob("*.sql")), ids=lambda path: path.stem)
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "mcu-pilot.db"
    connection = sqlite3.connect(path)
    connection.executescript(request.param.read_text(encoding="utf-8"))
    connection.close()
    return path


def test_every_earlier_form_has_a_filled_example() -> None:
    versions = MIGRATIONS.joinpath("versions").glob("[0-9]*.py")
    earlier = sorted(path.name[:4] for path in versions)[:-1]
    assert [path.stem for path in sorted(FORMS.glob("*.sql"))] == earlier


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
