"""The working: rounds of each risk, records in the making, followers, replies that may become notes.

What a risk awaits is due at one moment.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN_BEFORE = "state = 'filed'"
_OPEN = "state IN ('answering', 'approved', 'approving', 'filed', 'unclear', 'verifying', 'watched')"


def upgrade() -> None:
    op.drop_index("ix_risks_open", "risks")
    op.add_column("risks", sa.Column("answer_by", sa.DateTime(), nullable=True))
    op.add_column("risks", sa.Column("due_at", sa.DateTime(), nullable=True))
    op.execute(f"UPDATE risks SET due_at = verify_by WHERE {_OPEN_BEFORE}")  # noqa: S608 - words of ours
    op.create_index("ix_risks_open", "risks", ["office_id", "due_at"], sqlite_where=sa.text(_OPEN))
    _create_workings()
    op.create_table(
        "followers",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("risk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_followers_office_id_offices")),
        _within_office("followers", "risk", "risks"),
        _within_office("followers", "position", "positions"),
        sa.PrimaryKeyConstraint("office_id", "risk", "position", name=op.f("pk_followers")),
    )
    _create_records()
    _create_note_offers()


def downgrade() -> None:
    op.drop_table("note_offers")
    op.drop_table("records")
    op.drop_table("followers")
    op.drop_table("workings")
    op.drop_index("ix_risks_open", "risks")
    op.drop_column("risks", "due_at")
    op.drop_column("risks", "answer_by")
    op.create_index("ix_risks_open", "risks", ["office_id", "verify_by"], sqlite_where=sa.text(_OPEN_BEFORE))


def _create_workings() -> None:
    """Each risk so far is in its first round, and whoever filed it follows it."""
    op.create_table(
        "workings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("watcher", sa.Integer(), nullable=False),
        sa.Column("check_at", sa.DateTime(), nullable=True),
        sa.Column("check_told", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("probe_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_workings_office_id_offices")),
        _within_office("workings", "risk", "risks"),
        _within_office("workings", "watcher", "positions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workings")),
        sa.UniqueConstraint("office_id", "risk", "round", name=op.f("uq_workings_office_id_risk_round")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_workings_check",
        "workings",
        ["office_id", "check_at"],
        sqlite_where=sa.text("check_at IS NOT NULL AND check_told = 0"),
    )
    op.create_index(
        "ix_workings_probe", "workings", ["office_id", "probe_at"], sqlite_where=sa.text("probe_at IS NOT NULL")
    )
    op.execute(
        "INSERT INTO workings (office_id, risk, round, told, watcher) SELECT office_id, id, round, "
        "json_object('risk', id, 'round', round, 'watcher', filed_by), filed_by FROM risks ORDER BY id"
    )


def _create_records() -> None:
    op.create_table(
        "records",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.Column("skipped", sa.Text(), nullable=False),
        sa.Column("filled", sa.Text(), nullable=False),
        sa.CheckConstraint("status IN ('open', 'done', 'cancelled')", name=op.f("ck_records_status")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_records_office_id_offices")),
        _within_office("records", "author", "people"),
        _within_office("records", "risk", "risks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_records_office_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_records_open", "records", ["office_id", "author"], sqlite_where=sa.text("status = 'open'"))


def _create_note_offers() -> None:
    op.create_table(
        "note_offers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("status IN ('open', 'taken', 'lapsed')", name=op.f("ck_note_offers_status")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_note_offers_office_id_offices")),
        _within_office("note_offers", "risk", "risks"),
        _within_office("note_offers", "author", "people"),
        _within_office("note_offers", "said_by", "positions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_offers")),
        sa.UniqueConstraint("office_id", "risk", "message", name=op.f("uq_note_offers_office_id_risk_message")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_note_offers_open", "note_offers", ["office_id", "touched_at"], sqlite_where=sa.text("status = 'open'")
    )


def _within_office(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["office_id", column],
        [f"{target}.office_id", f"{target}.id"],
        name=op.f(f"fk_{table}_office_id_{column}_{target}"),
    )
