"""What falls due in an office: what is owed, planned notices, unused invitations; and nothing of its neighbours."""

from datetime import date, timedelta

from bot.codes import new_code
from risk.appeals import AppealSource
from risk.notices import MessageSetAside
from risk.obligations import ObligationKind
from risk.use_cases.due import InvitationEnds, NoticeDue, OwedDue, what_falls_due
from risk.use_cases.inviting import invite_to_vacancies
from risk.use_cases.settling import settle_appeals
from tests.support.exported import appeal, export_comes, given_to
from tests.support.offices import NOW, PLAN, Offices, StaffedOffice

HOUR = timedelta(hours=1)


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
    assert set(told.ahead[2:]) == {InvitationEnds(at=ends, position=each.position) for each in issued}


async def test_what_has_passed_is_not_ahead(office: StaffedOffice) -> None:
    risk = await office.filed()
    assert (await what_falls_due(view=office.view, now=risk.verify_by)).ahead == ()


async def test_another_office_is_not_looked_into(offices: Offices) -> None:
    await offices.theirs.filed()
    assert (await what_falls_due(view=offices.ours.view, now=NOW)).ahead == ()


async def test_an_appeal_is_told_by_where_it_is_registered_and_its_number(office: StaffedOffice) -> None:
    await export_comes(office.uow, appeal(planned_on=date(2026, 11, 25)), made_at=NOW)
    await given_to(office.uow, "roads", "6100013")
    await settle_appeals(uow=office.uow, view=office.view, now=NOW)
    [ahead] = (await what_falls_due(view=office.view, now=NOW)).ahead
    assert isinstance(ahead, OwedDue)
    assert (ahead.kind, ahead.number) == (ObligationKind.APPEAL_ANSWER, (AppealSource.POS, "6100013"))
