"""Keeping: no id is given twice, notices that were dropped stay counted, and it is known since when somebody is gone."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBERED = (
    "offices",
    "people",
    "positions",
    "invitations",
    "entries",
    "absences",
    "duties",
    "staff_events",
    "chats",
    "risks",
    "events",
    "drafts",
    "standing",
    "outbox",
    "ledger",
)
_PLAIN_ID = re.compile(r"\n\tid INTEGER NOT NULL, ")
_PLAIN_KEY = re.compile(r",\s*CONSTRAINT \w*pk_\w+ PRIMARY KEY \(id\)")
_COUNTED_ID = re.compile(r"\n\tid INTEGER NOT NULL CONSTRAINT (\w+) PRIMARY KEY AUTOINCREMENT, ")


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("what IN ('notice', 'mishap')", name=op.f("ck_tallies_what")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_tallies_office_id_offices")),
        sa.PrimaryKeyConstraint("office_id", "day", "what", "kind", "outcome", name=op.f("pk_tallies")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("former_since", sa.DateTime(), nullable=True))
    op.execute(
        "UPDATE people SET former_since = strftime('%Y-%m-%d %H:%M:%f000', 'now') WHERE official_name IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM positions WHERE positions.office_id = people.office_id AND holder = people.id)"
    )
    for table in NUMBERED:
        _rebuild(table, _counted(table, _definition(table)))


def downgrade() -> None:
    for table in NUMBERED:
        _rebuild(table, _plain(_definition(table)))
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("former_since")
    op.drop_table("tallies")


def _definition(table: str) -> str:
    query = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    return str(op.get_bind().execute(query, {"table": table}).scalar_one())


def _counted(table: str, definition: str) -> str:
    """With AUTOINCREMENT, which belongs to the column; Alembic's own rebuilding would drop the checks."""
    without_key, keys = _PLAIN_KEY.subn("", definition)
    counted, ids = _PLAIN_ID.subn(
        f"\n\tid INTEGER NOT NULL CONSTRAINT pk_{table} PRIMARY KEY AUTOINCREMENT, ", without_key
    )
    if (keys, ids) != (1, 1):
        raise RuntimeError(f"{table} is not defined as it was left: {definition}")
    return counted


def _plain(definition: str) -> str:
    key = _COUNTED_ID.search(definition)
    if key is None:
        raise RuntimeError(f"not defined as it was left: {definition}")
    plain = definition[: key.start()] + "\n\tid INTEGER NOT NULL, " + definition[key.end() :]
    return f"{plain.rstrip().removesuffix(')').rstrip()}, \n\tCONSTRAINT {key[1]} PRIMARY KEY (id)\n)"


def _rebuild(table: str, definition: str) -> None:
    """The same rows and indexes under another definition. Foreign keys are off: nobody misses the table meanwhile."""
    bind = op.get_bind()
    remake = sa.text("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :table AND sql IS NOT NULL")
    indexes = bind.execute(remake, {"table": table}).scalars().all()
    named, count = re.subn(r'^CREATE TABLE "?\w+"? ', "CREATE TABLE being_rebuilt ", definition)
    if count != 1:
        raise RuntimeError(f"{table} is not defined as it was left: {definition}")
    bind.exec_driver_sql(named)
    bind.exec_driver_sql(f"INSERT INTO being_rebuilt SELECT * FROM {table}")  # noqa: S608 - a name of ours
    bind.exec_driver_sql(f"DROP TABLE {table}")
    bind.exec_driver_sql(f"ALTER TABLE being_rebuilt RENAME TO {table}")
    for index in indexes:
        bind.exec_driver_sql(index)
