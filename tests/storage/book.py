"""Short words for the tests of the courier's book: rows to deliver, and what is noted of them."""

from datetime import timedelta
from typing import Final

from risk.ids import PositionId
from risk.notices import Joined, Notice
from risk.people import Place
from risk.standing import Standing, Subject
from storage import tables
from storage.delivery import Deliveries, DueItem
from tests.support.offices import NOW, Offices, StaffedOffice

SOON: Final = NOW + timedelta(seconds=30)
JOINED: Final = Joined(position=PositionId(1))


async def stand(office: StaffedOffice, *numbers: int, subject: Subject = Subject.RISK) -> None:
    async with office.uow() as unit:
        for number in numbers:
            await unit.standing.post(subject, number, office.chat)
        await unit.commit()


async def plan(office: StaffedOffice, *notices: Notice, minutes: int = 0, place: Place | None = None) -> None:
    async with office.uow() as unit:
        for notice in notices:
            await unit.outbox.plan(
                notice, place or office.private(office.olga), due_at=NOW + timedelta(minutes=minutes)
            )
        await unit.commit()


async def due(deliveries: Deliveries) -> list[DueItem]:
    return await deliveries.due(NOW, NOW)


async def only(deliveries: Deliveries) -> DueItem:
    [item] = await due(deliveries)
    return item


async def stood(deliveries: Deliveries) -> Standing:
    """The only standing message, which is given the number 1."""
    standing = await deliveries.standing(1)
    assert standing is not None
    return standing


async def ledger(offices: Offices) -> list[tuple[str, str, str | None]]:
    return [(row["what"], row["outcome"], row["why"]) for row in await offices.rows(tables.ledger)]


async def state(offices: Offices) -> str:
    [row] = await offices.rows(tables.outbox)
    return str(row["state"])
