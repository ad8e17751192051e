"""Short words for the tests of the form: what Olga sends, presses and sees."""

from typing import Final

from risk.drafts import Draft, DraftStatus
from risk.ids import BlockKey, DraftId, LevelKey, TerritoryKey
from risk.people import Actor
from risk.risks import RiskNumber
from risk.standing import Panel, Standing, Subject
from risk.understanding import Part
from risk.use_cases import drafts
from storage import tables
from tests.support.offices import LATER, NOW, UNDERSTAND, Offices, StaffedOffice, part

HIGH, MEDIUM, LOW = LevelKey("high"), LevelKey("medium"), LevelKey("low")
ROADS, SOCIAL = BlockKey("roads"), BlockKey("social")
TOWN: Final = TerritoryKey("town")


async def take(office: StaffedOffice, sent: Part, *, typed: str | None = None, by: Actor | None = None) -> None:
    author = by or office.olga
    command = drafts.TakeMessage(part=sent, place=office.private(author), typed=typed)
    await drafts.take_message(command, actor=author, uow=office.uow, now=NOW, understand=UNDERSTAND)


async def types(office: StaffedOffice, words: str, *, message_id: int = 50) -> None:
    await take(office, part(words, message_id=message_id, sent_at=LATER), typed=words)


async def open_drafts(offices: Offices, office: StaffedOffice) -> list[Draft]:
    async with office.view() as view:
        found = [await view.drafts.get(DraftId(row["id"])) for row in await offices.rows(tables.drafts)]
    return [draft for draft in found if draft is not None and draft.status is DraftStatus.OPEN]


async def now_is(office: StaffedOffice, draft: Draft) -> Draft:
    async with office.view() as view:
        stored = await view.drafts.get(draft.id)
    assert stored is not None
    return stored


async def form(office: StaffedOffice, draft: Draft) -> Standing:
    async with office.view() as view:
        [standing] = await view.standing.of(Subject.DRAFT, draft.id)
    return standing


async def register(office: StaffedOffice, draft: Draft, *, highest: bool | None = None) -> RiskNumber | None:
    command = drafts.RegisterDraft(draft=draft.id, highest=highest)
    return await drafts.register_draft(command, actor=office.olga, uow=office.uow, now=LATER)


async def turn(office: StaffedOffice, draft: Draft, panel: Panel) -> None:
    await drafts.turn_draft(drafts.TurnDraft(draft=draft.id, panel=panel), actor=office.olga, uow=office.uow, now=NOW)
