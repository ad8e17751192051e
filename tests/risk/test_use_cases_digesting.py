"""The digest as use cases make it: posted once, folded, read by whom, sent again once when it may not have arrived."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import pytest

from risk.appeals import AppealSource, Regime
from risk.digests import Digest, DigestKind
from risk.errors import AlertChatMissing, DigestOver, DigestSentAgain, NotPermitted, UnknownChoice
from risk.figures import Figure
from risk.ids import BlockKey, DigestId, PaperId
from risk.notices import DigestAstray, DigestPosted, LatenessByBlock, MessageSetAside, Notice, PaperMade, ReportNotice
from risk.office_settings import Setting
from risk.offices import OfficePlan
from risk.papers import PaperKind
from risk.people import Place
from risk.periods import Period
from risk.ports import UnitOfWork
from risk.report_terms import LatenessTold
from risk.risks import RiskState
from risk.staff_events import StaffEvent, StaffEventKind
from risk.use_cases.digest_astray import SendDigestAgain, send_digest_again, watch_digests
from risk.use_cases.digesting import AskDigestPage, ask_digest_page, post_digests, read_digest
from risk.use_cases.papers import note_made
from risk.use_cases.settings import ChangeSetting, change_setting
from risk.use_cases.telling import notice_facts
from storage import tables
from storage.mapping import NOTICE, PLAN, dumped
from tests.risk.appealed import stands
from tests.risk.worked import put
from tests.support.exported import appeal, export_comes, given_to
from tests.support.offices import CURATOR, HEAD_ROADS, Offices, StaffedOffice

MONDAY: Final = date(2026, 11, 23)
HOUR: Final = timedelta(hours=1)


def at(day: int, clock: str, month: int = 11) -> datetime:
    """Of November 2026 in Pestovo; Monday is the 23rd."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - 3 * HOUR


async def posts(office: StaffedOffice, now: datetime) -> int:
    return await post_digests(uow=office.uow, view=office.view, now=now)


async def watches(office: StaffedOffice, now: datetime) -> int:
    return await watch_digests(uow=office.uow, view=office.view, now=now)


async def digest_of(office: StaffedOffice, day: date = MONDAY) -> Digest:
    async with office.view() as view:
        found = await view.digests.of_day(DigestKind.DAILY, day)
    assert found is not None
    return found


async def planned(offices: Offices, *kinds: type[Notice]) -> Sequence[Notice]:
    rows = await offices.rows(tables.outbox)
    notices = [NOTICE.validate_json(row["notice"]) for row in rows]
    return [each for each in notices if isinstance(each, kinds or ReportNotice)]


async def to_whom(offices: Offices, kind: str) -> list[str]:
    return [row["address"] for row in await offices.rows(tables.outbox) if row["kind"] == kind]


async def ended(offices: Offices, state: str, *, once: str = "digest daily 2026-11-23", why: str | None = None) -> None:
    """So its message has ended, as the courier would note it."""
    async with offices.database.write() as connection:
        named = tables.outbox.c.once == once
        await connection.execute(tables.outbox.update().where(named).values(state=state, why=why))
        await connection.commit()


async def planned_otherwise(
    offices: Offices, office: StaffedOffice, change: Callable[[OfficePlan], OfficePlan]
) -> None:
    async with offices.database.write() as connection:
        ours = tables.offices.c.id == office.id
        [row] = await connection.execute(tables.offices.select().where(ours))
        changed = dumped(PLAN, change(PLAN.validate_json(row.plan)))
        await connection.execute(tables.offices.update().where(ours).values(plan=changed))
        await connection.commit()


async def told(office: StaffedOffice, notice: Any, place: Place, now: datetime) -> Any:
    async with office.view() as view:
        return await notice_facts(view, notice, place, now=now)


def private(plan: OfficePlan) -> OfficePlan:
    return replace(plan, reports=replace(plan.reports, lateness_told=LatenessTold.PRIVATE))


# --- when


async def test_it_is_stored_and_planned_once_with_its_picture_however_often_the_clock_asks(
    offices: Offices, office: StaffedOffice
) -> None:
    assert await posts(office, at(23, "08:59")) == 0
    assert [await posts(office, at(23, clock)) for clock in ("09:00", "09:00", "09:01", "11:59")] == [1, 0, 0, 0]
    digest = await digest_of(office)
    assert await planned(offices) == [DigestPosted(digest=digest.id)]
    [picture] = await offices.rows(tables.papers)
    assert (picture["kind"], picture["digest"]) == (PaperKind.DIGEST_PICTURE.value, digest.id)
    assert len(await offices.rows(tables.digests)) == 1


async def test_two_clocks_at_once_post_one(offices: Offices, office: StaffedOffice) -> None:
    """Both have counted before either has written."""

    @asynccontextmanager
    async def overtaken() -> AsyncIterator[UnitOfWork]:
        await posts(office, at(23, "09:00"))
        async with office.uow() as unit:
            yield unit

    assert await post_digests(uow=overtaken, view=office.view, now=at(23, "09:00")) == 0
    assert len(await offices.rows(tables.digests)) == 1
    assert len(await planned(offices)) == 1


async def test_without_an_alert_chat_none_is_made_and_the_first_comes_at_the_next_hour_after_there_is_one(
    offices: Offices, office: StaffedOffice
) -> None:
    """A chat that was bound at half past ten has waited for nothing: «позже обычного» would be wrong there."""
    async with offices.database.write() as connection:
        await connection.execute(tables.chats.delete())
        await connection.commit()
    assert await posts(office, at(23, "09:00")) == 0
    async with office.uow() as unit:
        await unit.chats.bind_alert_chat(office.chat, at(23, "10:30"))
        await unit.commit()
    assert await posts(office, at(23, "10:31")) == 0
    shown = await read_digest(actor=office.olga, view=office.view, now=at(23, "10:31"))
    assert shown.comes_at == at(24, "09:00")
    assert await posts(office, at(24, "09:00")) == 1
    assert not (await digest_of(office, date(2026, 11, 24))).is_late


async def test_an_hour_late_it_is_posted_and_is_late(office: StaffedOffice) -> None:
    assert await posts(office, at(23, "10:05")) == 1
    assert (await digest_of(office)).is_late


async def moved(office: StaffedOffice, clock: str, now: datetime) -> None:
    change = ChangeSetting(setting=Setting.DIGEST_AT, value=clock)
    await change_setting(change, actor=office.head, uow=office.uow, now=now)


async def test_one_whose_hour_was_set_after_it_had_passed_is_not_late(office: StaffedOffice) -> None:
    await moved(office, "12:00", at(23, "08:00"))
    assert await posts(office, at(23, "10:00")) == 0
    await moved(office, "09:00", at(23, "10:00"))
    assert await posts(office, at(23, "10:01")) == 1
    assert not (await digest_of(office)).is_late


async def test_one_whose_hour_a_preset_may_have_moved_is_not_late(office: StaffedOffice) -> None:
    async with office.uow() as unit:
        await unit.staff_events.add(StaffEvent(at=at(23, "10:00"), kind=StaffEventKind.PRESET_LOADED, by=None))
        await unit.commit()
    assert await posts(office, at(23, "10:01")) == 1
    assert not (await digest_of(office)).is_late


async def test_days_that_no_export_tells_of_are_not_shown_beside_those_that_one_does(office: StaffedOffice) -> None:
    await stands(office, appeal("1", created_on=date(2026, 11, 15)))
    await export_comes(office.uow, appeal("2", created_on=date(2026, 11, 20)), made_at=at(23, "08:00"))
    await posts(office, at(23, "09:00"))
    assert dict((await digest_of(office)).received) == {date(2026, 11, 20): 1}


async def test_one_that_came_late_after_its_hour_was_set_is_late_all_the_same(office: StaffedOffice) -> None:
    """The bot stood from the change on; another setting has nothing to do with it."""
    await moved(office, "12:00", at(23, "08:00"))
    await moved(office, "10:00", at(23, "10:05"))
    other = ChangeSetting(setting=Setting.MEMO_AT, value="10:00")
    await change_setting(other, actor=office.head, uow=office.uow, now=at(23, "11:00"))
    assert await posts(office, at(23, "11:00")) == 1
    assert (await digest_of(office)).is_late


async def test_more_than_three_hours_late_it_is_folded_into_the_next_which_names_the_day(
    offices: Offices, office: StaffedOffice
) -> None:
    await posts(office, at(20, "09:00"))
    await ended(offices, "sent", once="digest daily 2026-11-20")
    assert await posts(office, at(23, "12:01")) == 0
    assert await posts(office, at(24, "09:00")) == 1
    folded = await digest_of(office, date(2026, 11, 24))
    assert folded.period == Period(first=date(2026, 11, 20), last=MONDAY)
    assert folded.missed.days_without == (MONDAY,)
    assert (folded.previous_day, folded.is_late) == (date(2026, 11, 20), False)


@pytest.mark.parametrize("state", ["planned", "moot", "refused"])
async def test_one_that_nobody_could_read_is_folded_too(offices: Offices, office: StaffedOffice, state: str) -> None:
    await posts(office, at(20, "09:00"))
    await ended(offices, "sent", once="digest daily 2026-11-20")
    await posts(office, at(23, "09:00"))
    await ended(offices, state)
    await posts(office, at(24, "09:00"))
    folded = await digest_of(office, date(2026, 11, 24))
    assert (folded.period.first, folded.missed.days_without) == (date(2026, 11, 20), (MONDAY,))


async def test_the_first_one_ever_is_folded_too_when_nobody_could_read_it(
    offices: Offices, office: StaffedOffice
) -> None:
    await posts(office, at(23, "09:00"))
    await ended(offices, "refused")
    await posts(office, at(24, "09:00"))
    folded = await digest_of(office, date(2026, 11, 24))
    assert (folded.period.first, folded.missed.days_without) == (date(2026, 11, 20), (MONDAY,))
    assert folded.previous is None


@pytest.mark.parametrize("state", ["sent", "unknown", "claimed"])
async def test_one_that_may_have_been_read_is_not(offices: Offices, office: StaffedOffice, state: str) -> None:
    await posts(office, at(23, "09:00"))
    await ended(offices, state)
    await posts(office, at(24, "09:00"))
    following = await digest_of(office, date(2026, 11, 24))
    assert (following.period.first, following.missed.days_without) == (MONDAY, ())


async def test_one_that_arrived_when_it_was_sent_again_is_not_folded(offices: Offices, office: StaffedOffice) -> None:
    await posts(office, at(23, "09:00"))
    await ended(offices, "refused")
    again = SendDigestAgain(digest=(await digest_of(office)).id, times=0)
    await send_digest_again(again, actor=office.head, uow=office.uow, now=at(23, "09:30"))
    await ended(offices, "sent", once="digest daily 2026-11-23 again 1")
    await posts(office, at(24, "09:00"))
    assert (await digest_of(office, date(2026, 11, 24))).missed.days_without == ()


async def test_another_hour_in_the_settings_does_not_bring_a_second_one(
    offices: Offices, office: StaffedOffice
) -> None:
    await posts(office, at(23, "09:00"))
    await planned_otherwise(
        offices, office, lambda plan: replace(plan, reports=replace(plan.reports, digest_at=time(11)))
    )
    assert await posts(office, at(23, "11:00")) == 0


async def test_its_hour_is_the_one_on_the_wall_also_after_the_clocks_were_set_back(
    offices: Offices, office: StaffedOffice
) -> None:
    """In Berlin on Sunday 25.10.2026: nine o'clock is 07:00 UTC on Friday and 08:00 on Monday."""
    await planned_otherwise(
        offices, office, lambda plan: replace(plan, calendar=replace(plan.calendar, zone="Europe/Berlin"))
    )
    friday, monday = datetime(2026, 10, 23, 7, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)
    for nine in (friday, monday):
        assert [await posts(office, nine - HOUR / 60), await posts(office, nine)] == [0, 1]
        await ended(offices, "sent", once=f"digest daily {nine.date()}")
    digest = await digest_of(office, date(2026, 10, 26))
    assert digest.period == Period(first=date(2026, 10, 23), last=date(2026, 10, 25))
    assert not digest.is_late
    async with office.view() as view:
        assert digest.period.ends_at(view.office.plan.calendar) == datetime(2026, 10, 25, 23, tzinfo=UTC)


async def test_offices_do_not_know_of_one_anothers(offices: Offices, office: StaffedOffice) -> None:
    await office.filed("Яма на дороге")
    assert [await posts(each, at(23, "09:00")) for each in (office, offices.theirs)] == [1, 1]
    assert (await digest_of(office)).total[Figure.RISKS_OPEN] == 1
    assert (await digest_of(offices.theirs)).total[Figure.RISKS_OPEN] == 0


# --- what stands in it


async def test_what_stands_is_of_now_and_what_came_is_of_the_days_before(office: StaffedOffice) -> None:
    await office.filed("Яма на дороге", now=at(20, "10:00"))
    await office.filed("Нет воды на улице Мира", now=at(23, "08:30"))
    await posts(office, at(23, "09:00"))
    total = (await digest_of(office)).total
    assert (total[Figure.RISKS_OPEN], total[Figure.RISKS_NEW]) == (2, 1)


async def test_what_the_first_export_brings_is_no_growth(offices: Offices, office: StaffedOffice) -> None:
    await posts(office, at(20, "09:00"))
    await ended(offices, "sent", once="digest daily 2026-11-20")
    first = appeal("1", created_on=date(2026, 11, 2), planned_on=date(2026, 11, 9))
    await export_comes(office.uow, first, made_at=at(23, "08:00"))
    await posts(office, at(23, "09:00"))
    digest = await digest_of(office)
    assert digest.total[Figure.OVERDUE] == 1
    assert (digest.change(Figure.OVERDUE), digest.change(Figure.RISKS_OPEN)) == (None, 0)
    await ended(offices, "sent", once="digest daily 2026-11-23")
    await posts(office, at(24, "09:00"))
    assert (await digest_of(office, date(2026, 11, 24))).change(Figure.OVERDUE) == 0


async def test_what_the_first_export_of_another_source_brings_is_no_growth_either(
    offices: Offices, office: StaffedOffice
) -> None:
    late = {"created_on": date(2026, 11, 2), "planned_on": date(2026, 11, 9)}
    await export_comes(office.uow, appeal("1", **late), made_at=at(20, "08:00"))
    await posts(office, at(20, "09:00"))
    await ended(offices, "sent", once="digest daily 2026-11-20")
    of_im = appeal("2", source=AppealSource.IM, regime=Regime.IM, **late)
    await export_comes(office.uow, of_im, made_at=at(20, "15:00"), source=AppealSource.IM)
    await posts(office, at(23, "09:00"))
    digest = await digest_of(office)
    assert digest.total[Figure.OVERDUE] == 2
    assert (digest.change(Figure.OVERDUE), digest.newly_exported) == (None, frozenset({AppealSource.IM}))
    await ended(offices, "sent", once="digest daily 2026-11-23")
    await posts(office, at(24, "09:00"))
    assert (await digest_of(office, date(2026, 11, 24))).change(Figure.OVERDUE) == 0


async def test_stocks_are_against_the_digest_before_and_flows_against_the_week_before(
    offices: Offices, office: StaffedOffice
) -> None:
    days = [date(2026, 11, day) for day in (13, 14, 14, 15, 16, 19, 19, 20, 22)]
    rows = [appeal(str(number), created_on=on, planned_on=None) for number, on in enumerate(days)]
    await export_comes(office.uow, *rows, made_at=at(23, "08:00"))
    await posts(office, at(20, "09:00"))
    await ended(offices, "sent", once="digest daily 2026-11-20")
    await export_comes(office.uow, *rows, made_at=at(23, "08:10"))
    await posts(office, at(23, "09:00"))
    digest = await digest_of(office)
    assert (digest.total[Figure.NEW], digest.usual[Figure.NEW]) == (2, 1.0)
    assert digest.previous_day == date(2026, 11, 20)
    assert digest.change(Figure.RISKS_OPEN) == 0
    assert digest.received[date(2026, 11, 14)] == 2
    assert sum(digest.received.values()) == 9


async def test_topics_and_blocks_and_exports_are_in_the_snapshot(office: StaffedOffice) -> None:
    late = date(2026, 11, 18)
    rows = [appeal(str(number), created_on=date(2026, 11, 20), group="Снег", planned_on=late) for number in "123"]
    await export_comes(office.uow, *rows, made_at=at(20, "18:30"))
    await given_to(office.uow, "roads", "1", "2")
    await posts(office, at(23, "09:00"))
    digest = await digest_of(office)
    assert digest.topics == (("Снег", 3),)
    assert digest.exports == {AppealSource.POS: at(20, "18:30")}
    assert digest.total[Figure.OVERDUE] == sum(each.overdue for each in digest.late_blocks) == 3
    assert {each.block: each.overdue for each in digest.late_blocks}[BlockKey("roads")] >= 2


async def test_a_source_whose_export_of_the_day_has_not_come_is_awaited(office: StaffedOffice) -> None:
    await export_comes(office.uow, appeal(), made_at=at(20, "08:10"))
    await posts(office, at(23, "09:00"))
    assert (await digest_of(office)).expected == (AppealSource.POS,)


async def test_what_waits_today_stands_there_the_longest_overdue_first(
    office: StaffedOffice,
) -> None:
    late = await office.filed("Яма на дороге", now=at(20, "10:00"))
    today = await office.filed("Нет воды на улице Мира", now=at(23, "08:30"))
    await posts(office, at(23, "09:00"))
    digest = await digest_of(office)
    assert [each.number for each in digest.awaited] == [late.number, today.number]
    assert digest.awaited_in_all == 2
    assert digest.overdue == {Figure.RISKS_TO_VERIFY: 1} == {Figure.RISKS_TO_VERIFY: digest.total[Figure.RISKS_OVERDUE]}


async def test_what_is_due_on_a_later_day_does_not_wait_yet(office: StaffedOffice) -> None:
    """Filed two working hours before Friday's closing, due on Monday."""
    await office.filed("Яма на дороге", now=at(20, "16:00"))
    friday = await read_digest(actor=office.olga, view=office.view, now=at(20, "16:30"))
    monday = await read_digest(actor=office.olga, view=office.view, now=at(23, "08:00"))
    assert [each.digest.awaited_in_all for each in (friday, monday)] == [0, 1]


async def test_vacant_seats_are_named_but_for_roles_that_grow_by_invitation(office: StaffedOffice) -> None:
    await posts(office, at(23, "09:00"))
    vacant = (await digest_of(office)).vacant
    assert "руководитель блока «Социальная политика»" in vacant
    assert not [title for title in vacant if title.startswith("член проектного офиса")]


async def test_an_office_without_blocks_has_no_figures_by_block(offices: Offices, office: StaffedOffice) -> None:
    await planned_otherwise(offices, office, lambda plan: replace(plan, blocks=()))
    await office.filed("Яма на дороге", now=at(20, "10:00"))
    await posts(office, at(23, "09:00"))
    assert (await digest_of(office)).by_block == ()


async def test_what_the_bot_missed_since_the_digest_before_is_counted(offices: Offices, office: StaffedOffice) -> None:
    async with office.uow() as unit:
        for number, (reference, operator) in enumerate((("7F3K", False), ("7F3K", True), ("9AAA", True))):
            aside = MessageSetAside(reference=reference, for_operator=operator)
            await unit.outbox.plan(aside, office.chat, due_at=at(21, "12:00"), once=f"aside {number}")
        await unit.outbox.plan(DigestPosted(digest=DigestId(9)), office.chat, due_at=at(1, "12:00"), once="too old")
        await unit.commit()
    await ended(offices, "refused", once="aside 0")
    await ended(offices, "unknown", once="aside 1")
    await ended(offices, "refused", once="too old")
    await posts(office, at(23, "09:00"))
    missed = (await digest_of(office)).missed
    assert (missed.undelivered, missed.unread, missed.days_without) == (2, 2, ())


@pytest.mark.parametrize(
    ("picture", "is_told"),
    [
        ({"state": "failed", "why": "fault"}, True),
        ({"state": "ready"}, True),
        ({"state": "failed", "why": "refused"}, False),
        ({"state": "sent"}, False),
    ],
)
async def test_that_the_last_one_came_without_its_picture_is_told_by_the_next(
    offices: Offices, office: StaffedOffice, picture: dict[str, str], is_told: bool
) -> None:
    """One that the chat refused is among what was not delivered."""
    await posts(office, at(23, "09:00"))
    await ended(offices, "sent")
    async with offices.database.write() as connection:
        await connection.execute(tables.papers.update().values(**picture))
        await connection.commit()
    await posts(office, at(24, "09:00"))
    assert (await digest_of(office, date(2026, 11, 24))).missed.picture is is_told


async def test_no_picture_is_missed_where_there_was_no_digest(office: StaffedOffice) -> None:
    await posts(office, at(23, "09:00"))
    assert not (await digest_of(office)).missed.picture


async def test_reminders_that_reached_nobody_are_counted(offices: Offices, office: StaffedOffice) -> None:
    await office.filed("Яма на дороге", now=at(20, "10:00"))
    async with office.view() as view:
        [owed] = await view.obligations.all_open()
    values = {
        "office_id": office.id, "owed": owed.id, "due_at": at(20, "14:00"), "kind": 1, "step": 0, "of_morning": False,
        "release_at": at(21, "09:00"), "deputises": False, "on_duty": False, "missed": 0,
    }  # fmt: skip
    rows = [("refused", "unreachable"), ("held", "nobody"), ("moot", "done"), ("waiting", None)]
    async with offices.database.write() as connection:
        for number, (state, why) in enumerate(rows):
            at_moment = {"at": at(20, f"1{number}:00"), "state": state, "why": why}
            await connection.execute(tables.nudges.insert().values(**values, **at_moment))
        await connection.commit()
    await posts(office, at(23, "09:00"))
    assert (await digest_of(office)).missed.unreminded == 2


async def test_the_snapshot_is_read_as_it_was_written(office: StaffedOffice) -> None:
    """Whatever has happened since: a figure that was published can be shown again."""
    await office.filed("Яма на дороге", now=at(20, "10:00"))
    await posts(office, at(23, "09:00"))
    before = await digest_of(office)
    await office.filed("Нет света в парке", now=at(23, "10:00"))
    assert await digest_of(office) == before


# --- who reads


async def test_lateness_that_is_kept_from_the_chat_goes_to_who_reads_the_whole_office(
    offices: Offices, office: StaffedOffice
) -> None:
    await planned_otherwise(offices, office, private)
    await office.filed("Яма на дороге", now=at(20, "10:00"))
    await posts(office, at(23, "09:00"))
    digest = await digest_of(office)
    assert digest.told_by_block == ()
    assert sorted(await to_whom(offices, "lateness_by_block")) == sorted(
        each.address.value for each in (office.head, office.actor(CURATOR))
    )
    notice = LatenessByBlock(digest=digest.id)
    assert await told(office, notice, office.private(office.head), at(23, "09:01")) is not None
    assert await told(office, notice, office.private(office.olga), at(23, "09:01")) is None


async def test_nobody_hears_in_private_of_blocks_that_are_not_late(offices: Offices, office: StaffedOffice) -> None:
    await planned_otherwise(offices, office, private)
    await posts(office, at(23, "09:00"))
    assert await to_whom(offices, "lateness_by_block") == []


async def test_a_reader_sees_of_lateness_what_is_theirs(offices: Offices, office: StaffedOffice) -> None:
    await planned_otherwise(offices, office, private)
    mine = await office.filed("Яма на дороге", now=at(20, "10:00"))
    await put(office, replace(mine, block=office.plan.blocks[0].key), RiskState.FILED)
    await office.filed("Без блока", now=at(20, "10:00"))
    await posts(office, at(23, "09:00"))
    seen = {}
    for actor in (office.head, office.actor(HEAD_ROADS), office.olga):
        read = await read_digest(actor=actor, view=office.view, now=at(23, "10:00"))
        seen[actor.address.value] = {each.block for each in read.by_block}
    blocks = [seen[each.address.value] for each in (office.head, office.actor(HEAD_ROADS), office.olga)]
    assert blocks == [{office.plan.blocks[0].key, None}, {office.plan.blocks[0].key}, set()]


async def test_before_its_hour_it_is_shown_as_it_would_be_and_nothing_is_stored(
    offices: Offices, office: StaffedOffice
) -> None:
    read = await read_digest(actor=office.olga, view=office.view, now=at(23, "08:00"))
    assert (read.digest.is_stored, read.comes_at, read.digest.as_of) == (False, at(23, "09:00"), at(23, "08:00"))
    assert await offices.rows(tables.digests) == []
    await posts(office, at(23, "09:00"))
    posted = await read_digest(actor=office.olga, view=office.view, now=at(23, "15:00"))
    assert (posted.digest, posted.comes_at) == (await digest_of(office), None)


async def test_on_a_day_off_it_is_shown_as_of_now_with_the_next_days_hour(office: StaffedOffice) -> None:
    read = await read_digest(actor=office.olga, view=office.view, now=at(22, "12:00"))
    assert (read.comes_at, read.digest.is_late, read.digest.expected) == (at(23, "09:00"), False, ())


async def test_whoever_reads_the_digest_may_have_its_page(offices: Offices, office: StaffedOffice) -> None:
    """A member too, who reads no report of the office."""
    await posts(office, at(23, "09:00"))
    digest = await digest_of(office)
    asked = AskDigestPage(digest=digest.id, place=office.private(office.olga))
    await ask_digest_page(asked, actor=office.olga, uow=office.uow, now=at(23, "09:10"))
    [_, page] = await offices.rows(tables.papers)
    assert (page["kind"], page["digest"]) == (PaperKind.DIGEST_PAGE.value, digest.id)
    assert page["asked_by"] == await office.person(office.olga)


async def test_another_offices_digest_has_no_page_here(offices: Offices, office: StaffedOffice) -> None:
    await posts(offices.theirs, at(23, "09:00"))
    theirs = await digest_of(offices.theirs)
    asked = AskDigestPage(digest=theirs.id, place=office.private(office.olga))
    with pytest.raises(UnknownChoice):
        await ask_digest_page(asked, actor=office.olga, uow=office.uow, now=at(23, "09:10"))


# --- when it may not have arrived


@pytest.fixture
async def astray(offices: Offices, office: StaffedOffice) -> Digest:
    """Posted on Monday, and nobody knows whether it is there."""
    await posts(office, at(23, "09:00"))
    await ended(offices, "unknown")
    return await digest_of(office)


def again(digest: Digest, times: int = 0) -> SendDigestAgain:
    return SendDigestAgain(digest=digest.id, times=times)


@pytest.mark.parametrize("state", ["unknown", "refused"])
async def test_whoever_decides_hears_once_that_it_may_not_have_arrived(
    offices: Offices, office: StaffedOffice, astray: Digest, state: str
) -> None:
    await ended(offices, state)
    assert [await watches(office, at(23, "09:01")) for _ in range(3)] == [1, 0, 0]
    assert await planned(offices, DigestAstray) == [DigestAstray(digest=astray.id, times=0)]
    assert await to_whom(offices, "digest_astray") == [office.head.address.value]


@pytest.mark.parametrize("state", ["planned", "claimed", "sent", "moot"])
async def test_nobody_hears_of_one_that_is_on_its_way_or_there(
    offices: Offices, office: StaffedOffice, astray: Digest, state: str
) -> None:
    await ended(offices, state)
    assert await watches(office, at(23, "09:01")) == 0
    assert astray.is_stored


async def test_it_is_sent_again_once_however_many_press(
    offices: Offices, office: StaffedOffice, astray: Digest
) -> None:
    await send_digest_again(again(astray), actor=office.head, uow=office.uow, now=at(23, "09:05"))
    for actor in (office.head, office.head):
        with pytest.raises(DigestSentAgain):
            await send_digest_again(again(astray), actor=actor, uow=office.uow, now=at(23, "09:06"))
    assert await planned(offices, DigestPosted) == [
        DigestPosted(digest=astray.id),
        DigestPosted(digest=astray.id, times=1),
    ]


async def test_what_is_astray_a_second_time_is_told_anew_and_may_be_sent_anew(
    offices: Offices, office: StaffedOffice, astray: Digest
) -> None:
    await watches(office, at(23, "09:01"))
    await send_digest_again(again(astray), actor=office.head, uow=office.uow, now=at(23, "09:05"))
    await ended(offices, "unknown", once="digest daily 2026-11-23 again 1")
    assert await watches(office, at(23, "09:06")) == 1
    assert (await planned(offices, DigestAstray))[-1] == DigestAstray(digest=astray.id, times=1)
    await send_digest_again(again(astray, 1), actor=office.head, uow=office.uow, now=at(23, "09:07"))
    assert len(await planned(offices, DigestPosted)) == 3


async def test_one_that_arrived_is_not_sent_again(offices: Offices, office: StaffedOffice, astray: Digest) -> None:
    await ended(offices, "sent")
    with pytest.raises(DigestSentAgain):
        await send_digest_again(again(astray), actor=office.head, uow=office.uow, now=at(23, "09:05"))


async def test_the_next_day_it_is_sent_no_more(office: StaffedOffice, astray: Digest) -> None:
    with pytest.raises(DigestOver):
        await send_digest_again(again(astray), actor=office.head, uow=office.uow, now=at(24, "00:00"))


async def test_only_whoever_decides_sends_it_again(office: StaffedOffice, astray: Digest) -> None:
    with pytest.raises(NotPermitted):
        await send_digest_again(again(astray), actor=office.olga, uow=office.uow, now=at(23, "09:05"))


async def test_without_an_alert_chat_there_is_nowhere_to_send_it(
    offices: Offices, office: StaffedOffice, astray: Digest
) -> None:
    async with offices.database.write() as connection:
        await connection.execute(tables.chats.delete())
        await connection.commit()
    with pytest.raises(AlertChatMissing):
        await send_digest_again(again(astray), actor=office.head, uow=office.uow, now=at(23, "09:05"))


async def test_a_number_of_another_office_or_of_another_sending_is_no_choice(
    offices: Offices, office: StaffedOffice, astray: Digest
) -> None:
    await posts(offices.theirs, at(23, "09:00"))
    for wanted in (again(await digest_of(offices.theirs)), again(astray, times=5)):
        with pytest.raises(UnknownChoice):
            await send_digest_again(wanted, actor=office.head, uow=office.uow, now=at(23, "09:05"))


async def test_the_question_is_dropped_when_it_was_answered_or_its_day_is_over(
    offices: Offices, office: StaffedOffice, astray: Digest
) -> None:
    notice, head = DigestAstray(digest=astray.id, times=0), office.private(office.head)
    assert await told(office, notice, head, at(23, "09:05")) is not None
    assert await told(office, notice, office.private(office.olga), at(23, "09:05")) is None
    assert await told(office, notice, head, at(24, "00:00")) is None
    await send_digest_again(again(astray), actor=office.head, uow=office.uow, now=at(23, "09:06"))
    assert await told(office, notice, head, at(23, "09:07")) is None


async def test_a_digest_that_could_not_be_sent_all_day_is_not_sent_the_next(office: StaffedOffice) -> None:
    await posts(office, at(23, "09:00"))
    posted = DigestPosted(digest=(await digest_of(office)).id)
    assert await told(office, posted, office.chat, at(23, "23:59")) is not None
    assert await told(office, posted, office.chat, at(24, "00:00")) is None


async def test_a_digest_does_not_go_to_a_chat_that_is_the_alert_chat_no_more(office: StaffedOffice) -> None:
    await posts(office, at(23, "09:00"))
    posted = DigestPosted(digest=(await digest_of(office)).id)
    async with office.uow() as unit:
        await unit.chats.bind_alert_chat(replace(office.chat, thread=7), at(23, "09:01"))
        await unit.commit()
    assert await told(office, posted, office.chat, at(23, "09:02")) is None


async def test_a_picture_goes_on_the_day_of_its_digest_alone(office: StaffedOffice) -> None:
    """It would stand there without the text that it replies to."""
    await posts(office, at(23, "09:00"))
    await note_made(PaperId(1), file="1-0.png", caption="Сводка", plain=False, uow=office.uow, now=at(23, "09:01"))
    picture = PaperMade(paper=PaperId(1))
    assert await told(office, picture, office.chat, at(23, "23:59")) is not None
    assert await told(office, picture, office.chat, at(24, "00:00")) is None
