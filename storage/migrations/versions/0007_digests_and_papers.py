"""Digests as snapshots, papers as they are made; indexes by which figures of appeals are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_FEW = (
    ("ix_appeals_unmarked", ["office_id"], "state = 'answered' AND finished_on IS NULL"),
    ("ix_appeals_vanished", ["office_id"], "vanished_in IS NOT NULL"),
    ("ix_appeals_redirected", ["office_id", "redirected_on"], "redirected_on IS NOT NULL"),
)
"""Rows that stand in some way which few do."""


def upgrade() -> None:
    op.create_index("ix_appeals_finished", "appeals", ["office_id", "finished_on"])
    for name, columns, where in _FEW:
        op.create_index(name, "appeals", columns, sqlite_where=sa.text(where))
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("as_of", sa.DateTime(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_digests_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_digests_office_id_id")),
        sa.UniqueConstraint("office_id", "kind", "day", name=op.f("uq_digests_office_id_kind_day")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("messenger", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("planned_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("plain", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("once", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('planned', 'ready', 'sent', 'failed')", name=op.f("ck_papers_state")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_papers_office_id_offices")),
        _within_office("papers", "asked_by", "people"),
        _within_office("papers", "digest", "digests"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_papers_office_id_id")),
        sa.UniqueConstraint("office_id", "once", name=op.f("uq_papers_office_id_once")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_papers_lies", "papers", ["office_id", "made_at"], sqlite_where=sa.text("file IS NOT NULL"))


def downgrade() -> None:
    op.drop_table("papers")
    op.drop_table("digests")
    for name, _, _ in _FEW:
        op.drop_index(name, "appeals")
    op.drop_index("ix_appeals_finished", "appeals")


def _within_office(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["office_id", column],
        [f"{target}.office_id", f"{target}.id"],
        name=op.f(f"fk_{table}_office_id_{column}_{target}"),
    )
