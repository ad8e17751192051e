"""The purge: what is past its term goes, and not a moment sooner; counts, numbers and dates stay."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, update

from risk.digests import Digest
from risk.drafts import DraftStatus
from risk.entries import EntryState
from risk.events import Event, EventKind
from risk.ids import PositionId, RecordId
from risk.notes import OfferStatus
from risk.notices import Joined
from risk.obligations import Hold, HoldKind, Matter
from risk.papers import PaperKind, PaperState
from risk.periods import Period
from risk.records import Record, RecordField, RecordKind, RecordStatus
from risk.retention import Kept, Retention
from risk.risks import CLOSED_STATES, Risk, RiskState
from risk.standing import Subject
from risk.use_cases.nudging import nudge
from risk.use_cases.owing import put_on_hold, settle
from risk.use_cases.paper_asking import AskPaper, ask_paper
from risk.workings import Ending, EndingKind, Working
from storage import purging, tables
from storage.inbox import Inbox, Received, SetAside
from storage.purging import BATCH, Purge
from tests.support.kept_reports import digest_naming
from tests.support.notes import offered
from tests.support.offices import MEMBER, NOW, Offices, StaffedOffice
from tests.support.workings import LINK, whole_round

DAY: Final = timedelta(days=1)
INSTANT: Final = timedelta(microseconds=1)
TERMS: Final = Retention()
YEAR: Final = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
CLOSINGS: Final = {
    RiskState.WORKED_OFF: (EndingKind.CRITERIA, EventKind.WORKED_OFF),
    RiskState.OVERRIDDEN: (EndingKind.OVERRIDE, EventKind.OVERRIDDEN),
    RiskState.NOT_A_RISK: (EndingKind.NOT_A_RISK, EventKind.DISMISSED),
    RiskState.MERGED: (EndingKind.MERGED, EventKind.MERGED),
}
"""How a round ends in each closed state, and what history says of it."""


async def purged(offices: Offices, now: datetime, retention: Retention = TERMS) -> dict[Kept, int]:
    """What was dropped, the empty counts left out; and a dry run had foretold it."""
    purge = Purge(offices.database, retention, now)
    foretold, dropped = await purge.count(), await purge.run()
    assert foretold == dropped
    return {what: count for what, count in dropped.items() if count}


async def execute(offices: Offices, statement: Any) -> None:
    async with offices.database.write() as connection:
        await connection.execute(statement)
        await connection.commit()


async def close(
    office: StaffedOffice,
    risk: Risk,
    at: datetime,
    words: str = "",
    *,
    state: RiskState = RiskState.OVERRIDDEN,
) -> None:
    """Whatever was said of the risk: it is over from now on, perhaps for a reason."""
    ended, happened = CLOSINGS[state]
    facts = {"text": words} if words else {}
    async with office.uow() as unit:
        working = await unit.workings.current(risk)
        ending = Ending(kind=ended, at=at, by=risk.filed_by, reason=words or None)
        await unit.workings.save(replace(working, ending=ending), probe_at=None)
        await unit.risks.save(replace(risk, state=state))
        await unit.events.add(Event(risk=risk.id, at=at, kind=happened, position=risk.filed_by, facts=facts))
        await unit.commit()


async def told(office: StaffedOffice, working: Working) -> None:
    async with office.uow() as unit:
        if working.round > 1:
            await unit.workings.begin(working)
        await unit.workings.save(working, probe_at=NOW)
        await unit.commit()


async def rounds(office: StaffedOffice, risk: Risk) -> list[Working]:
    async with office.view() as unit:
        return list(await unit.workings.all_of(risk.id))


def test_every_closed_state_is_tried_here() -> None:
    assert set(CLOSINGS) == CLOSED_STATES


async def test_nothing_of_a_working_day_is_dropped(offices: Offices, office: StaffedOffice) -> None:
    await office.filed()
    await office.drafted()
    await plan_notice(office)
    assert await purged(offices, NOW + DAY) == {}


@pytest.mark.parametrize("state", CLOSINGS)
@pytest.mark.parametrize(
    ("past", "dropped"), [(timedelta(), {}), (INSTANT, {Kept.CLOSED_TEXTS: 1})], ids=["to the day", "a moment later"]
)
async def test_words_of_a_closed_risk_go_a_term_after_its_last_event(
    offices: Offices, office: StaffedOffice, past: timedelta, dropped: dict[Kept, int], state: RiskState
) -> None:
    risk = await office.filed("Яма на дороге у Зоряны")
    await close(office, risk, NOW + 9 * DAY, "Зоряна", state=state)
    term = timedelta(days=TERMS.closed_text_days)
    assert await purged(offices, NOW + 9 * DAY + term + past) == dropped


async def test_of_a_closed_risk_number_block_level_dates_and_states_stay(
    offices: Offices, office: StaffedOffice
) -> None:
    risk = await office.filed("Яма на дороге у Зоряны, vk.com/wall-1_2")
    await close(office, risk, NOW, "Зоряна")
    [before] = await offices.rows(tables.risks)
    filed, _ = await offices.rows(tables.events)
    assert await purged(offices, NOW + 400 * DAY) == {Kept.CLOSED_TEXTS: 1}
    [after] = await offices.rows(tables.risks)
    assert (before["gist"] != "", before["sources"] != "[]") == (True, True)
    assert after == before | {"gist": "", "sources": "[]"}
    still_filed, closed = await offices.rows(tables.events)
    assert still_filed == filed
    assert (closed["kind"], closed["facts"]) == (EventKind.OVERRIDDEN, "{}")
    assert await purged(offices, NOW + 401 * DAY) == {}


async def test_of_every_round_of_a_closed_risk_words_and_links_go_and_the_rest_stays(
    offices: Offices, office: StaffedOffice
) -> None:
    risk = await office.filed()
    for number in (1, 2):
        await told(office, whole_round(risk, "Зоряна", number=number))
    await close(office, replace(risk, round=2), NOW)
    before = await rounds(office, risk)
    assert await purged(offices, NOW + 400 * DAY) == {Kept.CLOSED_TEXTS: 1}
    assert await rounds(office, risk) == [each.without_words() for each in before]
    kept = " ".join(row["told"] for row in await offices.rows(tables.workings))
    assert ("Зоряна" in kept, LINK in kept) == (False, False)
    assert {row["probe_at"] for row in await offices.rows(tables.workings)} == {None}, "there is no link to probe"
    assert await purged(offices, NOW + 401 * DAY) == {}


@pytest.mark.parametrize(
    ("said", "dropped"), [(True, {Kept.CLOSED_TEXTS: 1}), (False, {})], ids=["with words", "without words"]
)
async def test_words_that_stand_in_a_round_alone_are_found(
    offices: Offices, office: StaffedOffice, said: bool, dropped: dict[Kept, int]
) -> None:
    risk = await office.filed()
    spoken = whole_round(risk, "Зоряна")
    await told(office, spoken if said else spoken.without_words())
    await close(office, replace(risk, gist="", sources=()), NOW)
    assert await purged(offices, NOW + 400 * DAY) == dropped


async def test_a_digest_loses_the_words_of_a_closed_risk_and_keeps_its_figures_and_the_words_of_others(
    offices: Offices, office: StaffedOffice
) -> None:
    over, goes_on, theirs = await office.filed("Зоряна"), await office.filed("Нет воды"), await offices.theirs.filed()
    before = await published(office, digest_naming(over, goes_on, now=NOW))
    of_theirs = await published(offices.theirs, digest_naming(theirs, now=NOW))
    await close(office, over, NOW + DAY)
    await purged(offices, NOW + 300 * DAY)
    assert await snapshot(office, before) == before, "the words are kept for a year"
    assert await purged(offices, NOW + 400 * DAY) == {Kept.CLOSED_TEXTS: 1}
    of_over, of_goes_on = before.awaited
    assert await snapshot(office, before) == replace(before, awaited=(replace(of_over, gist=""), of_goes_on))
    assert await snapshot(offices.theirs, of_theirs) == of_theirs
    assert not on_disk_rows(await offices.rows(tables.digests), "Зоряна")


async def published(office: StaffedOffice, digest: Digest) -> Digest:
    async with office.uow() as unit:
        added = await unit.digests.add(digest)
        await unit.commit()
    assert added is not None
    return added


async def snapshot(office: StaffedOffice, digest: Digest) -> Digest | None:
    async with office.view() as unit:
        return await unit.digests.get(digest.id)


def on_disk_rows(rows: Sequence[dict[str, Any]], words: str) -> bool:
    return any(words in row["told"] for row in rows)


async def test_digests_are_kept_for_ever(offices: Offices, office: StaffedOffice) -> None:
    digest = await published(office, digest_naming(now=NOW))
    assert await purged(offices, NOW + 4000 * DAY) == {}
    assert await snapshot(office, digest) == digest


@pytest.mark.parametrize(
    ("state", "file", "dropped"),
    [
        (PaperState.SENT, None, True),
        (PaperState.FAILED, None, True),
        (PaperState.READY, None, True),
        (PaperState.PLANNED, None, False),
        (PaperState.SENT, "page.docx", False),
    ],
    ids=["sent", "failed", "swept unsent", "still to be made", "its file lies there yet"],
)
async def test_a_paper_that_is_over_is_dropped_with_its_job_and_its_message(
    offices: Offices, office: StaffedOffice, state: PaperState, file: str | None, dropped: bool
) -> None:
    asked = AskPaper(kind=PaperKind.MEMO, place=office.private(office.head), period=YEAR)
    await ask_paper(asked, actor=office.head, uow=office.uow, now=NOW)
    [row] = await offices.rows(tables.papers)
    await execute(offices, update(tables.papers).values(state=state.value, file=file, made_at=NOW))
    await execute(offices, update(tables.standing).values(shown=tables.standing.c.wanted))
    assert await purged(offices, NOW + 90 * DAY) == {}
    assert await purged(offices, NOW + 91 * DAY) == ({Kept.PAPERS: 1} if dropped else {})
    left = [len(await offices.rows(table)) for table in (tables.papers, tables.jobs, tables.standing)]
    assert left == ([0, 0, 0] if dropped else [1, 1, 1]), row


async def test_a_paper_whose_message_is_still_to_be_shown_stays(offices: Offices, office: StaffedOffice) -> None:
    asked = AskPaper(kind=PaperKind.MEMO, place=office.private(office.head), period=YEAR)
    await ask_paper(asked, actor=office.head, uow=office.uow, now=NOW)
    await execute(offices, update(tables.papers).values(state=PaperState.FAILED.value))
    assert await purged(offices, NOW + 91 * DAY) == {}


async def test_of_an_open_risk_and_of_another_one_rounds_stay_as_they_are(
    offices: Offices, office: StaffedOffice
) -> None:
    over, goes_on, theirs = await office.filed(), await office.filed(), await offices.theirs.filed()
    await told(office, whole_round(goes_on, "Зоряна"))
    await told(offices.theirs, whole_round(theirs, "Зоряна"))
    await close(office, over, NOW)
    before = [await rounds(office, goes_on), await rounds(offices.theirs, theirs)]
    assert await purged(offices, NOW + 400 * DAY) == {Kept.CLOSED_TEXTS: 1}
    assert [await rounds(office, goes_on), await rounds(offices.theirs, theirs)] == before


async def test_words_of_an_open_risk_stay_however_old_it_is(offices: Offices, office: StaffedOffice) -> None:
    await office.filed("Яма на дороге")
    assert await purged(offices, NOW + 4000 * DAY) == {}


async def test_nothing_of_a_dropped_gist_is_left_on_the_disk(offices: Offices, office: StaffedOffice) -> None:
    words = "Зоряна-Проверка"
    for number in range(20):
        risk = await office.filed(f"{words} {number} " + "и ещё слова" * 20)
        await told(office, whole_round(risk, words * 20))
        await close(office, risk, NOW, words * 50)
    await offices.database.truncate_wal()
    assert on_disk(offices, words)
    assert await purged(offices, NOW + 400 * DAY) == {Kept.CLOSED_TEXTS: 20}
    await offices.database.truncate_wal()
    assert not on_disk(offices, words)


def on_disk(offices: Offices, words: str) -> bool:
    files = list(offices.path.parent.glob(f"{offices.path.name}*"))
    return any(words.encode() in file.read_bytes() for file in files)


async def plan_notice(office: StaffedOffice, at: datetime = NOW) -> None:
    async with office.uow() as unit:
        await unit.outbox.plan(Joined(position=PositionId(1)), office.private(office.olga), due_at=at)
        await unit.commit()


@pytest.mark.parametrize("state", ["planned", "claimed", "sent", "moot", "refused", "unknown"])
async def test_notices_go_once_nothing_more_can_happen_to_them(
    offices: Offices, office: StaffedOffice, state: str
) -> None:
    await plan_notice(office)
    await execute(offices, update(tables.outbox).values(state=state))
    ended = state not in {"planned", "claimed"}
    assert await purged(offices, NOW + 91 * DAY) == ({Kept.NOTICES: 1} if ended else {})
    tallied = [(row["kind"], row["outcome"], row["count"]) for row in await offices.rows(tables.tallies)]
    assert tallied == ([("joined", state, 1)] if ended else [])


async def test_dropped_notices_are_counted_by_the_day_of_their_office(offices: Offices, office: StaffedOffice) -> None:
    just_before_midnight = datetime(2026, 11, 20, 20, 59, tzinfo=UTC)  # 23:59 in Moscow
    for at in (just_before_midnight, just_before_midnight + timedelta(minutes=1)):
        await plan_notice(office, at)
    await execute(offices, update(tables.outbox).values(state="sent"))
    await purged(offices, NOW + 100 * DAY)
    assert [(row["day"], row["count"]) for row in await offices.rows(tables.tallies)] == [
        (date(2026, 11, 20), 1),
        (date(2026, 11, 21), 1),
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_purges_at_any_days_lose_no_count(offices: Offices, data: st.DataObject) -> None:
    """What is tallied and what still lies there is, kind by kind, what there ever was."""
    async with offices.database.write() as connection:
        for table in (tables.tallies, tables.outbox, tables.ledger):
            await connection.execute(table.delete())
        await connection.commit()
    row = st.tuples(st.sampled_from([1, 2]), st.sampled_from(["sent", "moot", "unknown"]), st.integers(0, 200))
    made = data.draw(st.lists(row, max_size=30))
    for office, outcome, day in made:
        values = {"office_id": office, "kind": "joined", "notice": "{}", "messenger": "telegram", "address": "1"}
        await execute(
            offices, insert(tables.outbox).values(**values, state=outcome, due_at=NOW + day * DAY, thread=None)
        )
    for day in sorted(data.draw(st.lists(st.integers(0, 400), max_size=3))):
        await purged(offices, NOW + day * DAY)
    counted: Counter[tuple[int, str]] = Counter()
    for tally in await offices.rows(tables.tallies):
        counted[tally["office_id"], tally["outcome"]] += tally["count"]
    for left in await offices.rows(tables.outbox):
        counted[left["office_id"], left["state"]] += 1
    assert counted == Counter((office, outcome) for office, outcome, _ in made)


async def reminded(office: StaffedOffice) -> Risk:
    """A risk whose verification somebody has been reminded of."""
    risk = await office.filed()
    assert await nudge(uow=office.uow, view=office.view, now=NOW + timedelta(hours=3)) == 1
    return risk


async def no_more_owed(office: StaffedOffice, risk: Risk, at: datetime) -> None:
    async with office.uow() as unit:
        await settle(unit, Matter.RISK, risk.id, (), at)
        await unit.commit()


@pytest.mark.parametrize(
    ("past", "dropped"), [(timedelta(), {}), (INSTANT, {Kept.REMINDERS: 1})], ids=["to the day", "a moment later"]
)
async def test_a_reminder_goes_a_term_after_its_moment_and_what_is_still_owed_stays(
    offices: Offices, office: StaffedOffice, past: timedelta, dropped: dict[Kept, int]
) -> None:
    await reminded(office)
    await execute(offices, delete(tables.outbox))
    [said] = await offices.rows(tables.nudges)
    before = {table.name: await offices.rows(table) for table in (tables.obligations, tables.risks, tables.events)}
    assert await purged(offices, said["release_at"] + timedelta(days=TERMS.outbox_days) + past) == dropped
    assert len(await offices.rows(tables.nudges)) == 1 - len(dropped)
    assert {
        table.name: await offices.rows(table) for table in (tables.obligations, tables.risks, tables.events)
    } == before


@pytest.mark.parametrize(
    ("past", "dropped"), [(timedelta(), {Kept.REMINDERS: 1}), (INSTANT, {Kept.REMINDERS: 2})], ids=["kept", "dropped"]
)
async def test_what_was_owed_goes_a_term_after_it_has_ended(
    offices: Offices, office: StaffedOffice, past: timedelta, dropped: dict[Kept, int]
) -> None:
    ended = NOW + DAY
    await no_more_owed(office, await reminded(office), ended)
    await execute(offices, delete(tables.outbox))
    assert await purged(offices, ended + timedelta(days=TERMS.outbox_days) + past) == dropped


async def test_what_was_owed_stays_while_a_reminder_of_it_does(offices: Offices, office: StaffedOffice) -> None:
    await no_more_owed(office, await reminded(office), NOW + DAY)
    await execute(offices, delete(tables.outbox))
    await execute(offices, update(tables.nudges).values(release_at=NOW + 9 * DAY))
    term = timedelta(days=TERMS.outbox_days)
    assert await purged(offices, NOW + DAY + term + INSTANT) == {}
    assert await purged(offices, NOW + 9 * DAY + term + INSTANT) == {Kept.REMINDERS: 2}


@pytest.mark.parametrize("state", ["waiting", "held"])
async def test_a_reminder_that_is_still_to_be_said_is_never_dropped(
    offices: Offices, office: StaffedOffice, state: str
) -> None:
    await reminded(office)
    await execute(offices, delete(tables.outbox))
    await execute(offices, update(tables.nudges).values(state=state))
    assert await purged(offices, NOW + 900 * DAY) == {}


async def test_why_somebody_put_a_thing_off_goes_with_the_words_of_its_risk(
    offices: Offices, office: StaffedOffice
) -> None:
    risk, other = await office.filed("Яма у Зоряны"), await office.filed("Яма у школы")
    put_off = Hold(kind=HoldKind.POSTPONED, day=NOW.date(), by=risk.filed_by, at=NOW, reason="ждём Зоряну")
    async with office.uow() as unit:
        for owed in await unit.obligations.all_open():
            await put_on_hold(unit, owed, put_off, NOW)
        await unit.commit()
    await close(office, risk, NOW)
    assert await purged(offices, NOW + 400 * DAY) == {Kept.CLOSED_TEXTS: 1}
    async with office.view() as unit:
        held = {each.obligation.key.matter_id: each.hold for each in await unit.obligations.all_open()}
    assert held == {risk.id: None, other.id: put_off}


async def test_lines_of_the_ledger_are_counted_and_dropped(offices: Offices, office: StaffedOffice) -> None:
    line = {"office_id": office.id, "what": "standing", "item": 1, "why": None, "noted_at": NOW}
    await execute(offices, insert(tables.ledger).values([line | {"outcome": "unknown"}, line | {"outcome": "gone"}]))
    assert await purged(offices, NOW + 91 * DAY) == {Kept.MISHAPS: 2}
    tallied = await offices.rows(tables.tallies)
    assert sorted((row["what"], row["kind"], row["outcome"], row["count"]) for row in tallied) == [
        ("mishap", "standing", "gone", 1),
        ("mishap", "standing", "unknown", 1),
    ]


async def closed_draft(offices: Offices, office: StaffedOffice) -> None:
    draft = await office.drafted()
    async with office.uow() as unit:
        await unit.drafts.save(draft.closed(DraftStatus.CANCELLED))
        await unit.standing.post(Subject.DRAFT, draft.id, office.private(office.olga))
        await unit.commit()
    await execute(offices, update(tables.standing).values(shown=1, message=70))


async def test_a_closed_draft_goes_with_its_message_and_an_open_one_stays(
    offices: Offices, office: StaffedOffice
) -> None:
    await closed_draft(offices, office)
    kept = await office.drafted()
    assert await purged(offices, NOW + 31 * DAY) == {Kept.DRAFTS: 1}
    assert [row["id"] for row in await offices.rows(tables.drafts)] == [kept.id]
    assert await offices.rows(tables.standing) == []


@pytest.mark.parametrize(
    ("standing", "dropped"),
    [({"claimed_by": "a run"}, 0), ({"wanted": 2}, 0), ({"wanted": 2, "refused": 2}, 1)],
    ids=["in hand", "to be shown", "refused by the messenger"],
)
async def test_a_draft_waits_until_its_message_has_come_to_rest(
    offices: Offices, office: StaffedOffice, standing: dict[str, Any], dropped: int
) -> None:
    await closed_draft(offices, office)
    await execute(offices, update(tables.standing).values(**standing))
    assert (await purged(offices, NOW + 31 * DAY)).get(Kept.DRAFTS, 0) == dropped


async def test_a_new_draft_never_gets_the_number_of_a_dropped_one(offices: Offices, office: StaffedOffice) -> None:
    await closed_draft(offices, office)
    await purged(offices, NOW + 31 * DAY)
    assert (await office.drafted()).id == 2


async def recorded(office: StaffedOffice, risk: Risk, status: RecordStatus) -> Record:
    """A record of Olga's with its message, which has come to rest."""
    asked = Record(
        id=RecordId(0),
        author=await office.person(office.olga),
        place=office.private(office.olga),
        risk=risk.id,
        round=risk.round,
        kind=RecordKind.NOTE,
        status=RecordStatus.OPEN,
        touched_at=NOW,
        filled={RecordField.NOTE: "Звонили в ресурсную организацию"},
    )
    async with office.uow() as unit:
        record = await unit.records.add(asked)
        if status is not RecordStatus.OPEN:
            await unit.records.save(record.ended(status))
        await unit.standing.post(Subject.RECORD, record.id, record.place)
        await unit.commit()
    return record


async def come_to_rest(offices: Offices, **otherwise: Any) -> None:
    shown = {"shown": tables.standing.c.wanted, "message": 70}
    await execute(offices, update(tables.standing).values(**shown | otherwise))


@pytest.mark.parametrize("status", [RecordStatus.DONE, RecordStatus.CANCELLED])
async def test_a_closed_record_goes_with_its_message_a_term_after_it_was_touched_and_an_open_one_stays(
    offices: Offices, office: StaffedOffice, status: RecordStatus
) -> None:
    risk = await office.filed()
    await recorded(office, risk, status)
    kept = await recorded(office, risk, RecordStatus.OPEN)
    await come_to_rest(offices)
    term = timedelta(days=TERMS.drafts_days)
    assert await purged(offices, NOW + term) == {}
    assert await purged(offices, NOW + term + INSTANT) == {Kept.DRAFTS: 1}
    assert [row["id"] for row in await offices.rows(tables.records)] == [kept.id]
    standing = {(row["subject"], row["subject_id"]) for row in await offices.rows(tables.standing)}
    assert standing == {(Subject.RISK, risk.id), (Subject.RECORD, kept.id)}


@pytest.mark.parametrize("status", [OfferStatus.TAKEN, OfferStatus.LAPSED])
async def test_an_offer_of_a_note_goes_with_its_message_a_term_after_its_end_and_an_open_one_stays(
    offices: Offices, office: StaffedOffice, status: OfferStatus
) -> None:
    risk = await office.filed()
    over, kept = await offered(office, risk, status), await offered(office, risk, message=99)
    async with office.uow() as unit:
        for offer in (over, kept):
            await unit.standing.post(Subject.NOTE_OFFER, offer.id, office.chat)
        await unit.commit()
    await come_to_rest(offices)
    term = timedelta(days=TERMS.drafts_days)
    assert await purged(offices, NOW + term) == {}
    assert await purged(offices, NOW + term + INSTANT) == {Kept.DRAFTS: 1}
    assert [row["id"] for row in await offices.rows(tables.note_offers)] == [kept.id]
    standing = {(row["subject"], row["subject_id"]) for row in await offices.rows(tables.standing)}
    assert standing == {(Subject.RISK, risk.id), (Subject.NOTE_OFFER, kept.id)}


@pytest.mark.parametrize(
    ("standing", "dropped"),
    [({"claimed_by": "a run"}, 0), ({"shown": 0}, 0), ({"shown": 0, "refused": 1}, 1)],
    ids=["in hand", "to be shown", "refused by the messenger"],
)
async def test_a_record_waits_until_its_message_has_come_to_rest(
    offices: Offices, office: StaffedOffice, standing: dict[str, Any], dropped: int
) -> None:
    await recorded(office, await office.filed(), RecordStatus.DONE)
    await come_to_rest(offices, **standing)
    assert (await purged(offices, NOW + 31 * DAY)).get(Kept.DRAFTS, 0) == dropped


async def test_closed_drafts_and_closed_records_are_counted_together(offices: Offices, office: StaffedOffice) -> None:
    await closed_draft(offices, office)
    for status in (RecordStatus.DONE, RecordStatus.CANCELLED):
        await recorded(office, await office.filed(), status)
    await come_to_rest(offices)
    assert await purged(offices, NOW + 31 * DAY) == {Kept.DRAFTS: 3}


async def test_a_new_record_never_gets_the_number_of_a_dropped_one(offices: Offices, office: StaffedOffice) -> None:
    risk = await office.filed()
    dropped = await recorded(office, risk, RecordStatus.DONE)
    await come_to_rest(offices)
    await purged(offices, NOW + 31 * DAY)
    assert (await recorded(office, risk, RecordStatus.OPEN)).id > dropped.id


@pytest.mark.parametrize("state", EntryState)
async def test_an_invitation_goes_with_its_entry_unless_somebody_is_at_the_door(
    offices: Offices, office: StaffedOffice, state: EntryState
) -> None:
    await entered(office, state)
    is_open = state in {EntryState.NAMING, EntryState.WAITING}
    await execute(offices, update(tables.standing).values(shown=tables.standing.c.wanted))
    assert await purged(offices, NOW + 91 * DAY) == ({} if is_open else {Kept.INVITATIONS: 1})
    left = [len(await offices.rows(table)) for table in (tables.invitations, tables.entries, tables.standing)]
    assert left == ([1, 1, 1] if is_open else [0, 0, 0])


async def test_an_unused_invitation_goes_a_term_after_it_has_expired(offices: Offices, office: StaffedOffice) -> None:
    async with office.uow() as unit:
        [seat, *_] = await unit.people.positions()
        await unit.invitations.issue(seat.id, "hash", NOW + 7 * DAY)
        await unit.commit()
    assert await purged(offices, NOW + 97 * DAY) == {}
    assert await purged(offices, NOW + 97 * DAY + INSTANT) == {Kept.INVITATIONS: 1}


async def entered(office: StaffedOffice, state: EntryState) -> None:
    async with office.uow() as unit:
        seat = next(each for each in await unit.people.positions() if each.holder is None)
        await unit.invitations.issue(seat.id, "hash", NOW + 7 * DAY)
        [invitation] = await unit.invitations.unused()
        person = await unit.people.find_or_add(office.newcomer.address)
        await unit.invitations.mark_used(invitation.id, person, NOW)
        entry = await unit.entries.begin(invitation.id, seat.id, person, NOW)
        await unit.entries.save(replace(entry, name="Зотов Д. А.", state=state))
        await unit.standing.post(Subject.ENTRY, entry.id, office.private(office.newcomer))
        await unit.commit()


async def test_a_name_goes_a_term_after_its_bearer_has_lost_the_last_position(
    offices: Offices, office: StaffedOffice
) -> None:
    olga = await office.person(office.olga)
    async with office.uow() as unit:
        await unit.people.give_name(olga, "Лапина М. В.")
        held = next(each for each in await unit.people.positions() if each.holder == olga)
        other = next(each for each in await unit.people.positions() if each.holder is None)
        await unit.people.seat(other.id, olga, NOW)
        await unit.people.vacate(held.id, NOW + DAY)
        await unit.commit()
    assert await purged(offices, NOW + 4000 * DAY) == {}, "one position is left"
    async with office.uow() as unit:
        await unit.people.vacate(other.id, NOW + 4000 * DAY)
        await unit.commit()
    assert await purged(offices, NOW + 4365 * DAY) == {}
    assert await purged(offices, NOW + 4365 * DAY + INSTANT) == {Kept.FORMER_NAMES: 1}
    async with office.view() as unit:
        assert (await unit.people.person(olga)).official_name is None


async def test_who_came_back_keeps_the_name(offices: Offices, office: StaffedOffice) -> None:
    olga = await office.person(office.olga)
    async with office.uow() as unit:
        await unit.people.give_name(olga, "Лапина М. В.")
        held = next(each for each in await unit.people.positions() if each.role == MEMBER and each.holder == olga)
        await unit.people.vacate(held.id, NOW)
        await unit.people.seat(held.id, olga, NOW + 30 * DAY)
        await unit.commit()
    assert await purged(offices, NOW + 4000 * DAY) == {}


async def test_what_was_set_aside_goes_and_what_waits_stays(offices: Offices) -> None:
    inbox = Inbox(offices.database, 42)
    batch = [Received(update_id=number, lane="chat:1", payload={}) for number in (1, 2)]
    aside, _waiting = await inbox.take(batch, NOW)
    await inbox.set_aside(aside.id, SetAside(reference="7F3K", payload={"words": "Нет света"}, trace="KeyError: act:1"))
    assert await purged(offices, NOW + 30 * DAY) == {}
    assert await purged(offices, NOW + 30 * DAY + INSTANT) == {Kept.SET_ASIDE: 1}
    assert [row["state"] for row in await offices.rows(tables.inbox)] == ["waiting"]


async def test_a_term_of_zero_keeps_for_ever(offices: Offices, office: StaffedOffice) -> None:
    await closed_draft(offices, office)
    await plan_notice(office)
    await execute(offices, update(tables.outbox).values(state="sent"))
    risk = await office.filed()
    await close(office, risk, NOW)
    for_ever = Retention(
        set_aside_days=0, drafts_days=0, outbox_days=0, closed_text_days=0, invitations_days=0, former_names_days=0
    )
    assert await purged(offices, NOW + 40_000 * DAY, for_ever) == {}
    assert set(await purged(offices, NOW + 40_000 * DAY)) == {Kept.DRAFTS, Kept.NOTICES, Kept.CLOSED_TEXTS}


async def test_no_transaction_drops_more_than_a_batch(
    offices: Offices, office: StaffedOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"office_id": office.id, "kind": "joined", "notice": "{}", "messenger": "telegram", "address": "1"}
    many = [row | {"state": "sent", "due_at": NOW, "thread": None} for _ in range(2 * BATCH + 1)]
    await execute(offices, insert(tables.outbox).values(many))
    sizes: list[int] = []
    drop = purging.Purge._drop

    async def measured(*args: Any) -> int:
        sizes.append(await drop(*args))
        return sizes[-1]

    monkeypatch.setattr(purging.Purge, "_drop", measured)
    assert await purged(offices, NOW + 91 * DAY) == {Kept.NOTICES: 2 * BATCH + 1}
    assert sizes == [BATCH, BATCH, 1]
    async with offices.database.read() as connection:
        assert (await connection.execute(select(func.sum(tables.tallies.c.count)))).scalar_one() == 2 * BATCH + 1
