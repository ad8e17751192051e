"""The tables as SQLAlchemy sees them; what a row means in the domain is said in `mapping`.

Where an index covers a part of its table, the condition is a value here and written with a literal: SQLite uses such
an index only for a query that says the same words.

A column that ends in `_at` holds office time, but for `retry_at`, which is machine time (see `bot/clock.py`).
Rows of an office are keyed by (office_id, id), so that a foreign key cannot reach into another office.
No id is given twice, also after rows were dropped: buttons in chats and lines of the ledger name them for years.
"""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    and_,
    literal_column,
)

from risk.imports import OPEN_IMPORTS
from risk.risks import OPEN_STATES

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite keeps it without its zone, sortable as text."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the decorator's signature
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the decorator's signature
        return None if value is None else value.replace(tzinfo=UTC)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _office() -> Column[int]:
    return Column("office_id", Integer, ForeignKey("offices.id"), nullable=False)


def _within_office(name: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["office_id", name], [f"{table}.office_id", f"{table}.id"])


about = Table(
    "about",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("time_shift_seconds", Integer, nullable=False, server_default="0"),
    CheckConstraint("id = 1", name="single_row"),
    CheckConstraint("kind IN ('production', 'sandbox')", name="kind"),
    CheckConstraint("kind = 'sandbox' OR time_shift_seconds = 0", name="only_a_sandbox_moves_time"),
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("bot_id", Integer, nullable=False),
    Column("update_id", Integer, nullable=False),
    Column("lane", String, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("payload", Text),
    Column("state", String, nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("reference", String),
    Column("trace", Text),
    CheckConstraint("state IN ('waiting', 'done', 'aside')", name="state"),
    sqlite_autoincrement=True,
)
Index("ix_inbox_update", inbox.c.bot_id, inbox.c.update_id)
inbox_waiting = inbox.c.state == literal_column("'waiting'")
Index("ix_inbox_waiting", inbox.c.id, sqlite_where=inbox_waiting)

offices = Table(
    "offices",
    metadata,
    _id(),
    Column("key", String, nullable=False, unique=True),
    Column("plan", Text, nullable=False),
    Column("founded_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

office_settings = Table(
    "office_settings",
    metadata,
    Column("office_id", Integer, ForeignKey("offices.id"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("set_by", Integer, nullable=False),
    _within_office("set_by", "positions"),
)

people = Table(
    "people",
    metadata,
    _id(),
    _office(),
    Column("messenger", String, nullable=False),
    Column("address", String, nullable=False),
    Column("official_name", String),
    Column("at_desk_since", Moment),
    Column("unreachable_since", Moment),
    Column("nudged_at", Time),
    Column("former_since", Moment),
    UniqueConstraint("office_id", "id"),
    UniqueConstraint("office_id", "messenger", "address"),
    sqlite_autoincrement=True,
)
Index("ix_people_address", people.c.messenger, people.c.address)

positions = Table(
    "positions",
    metadata,
    _id(),
    _office(),
    Column("role", String, nullable=False),
    Column("number", Integer),
    Column("holder", Integer),
    Column("held_since", Moment),
    UniqueConstraint("office_id", "id"),
    UniqueConstraint("office_id", "role", "number"),
    _within_office("holder", "people"),
    sqlite_autoincrement=True,
)

invitations = Table(
    "invitations",
    metadata,
    _id(),
    _office(),
    Column("position", Integer, nullable=False),
    Column("code_hash", String, nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_by", Integer),
    Column("issued_by", Integer),
    Column("succeeds", Integer),
    UniqueConstraint("office_id", "id"),
    _within_office("position", "positions"),
    _within_office("used_by", "people"),
    _within_office("issued_by", "positions"),
    _within_office("succeeds", "people"),
    sqlite_autoincrement=True,
)

entries = Table(
    "entries",
    metadata,
    _id(),
    _office(),
    Column("invitation", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("person", Integer, nullable=False),
    Column("name", String),
    Column("state", String, nullable=False),
    Column("begun_at", Moment, nullable=False),
    UniqueConstraint("office_id", "id"),
    UniqueConstraint("office_id", "invitation"),
    CheckConstraint("state IN ('naming', 'waiting', 'confirmed', 'declined', 'withdrawn')", name="state"),
    _within_office("invitation", "invitations"),
    _within_office("position", "positions"),
    _within_office("person", "people"),
    sqlite_autoincrement=True,
)
entry_open = entries.c.state.in_([literal_column("'naming'"), literal_column("'waiting'")])
Index("ix_entries_open", entries.c.office_id, entries.c.person, sqlite_where=entry_open)

absences = Table(
    "absences",
    metadata,
    _id(),
    _office(),
    Column("person", Integer, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("deputy", Integer),
    Column("noted_by", Integer, nullable=False),
    Column("noted_at", Moment, nullable=False),
    UniqueConstraint("office_id", "id"),
    CheckConstraint("first_day <= last_day", name="in_order"),
    _within_office("person", "people"),
    _within_office("deputy", "people"),
    _within_office("noted_by", "positions"),
    sqlite_autoincrement=True,
)
Index("ix_absences_last_day", absences.c.office_id, absences.c.last_day)

duties = Table(
    "duties",
    metadata,
    _id(),
    _office(),
    Column("position", Integer),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("assigned_by", Integer, nullable=False),
    Column("assigned_at", Moment, nullable=False),
    UniqueConstraint("office_id", "id"),
    CheckConstraint("first_day <= last_day", name="in_order"),
    _within_office("position", "positions"),
    _within_office("assigned_by", "positions"),
    sqlite_autoincrement=True,
)
Index("ix_duties_last_day", duties.c.office_id, duties.c.last_day)

staff_events = Table(
    "staff_events",
    metadata,
    _id(),
    _office(),
    Column("at", Moment, nullable=False),
    Column("kind", String, nullable=False),
    Column("by", Integer),
    Column("position", Integer),
    Column("facts", Text, nullable=False),
    _within_office("by", "positions"),
    _within_office("position", "positions"),
    sqlite_autoincrement=True,
)

chats = Table(
    "chats",
    metadata,
    _id(),
    _office(),
    Column("purpose", String, nullable=False),
    Column("messenger", String, nullable=False),
    Column("address", String, nullable=False),
    Column("thread", Integer),
    Column("bound_at", Moment, nullable=False),
    UniqueConstraint("office_id", "purpose"),
    UniqueConstraint("messenger", "address"),
    sqlite_autoincrement=True,
)

groups = Table(
    "groups",
    metadata,
    Column("messenger", String, primary_key=True),
    Column("address", String, primary_key=True),
    Column("entered_at", Moment, nullable=False),
    Column("retry_at", Moment),
)

counters = Table(
    "counters",
    metadata,
    Column("office_id", Integer, ForeignKey("offices.id"), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

risks = Table(
    "risks",
    metadata,
    _id(),
    _office(),
    Column("serial", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("round", Integer, nullable=False),
    Column("gist", Text, nullable=False),
    Column("sources", Text, nullable=False),
    Column("block", String),
    Column("level", String, nullable=False),
    Column("suggested_level", String),
    Column("territory", String),
    Column("filed_by", Integer, nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("verify_by", Moment, nullable=False),
    Column("answer_by", Moment),
    Column("due_at", Moment),
    Column("returns", Integer, nullable=False, server_default="0"),
    Column("overdue_noted", Boolean, nullable=False),
    UniqueConstraint("office_id", "id"),
    UniqueConstraint("office_id", "year", "serial"),
    _within_office("filed_by", "positions"),
    sqlite_autoincrement=True,
)
risk_open = risks.c.state.in_([literal_column(f"'{state}'") for state in sorted(OPEN_STATES)])
Index("ix_risks_open", risks.c.office_id, risks.c.due_at, sqlite_where=risk_open)

workings = Table(
    "workings",
    metadata,
    _id(),
    _office(),
    Column("risk", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("told", Text, nullable=False),
    Column("watcher", Integer, nullable=False),
    Column("probe_at", Moment),
    UniqueConstraint("office_id", "risk", "round"),
    _within_office("risk", "risks"),
    _within_office("watcher", "positions"),
    sqlite_autoincrement=True,
)
Index("ix_workings_probe", workings.c.office_id, workings.c.probe_at, sqlite_where=workings.c.probe_at.is_not(None))

followers = Table(
    "followers",
    metadata,
    Column("office_id", Integer, ForeignKey("offices.id"), primary_key=True),
    Column("risk", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _within_office("risk", "risks"),
    _within_office("position", "positions"),
)

records = Table(
    "records",
    metadata,
    _id(),
    _office(),
    Column("author", Integer, nullable=False),
    Column("messenger", String, nullable=False),
    Column("address", String, nullable=False),
    Column("thread", Integer),
    Column("risk", Integer),
    Column("appeal", Integer),
    Column("round", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("item", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("touched_at", Moment, nullable=False),
    Column("skipped", Text, nullable=False),
    Column("filled", Text, nullable=False),
    UniqueConstraint("office_id", "id"),
    CheckConstraint("status IN ('open', 'done', 'cancelled')", name="status"),
    _within_office("author", "people"),
    _within_office("risk", "risks"),
    _within_office("appeal", "appeals"),
    sqlite_autoincrement=True,
)
record_open = records.c.status == literal_column("'open'")
Index("ix_records_open", records.c.office_id, records.c.author, sqlite_where=record_open)

note_offers = Table(
    "note_offers",
    metadata,
    _id(),
    _office(),
    Column("risk", Integer, nullable=False),
    Column("author", Integer, nullable=False),
    Column("said_by", Integer, nullable=False),
    Column("message", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("status", String, nullable=False),
    Column("touched_at", Moment, nullable=False),
    UniqueConstraint("office_id", "risk", "message"),
    CheckConstraint("status IN ('open', 'taken', 'lapsed')", name="status"),
    _within_office("risk", "risks"),
    _within_office("author", "people"),
    _within_office("said_by", "positions"),
    sqlite_autoincrement=True,
)
note_offer_open = note_offers.c.status == literal_column("'open'")
Index("ix_note_offers_open", note_offers.c.office_id, note_offers.c.touched_at, sqlite_where=note_offer_open)

events = Table(
    "events",
    metadata,
    _id(),
    _office(),
    Column("risk", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", String, nullable=False),
    Column("position", Integer),
    Column("facts", Text, nullable=False),
    _within_office("risk", "risks"),
    _within_office("position", "positions"),
    sqlite_autoincrement=True,
)
Index("ix_events_risk", events.c.office_id, events.c.risk)

drafts = Table(
    "drafts",
    metadata,
    _id(),
    _office(),
    Column("author", Integer, nullable=False),
    Column("messenger", String, nullable=False),
    Column("address", String, nullable=False),
    Column("thread", Integer),
    Column("status", String, nullable=False),
    Column("touched_at", Moment, nullable=False),
    Column("parts", Text, nullable=False),
    Column("understood", Text, nullable=False),
    Column("choices", Text, nullable=False),
    Column("risk", Integer),
    Column("came_from", Integer),
    UniqueConstraint("office_id", "id"),
    UniqueConstraint("office_id", "came_from"),
    _within_office("author", "people"),
    _within_office("risk", "risks"),
    sqlite_autoincrement=True,
)
draft_open = drafts.c.status == literal_column("'open'")
Index("ix_drafts_open", drafts.c.office_id, drafts.c.author, sqlite_where=draft_open)

prompts = Table(
    "prompts",
    metadata,
    Column("office_id", Integer, ForeignKey("offices.id"), primary_key=True),
    Column("person", Integer, primary_key=True),
    Column("messenger", String, primary_key=True),
    Column("address", String, primary_key=True),
    Column("draft", Integer, nullable=False),
    Column("field", String, nullable=False),
    _within_office("person", "people"),
    _within_office("draft", "drafts"),
)

standing = Table(
    "standing",
    metadata,
    _id(),
    _office(),
    Column("subject", String, nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("messenger", String, nullable=False),
    Column("address", String, nullable=False),
    Column("thread", Integer),
    Column("panel", String, nullable=False),
    Column("opened_by", Integer),
    Column("message", Integer),
    Column("answers", Integer),
    Column("retired", Text, nullable=False, server_default="[]"),
    Column("ended", Boolean, nullable=False, server_default="0"),
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("refused", Integer),
    Column("pressed", Boolean, nullable=False),
    Column("claimed_by", String),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("retry_at", Moment),
    UniqueConstraint("office_id", "subject", "subject_id", "messenger", "address"),
    _within_office("opened_by", "people"),
    sqlite_autoincrement=True,
)
standing_unfinished = (standing.c.wanted != standing.c.shown) | (standing.c.retired != literal_column("'[]'"))
Index("ix_standing_due", standing.c.id, sqlite_where=standing_unfinished)
Index("ix_standing_message", standing.c.messenger, standing.c.address, standing.c.message)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    _office(),
    Column("kind", String, nullable=False),
    Column("notice", Text, nullable=False),
    Column("messenger", String, nullable=False),
    Column("address", String, nullable=False),
    Column("thread", Integer),
    Column("state", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("retry_at", Moment),
    Column("claimed_by", String),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("message", Integer),
    Column("why", String),
    Column("once", String),
    UniqueConstraint("office_id", "once"),
    CheckConstraint("state IN ('planned', 'claimed', 'sent', 'moot', 'refused', 'unknown')", name="state"),
    sqlite_autoincrement=True,
)
outbox_planned = outbox.c.state == literal_column("'planned'")
Index("ix_outbox_due", outbox.c.due_at, sqlite_where=outbox_planned)

ledger = Table(
    "ledger",
    metadata,
    _id(),
    _office(),
    Column("noted_at", Moment, nullable=False),
    Column("what", String, nullable=False),
    Column("item", Integer, nullable=False),
    Column("outcome", String, nullable=False),
    Column("why", String),
    CheckConstraint("what IN ('standing', 'notice')", name="what"),
    CheckConstraint("outcome IN ('unknown', 'refused', 'gone')", name="outcome"),
    sqlite_autoincrement=True,
)

obligations = Table(
    "obligations",
    metadata,
    _id(),
    _office(),
    Column("matter", String, nullable=False),
    Column("matter_id", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("counted_from", Moment, nullable=False),
    Column("term", Text),
    Column("position", Integer),
    Column("block", String),
    Column("level", String),
    Column("known_from", String),
    Column("since", Moment, nullable=False),
    Column("climbed_to", Moment, nullable=False),
    Column("hold", Text),
    Column("next_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("office_id", "id"),
    _within_office("position", "positions"),
    CheckConstraint("(next_at IS NULL) = (ended_at IS NOT NULL)", name="open_or_ended"),
    sqlite_autoincrement=True,
)
obligation_open = obligations.c.next_at.is_not(None)
Index("ix_obligations_next", obligations.c.office_id, obligations.c.next_at, sqlite_where=obligation_open)
Index(
    "ix_obligations_matter",
    obligations.c.office_id,
    obligations.c.matter,
    obligations.c.matter_id,
    sqlite_where=obligation_open,
)

nudges = Table(
    "nudges",
    metadata,
    _id(),
    _office(),
    Column("owed", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("of_morning", Boolean, nullable=False),
    Column("release_at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("why", String),
    Column("held_for", String),
    Column("position", Integer),
    Column("person", Integer),
    Column("deputises", Boolean, nullable=False),
    Column("on_duty", Boolean, nullable=False),
    Column("bundle", Integer),
    Column("given_at", Moment),
    Column("acted_at", Moment),
    Column("missed", Integer, nullable=False),
    UniqueConstraint("office_id", "owed", "due_at", "kind", "step", "at"),
    _within_office("owed", "obligations"),
    _within_office("position", "positions"),
    _within_office("person", "people"),
    CheckConstraint("state IN ('waiting', 'held', 'given', 'moot', 'refused')", name="state"),
    sqlite_autoincrement=True,
)
nudge_pending = nudges.c.state.in_([literal_column("'waiting'"), literal_column("'held'")])
Index("ix_nudges_pending", nudges.c.office_id, nudges.c.release_at, sqlite_where=nudge_pending)
nudge_given = nudges.c.state == literal_column("'given'")
Index("ix_nudges_given", nudges.c.office_id, nudges.c.given_at, sqlite_where=nudge_given)
Index("ix_nudges_bundle", nudges.c.office_id, nudges.c.bundle, sqlite_where=nudge_given)
Index("ix_nudges_owed", nudges.c.office_id, nudges.c.owed)
Index("ix_nudges_at", nudges.c.office_id, nudges.c.at)

tallies = Table(
    "tallies",
    metadata,
    Column("office_id", Integer, ForeignKey("offices.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("what", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("outcome", String, primary_key=True),
    Column("count", Integer, nullable=False),
    CheckConstraint("what IN ('notice', 'mishap')", name="what"),
)

upkeep = Table(
    "upkeep",
    metadata,
    Column("what", String, primary_key=True),
    Column("done_at", Moment, nullable=False),
    Column("told", Text, nullable=False),
)


def _told_of_appeal() -> tuple[Column[Any], ...]:
    """What an export says of an appeal, and what follows from it: the same for a row that is staged."""
    return (
        Column("number", String, nullable=False),
        Column("regime", String, nullable=False),
        Column("created_on", Date, nullable=False),
        Column("created_at", Moment),
        Column("channel", String),
        Column("topic_group", String),
        Column("topic", String),
        Column("kind", String),
        Column("settlement", String),
        Column("municipality", String),
        Column("department", String),
        Column("executor", String),
        Column("organisation", String),
        Column("planned_on", Date),
        Column("finished_on", Date),
        Column("finished_at", Moment),
        Column("first_answered_at", Moment),
        Column("first_answer_in_norm", Boolean),
        Column("first_answer_seconds", Float),
        Column("step", String),
        Column("outcome", String),
        Column("mark", Integer),
        Column("satisfaction", String),
        Column("repeated", Boolean, nullable=False),
        Column("post", String),
        Column("state", String, nullable=False),
        Column("due_at", Moment, nullable=False),
        Column("block", String),
        Column("routed", Text),
        Column("territory", String),
    )


TOLD_OF_APPEAL: Final = tuple(column.name for column in _told_of_appeal())

imports = Table(
    "imports",
    metadata,
    _id(),
    _office(),
    Column("state", String, nullable=False),
    Column("door", String, nullable=False),
    Column("layout", String),
    Column("source", String),
    Column("file", String, nullable=False),
    Column("path", String, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("sent_by", Integer),
    Column("decided_by", Integer),
    Column("decided_at", Moment),
    Column("told", Text, nullable=False),
    UniqueConstraint("office_id", "id"),
    _within_office("sent_by", "positions"),
    _within_office("decided_by", "positions"),
    sqlite_autoincrement=True,
)
import_open = imports.c.state.in_([literal_column(f"'{state}'") for state in sorted(OPEN_IMPORTS)])
Index("ix_imports_open", imports.c.office_id, sqlite_where=import_open)

appeals = Table(
    "appeals",
    metadata,
    _id(),
    _office(),
    Column("source", String, nullable=False),
    *_told_of_appeal(),
    Column("chosen", Boolean, nullable=False),
    Column("extensions", Integer, nullable=False),
    Column("returns", Integer, nullable=False),
    Column("press", String),
    Column("pressed_at", Moment),
    Column("pressed_by", Integer),
    Column("approval", String),
    Column("redirected_to", String),
    Column("redirected_on", Date),
    Column("imported", Integer),
    Column("vanished_in", Integer),
    Column("registered_by", Integer),
    Column("acted_at", Moment),
    Column("unsettled", Boolean, nullable=False),
    UniqueConstraint("office_id", "id"),
    UniqueConstraint("office_id", "source", "number"),
    _within_office("pressed_by", "positions"),
    _within_office("registered_by", "positions"),
    _within_office("imported", "imports"),
    _within_office("vanished_in", "imports"),
    sqlite_autoincrement=True,
)


def may_be_open(columns: Any) -> ColumnElement[bool]:
    """Of appeals, or of lines of their history; in words by which SQLite knows its index again."""
    found: ColumnElement[bool] = columns.state.in_([literal_column("'open'"), literal_column("'deferred'")])
    return found


def is_unmarked(columns: Any) -> ColumnElement[bool]:
    """Answered, without a date of its end."""
    return and_(columns.state == literal_column("'answered'"), columns.finished_on.is_(None))


appeal_may_be_open = may_be_open(appeals.c)
Index("ix_appeals_open", appeals.c.office_id, appeals.c.due_at, sqlite_where=appeal_may_be_open)
appeal_unsettled = appeals.c.unsettled == literal_column("1")
Index("ix_appeals_unsettled", appeals.c.office_id, sqlite_where=appeal_unsettled)
Index("ix_appeals_finished", appeals.c.office_id, appeals.c.finished_on)
Index("ix_appeals_created", appeals.c.office_id, appeals.c.source, appeals.c.created_on)
Index("ix_appeals_unmarked", appeals.c.office_id, sqlite_where=is_unmarked(appeals.c))
Index("ix_appeals_vanished", appeals.c.office_id, sqlite_where=appeals.c.vanished_in.is_not(None))
Index(
    "ix_appeals_redirected",
    *(appeals.c.office_id, appeals.c.redirected_on),
    sqlite_where=appeals.c.redirected_on.is_not(None),
)

appeal_changes = Table(
    "appeal_changes",
    metadata,
    _id(),
    _office(),
    Column("appeal", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("happening", String, nullable=False),
    Column("state", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("outcome", String),
    Column("mark", Integer),
    Column("satisfaction", String),
    Column("repeated", Boolean, nullable=False),
    Column("finished_on", Date),
    Column("finished_at", Moment),
    Column("block", String),
    Column("vanished", Boolean, nullable=False),
    Column("imported", Integer),
    Column("position", Integer),
    Column("facts", Text, nullable=False),
    _within_office("appeal", "appeals"),
    _within_office("imported", "imports"),
    _within_office("position", "positions"),
    sqlite_autoincrement=True,
)
Index("ix_appeal_changes_appeal", appeal_changes.c.office_id, appeal_changes.c.appeal)
Index("ix_appeal_changes_imported", appeal_changes.c.office_id, appeal_changes.c.imported)
Index("ix_appeal_changes_at", appeal_changes.c.office_id, appeal_changes.c.at)

staged_appeals = Table(
    "staged_appeals",
    metadata,
    _id(),
    _office(),
    Column("import_id", Integer, nullable=False),
    Column("source", String, nullable=False),
    *_told_of_appeal(),
    Column("fate", String),
    Column("appeal", Integer),
    Column("extensions", Integer),
    Column("press", String),
    Column("pressed_at", Moment),
    Column("pressed_by", Integer),
    Column("imported", Integer),
    Column("vanished_in", Integer),
    Column("chosen", Boolean),
    Column("told", Text),
    CheckConstraint("fate IN ('new', 'changed', 'same', 'newer', 'before')", name="fate"),
    _within_office("import_id", "imports"),
    sqlite_autoincrement=True,
)

Index("ix_staged_appeals_appeal", staged_appeals.c.office_id, staged_appeals.c.import_id, staged_appeals.c.appeal)

first_answers = Table(
    "first_answers",
    metadata,
    _id(),
    _office(),
    Column("import_id", Integer, nullable=False),
    Column("is_staged", Boolean, nullable=False),
    Column("replaced_in", Integer),
    Column("day", Date, nullable=False),
    Column("municipality", String),
    Column("department", String),
    Column("importance", String),
    Column("total", Integer, nullable=False),
    Column("seconds", Text, nullable=False),
    _within_office("import_id", "imports"),
    sqlite_autoincrement=True,
)
Index("ix_first_answers_day", first_answers.c.office_id, first_answers.c.day)

column_mappings = Table(
    "column_mappings",
    metadata,
    _id(),
    _office(),
    Column("source", String, nullable=False),
    Column("fields", Text, nullable=False),
    Column("confirmed_by", Integer, nullable=False),
    Column("confirmed_at", Moment, nullable=False),
    _within_office("confirmed_by", "positions"),
    sqlite_autoincrement=True,
)

jobs = Table(
    "jobs",
    metadata,
    _id(),
    _office(),
    Column("kind", String, nullable=False),
    Column("subject", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("planned_at", Moment, nullable=False),
    Column("claimed_by", String),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("total", Integer),
    Column("why", String),
    CheckConstraint("state IN ('planned', 'claimed', 'done', 'failed')", name="state"),
    sqlite_autoincrement=True,
)
job_unfinished = jobs.c.state.in_([literal_column("'planned'"), literal_column("'claimed'")])
Index("ix_jobs_unfinished", jobs.c.id, sqlite_where=job_unfinished)
Index("ix_jobs_subject", jobs.c.office_id, jobs.c.kind, jobs.c.subject)

digests = Table(
    "digests",
    metadata,
    _id(),
    _office(),
    Column("kind", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("told", Text, nullable=False),
    UniqueConstraint("office_id", "id"),
    UniqueConstraint("office_id", "kind", "day"),
    sqlite_autoincrement=True,
)

papers = Table(
    "papers",
    metadata,
    _id(),
    _office(),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("messenger", String, nullable=False),
    Column("address", String, nullable=False),
    Column("thread", Integer),
    Column("planned_at", Moment, nullable=False),
    Column("made_at", Moment),
    Column("asked_by", Integer),
    Column("digest", Integer),
    Column("asked", Text, nullable=False),
    Column("file", String),
    Column("plain", Boolean, nullable=False, server_default="0"),
    Column("once", String),
    UniqueConstraint("office_id", "id"),
    UniqueConstraint("office_id", "once"),
    CheckConstraint("state IN ('planned', 'ready', 'sent', 'failed')", name="state"),
    _within_office("asked_by", "people"),
    _within_office("digest", "digests"),
    sqlite_autoincrement=True,
)
paper_lies = papers.c.file.is_not(None)
Index("ix_papers_lies", papers.c.office_id, papers.c.made_at, sqlite_where=paper_lies)
