"""A unit of work: one office, one transaction, one receipt; all of it at once or nothing."""

import contextlib

import pytest
from sqlalchemy.exc import OperationalError

from risk.errors import NotListed
from risk.ids import OfficeId, ReceiptId
from risk.ports import OpenUnit
from risk.risks import RiskNumber
from storage import tables
from storage.database import transaction_open
from storage.inbox import AlreadySettled, Inbox, Received
from storage.mapping import PLAN as PLAN_ADAPTER
from storage.mapping import dumped
from storage.unit_of_work import Units
from tests.support.offices import MEMBER, NOW, Offices, StaffedOffice


@pytest.fixture
def inbox(offices: Offices) -> Inbox:
    return Inbox(offices.database, 42)


@pytest.fixture
async def receipt(inbox: Inbox) -> ReceiptId:
    [taken] = await inbox.take([Received(update_id=1, lane="chat:1", payload={"text": "слова"})], NOW)
    return taken.id


async def add_seat(opening: OpenUnit, *, commits: int = 1, fails: bool = False) -> None:
    async with opening() as unit:
        await unit.people.add_position(MEMBER, number=77)
        if fails:
            raise LookupError
        for _ in range(commits):
            await unit.commit()


async def count(offices: Offices) -> int:
    return len(await offices.rows(tables.positions))


async def test_what_is_not_committed_never_was(offices: Offices, office: StaffedOffice) -> None:
    before = await count(offices)
    async with office.uow() as unit:
        await unit.people.add_position(MEMBER, number=77)
        assert len(await unit.people.positions()) > 0
    assert await count(offices) == before


async def test_an_error_before_the_commit_leaves_neither_rows_nor_a_settled_receipt(
    offices: Offices, office: StaffedOffice, inbox: Inbox, receipt: ReceiptId
) -> None:
    before = await count(offices)
    with pytest.raises(LookupError):
        await add_seat(office.unit(receipt), fails=True)
    assert await count(offices) == before
    assert not await inbox.is_settled(receipt)


async def test_the_commit_makes_the_rows_and_settles_the_receipt_at_once(
    offices: Offices, office: StaffedOffice, inbox: Inbox, receipt: ReceiptId
) -> None:
    before = await count(offices)
    async with office.unit(receipt)() as unit:
        await unit.people.add_position(MEMBER, number=77)
        assert not await inbox.is_settled(receipt)
        await unit.commit()
        assert await inbox.is_settled(receipt)
    assert await count(offices) == before + 1
    assert [row["payload"] for row in await offices.rows(tables.inbox)] == [None]


async def test_a_second_commit_for_one_receipt_is_an_error_and_changes_nothing(
    offices: Offices, office: StaffedOffice, receipt: ReceiptId
) -> None:
    async with office.unit(receipt)() as unit:
        await unit.commit()
    before = await count(offices)
    with pytest.raises(AlreadySettled):
        await add_seat(office.unit(receipt))
    assert await count(offices) == before


async def test_committing_twice_in_one_unit_is_an_error_too(office: StaffedOffice, receipt: ReceiptId) -> None:
    with pytest.raises(AlreadySettled):
        await add_seat(office.unit(receipt), commits=2)


async def test_the_courier_hears_of_a_commit_and_of_nothing_else(offices: Offices) -> None:
    heard: list[str] = []
    units = Units(database=offices.database, committed=lambda: heard.append("commit"))
    async with units.of(OfficeId(1))():
        pass
    async with units.view_of(OfficeId(1))():
        pass
    assert heard == []
    async with units.of(OfficeId(1))() as unit:
        await unit.commit()
    assert heard == ["commit"]


async def test_a_view_cannot_write(office: StaffedOffice) -> None:
    async with office.view() as view:
        with pytest.raises(OperationalError, match="readonly"):
            await view.people.add_position(MEMBER, number=77)


async def test_a_view_sees_the_database_as_it_was_at_one_moment(office: StaffedOffice) -> None:
    async with office.view() as view:
        before = await view.people.positions()
        async with office.uow() as unit:
            await unit.people.add_position(MEMBER, number=77)
            await unit.commit()
        assert await view.people.positions() == before
    async with office.view() as view:
        assert len(await view.people.positions()) == len(before) + 1


async def test_nobody_is_listed_in_an_office_that_was_never_founded(offices: Offices) -> None:
    for opening in (offices.units.of(OfficeId(404)), offices.units.view_of(OfficeId(404))):
        with pytest.raises(NotListed):
            async with opening():
                pass


async def test_a_changed_plan_is_in_force_for_the_next_unit(offices: Offices, office: StaffedOffice) -> None:
    async with office.view() as view:
        known = view.office.plan
    mended = dumped(PLAN_ADAPTER, known).replace("МЦУ Пестовского округа", "МЦУ Нового округа")
    async with offices.database.write() as connection:
        await connection.execute(tables.offices.update().where(tables.offices.c.id == office.id).values(plan=mended))
        await connection.commit()
    async with office.view() as view:
        assert view.office.plan.title == "МЦУ Нового округа"


async def test_whoever_waits_can_tell_whether_a_transaction_is_open(office: StaffedOffice) -> None:
    assert not transaction_open.get()
    for opening in (office.uow, office.view):
        with contextlib.suppress(LookupError):
            async with opening():
                assert transaction_open.get()
                raise LookupError
        assert not transaction_open.get()


async def test_numbers_are_counted_per_office_and_year(offices: Offices) -> None:
    given = []
    for office, year in ((offices.ours, 2026), (offices.ours, 2026), (offices.theirs, 2026), (offices.ours, 2027)):
        async with office.uow() as unit:
            given.append(await unit.risks.next_number(year))
            await unit.commit()
    assert given == [RiskNumber(serial=s, year=y) for s, y in ((1, 2026), (2, 2026), (1, 2026), (1, 2027))]


async def test_a_number_that_was_not_committed_is_given_again(office: StaffedOffice) -> None:
    for _ in range(2):
        async with office.uow() as unit:
            assert (await unit.risks.next_number(2026)).serial == 1
