"""What falls due in an office: what is owed, planned notices, unused invitations; and nothing of its neighbours."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.codes import new_code
from risk.appeals import AppealSource
from risk.notices import MessageSetAside
from risk.obligations import ObligationKind
from risk.use_cases.due import DigestDue, InvitationEnds, MemoDue, NoticeDue, OwedDue, what_falls_due
from risk.use_cases.inviting import invite_to_vacancies
from risk.use_cases.settling import settle_appeals
from storage import tables
from tests.support.exported import appeal, export_comes, given_to
from tests.support.offices import NOW, PLAN, Offices, StaffedOffice

HOUR = timedelta(hours=1)
NEXT_DIGEST = DigestDue(at=datetime(2026, 11, 23, 6, tzinfo=UTC))
"""On Monday at nine: `NOW` is a Friday, and its hour is over."""


async def test_all_that_is_ahead_is_told_the_nearest_first(office: StaffedOffice) -> None:
    risk = await office.filed()
    notice = MessageSetAside(reference="А-1", for_operator=False)
    async with office.uow() as unit:
        await unit.outbox.plan(notice, office.chat, due_at=NOW + HOUR)
        await unit.commit()
    issued = await invite_to_vacancies(uow=office.uow, now=NOW, new_code=new_code, open_seats=0)
    told = await what_falls_due(view=office.view, now=NOW)
    assert told.office.plan == PLAN
    assert told.ahead[0] == NoticeDue(at=NOW + HOUR, notice=notice)
    assert told.ahead[1] == OwedDue(at=risk.verify_by, kind=ObligationKind.VERIFICATION, number=risk.number)
    ends = NOW + timedelta(days=PLAN.invitation_days)
    assert told.ahead[2] == NEXT_DIGEST
    assert set(told.ahead[3:]) == {InvitationEnds(at=ends, position=each.position) for each in issued}


async def test_what_has_passed_is_not_ahead(office: StaffedOffice) -> None:
    risk = await office.filed()
    assert (await what_falls_due(view=office.view, now=risk.verify_by)).ahead == (NEXT_DIGEST,)


async def test_another_office_is_not_looked_into(offices: Offices) -> None:
    await offices.theirs.filed()
    assert (await what_falls_due(view=offices.ours.view, now=NOW)).ahead == (NEXT_DIGEST,)


async def test_an_appeal_is_told_by_where_it_is_registered_and_its_number(office: StaffedOffice) -> None:
    await export_comes(office.uow, appeal(planned_on=date(2026, 11, 25)), made_at=NOW)
    await given_to(office.uow, "roads", "6100013")
    await settle_appeals(uow=office.uow, view=office.view, now=NOW)
    [_, ahead] = (await what_falls_due(view=office.view, now=NOW)).ahead
    assert isinstance(ahead, OwedDue)
    assert (ahead.kind, ahead.number) == (ObligationKind.APPEAL_ANSWER, (AppealSource.POS, "6100013"))


async def test_once_its_hour_has_come_the_digest_of_the_next_working_day_is_ahead(office: StaffedOffice) -> None:
    for now, at in (
        (NEXT_DIGEST.at - timedelta(seconds=1), NEXT_DIGEST.at),
        (NEXT_DIGEST.at, NEXT_DIGEST.at + timedelta(days=1)),
    ):
        assert (await what_falls_due(view=office.view, now=now)).ahead == (DigestDue(at=at),)


async def test_where_there_is_no_alert_chat_no_digest_is_to_come(offices: Offices, office: StaffedOffice) -> None:
    async with offices.database.write() as connection:
        await connection.execute(tables.chats.delete())
        await connection.commit()
    assert (await what_falls_due(view=office.view, now=NOW)).ahead == ()


async def test_the_memo_that_comes_by_itself_is_told_of(office: StaffedOffice) -> None:
    """On Fridays at four, and this one's is still to come."""
    reports = replace(PLAN.reports, memo_on=4, memo_at=time(16))
    async with office.uow() as unit:
        await unit.preset.store(replace(PLAN, reports=reports))
        await unit.commit()
    friday = MemoDue(at=datetime(2026, 11, 20, 13, tzinfo=UTC))
    assert (await what_falls_due(view=office.view, now=NOW)).ahead == (friday, NEXT_DIGEST)
    following = MemoDue(at=friday.at + timedelta(days=7))
    assert (await what_falls_due(view=office.view, now=friday.at)).ahead == (NEXT_DIGEST, following)
