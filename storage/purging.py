"""The purge: drops what is kept for a while only, a few rows in each transaction; what is counted stays counted.

Which rows are due is found by reading, so that nobody who writes has to wait for it, and asked again before they go.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Select, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from risk.calendar import WorkingCalendar
from risk.events import WORDLESS
from risk.ids import RiskId
from risk.jobs import OF_PAPERS
from risk.obligations import Matter
from risk.papers import PaperState
from risk.retention import Kept, Retention
from risk.standing import Subject
from risk.workings import FREE_TEXTS
from storage import tables
from storage.database import Database, has_number_under, has_text_under, upsert
from storage.mapping import PLAN, WORKING, dumped, working_of
from storage.report_mapping import digest_of, digest_values

BATCH: Final = 100
"""Rows in one transaction: it must be over before anybody notices that they wait for it."""
ENDED: Final = ("sent", "moot", "refused", "unknown")
"""States of a notice in which nothing more will happen to it."""

Find = Callable[[datetime], Select[Any]]
Drop = Callable[[AsyncConnection, Sequence[int]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """`due` finds the ids of what is older than a moment, `drop` does away with it."""

    what: Kept
    due: Find
    drop: Drop


class Purge:
    """One purge, as of `now`."""

    def __init__(self, database: Database, retention: Retention, now: datetime) -> None:
        self._database = database
        self._retention = retention
        self._now = now

    async def run(self) -> Mapping[Kept, int]:
        """Drop all that is due; how much there was of each."""
        dropped: Counter[Kept] = Counter()
        for rule in _RULES:
            dropped[rule.what] += await self._dropped(rule)
        return dropped

    async def count(self) -> Mapping[Kept, int]:
        """How much is due, with nothing dropped."""
        counted: Counter[Kept] = Counter()
        async with self._database.read() as connection:
            for rule in _RULES:
                due = self._due(rule)
                query = None if due is None else select(func.count()).select_from(due.subquery())
                counted[rule.what] += 0 if query is None else int((await connection.execute(query)).scalar_one())
        return counted

    async def _dropped(self, rule: _Rule) -> int:
        due, dropped = self._due(rule), 0
        while due is not None:
            async with self._database.read() as connection:
                found = (await connection.execute(due.limit(BATCH))).scalars().all()
            if not found:
                break
            dropped += await self._drop(rule, due, found)
        return dropped

    async def _drop(self, rule: _Rule, due: Select[Any], found: Sequence[int]) -> int:
        async with self._database.write() as connection:
            still = (await connection.execute(due.where(due.selected_columns[0].in_(found)))).scalars().all()
            await rule.drop(connection, still)
            await connection.commit()
        return len(still)

    def _due(self, rule: _Rule) -> Select[Any] | None:
        cutoff = self._retention.cutoff(rule.what, self._now)
        return None if cutoff is None else rule.due(cutoff)


def _due_aside(before: datetime) -> Select[Any]:
    table = tables.inbox
    return select(table.c.id).where(table.c.state == "aside", table.c.received_at < before)


async def _drop_aside(connection: AsyncConnection, ids: Sequence[int]) -> None:
    await connection.execute(delete(tables.inbox).where(tables.inbox.c.id.in_(ids)))


def _due_drafts(before: datetime) -> Select[Any]:
    return _closed_forms(tables.drafts, tables.draft_open, Subject.DRAFT, before)


async def _drop_drafts(connection: AsyncConnection, ids: Sequence[int]) -> None:
    await _drop_standing(connection, ids, Subject.DRAFT)
    await connection.execute(delete(tables.prompts).where(tables.prompts.c.draft.in_(ids)))
    await connection.execute(delete(tables.drafts).where(tables.drafts.c.id.in_(ids)))


def _due_records(before: datetime) -> Select[Any]:
    return _closed_forms(tables.records, tables.record_open, Subject.RECORD, before)


async def _drop_records(connection: AsyncConnection, ids: Sequence[int]) -> None:
    await _drop_standing(connection, ids, Subject.RECORD)
    await connection.execute(delete(tables.records).where(tables.records.c.id.in_(ids)))


def _due_note_offers(before: datetime) -> Select[Any]:
    return _closed_forms(tables.note_offers, tables.note_offer_open, Subject.NOTE_OFFER, before)


async def _drop_note_offers(connection: AsyncConnection, ids: Sequence[int]) -> None:
    await _drop_standing(connection, ids, Subject.NOTE_OFFER)
    await connection.execute(delete(tables.note_offers).where(tables.note_offers.c.id.in_(ids)))


def _due_notices(before: datetime) -> Select[Any]:
    table = tables.outbox
    return select(table.c.id).where(table.c.state.in_(ENDED), table.c.due_at < before)


async def _drop_notices(connection: AsyncConnection, ids: Sequence[int]) -> None:
    table = tables.outbox
    columns = (table.c.office_id, table.c.due_at.label("at"), table.c.kind, table.c.state.label("outcome"))
    await _tally(connection, "notice", select(*columns).where(table.c.id.in_(ids)))
    await connection.execute(delete(table).where(table.c.id.in_(ids)))


def _due_nudges(before: datetime) -> Select[Any]:
    return select(tables.nudges.c.id).where(_is_over(before))


async def _drop_nudges(connection: AsyncConnection, ids: Sequence[int]) -> None:
    await connection.execute(delete(tables.nudges).where(tables.nudges.c.id.in_(ids)))


def _due_obligations(before: datetime) -> Select[Any]:
    """Those of which no nudge stays that would have nothing to speak of."""
    table, nudges = tables.obligations, tables.nudges
    of_it = (nudges.c.office_id == table.c.office_id) & (nudges.c.owed == table.c.id)
    stays = select(nudges.c.id).where(of_it, ~_is_over(before)).exists()
    return select(table.c.id).where(table.c.ended_at < before, ~stays)


async def _drop_obligations(connection: AsyncConnection, ids: Sequence[int]) -> None:
    await connection.execute(delete(tables.obligations).where(tables.obligations.c.id.in_(ids)))


def _is_over(before: datetime) -> ColumnElement[bool]:
    """Of a nudge: nothing more will be said by it, and its moment, or the last look at it, is past."""
    table = tables.nudges
    return ~tables.nudge_pending & (table.c.at < before) & (table.c.release_at < before)


def _due_papers(before: datetime) -> Select[Any]:
    """Those that are over; of one whose file lies there yet, somebody may still wait for it."""
    table = tables.papers
    is_over = (table.c.state != PaperState.PLANNED.value) & table.c.file.is_(None)
    return select(table.c.id).where(is_over, table.c.planned_at < before, ~_on_its_way(table.c.id, Subject.PAPER))


async def _drop_papers(connection: AsyncConnection, ids: Sequence[int]) -> None:
    jobs = tables.jobs
    await _drop_standing(connection, ids, Subject.PAPER)
    of_them = jobs.c.kind.in_([kind.value for kind in OF_PAPERS]) & jobs.c.subject.in_(ids)
    await connection.execute(delete(jobs).where(_in_any_office(jobs), of_them))
    await connection.execute(delete(tables.papers).where(tables.papers.c.id.in_(ids)))


def _due_mishaps(before: datetime) -> Select[Any]:
    return select(tables.ledger.c.id).where(tables.ledger.c.noted_at < before)


async def _drop_mishaps(connection: AsyncConnection, ids: Sequence[int]) -> None:
    table = tables.ledger
    columns = (table.c.office_id, table.c.noted_at.label("at"), table.c.what.label("kind"), table.c.outcome)
    await _tally(connection, "mishap", select(*columns).where(table.c.id.in_(ids)))
    await connection.execute(delete(table).where(table.c.id.in_(ids)))


def _due_closed_texts(before: datetime) -> Select[Any]:
    risks, events = tables.risks, tables.events
    last_event = select(func.max(events.c.at)).where(_of_risk(risks.c.id)).scalar_subquery()
    wordy = select(events.c.id).where(_of_risk(risks.c.id), _has_words()).exists()
    has_words = or_(risks.c.gist != "", risks.c.sources != "[]", wordy, _is_told_in_words())
    last_moment = func.coalesce(last_event, risks.c.filed_at, type_=risks.c.filed_at.type)
    return select(risks.c.id).where(~tables.risk_open, has_words, last_moment < before)


async def _drop_closed_texts(connection: AsyncConnection, ids: Sequence[int]) -> None:
    risks, events = tables.risks, tables.events
    await connection.execute(update(risks).where(risks.c.id.in_(ids)).values(gist="", sources="[]"))
    of_them = _in_any_office(events) & events.c.risk.in_(ids)
    await connection.execute(update(events).where(of_them, _has_words()).values(facts="{}"))
    await _empty_workings(connection, ids)
    await _empty_digests(connection, ids)
    await _forget_holds(connection, ids)


async def _forget_holds(connection: AsyncConnection, risks: Sequence[int]) -> None:
    """Why somebody put a measure of theirs off: no hold lasts as long as words are kept."""
    table = tables.obligations
    of_them = _in_any_office(table) & (table.c.matter == Matter.RISK.value) & table.c.matter_id.in_(risks)
    await connection.execute(update(table).where(of_them, table.c.hold.is_not(None)).values(hold=None))


async def _empty_workings(connection: AsyncConnection, risks: Sequence[int]) -> None:
    """Every round of these risks: what is free text in it, the domain knows."""
    table = tables.workings
    rounds = await connection.execute(select(table).where(_in_any_office(table), table.c.risk.in_(risks)))
    for row in rounds.all():
        told = dumped(WORKING, working_of(row).without_words())
        await connection.execute(update(table).where(table.c.id == row.id).values(told=told, probe_at=None))


async def _empty_digests(connection: AsyncConnection, risks: Sequence[int]) -> None:
    """Of the digests that named these risks while they were open: the figures stay."""
    table = tables.digests
    since = select(func.min(tables.risks.c.filed_at)).where(tables.risks.c.id.in_(risks)).scalar_subquery()
    naming = _in_any_office(table) & (table.c.as_of >= since) & has_number_under("risk", risks, table.c.told)
    for row in (await connection.execute(select(table).where(naming))).all():
        told = digest_values(digest_of(row).without_words_of([RiskId(each) for each in risks]))["told"]
        await connection.execute(update(table).where(table.c.id == row.id).values(told=told))


def _due_invitations(before: datetime) -> Select[Any]:
    table, entries = tables.invitations, tables.entries
    over = or_(table.c.used_at < before, table.c.used_at.is_(None) & (table.c.expires_at < before))
    on_its_way = _on_its_way(entries.c.id, Subject.ENTRY, Subject.ADMISSION)
    of_it = (entries.c.office_id == table.c.office_id) & (entries.c.invitation == table.c.id)
    in_use = select(entries.c.id).where(of_it, or_(tables.entry_open, on_its_way)).exists()
    return select(table.c.id).where(over, ~in_use)


async def _drop_invitations(connection: AsyncConnection, ids: Sequence[int]) -> None:
    table = tables.entries
    entries = (await connection.execute(select(table.c.id).where(table.c.invitation.in_(ids)))).scalars().all()
    await _drop_standing(connection, entries, Subject.ENTRY, Subject.ADMISSION)
    await connection.execute(delete(table).where(table.c.id.in_(entries)))
    await connection.execute(delete(tables.invitations).where(tables.invitations.c.id.in_(ids)))


def _due_former_names(before: datetime) -> Select[Any]:
    people, positions = tables.people, tables.positions
    seated = (positions.c.office_id == people.c.office_id) & (positions.c.holder == people.c.id)
    holds = select(positions.c.id).where(seated).exists()
    return select(people.c.id).where(people.c.official_name.is_not(None), people.c.former_since < before, ~holds)


async def _drop_former_names(connection: AsyncConnection, ids: Sequence[int]) -> None:
    people, entries = tables.people, tables.entries
    await connection.execute(update(people).where(people.c.id.in_(ids)).values(official_name=None))
    closed = entries.c.person.in_(ids) & ~tables.entry_open
    await connection.execute(update(entries).where(closed).values(name=None))


_RULES: Final = (
    _Rule(what=Kept.SET_ASIDE, due=_due_aside, drop=_drop_aside),
    _Rule(what=Kept.DRAFTS, due=_due_drafts, drop=_drop_drafts),
    _Rule(what=Kept.DRAFTS, due=_due_records, drop=_drop_records),
    _Rule(what=Kept.DRAFTS, due=_due_note_offers, drop=_drop_note_offers),
    _Rule(what=Kept.NOTICES, due=_due_notices, drop=_drop_notices),
    _Rule(what=Kept.REMINDERS, due=_due_nudges, drop=_drop_nudges),
    _Rule(what=Kept.REMINDERS, due=_due_obligations, drop=_drop_obligations),
    _Rule(what=Kept.PAPERS, due=_due_papers, drop=_drop_papers),
    _Rule(what=Kept.MISHAPS, due=_due_mishaps, drop=_drop_mishaps),
    _Rule(what=Kept.CLOSED_TEXTS, due=_due_closed_texts, drop=_drop_closed_texts),
    _Rule(what=Kept.INVITATIONS, due=_due_invitations, drop=_drop_invitations),
    _Rule(what=Kept.FORMER_NAMES, due=_due_former_names, drop=_drop_former_names),
)


def _closed_forms(table: Table, is_open: ColumnElement[bool], subject: Subject, before: datetime) -> Select[Any]:
    """Forms, records or offers that hold nothing any more, whose message has come to rest."""
    return select(table.c.id).where(~is_open, table.c.touched_at < before, ~_on_its_way(table.c.id, subject))


def _on_its_way(subject_id: ColumnElement[int], *subjects: Subject) -> ColumnElement[bool]:
    """Whether the courier has a message of it in hand or to bring; what the messenger refuses is not waited for."""
    table = tables.standing
    unfinished = tables.standing_unfinished & table.c.refused.is_(None)
    of_it = table.c.subject.in_([each.value for each in subjects]) & (table.c.subject_id == subject_id)
    of_it &= _in_any_office(table)
    return select(table.c.id).where(of_it, or_(table.c.claimed_by.is_not(None), unfinished)).exists()


async def _drop_standing(connection: AsyncConnection, ids: Sequence[int], *subjects: Subject) -> None:
    table = tables.standing
    of_them = table.c.subject.in_([each.value for each in subjects]) & table.c.subject_id.in_(ids)
    await connection.execute(delete(table).where(_in_any_office(table), of_them))


def _in_any_office(table: Table) -> ColumnElement[bool]:
    """Always so; but the index begins with the office, and without it the whole table would be read."""
    office: ColumnElement[int] = table.c.office_id
    return office.in_(select(tables.offices.c.id))


def _of_risk(risk: ColumnElement[int]) -> ColumnElement[bool]:
    return (tables.events.c.office_id == tables.risks.c.office_id) & (tables.events.c.risk == risk)


def _has_words() -> ColumnElement[bool]:
    table = tables.events
    return table.c.kind.not_in([kind.value for kind in WORDLESS]) & (table.c.facts != "{}")


def _is_told_in_words() -> ColumnElement[bool]:
    table, risks = tables.workings, tables.risks
    of_it = (table.c.office_id == risks.c.office_id) & (table.c.risk == risks.c.id)
    return select(table.c.id).where(of_it, has_text_under(FREE_TEXTS, table.c.told)).exists()


async def _tally(connection: AsyncConnection, what: Literal["notice", "mishap"], query: Select[Any]) -> None:
    """Count rows of (office_id, at, kind, outcome) by the day in their office's zone."""
    calendars: dict[int, WorkingCalendar] = {}
    counted: Counter[tuple[int, date, str, str]] = Counter()
    for row in (await connection.execute(query)).all():
        if row.office_id not in calendars:
            calendars[row.office_id] = await _calendar(connection, row.office_id)
        counted[row.office_id, calendars[row.office_id].local(row.at).date(), row.kind, row.outcome] += 1
    table = tables.tallies
    for (office, day, kind, outcome), count in counted.items():
        key = {"office_id": office, "day": day, "what": what, "kind": kind, "outcome": outcome}
        await connection.execute(
            upsert(table)
            .values(**key, count=count)
            .on_conflict_do_update(
                index_elements=list(table.primary_key.columns), set_={"count": table.c.count + count}
            )
        )


async def _calendar(connection: AsyncConnection, office: int) -> WorkingCalendar:
    plan = await connection.execute(select(tables.offices.c.plan).where(tables.offices.c.id == office))
    return PLAN.validate_json(plan.scalar_one()).calendar
