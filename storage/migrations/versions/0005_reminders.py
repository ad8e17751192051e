"""Reminders: what is owed and until when, each nudge and what became of it, the hour that a person has chosen.

What is owed about the risks that are there is reckoned at the first start: it follows from their rounds.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PENDING = "state IN ('waiting', 'held')"
_GIVEN = "state = 'given'"


def upgrade() -> None:
    op.drop_index("ix_workings_check", "workings")
    op.drop_column("workings", "check_told")
    op.drop_column("workings", "check_at")
    op.add_column("people", sa.Column("nudged_at", sa.Time(), nullable=True))
    op.add_column("risks", sa.Column("returns", sa.Integer(), server_default="0", nullable=False))
    _create_obligations()
    _create_nudges()


def downgrade() -> None:
    op.drop_table("nudges")
    op.drop_table("obligations")
    op.drop_column("risks", "returns")
    op.drop_column("people", "nudged_at")
    op.add_column("workings", sa.Column("check_at", sa.DateTime(), nullable=True))
    op.add_column("workings", sa.Column("check_told", sa.Boolean(), server_default="0", nullable=False))
    op.create_index(
        "ix_workings_check",
        "workings",
        ["office_id", "check_at"],
        sqlite_where=sa.text("check_at IS NOT NULL AND check_told = 0"),
    )


def _create_obligations() -> None:
    op.create_table(
        "obligations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("counted_from", sa.DateTime(), nullable=False),
        sa.Column("term", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("block", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("climbed_to", sa.DateTime(), nullable=False),
        sa.Column("hold", sa.Text(), nullable=True),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(next_at IS NULL) = (ended_at IS NOT NULL)", name=op.f("ck_obligations_open_or_ended")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_obligations_office_id_offices")),
        _within_office("obligations", "position", "positions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligations")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_obligations_office_id_id")),
        sqlite_autoincrement=True,
    )
    is_open = sa.text("next_at IS NOT NULL")
    op.create_index("ix_obligations_next", "obligations", ["office_id", "next_at"], sqlite_where=is_open)
    op.create_index("ix_obligations_matter", "obligations", ["office_id", "matter", "matter_id"], sqlite_where=is_open)


def _create_nudges() -> None:
    op.create_table(
        "nudges",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("of_morning", sa.Boolean(), nullable=False),
        sa.Column("release_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("held_for", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("deputises", sa.Boolean(), nullable=False),
        sa.Column("on_duty", sa.Boolean(), nullable=False),
        sa.Column("bundle", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(), nullable=True),
        sa.Column("acted_at", sa.DateTime(), nullable=True),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'held', 'given', 'moot', 'refused')", name=op.f("ck_nudges_state")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_nudges_office_id_offices")),
        _within_office("nudges", "owed", "obligations"),
        _within_office("nudges", "position", "positions"),
        _within_office("nudges", "person", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudges")),
        sa.UniqueConstraint(
            "office_id",
            "owed",
            "due_at",
            "kind",
            "step",
            "at",
            name=op.f("uq_nudges_office_id_owed_due_at_kind_step_at"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_nudges_pending", "nudges", ["office_id", "release_at"], sqlite_where=sa.text(_PENDING))
    op.create_index("ix_nudges_given", "nudges", ["office_id", "given_at"], sqlite_where=sa.text(_GIVEN))
    op.create_index("ix_nudges_bundle", "nudges", ["office_id", "bundle"], sqlite_where=sa.text(_GIVEN))
    op.create_index("ix_nudges_owed", "nudges", ["office_id", "owed"])
    op.create_index("ix_nudges_at", "nudges", ["office_id", "at"])


def _within_office(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["office_id", column],
        [f"{target}.office_id", f"{target}.id"],
        name=op.f(f"fk_{table}_office_id_{column}_{target}"),
    )
