"""Appeals: imports and their staged rows, what is kept of each appeal and each change of it, long work as rows.

A record may be about an appeal as well as about a risk.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("obligations", sa.Column("known_from", sa.String(), nullable=True))
    _create_imports()
    _create_appeals()
    _create_appeal_changes()
    _create_staged_appeals()
    _create_first_answers()
    _create_column_mappings()
    _create_jobs()
    with op.batch_alter_table("records", table_kwargs={"sqlite_autoincrement": True}) as records:
        records.alter_column("risk", existing_type=sa.Integer(), nullable=True)
        records.add_column(sa.Column("appeal", sa.Integer(), nullable=True))
        records.create_foreign_key(
            op.f("fk_records_office_id_appeals"), "appeals", ["office_id", "appeal"], ["office_id", "id"]
        )


def downgrade() -> None:
    op.execute("DELETE FROM records WHERE risk IS NULL")
    with op.batch_alter_table("records", table_kwargs={"sqlite_autoincrement": True}) as records:
        records.drop_constraint(op.f("fk_records_office_id_appeals"), type_="foreignkey")
        records.drop_column("appeal")
        records.alter_column("risk", existing_type=sa.Integer(), nullable=False)
    for table in ("jobs", "column_mappings", "first_answers", "staged_appeals", "appeal_changes", "appeals", "imports"):
        op.drop_table(table)
    op.drop_column("obligations", "known_from")


def _create_imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("layout", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_imports_office_id_offices")),
        _within_office("imports", "sent_by", "positions"),
        _within_office("imports", "decided_by", "positions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_imports_office_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_imports_open",
        "imports",
        ["office_id"],
        sqlite_where=sa.text("state IN ('applying', 'asking_columns', 'reading', 'waiting')"),
    )


def _create_appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("topic_group", sa.String(), nullable=True),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("settlement", sa.String(), nullable=True),
        sa.Column("municipality", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("executor", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("first_answered_at", sa.DateTime(), nullable=True),
        sa.Column("first_answer_in_norm", sa.Boolean(), nullable=True),
        sa.Column("first_answer_seconds", sa.Float(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("mark", sa.Integer(), nullable=True),
        sa.Column("satisfaction", sa.String(), nullable=True),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("block", sa.String(), nullable=True),
        sa.Column("routed", sa.Text(), nullable=True),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("press", sa.String(), nullable=True),
        sa.Column("pressed_at", sa.DateTime(), nullable=True),
        sa.Column("pressed_by", sa.Integer(), nullable=True),
        sa.Column("approval", sa.String(), nullable=True),
        sa.Column("redirected_to", sa.String(), nullable=True),
        sa.Column("redirected_on", sa.Date(), nullable=True),
        sa.Column("imported", sa.Integer(), nullable=True),
        sa.Column("vanished_in", sa.Integer(), nullable=True),
        sa.Column("registered_by", sa.Integer(), nullable=True),
        sa.Column("acted_at", sa.DateTime(), nullable=True),
        sa.Column("unsettled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_appeals_office_id_offices")),
        _within_office("appeals", "vanished_in", "imports"),
        _within_office("appeals", "imported", "imports"),
        _within_office("appeals", "pressed_by", "positions"),
        _within_office("appeals", "registered_by", "positions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_appeals_office_id_id")),
        sa.UniqueConstraint("office_id", "source", "number", name=op.f("uq_appeals_office_id_source_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appeals_created", "appeals", ["office_id", "source", "created_on"])
    op.create_index(
        "ix_appeals_open", "appeals", ["office_id", "due_at"], sqlite_where=sa.text("state IN ('open', 'deferred')")
    )
    op.create_index("ix_appeals_unsettled", "appeals", ["office_id"], sqlite_where=sa.text("unsettled = 1"))


def _create_appeal_changes() -> None:
    op.create_table(
        "appeal_changes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("appeal", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("happening", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("mark", sa.Integer(), nullable=True),
        sa.Column("satisfaction", sa.String(), nullable=True),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("block", sa.String(), nullable=True),
        sa.Column("vanished", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_appeal_changes_office_id_offices")),
        _within_office("appeal_changes", "imported", "imports"),
        _within_office("appeal_changes", "position", "positions"),
        _within_office("appeal_changes", "appeal", "appeals"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appeal_changes_appeal", "appeal_changes", ["office_id", "appeal"])
    op.create_index("ix_appeal_changes_at", "appeal_changes", ["office_id", "at"])
    op.create_index("ix_appeal_changes_imported", "appeal_changes", ["office_id", "imported"])


def _create_staged_appeals() -> None:
    op.create_table(
        "staged_appeals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("topic_group", sa.String(), nullable=True),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("settlement", sa.String(), nullable=True),
        sa.Column("municipality", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("executor", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("first_answered_at", sa.DateTime(), nullable=True),
        sa.Column("first_answer_in_norm", sa.Boolean(), nullable=True),
        sa.Column("first_answer_seconds", sa.Float(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("mark", sa.Integer(), nullable=True),
        sa.Column("satisfaction", sa.String(), nullable=True),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("block", sa.String(), nullable=True),
        sa.Column("routed", sa.Text(), nullable=True),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("fate", sa.String(), nullable=True),
        sa.Column("appeal", sa.Integer(), nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=True),
        sa.Column("press", sa.String(), nullable=True),
        sa.Column("pressed_at", sa.DateTime(), nullable=True),
        sa.Column("pressed_by", sa.Integer(), nullable=True),
        sa.Column("imported", sa.Integer(), nullable=True),
        sa.Column("vanished_in", sa.Integer(), nullable=True),
        sa.Column("chosen", sa.Boolean(), nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "fate IN ('new', 'changed', 'same', 'newer', 'before')", name=op.f("ck_staged_appeals_fate")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_staged_appeals_office_id_offices")),
        _within_office("staged_appeals", "import_id", "imports"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_appeals")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_staged_appeals_appeal", "staged_appeals", ["office_id", "import_id", "appeal"])


def _create_first_answers() -> None:
    op.create_table(
        "first_answers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("is_staged", sa.Boolean(), nullable=False),
        sa.Column("replaced_in", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("importance", sa.String(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_first_answers_office_id_offices")),
        _within_office("first_answers", "import_id", "imports"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_answers")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_first_answers_day", "first_answers", ["office_id", "day"])


def _create_column_mappings() -> None:
    op.create_table(
        "column_mappings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_column_mappings_office_id_offices")),
        _within_office("column_mappings", "confirmed_by", "positions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mappings")),
        sqlite_autoincrement=True,
    )


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('planned', 'claimed', 'done', 'failed')", name=op.f("ck_jobs_state")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_jobs_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_subject", "jobs", ["office_id", "kind", "subject"])
    op.create_index("ix_jobs_unfinished", "jobs", ["id"], sqlite_where=sa.text("state IN ('planned', 'claimed')"))


def _within_office(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["office_id", column],
        [f"{target}.office_id", f"{target}.id"],
        name=op.f(f"fk_{table}_office_id_{column}_{target}"),
    )
